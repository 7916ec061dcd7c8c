import Foundation

/// JSON whose objects keep the order of their fields: a query in its JSON form needs it. Objects are equal in any order.
indirect enum JSON {
    case null
    case bool(Bool)
    case number(String)
    case string(String)
    case list([JSON])
    case object([(name: String, value: JSON)])

    static func number(_ value: some BinaryInteger) -> JSON { .number("\(value)") }
    static func maybe(_ text: String?) -> JSON { text.map(JSON.string) ?? .null }

    /// A field of an object, or an element of a list.
    subscript(name: String) -> JSON? {
        switch self {
        case .object(let fields): fields.first { $0.name == name }?.value
        case .list(let elements): Int(name).flatMap { elements.indices.contains($0) ? elements[$0] : nil }
        default: nil
        }
    }

    var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    var int: Int? {
        if case .number(let text) = self { Int(text) } else { nil }
    }

    var list: [JSON] {
        if case .list(let elements) = self { elements } else { [] }
    }

    var fields: [(name: String, value: JSON)] {
        if case .object(let fields) = self { fields } else { [] }
    }

    var isNull: Bool {
        if case .null = self { true } else { false }
    }

    /// The same with a field set.
    func with(_ name: String, _ value: JSON) -> JSON {
        .object(fields.filter { $0.name != name } + [(name, value)])
    }
}

extension JSON: Equatable {
    static func == (one: JSON, other: JSON) -> Bool {
        switch (one, other) {
        case (.null, .null): true
        case (.bool(let one), .bool(let other)): one == other
        case (.number(let one), .number(let other)): one == other || Double(one) == Double(other)
        case (.string(let one), .string(let other)): Array(one.utf8) == Array(other.utf8)
        case (.list(let one), .list(let other)): one == other
        case (.object(let one), .object(let other)):
            one.count == other.count && one.allSatisfy { field in other.contains { $0.name == field.name && $0.value == field.value } }
        default: false
        }
    }
}

extension JSON: CustomStringConvertible {
    var description: String {
        switch self {
        case .null: "null"
        case .bool(let value): "\(value)"
        case .number(let text): text
        case .string(let text): quoted(text)
        case .list(let elements): "[\(elements.map(\.description).joined(separator: ","))]"
        case .object(let fields): "{\(fields.map { "\(quoted($0.name)):\($0.value)" }.joined(separator: ","))}"
        }
    }

    private func quoted(_ text: String) -> String {
        let escaped = text.unicodeScalars.map { scalar in
            switch scalar {
            case "\"": "\\\""
            case "\\": "\\\\"
            case _ where scalar.value < 0x20: "\\u" + String(0x10000 + scalar.value, radix: 16).dropFirst()
            default: String(scalar)
            }
        }
        return "\"\(escaped.joined())\""
    }
}

extension JSON {
    struct Malformed: Error {
        let byte: Int
    }

    init(_ text: some StringProtocol) throws {
        try self.init(Data(text.utf8))
    }

    init(_ data: Data) throws {
        var reader = Reader(bytes: Array(data))
        self = try reader.value()
        guard reader.isAtEnd else { throw Malformed(byte: reader.at) }
    }

    private struct Reader {
        let bytes: [UInt8]
        var at = 0

        var isAtEnd: Bool {
            mutating get {
                skipSpace()
                return at == bytes.count
            }
        }

        mutating func value() throws -> JSON {
            skipSpace()
            guard at < bytes.count else { throw Malformed(byte: at) }
            switch bytes[at] {
            case UInt8(ascii: "{"): return .object(try object())
            case UInt8(ascii: "["): return .list(try list())
            case UInt8(ascii: "\""): return .string(try string())
            default: return try scalar()
            }
        }

        private mutating func object() throws -> [(name: String, value: JSON)] {
            var fields: [(name: String, value: JSON)] = []
            at += 1
            while !takes("}") {
                if !fields.isEmpty { try take(",") }
                skipSpace()
                let name = try string()
                try take(":")
                fields.append((name, try value()))
            }
            return fields
        }

        private mutating func list() throws -> [JSON] {
            var elements: [JSON] = []
            at += 1
            while !takes("]") {
                if !elements.isEmpty { try take(",") }
                elements.append(try value())
            }
            return elements
        }

        /// Foundation reads the escapes.
        private mutating func string() throws -> String {
            let start = at
            guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else { throw Malformed(byte: at) }
            at += 1
            while at < bytes.count, bytes[at] != UInt8(ascii: "\"") {
                at += bytes[at] == UInt8(ascii: "\\") ? 2 : 1
            }
            guard at < bytes.count else { throw Malformed(byte: at) }
            at += 1
            return try JSONDecoder().decode(String.self, from: Data(bytes[start..<at]))
        }

        private mutating func scalar() throws -> JSON {
            let start = at
            while at < bytes.count, !Array(" \t\r\n,]}".utf8).contains(bytes[at]) { at += 1 }
            let text = String(decoding: bytes[start..<at], as: UTF8.self)
            switch text {
            case "null": return .null
            case "true": return .bool(true)
            case "false": return .bool(false)
            default:
                guard Double(text) != nil else { throw Malformed(byte: start) }
                return .number(text)
            }
        }

        private mutating func skipSpace() {
            while at < bytes.count, Array(" \t\r\n".utf8).contains(bytes[at]) { at += 1 }
        }

        private mutating func takes(_ character: Unicode.Scalar) -> Bool {
            skipSpace()
            guard at < bytes.count, bytes[at] == UInt8(ascii: character) else { return false }
            at += 1
            return true
        }

        private mutating func take(_ character: Unicode.Scalar) throws {
            guard takes(character) else { throw Malformed(byte: at) }
        }
    }
}
