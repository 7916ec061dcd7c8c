/// Pages of rows, each asked for when it is needed.
///
/// ```swift
/// for try await page in eventos.tickets.where(.eventId(.is(id))).pages(of: 500) { … }
/// ```
public struct Pages<Row: Sendable>: AsyncSequence, Sendable {
    let size: UInt64
    var limit: UInt64?
    let page: @Sendable (_ size: UInt64, _ cursor: String?) async throws -> Page<Row>

    public func makeAsyncIterator() -> Iterator {
        Iterator(of: self)
    }

    public struct Iterator: AsyncIteratorProtocol {
        private let pages: Pages<Row>
        private var left: UInt64
        private var cursor: String?
        private var isAtEnd = false

        fileprivate init(of pages: Pages<Row>) {
            self.pages = pages
            left = pages.limit ?? .max
        }

        public mutating func next() async throws -> [Row]? {
            if isAtEnd || left == 0 { return nil }
            let page = try await pages.page(Swift.min(pages.size, left), cursor)
            left -= Swift.min(left, UInt64(page.rows.count))
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
