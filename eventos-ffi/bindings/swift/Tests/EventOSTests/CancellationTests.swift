import EventOS
import Foundation
import XCTest

/// A task that is cancelled gives up its call at once, down to the connection.
final class CancellationTests: XCTestCase {
    func testTheServerSeesTheConnectionClose() async throws {
        let asked = expectation(description: "the request arrives"), hungUp = expectation(description: "the connection is closed")
        let server = try HTTPServer { _ in
            asked.fulfill()
            return .silence(untilHungUp: { hungUp.fulfill() })
        }
        defer { server.stop() }
        let client = try Client(url: server.url, key: "key")
        let task = Task { try await client.events.all() }
        await fulfillment(of: [asked], timeout: 20)
        task.cancel()
        let result = await task.result
        XCTAssertThrowsError(try result.get()) { XCTAssert($0 is CancellationError, "\($0)") }
        await fulfillment(of: [hungUp], timeout: 20)
    }

    func testATaskThatIsCancelledBeforeSendsNothing() async throws {
        let platform = Counting()
        let client = try Client(settings: Settings(url: "https://eventos.example", key: "key"), platform: platform)
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            return try await client.events.all()
        }
        task.cancel()
        let result = await task.result
        XCTAssertThrowsError(try result.get()) { XCTAssert($0 is CancellationError, "\($0)") }
        XCTAssertEqual(platform.sent, 0)
    }

    func testManyCallsAreGivenUpAtAnyMoment() async throws {
        let client = try Client(settings: Settings(url: "https://eventos.example", key: "key", tries: 1), platform: Counting())
        await withTaskGroup(of: Void.self) { group in
            for round in 0..<2_000 {
                group.addTask {
                    let task = Task { try await client.events.all() }
                    for _ in 0..<round % 40 { await Task.yield() }
                    task.cancel()
                    _ = await task.result
                }
            }
        }
        let rows = try await client.events.all()
        XCTAssertEqual(rows, [])
    }

    func testThePlatformIsCancelledWhereTheCallIsGivenUp() async throws {
        let platform = Silent()
        let client = try Client(settings: Settings(url: "https://eventos.example", key: "key"), platform: platform)
        let task = Task { try await client.door(eventId: "e1111111-1111-1111-1111-111111111111", settings: DoorSettings()).stats() }
        await fulfillment(of: [platform.began], timeout: 20)
        task.cancel()
        await fulfillment(of: [platform.ended], timeout: 20)
        _ = await task.result
    }
}

/// Answers at once with no rows.
private final class Counting: Platform, @unchecked Sendable {
    private let lock = NSLock()
    private var count = 0

    var sent: Int { lock.withLock { count } }

    func send(request: HttpRequest) async throws -> HttpResponse {
        lock.withLock { count += 1 }
        await Task.yield()
        return HttpResponse(status: 200, headers: [], body: Data("[]".utf8))
    }

    func sleep(duration: TimeInterval) async throws {
        try await Task.sleep(nanoseconds: UInt64(duration * 1e9))
    }
}

/// Never answers, and tells when it is cancelled.
private final class Silent: Platform {
    let began = XCTestExpectation(description: "a request is sent")
    let ended = XCTestExpectation(description: "the request is cancelled")

    func send(request: HttpRequest) async throws -> HttpResponse {
        began.fulfill()
        defer { ended.fulfill() }
        try await Task.sleep(nanoseconds: 3_600_000_000_000)
        throw PlatformError.TimedOut
    }

    func sleep(duration: TimeInterval) async throws {
        try await Task.sleep(nanoseconds: UInt64(duration * 1e9))
    }
}
