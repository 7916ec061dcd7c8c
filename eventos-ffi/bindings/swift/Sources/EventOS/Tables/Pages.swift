/// Pages of rows, each asked for when it is needed.
///
/// ```swift
/// for try await page in eventos.tickets.where(.eventId(.is(id))).pages(of: 500) { … }
/// ```
public struct Pages<Row: Sendable>: AsyncSequence, Sendable {
    let page: @Sendable (_ cursor: String?) async throws -> Page<Row>

    public func makeAsyncIterator() -> Iterator {
        Iterator(page: page)
    }

    public struct Iterator: AsyncIteratorProtocol {
        fileprivate let page: @Sendable (_ cursor: String?) async throws -> Page<Row>
        private var cursor: String?
        private var isAtEnd = false

        fileprivate init(page: @escaping @Sendable (_ cursor: String?) async throws -> Page<Row>) {
            self.page = page
        }

        public mutating func next() async throws -> [Row]? {
            if isAtEnd { return nil }
            let page = try await page(cursor)
            cursor = page.cursor
            isAtEnd = page.cursor == nil
            return page.rows.isEmpty ? nil : page.rows
        }
    }
}

/// Some rows, and where the next ones begin; `nil` after the last ones.
public struct Page<Row> {
    public let rows: [Row]
    public let cursor: String?
}

extension Page: Sendable where Row: Sendable {}
extension Page: Decodable where Row: Decodable {}
