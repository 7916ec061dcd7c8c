/// Rows of a table that meet conditions, in an order. An immutable value: each call gives another, and asking for rows sends it.
///
/// ```swift
/// let upcoming = eventos.events.where(.status(.is(.published)), .startAt(.atOrAfter(now))).order(by: .startAt).limit(10)
/// let rows = try await upcoming.all()
/// ```
public struct RowQuery<Row: TableRow>: Readable {
    let client: Client
    var record: Row.Query

    public var query: RowQuery<Row> { self }

    func with(_ change: (inout Row.Query) -> Void) -> RowQuery<Row> {
        var other = self
        change(&other.record)
        return other
    }
}

/// What rows can be asked for: a whole table, or a query of it.
public protocol Readable<Row>: Sendable {
    associatedtype Row: TableRow

    var query: RowQuery<Row> { get }
}

extension Readable {
    /// The rows of which all of these hold too.
    public func `where`(_ filters: Row.Query.Filter...) -> RowQuery<Row> {
        query.with { $0.filters += filters }
    }

    /// In the order of a column. Of several the first decides.
    public func order(by column: Row.Query.Order.Column, _ direction: Direction = .ascending) -> RowQuery<Row> {
        query.with { $0.order.append(Row.Query.Order(column: column, direction: direction)) }
    }

    /// At most so many rows.
    public func limit(_ rows: UInt) -> RowQuery<Row> {
        query.with { $0.limit = UInt64(rows) }
    }

    /// Without the first so many rows.
    public func offset(_ rows: UInt) -> RowQuery<Row> {
        query.with { $0.offset = UInt64(rows) }
    }
}

extension Readable {
    /// The rows.
    ///
    /// - Throws: `EventosError.Truncated` where the server cut them at its limit: ask for `pages(of:)`.
    public func all() async throws -> [Row] {
        try await query.read(.anyNumber)
    }

    /// The one row.
    ///
    /// - Throws: `EventosError.NotFound` where there is none, `EventosError.ManyRows` where there are several.
    public func single() async throws -> Row {
        try await query.read(.one)[0]
    }

    /// The row, or `nil` where there is none.
    ///
    /// - Throws: `EventosError.ManyRows` where there are several.
    public func maybeSingle() async throws -> Row? {
        try await query.read(.atMostOne).first
    }

    /// How many rows there are.
    public func count(_ how: Count = .exact) async throws -> Int {
        Int(try await query.client.count(query: Row.table(query.record), how: how))
    }

    /// The rows as CSV, with a line of names.
    public func csv() async throws -> String {
        try await query.client.csv(query: Row.table(query.record))
    }

    /// All rows, asked for in pages of so many as they are needed. A page follows the last row before it, so that rows that come
    /// meanwhile shift nothing. A limit holds for all pages together.
    public func pages(of size: UInt) -> Pages<Row> {
        let query = query
        return Pages(size: UInt64(size), limit: query.record.limit) {
            try await Row.page(of: query.record, size: $0, after: $1, from: query.client)
        }
    }
}

extension Readable where Row: CardRow {
    /// The rows with those that belong to them.
    public func cards() async throws -> [Row.Card] {
        try await query.readCards(.anyNumber)
    }

    /// The one row with those that belong to it. Throws as `single()` does.
    public func singleCard() async throws -> Row.Card {
        try await query.readCards(.one)[0]
    }

    /// The row with those that belong to it, or `nil`. Throws as `maybeSingle()` does.
    public func maybeSingleCard() async throws -> Row.Card? {
        try await query.readCards(.atMostOne).first
    }
}

extension RowQuery {
    fileprivate func read(_ expected: Expected) async throws -> [Row] {
        try await Row.read(record, expected, from: client)
    }
}

extension RowQuery where Row: CardRow {
    fileprivate func readCards(_ expected: Expected) async throws -> [Row.Card] {
        try await Row.readCards(record, expected, from: client)
    }
}
