import Foundation

extension Client {
    /// The answer to a query in the core's JSON form, for what the tables do not have: columns of your choice, related rows of
    /// related rows, aggregates.
    ///
    /// ```swift
    /// struct Listed: Decodable { let id: EventId, name: String, startAt: Date, venue: Place? }
    /// struct Place: Decodable { let city: String }
    /// let listed: [Listed] = try await eventos.fetch("""
    ///     { "from": "events", "select": { "id": 1, "name": 1, "start_at": 1, "venue": { "city": 1 } } }
    ///     """)
    /// ```
    ///
    /// - Throws: `EventosError`, or `DecodingError` where the answer is not of this type.
    public func fetch<Answer: Decodable>(_ query: String, as type: Answer.Type = Answer.self) async throws -> Answer {
        try JSONDecoder.eventos.decode(type, from: Data(try await fetchJson(query: query).utf8))
    }

    /// The rows of such a query, in pages of so many. A limit in it is ignored.
    public func pages<Row: Decodable & Sendable>(_ query: String, of size: UInt, as row: Row.Type = Row.self) -> Pages<Row> {
        Pages(size: UInt64(size)) { size, cursor in
            let page = try await self.pageJson(query: query, size: size, cursor: cursor)
            return try JSONDecoder.eventos.decode(Page<Row>.self, from: Data(page.utf8))
        }
    }

    /// What a function of the database gives, called with arguments by name.
    public func call<Answer: Decodable>(
        _ function: String,
        with arguments: some Encodable,
        as type: Answer.Type = Answer.self
    ) async throws -> Answer {
        let arguments = String(decoding: try JSONEncoder.eventos.encode(arguments), as: UTF8.self)
        return try JSONDecoder.eventos.decode(type, from: Data(try await rpc(function: function, arguments: arguments).utf8))
    }
}

extension JSONDecoder {
    /// Reads what the server writes: names such as `start_at` as `startAt`, and its times to the microsecond.
    public static var eventos: JSONDecoder {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        decoder.dateDecodingStrategy = .custom { decoder in
            let text = try decoder.singleValueContainer().decode(String.self)
            guard let time = Date(serverText: text) else {
                throw DecodingError.dataCorrupted(
                    .init(codingPath: decoder.codingPath, debugDescription: "expected a time such as 2025-10-13T09:00:00+00:00")
                )
            }
            return time
        }
        return decoder
    }
}

extension JSONEncoder {
    /// Writes what the server reads: `startAt` as `start_at`, and times to the microsecond.
    public static var eventos: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.dateEncodingStrategy = .custom { time, encoder in
            guard let text = time.serverText else {
                throw EncodingError.invalidValue(
                    time, .init(codingPath: encoder.codingPath, debugDescription: "expected a time of the years 1 to 9999")
                )
            }
            var container = encoder.singleValueContainer()
            try container.encode(text)
        }
        return encoder
    }
}
