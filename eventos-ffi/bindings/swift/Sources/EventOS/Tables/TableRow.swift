/// A row of a table or a view: how it is read. `cargo xtask generate` writes the conformances; an app begins with
/// `eventos.events` and its neighbours.
public protocol TableRow: Sendable {
    associatedtype Query: QueryRecord

    static func read(_ query: Query, _ expected: Expected, from client: Client) async throws -> [Self]
    static func page(of query: Query, size: UInt64, after cursor: String?, from client: Client) async throws -> Page<Self>
    static func table(_ query: Query) -> TableQuery
}

/// A row that can be made, changed and removed.
public protocol WritableRow: TableRow {
    associatedtype New: Sendable
    associatedtype Change: Sendable

    static func insert(_ rows: [New], to client: Client) async throws -> [Self]
    static func update(_ changes: [Change], where filter: Query.Filter, in client: Client) async throws -> [Self]
    static func deletion(where filter: Query.Filter) -> Deletion
}

/// A row that has a card: the row with those that belong to it, as an app shows it.
public protocol CardRow: TableRow {
    associatedtype Card: Sendable

    static func readCards(_ query: Query, _ expected: Expected, from client: Client) async throws -> [Card]
}

/// What a query of one table holds.
public protocol QueryRecord: Sendable {
    associatedtype Filter: Sendable
    associatedtype Order: OrderRecord

    var filters: [Filter] { get set }
    var order: [Order] { get set }
    var limit: UInt64? { get set }
    var offset: UInt64? { get set }

    init(filters: [Filter], order: [Order], limit: UInt64?, offset: UInt64?)
}

/// A column and the direction in which it puts rows in order.
public protocol OrderRecord: Sendable {
    associatedtype Column: Sendable

    init(column: Column, direction: Direction)
}
