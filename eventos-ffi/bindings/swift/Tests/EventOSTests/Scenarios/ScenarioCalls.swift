import EventOS
import Foundation

/// What a call of a scenario gives, as JSON: the calls by name, as tests/scenarios/README.md lists them.
///
/// - Parameter client: Makes the client, where the call needs one.
func made(_ call: String, _ input: JSON, by client: () async throws -> Client) async throws -> JSON {
    if let code = codes[call] { return try code(input) }
    return try await calls[call]!(try await client(), input)
}

private let codes: [String: @Sendable (JSON) throws -> JSON] = [
    "slug.generate": { .string(try generateSlug(name: text($0, "name"), id: EventId(value: text($0, "id")))) },
    "slug.parse": { .string(try parseSlug(text: text($0, "text"))) },
    "order_number.generate": {
        .string(try generateOrderNumber(id: OrderId(value: text($0, "id")), createdAt: time(text($0, "created_at"))))
    },
    "order_number.parse": { plain(try parseOrderNumber(text: text($0, "text"))) },
    "ticket_number.generate": {
        .string(try generateTicketNumber(id: TicketId(value: text($0, "id")), createdAt: time(text($0, "created_at"))))
    },
    "ticket_number.parse": { plain(try parseTicketNumber(text: text($0, "text"))) },
    "qr_payload.generate": { .string(try generateQrPayload(bytes: bytes(text($0, "bytes")))) },
    "qr_payload.parse": { input in
        let payload = try parseQrPayload(text: text(input, "text"))
        let digits = try qrPayloadBytes(text: payload).map { String(format: "%02x", $0) }
        return .object([("text", .string(payload)), ("bytes", .string(digits.joined()))])
    },
    "qr_payload.from_scan": { .string(try qrPayloadFromScan(text: text($0, "text"))) },
]

private let calls: [String: @Sendable (Client, JSON) async throws -> JSON] = [
    "client": { _, _ in .null },
    "query": { try JSON(await $0.fetchJson(query: $1.description)) },
    "listing.upcoming": { plain(try await $0.upcoming(limit: UInt64($1["limit"]!.int!))) },
    "purchase.place": {
        plain(
            try await $0.placeOrder(
                orderId: OrderId(value: text($1, "order_id")),
                customerId: ProfileId(value: text($1, "customer_id")),
                eventId: event($1),
                quantity: Int32($1["quantity"]!.int!)
            )
        )
    },
    "purchase.cancel": { plain(try await $0.cancelOrder(orderId: OrderId(value: text($1, "order_id")))) },
    "purchase.available_seats": { plain(try await $0.availableSeats(eventId: event($1)) as Any) },
    "fulfilment.fulfil": { client, input in
        let guests = input["attendees"]!.list.map {
            Guest(fullName: text($0, "full_name"), email: text($0, "email"), phone: $0["phone"]?.string)
        }
        return shown(
            plain(
                try await client.fulfilOrder(
                    orderId: OrderId(value: text(input, "order_id")),
                    paymentIntentId: text(input, "payment_intent_id"),
                    paidAt: time(text(input, "paid_at")),
                    attendees: guests
                )
            )
        )
    },
    "refund": { plain(try await $0.refundOrder(orderId: OrderId(value: text($1, "order_id")))) },
    "check_in": { client, input in
        let door = try door(client, input)
        var answers: [JSON] = []
        for scan in input["scans"]!.list {
            let id = scan["scan_id"]?.string.map(ScanId.init(value:))
            let answer = try await door.checkIn(code: text(scan, "code"), scanId: id, scannedAt: scan["scanned_at"]?.string.map(time))
            answers.append(plain(answer))
        }
        return .list(answers)
    },
    "check_in.undo": {
        plain(try await door($0, $1).undo(scanId: ScanId(value: text($1, "scan_id")), reason: text($1, "reason")))
    },
    "check_in.stats": { plain(try await door($0, $1).stats()) },
    "check_in.attendees": { plain(try await door($0, $1).attendees(search: text($1, "search"))) },
    "door_tokens.issue": {
        plain(
            try await $0.issueDoorToken(
                eventId: event($1),
                label: text($1, "label"),
                expiresAt: $1["expires_at"]?.string.map(time),
                window: window($1)
            )
        )
    },
    "door_tokens.revoke": { plain(try await $0.revokeDoorToken(tokenId: DoorTokenId(value: text($1, "token_id")))) },
    "door_tokens.list": { plain(try await $0.doorTokens(eventId: event($1))) },
    "dashboard": { plain(try await $0.dashboard(organizerId: ProfileId(value: text($1, "organizer_id")))) },
    "revenue": { plain(try await $0.revenue(organizerId: ProfileId(value: text($1, "organizer_id")))) },
]

private func text(_ input: JSON, _ name: String) -> String {
    input[name]!.string!
}

private func event(_ input: JSON) -> EventId {
    EventId(value: text(input, "event_id"))
}

private func door(_ client: Client, _ input: JSON) throws -> Door {
    let settings = DoorSettings(
        token: input["door_token"]?.string,
        device: input["device"]?.string,
        gate: input["gate"]?.string,
        window: window(input)
    )
    return try client.door(eventId: event(input), settings: settings)
}

private func window(_ input: JSON) -> Window? {
    input["window"].map { Window(opensAt: time(text($0, "opens_at")), closesAt: time(text($0, "closes_at"))) }
}

/// A fulfilment with as much of it as scenarios show.
private func shown(_ fulfilment: JSON) -> JSON {
    guard let order = fulfilment["order"] else { return fulfilment }
    let named = ["id", "order_number", "quantity", "total_cents", "payment_status"]
    let tickets = fulfilment["tickets"]!.list.map { $0.with("attendee", $0["attendee"]!["full_name"] ?? .null) }
    return fulfilment
        .with("order", .object(order.fields.filter { named.contains($0.name) }))
        .with("tickets", .list(tickets))
}

private func bytes(_ hexadecimal: String) -> Data {
    let digits = Array(hexadecimal)
    return Data(stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(String(digits[$0...$0 + 1]), radix: 16)! })
}
