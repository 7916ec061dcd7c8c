import EventOS
import Foundation

/// A platform that holds everything still: it answers as a scenario tells, and notes what was sent and how long was waited.
final class ScenarioHost: Platform, Clock, @unchecked Sendable {
    /// The time limit of a client over this host. No pause is as long, so that the two are told apart.
    static let timeLimit: TimeInterval = 86_400

    private let lock = NSLock()
    private var requests: [HttpRequest] = []
    private var waited: [Int] = []
    private var exchanges: ArraySlice<JSON>
    private var time: Date
    private var lastByte: UInt8 = 0

    init(exchanges: [JSON], now: Date) {
        self.exchanges = exchanges[...]
        time = now
    }

    var sent: [HttpRequest] { lock.withLock { requests } }

    /// In whole milliseconds.
    var pauses: [Int] { lock.withLock { waited } }

    func send(request: HttpRequest) async throws -> HttpResponse {
        let exchange = lock.withLock {
            requests.append(request)
            return exchanges.popFirst()
        }
        switch exchange?["fault"]?.string {
        case "timeout": throw PlatformError.TimedOut
        case "cancelled": throw PlatformError.Cancelled
        case .some: throw PlatformError.NoConnection(detail: "no connection")
        case nil:
            guard let response = exchange?["response"] else { throw PlatformError.NoConnection(detail: "nothing more is told") }
            return HttpResponse(response)
        }
    }

    func sleep(duration: TimeInterval) async throws {
        if duration == Self.timeLimit {
            // No time limit ever passes.
            return try await Task.sleep(nanoseconds: UInt64(duration * 1e9))
        }
        lock.withLock {
            waited.append(Int(duration * 1_000 + 1e-6))
            time += duration
        }
    }

    func now() throws -> Date {
        lock.withLock { time }
    }

    func random(length: UInt32) throws -> Data {
        lock.withLock {
            Data((0..<length).map { _ in
                lastByte &+= 1
                return lastByte
            })
        }
    }
}

extension HttpResponse {
    fileprivate init(_ told: JSON) {
        var headers = told["headers"]?.fields.map { HttpHeader(name: $0.name, value: $0.value.string!) } ?? []
        var text = told["text"]?.string ?? ""
        if let body = told["body"] {
            if !headers.contains(where: { $0.name == "content-type" }) {
                headers.append(HttpHeader(name: "content-type", value: "application/json"))
            }
            let rows = told["repeat"]?.int.map { JSON.list(Array(repeating: body.list[0], count: $0)) }
            text = (rows ?? body).description
        }
        self.init(status: UInt16(told["status"]?.int ?? 200), headers: headers, body: Data(text.utf8))
    }
}
