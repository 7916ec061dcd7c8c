/// A table or a view of one client, such as `eventos.events`.
public struct TableHandle<Row: TableRow>: Readable {
    let client: Client

    /// All of its rows.
    public var query: RowQuery<Row> {
        RowQuery(client: client, record: Row.Query(filters: [], order: [], limit: nil, offset: nil))
    }
}

extension TableHandle where Row: WritableRow {
    /// Makes a row, and gives it back as the database completed it.
    @discardableResult
    public func insert(_ row: Row.New) async throws -> Row {
        guard let made = try await insert([row]).first else {
            throw EventosError.NotAffected(code: "not_affected", detail: "the server gave no row back", advice: Advice())
        }
        return made
    }

    /// Makes rows, all or none, and gives them back as the database completed them.
    @discardableResult
    public func insert(_ rows: [Row.New]) async throws -> [Row] {
        try await Row.insert(rows, to: client)
    }

    /// Changes the rows that meet a condition, and gives them back. What is not named stays as it is.
    ///
    /// - Throws: `EventosError.InvalidInput`, before anything is sent, where the condition holds of every row.
    @discardableResult
    public func update(_ changes: [Row.Change], where filter: Row.Query.Filter) async throws -> [Row] {
        try await Row.update(changes, where: filter, in: client)
    }

    /// Removes the rows that meet a condition; how many they were.
    ///
    /// - Throws: `EventosError.InvalidInput`, before anything is sent, where the condition holds of every row.
    @discardableResult
    public func delete(where filter: Row.Query.Filter) async throws -> Int {
        Int(try await client.delete(rows: Row.deletion(where: filter)))
    }
}
