import EventOS
import Foundation
import XCTest

private let key = "sb_publishable_kept_secret"

/// What becomes of requests over a network.
final class TransportTests: XCTestCase {
    func testAnErrorOfTheServerComesAsItIs() async throws {
        let server = try HTTPServer { _ in .json(#"{"code":"PGRST301","message":"JWT expired"}"#, status: 401) }
        defer { server.stop() }
        let error = await failure { try await self.client(of: server).orders.all() }
        XCTAssertEqual(error?.code, "PGRST301")
        XCTAssertEqual(error?.answer?.status, 401)
        XCTAssertEqual(error?.isUnauthenticated, true)
        XCTAssertEqual(error?.localizedDescription, error?.detail)
    }

    func testARefusalThatAsksForATokenComesAsItIs() async throws {
        for challenge in ["Bearer", "Bearer error=\"invalid_token\", error_description=\"JWT expired\"", "Basic realm=\"x\""] {
            let server = try HTTPServer { _ in
                .json(#"{"code":"42501","message":"permission denied"}"#, status: 401, headers: ["www-authenticate: \(challenge)"])
            }
            defer { server.stop() }
            let error = await failure { try await self.client(of: server).orders.all() }
            XCTAssertEqual(error?.code, "42501", challenge)
            XCTAssertEqual(error?.answer?.status, 401, challenge)
        }
    }

    func testARedirectIsNotFollowed() async throws {
        let elsewhere = try HTTPServer { _ in .json("[]") }
        let server = try HTTPServer { _ in .json("", status: 302, headers: ["location: \(elsewhere.url)/"]) }
        defer { [server, elsewhere].forEach { $0.stop() } }
        let error = await failure { try await self.client(of: server).venues.all() }
        XCTAssertEqual(error?.answer?.status, 302)
        XCTAssertEqual(elsewhere.requests.count, 0)
    }

    func testAnAnswerThatIsNoneIsADecodeError() async throws {
        for garbage in ["\u{fffd} not JSON", "", #"{"a":1}"#, "[1]", String(repeating: "[", count: 100_000)] {
            let server = try HTTPServer { _ in .json(garbage) }
            defer { server.stop() }
            guard case .Decode = await failure({ try await self.client(of: server).events.all() }) else {
                return XCTFail("taken: \(garbage.prefix(20))")
            }
        }
    }

    func testAnAnswerThatBreaksOffIsNoConnection() async throws {
        let server = try HTTPServer { _ in .bytes("HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n[") }
        defer { server.stop() }
        guard case .Connect = await failure({ try await self.client(of: server).events.all() }) else {
            return XCTFail("half an answer was taken")
        }
    }

    func testNoServerIsNoConnectionAndNamesNoAddress() async throws {
        let server = try HTTPServer { _ in .json("[]") }
        server.stop()
        let error = await failure { try await self.client(of: server).events.where(.slug(.is("secret-party"))).all() }
        guard case .Connect = error else { return XCTFail("\(String(describing: error))") }
        for hidden in ["127.0.0.1", "secret-party", key] {
            XCTAssertFalse("\(String(reflecting: error))\(error!.localizedDescription)".contains(hidden), hidden)
        }
        XCTAssertEqual(error?.isRetryable, true)
    }

    func testTheTimeLimitEndsACallAndItsConnection() async throws {
        let hungUp = expectation(description: "the connection is closed")
        let server = try HTTPServer { _ in .silence(untilHungUp: { hungUp.fulfill() }) }
        defer { server.stop() }
        let error = await failure { try await self.client(of: server, milliseconds: 200).events.all() }
        guard case .Timeout = error else { return XCTFail("\(String(describing: error))") }
        await fulfillment(of: [hungUp], timeout: 20)
    }

    func testNoCookieIsSentBack() async throws {
        let server = try HTTPServer { _ in .json("[]", headers: ["set-cookie: known=1; path=/"]) }
        defer { server.stop() }
        let client = try client(of: server)
        for _ in 0..<2 { _ = try await client.events.all() }
        XCTAssertEqual(server.requests.count, 2)
        XCTAssertFalse(server.requests[1].head.lowercased().contains("cookie"))
        XCTAssertTrue(server.requests[1].head.contains(key))
    }

    func testABodyArrivesAsItWasMade() async throws {
        let server = try HTTPServer { _ in .json(#"{"outcome":"not_cancellable","status":"paid"}"#) }
        defer { server.stop() }
        _ = try? await client(of: server).call("greet", with: ["name": "Zoë \"Z\" 🎟"], as: [String: String].self)
        XCTAssertEqual(server.requests.first?.method, "POST")
        XCTAssertEqual(try server.requests.first.map { try JSON($0.body) }, .object([("name", .string("Zoë \"Z\" 🎟"))]))
    }

    func testAHundredCallsAtOnce() async throws {
        let server = try HTTPServer { _ in .json("[]") }
        defer { server.stop() }
        let client = try client(of: server)
        let answers = try await withThrowingTaskGroup(of: Int.self) { group in
            (0..<100).forEach { _ in group.addTask { try await client.events.all().count } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        XCTAssertEqual(answers, Array(repeating: 0, count: 100))
        XCTAssertEqual(server.requests.count, 100)
    }

    private func client(of server: HTTPServer, milliseconds: UInt64 = 20_000) throws -> Client {
        try Client(
            settings: Settings(url: server.url, key: key, tries: 1, timeoutMilliseconds: milliseconds),
            platform: URLSessionPlatform()
        )
    }
}

/// The error of a call; a failure of the test where there is none.
func failure(_ call: () async throws -> some Any, line: UInt = #line) async -> EventosError? {
    do {
        let answer = try await call()
        XCTFail("expected an error, got \(answer)", line: line)
    } catch let error as EventosError {
        return error
    } catch {
        XCTFail("\(error)", line: line)
    }
    return nil
}
