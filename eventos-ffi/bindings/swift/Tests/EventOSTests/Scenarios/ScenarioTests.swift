import EventOS
import Foundation
import XCTest

/// The scenarios that every surface plays, in Swift.
final class ScenarioTests: XCTestCase {
    func testQueriesAreAsEverywhere() async throws {
        try await play(folder: "query", atLeast: 150)
    }

    func testCodesAreAsEverywhere() async throws {
        try await play(folder: "code", atLeast: 50)
    }

    func testErrorsAreAsEverywhere() async throws {
        try await play(folder: "error", atLeast: 40)
    }

    func testFlowsAreAsEverywhere() async throws {
        try await play(folder: "flow", atLeast: 100)
    }

    private func play(folder: String, atLeast count: Int) async throws {
        let callers = try ScenarioFiles.callers()
        let scenarios = try ScenarioFiles.scenarios(in: folder)
        XCTAssertGreaterThanOrEqual(scenarios.count, count)
        for scenario in scenarios {
            let play = Play(scenario: scenario.json, callers: callers)
            let observed = try await play.observed()
            XCTAssert(observed == play.expected, "\(scenario.title)\n  seen:   \(observed)\n  wanted: \(play.expected)")
        }
    }
}

/// One scenario as it is played.
private struct Play {
    let scenario: JSON
    let callers: JSON
    let url: String
    let key: String
    let token: String?

    init(scenario: JSON, callers: JSON) {
        self.scenario = scenario
        self.callers = callers
        let caller = callers["callers"]![scenario["as"]?.string ?? "visitor"]!
        let client = scenario["client"]
        url = client?["url"]?.string ?? callers["url"]!.string!
        key = client?["key"]?.string ?? caller["key"]!.string!
        token = client?["token"]?.string ?? caller["token"]?.string
    }

    var expected: JSON {
        let requests = scenario["exchanges"]?.list.map { wanted($0["request"]!) } ?? []
        let outcome = ["result", "error"].compactMap { name in scenario[name].map { (name: name, value: $0) } }
        return .object([("requests", .list(requests)), ("pauses", scenario["pauses_ms"] ?? .list([]))] + outcome)
    }

    func observed() async throws -> JSON {
        let now = time(scenario["now"]?.string ?? callers["now"]!.string!)
        let host = ScenarioHost(exchanges: scenario["exchanges"]?.list ?? [], now: now)
        let outcome: (name: String, value: JSON)
        do {
            let result = try await made(scenario["call"]!.string!, scenario["input"] ?? .object([])) { try client(over: host) }
            outcome = ("result", result)
        } catch let error as EventosError {
            outcome = ("error", told(error, as: scenario["error"] ?? .object([])))
        }
        return .object([
            ("requests", .list(try host.sent.map(seen))),
            ("pauses", .list(host.pauses.map { .number($0) })),
            outcome,
        ])
    }

    private func client(over host: ScenarioHost) throws -> Client {
        let settings = Settings(
            url: url,
            key: key,
            schema: scenario["client"]?["schema"]?.string,
            maxRows: scenario["client"]?["max_rows"]?.int.map(UInt64.init),
            tries: scenario["client"]?["tries"]?.int.map(UInt32.init),
            timeoutMilliseconds: UInt64(ScenarioHost.timeLimit * 1_000)
        )
        return try Client(settings: settings, platform: host, tokens: token.map(Token.init), clock: host)
    }

    /// A request with what goes without saying.
    private func wanted(_ request: JSON) -> JSON {
        var headers = JSON.object([("accept", .string("application/json")), ("apikey", .string(key))])
        if let bearer = token ?? (key.hasPrefix("ey") ? key : nil) {
            headers = headers.with("authorization", .string("Bearer \(bearer)"))
        }
        if request["body"] != nil {
            headers = headers.with("content-type", .string("application/json"))
        }
        for field in request["headers"]?.fields ?? [] {
            headers = headers.with(field.name, field.value)
        }
        return .object([
            ("method", request["method"]!), ("path", request["path"]!), ("query", request["query"] ?? .list([])),
            ("headers", headers), ("body", request["body"] ?? .null),
        ])
    }

    /// A request as it was sent.
    private func seen(_ request: HttpRequest) throws -> JSON {
        let base = url.hasSuffix("/") ? String(url.dropLast()) : url
        XCTAssert(request.url.hasPrefix(base))
        let parts = request.url.dropFirst(base.count).split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let query = parts.count < 2 ? [] : parts[1].split { $0 == "&" || $0 == ";" }
        let pairs = query.map { part in
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return JSON.list([.string(decoded(pair[0])), .string(pair.count < 2 ? "" : decoded(pair[1]))])
        }
        return .object([
            ("method", .string(request.method)),
            ("path", .string(String(parts[0]))),
            ("query", .list(pairs)),
            ("headers", .object(request.headers.map { ($0.name, .string($0.value)) })),
            ("body", try request.body.map { try JSON($0) } ?? .null),
        ])
    }

    private func decoded(_ text: Substring) -> String {
        text.replacingOccurrences(of: "+", with: " ").removingPercentEncoding!
    }
}

private final class Token: TokenProvider {
    private let token: String

    init(_ token: String) {
        self.token = token
    }

    func accessToken() async throws -> String? {
        token
    }
}

/// An error: its kind and code, and whatever else the expectation names.
func told(_ error: EventosError, as expected: JSON) -> JSON {
    let name = "\(error)".prefix { $0.isLetter }
    let kind = name.reduce(into: "") { $0 += $1.isUppercase ? "_\($1.lowercased())" : "\($1)" }.dropFirst()
    let all: [(name: String, value: JSON)] = [
        ("kind", .string(String(kind))),
        ("code", .string(error.code)),
        ("message", .string(error.detail)),
        ("retryable", .bool(error.isRetryable)),
        ("forbidden", .bool(error.isForbidden)),
        ("unauthenticated", .bool(error.isUnauthenticated)),
        ("status", error.answer.map { .number($0.status) } ?? .null),
        ("details", .maybe(error.answer?.details)),
        ("hint", .maybe(error.answer?.hint)),
        ("constraint", .maybe(error.answer?.constraint)),
        ("retry_after", error.answer?.retryAfter.map { .number($0) } ?? .null),
    ]
    return .object(all.filter { ["kind", "code"].contains($0.name) || expected[$0.name] != nil })
}
