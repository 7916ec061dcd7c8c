import EventOS
import Foundation

/// Each line of the output is JSON: what was measured, of whom, and the median of its samples in nanoseconds.
@main
struct Benchmark {
    static func main() async throws {
        try await measure("one call", times: 100_000) {
            _ = try formatCents(cents: Cents(value: 29_900))
        }

        let empty = try client(answering: Data("[]".utf8))
        let now = Date()
        try await measure("build a query", times: 10_000) {
            _ = upcoming(empty, now)
        }
        try await measure("build, send and answer a query", times: 2_000) {
            _ = try await upcoming(empty, now).all()
        }

        let rows = Data("[\((0..<1_000).map(row).joined(separator: ","))]".utf8)
        let full = try client(answering: rows)
        try await measure("1,000 rows", times: 5) {
            let events = try await full.events.all()
            precondition(events.count == 1_000)
        }
        // Written names are what a decoder is quickest with.
        let decoder = JSONDecoder.eventos
        decoder.keyDecodingStrategy = .useDefaultKeys
        try await measure("1,000 rows", of: "JSONDecoder", times: 5) {
            let events = try decoder.decode([Listed].self, from: rows)
            precondition(events.count == 1_000)
        }
    }

    private static func measure(
        _ row: String, of function: String = "eventos", times: Int, _ work: @Sendable () async throws -> Void
    ) async throws {
        var samples: [Int] = []
        for _ in 0..<16 {
            let start = DispatchTime.now().uptimeNanoseconds
            for _ in 0..<times { try await work() }
            samples.append(Int(DispatchTime.now().uptimeNanoseconds - start) / times)
        }
        // The first one warms up.
        let median = samples.dropFirst().sorted()[7]
        print(#"{"row":"\#(row)","function":"\#(function)","value":\#(median)}"#)
    }

    private static func client(answering body: Data) throws -> Client {
        try Client(settings: Settings(url: "https://eventos.example", key: "key", maxRows: 0), platform: Memory(body: body))
    }

    private static func upcoming(_ eventos: Client, _ now: Date) -> RowQuery<Event> {
        eventos.events.where(.status(.is(.published)), .startAt(.atOrAfter(now))).order(by: .startAt).limit(10)
    }

    private static func row(_ index: Int) -> String {
        let id = "e1111111-1111-4111-8111-\(String(1_000_000_000_000 + index).suffix(12))"
        return """
            {"id":"\(id)","organizer_id":"11111111-1111-1111-1111-111111111111","venue_id":null,"name":"Leadership Seminar \(index)",\
            "slug":"leadership-seminar-\(index)-e1111111","type":"seminar","description":"A day with those who lead, and lunch.",\
            "start_at":"2026-12-09T14:00:00+00:00","end_at":"2026-12-09T22:30:00+00:00","capacity":150,"price_cents":8900,\
            "status":"published","visibility":"public",\
            "created_at":"2025-10-13T09:00:00.123456+00:00","updated_at":"2025-10-13T09:00:00.123456+00:00"}
            """
    }
}

/// A row of `events` as an app would declare it for `JSONDecoder`.
private struct Listed: Decodable {
    let id: String
    let organizerId: String
    let venueId: String?
    let name: String
    let slug: String
    let type: String
    let description: String?
    let startAt: Date
    let endAt: Date
    let capacity: Int
    let priceCents: Int
    let status: String
    let visibility: String
    let createdAt: Date
    let updatedAt: Date

    enum CodingKeys: String, CodingKey {
        case id, name, slug, type, description, capacity, status, visibility
        case organizerId = "organizer_id"
        case venueId = "venue_id"
        case startAt = "start_at"
        case endAt = "end_at"
        case priceCents = "price_cents"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }
}

/// Gives every request the same answer.
private final class Memory: Platform {
    private let body: Data

    init(body: Data) {
        self.body = body
    }

    func send(request: HttpRequest) async throws -> HttpResponse {
        HttpResponse(status: 200, headers: [HttpHeader(name: "content-type", value: "application/json")], body: body)
    }

    func sleep(duration: TimeInterval) async throws {
        try await Task.sleep(nanoseconds: 3_600_000_000_000)
    }
}
