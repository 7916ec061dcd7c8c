import EventOS
import Foundation

/// A value of the package as JSON, as scenarios write it.
func plain(_ value: Any) -> JSON {
    switch value {
    case let text as String: return .string(text)
    case let isTrue as Bool: return .bool(isTrue)
    case let number as any BinaryInteger: return .number(String(number))
    case let time as Date: return .string(text(of: time))
    case let id as any RowId: return .string(id.value)
    case let value as any LabelledValue: return .string(value.label)
    case let cents as Cents: return .number(cents.value)
    case let source as Source: return plain(label(of: source))
    case let counts as [String: Int64]: return .object(counts.map { ($0.key, .number($0.value)) })
    // These print without their secret, so that it is not in their mirror.
    case let issued as IssuedDoorToken:
        return .object([("token", .string(issued.token)), ("details", plain(issued.details))])
    case let ticket as IssuedTicket:
        return .object([
            ("id", plain(ticket.id)), ("ticket_number", plain(ticket.ticketNumber)), ("qr_code", plain(ticket.qrCode)),
            ("status", plain(ticket.status)), ("attendee", plain(ticket.attendee as Any)),
        ])
    default: return reflected(value)
    }
}

private func reflected(_ value: Any) -> JSON {
    let mirror = Mirror(reflecting: value)
    switch mirror.displayStyle {
    case .optional:
        return mirror.children.first.map { plain($0.value) } ?? .null
    case .collection:
        return .list(mirror.children.map { plain($0.value) })
    case .enum:
        // What became of a call: its name, and what it tells besides.
        let told = mirror.children.first.map { fields(of: Mirror(reflecting: $0.value)) }
        return .object([("outcome", .string(snake(label(of: value))))] + (told ?? []))
    default:
        let fields = fields(of: mirror)
        guard let outcome = fields.first(where: { $0.name == "outcome" })?.value, case .object(let told) = outcome else {
            return .object(fields)
        }
        return .object(fields.filter { $0.name != "outcome" } + told)
    }
}

private func fields(of mirror: Mirror) -> [(name: String, value: JSON)] {
    mirror.children.map { (name: $0.label == "kind" ? "type" : snake($0.label!), value: plain($0.value)) }
}

/// The name of an enumeration's case.
private func label(of value: Any) -> String {
    Mirror(reflecting: value).children.first?.label ?? "\(value)"
}

/// `ticketNumber` as `ticket_number`.
private func snake(_ name: String) -> String {
    name.reduce(into: "") { $0 += $1.isUppercase ? "_\($1.lowercased())" : "\($1)" }
}

/// RFC 3339 in UTC with 3, 6 or no decimals, whichever is shortest.
private func text(of time: Date) -> String {
    let microseconds = Int((time.timeIntervalSince1970 * 1_000_000).rounded())
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = TimeZone(identifier: "UTC")
    formatter.dateFormat = "yyyy-MM-dd'T'HH:mm:ss"
    let whole = formatter.string(from: Date(timeIntervalSince1970: Double(microseconds / 1_000_000)))
    let fraction = microseconds % 1_000_000
    if fraction == 0 { return "\(whole)Z" }
    return fraction % 1_000 == 0 ? String(format: "\(whole).%03dZ", fraction / 1_000) : String(format: "\(whole).%06dZ", fraction)
}

func time(_ text: String) -> Date {
    try! JSONDecoder.eventos.decode(Date.self, from: Data("\"\(text)\"".utf8))
}
