/// The id of one kind of row: a UUID as text. In JSON it is that text.
public protocol RowId: Hashable, Sendable, Codable, ExpressibleByStringLiteral, CustomStringConvertible {
    var value: String { get }

    init(value: String)
}

extension RowId {
    public init(stringLiteral value: String) {
        self.init(value: value)
    }

    public init(from decoder: Decoder) throws {
        self.init(value: try decoder.singleValueContainer().decode(String.self))
    }

    public func encode(to encoder: Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(value)
    }

    public var description: String { value }
}

/// A text of which the server knows a few, such as an event's status. In JSON it is that text; one that this version does not
/// know is kept.
public protocol LabelledValue: Hashable, Sendable, Codable {
    var label: String { get }

    init(label: String)
}

extension LabelledValue {
    public init(from decoder: Decoder) throws {
        self.init(label: try decoder.singleValueContainer().decode(String.self))
    }

    public func encode(to encoder: Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(label)
    }
}

extension Cents: Codable, Comparable, CustomStringConvertible {
    public init(from decoder: Decoder) throws {
        self.init(value: try decoder.singleValueContainer().decode(Int64.self))
    }

    public func encode(to encoder: Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(value)
    }

    public static func < (one: Cents, other: Cents) -> Bool {
        one.value < other.value
    }

    /// For a person: `$299.00`.
    public var description: String {
        (try? formatCents(cents: self)) ?? "\(value) cents"
    }
}

extension ScanId: RowId {}
extension DoorTokenId: RowId {}
