import CheckInModel
import EventOS
import Foundation
import XCTest

/// The view model over a server whose answers get lost.
final class DoorModelTests: XCTestCase, @unchecked Sendable {
    @MainActor private var time = Date(timeIntervalSince1970: 1_750_000_000)

    @MainActor
    func testALostAnswerIsAskedAgainWithTheSameScanId() async throws {
        let platform = Forgetful()
        let door = try await door(over: platform)
        XCTAssertEqual(door.figures.expected, 2)

        platform.loses = true
        await door.scan("code")
        XCTAssertEqual(door.verdict?.sentence, "The server cannot be reached. This is no verdict: scan again.")
        XCTAssertNil(door.lastAdmitted)
        platform.loses = false
        await door.scan("another code")
        time += 59
        await door.scan("code")
        XCTAssertEqual(door.verdict?.kind, .admitted)
        XCTAssertEqual(door.verdict?.sentence, "Answered again: the first answer was lost.")
        XCTAssertEqual(door.lastAdmitted, "Michael Chen, TKT-B1111111-251013")
        await door.scan("code")
        XCTAssertNil(door.verdict?.sentence)

        let scans = platform.scans
        XCTAssertEqual(scans.count, 4)
        XCTAssertEqual(scans[0], scans[2])
        XCTAssertEqual(Set(scans.map(\.id)).count, 3)
    }

    @MainActor
    func testALostAnswerIsAskedAgainForAMinuteOnly() async throws {
        let platform = Forgetful()
        let door = try await door(over: platform)
        platform.loses = true
        await door.scan("code")
        platform.loses = false
        time += 60
        await door.scan("code")
        XCTAssertNil(door.verdict?.sentence)
        XCTAssertEqual(Set(platform.scans.map(\.id)).count, 2)
        XCTAssertEqual(Set(platform.scans.map(\.at)).count, 2)
    }

    @MainActor
    func testADefiniteErrorIsNoLostAnswer() async throws {
        let platform = Forgetful()
        let door = try await door(over: platform)
        platform.refuses = 400
        await door.scan("code")
        XCTAssertEqual(door.verdict?.kind, .notScanned)
        XCTAssertEqual(door.verdict?.word, "Not scanned")
        XCTAssertEqual(door.verdict?.sentence, "server: the server answered 400: no")
        platform.refuses = nil
        await door.scan("code")
        XCTAssertEqual(door.verdict?.kind, .admitted)
        XCTAssertEqual(Set(platform.scans.map(\.id)).count, 2)

        platform.refuses = 503
        await door.scan("code")
        XCTAssertEqual(door.verdict?.kind, .unknown)
    }

    @MainActor
    func testACodeThatStaysInViewIsOneScan() async throws {
        let platform = Forgetful()
        let door = try await door(over: platform, ignoringRepeatsFor: DoorModel.stillInView)
        for _ in 0..<3 {
            await door.scan("code")
            time += 1
        }
        XCTAssertEqual(platform.scans.count, 1)
        for code in ["code", "another code", "code"] { await door.scan(code) }
        XCTAssertEqual(platform.scans.count, 4)
        platform.loses = true
        for _ in 0..<2 { await door.scan("a lost code") }
        XCTAssertEqual(platform.scans.count, 6)
    }

    @MainActor
    func testAScanThatWasCancelledIsTheSameScanLater() async throws {
        let platform = Forgetful()
        let door = try await door(over: platform)
        await door.scan("another code")
        platform.isStuck = true
        let scan = Task { await door.scan("code") }
        while platform.scans.count < 2 { try await Task.sleep(for: .milliseconds(1)) }
        XCTAssertTrue(door.isAsking)
        XCTAssertNil(door.verdict)
        scan.cancel()
        await scan.value
        XCTAssertFalse(door.isAsking)
        XCTAssertNil(door.verdict)
        platform.isStuck = false
        await door.scan("code")
        XCTAssertEqual(door.verdict?.kind, .admitted)
        XCTAssertEqual(platform.scans[1], platform.scans[2])
    }

    @MainActor
    func testCodesWaitForEachOther() async throws {
        let platform = Forgetful()
        let door = try await door(over: platform)
        platform.isStuck = true
        let first = Task { await door.scan("code") }
        while platform.scans.isEmpty { try await Task.sleep(for: .milliseconds(1)) }
        let second = Task { await door.scan("another code") }
        try await Task.sleep(for: .milliseconds(50))
        XCTAssertEqual(platform.scans.count, 1)
        platform.isStuck = false
        first.cancel()
        await second.value
        XCTAssertEqual(door.verdict?.kind, .admitted)
        XCTAssertEqual(platform.scans.count, 2)
    }

    @MainActor
    func testAProblemWithTheFiguresLastsUntilTheyArrive() async throws {
        let platform = Forgetful()
        let door = try await door(over: platform)
        platform.refuses = 503
        let counting = Task { await door.keepCounting(every: .milliseconds(1)) }
        while door.problem == nil { try await Task.sleep(for: .milliseconds(1)) }
        platform.refuses = nil
        while door.problem != nil { try await Task.sleep(for: .milliseconds(1)) }
        counting.cancel()
        await counting.value
        XCTAssertNil(door.problem)
    }

    @MainActor
    func testAForbiddenDoorIsNotAskedForFiguresAgain() async throws {
        let platform = Forgetful()
        let door = try await door(over: platform)
        platform.refuses = 403
        await door.keepCounting(every: .milliseconds(1))
        XCTAssertEqual(door.problem?.isForbidden, true)
        XCTAssertEqual(platform.counts, 2)
    }

    @MainActor
    func testACodeIsAskedAboutOnceAtATime() async throws {
        let platform = Forgetful()
        let door = try await door(over: platform)
        let taps = (0..<2).map { _ in Task { await door.scan("code") } }
        for tap in taps { await tap.value }
        XCTAssertEqual(platform.scans.count, 1)
        _ = await door.undo(because: "a test")
        XCTAssertNil(door.lastAdmitted)
    }

    @MainActor
    func testTwoUndosAtOnceTakeOneAdmissionBack() async throws {
        let door = try await door(over: Forgetful())
        for code in ["code", "another code"] { await door.scan(code) }
        let taps = (0..<2).map { _ in Task { await door.undo(because: "a test") } }
        for tap in taps {
            let words = await tap.value
            XCTAssertEqual(words, "Taken back: Michael Chen, TKT-B1111111-251013. The ticket admits again.")
        }
        XCTAssertNotNil(door.lastAdmitted)
    }

    @MainActor
    func testTheVerdictDoesNotWaitForTheFigures() async throws {
        let platform = Forgetful()
        let door = try await door(over: platform)
        await door.scan("code") { verdict in
            XCTAssertEqual(door.verdict, verdict)
            XCTAssertEqual(platform.counts, 1)
        }
        XCTAssertEqual(platform.counts, 2)
    }

    @MainActor
    private func door(over platform: Forgetful, ignoringRepeatsFor: TimeInterval = 0) async throws -> DoorModel {
        let eventos = try Client(settings: Settings(url: "https://eventos.example", key: "key", tries: 1), platform: platform)
        let event: EventId = "e1111111-1111-1111-1111-111111111111"
        return try await DoorModel(
            "Evening", of: event, settings: DoorSettings(), by: eventos, ignoringRepeatsFor: ignoringRepeatsFor, now: { self.time }
        )
    }
}

/// Lets everybody in. `loses` breaks the connection before an answer is complete, `isStuck` never answers a scan, `refuses` is the status
/// of the error that each answer is.
private final class Forgetful: Platform, @unchecked Sendable {
    private let lock = NSLock()
    private var isLosing = false
    private var isStopped = false
    private var status: UInt16?
    private var asked: [Scan] = []
    private var counted = 0

    struct Scan: Equatable {
        let id: String
        let at: String?
    }

    var loses: Bool {
        get { lock.withLock { isLosing } }
        set { lock.withLock { isLosing = newValue } }
    }

    var isStuck: Bool {
        get { lock.withLock { isStopped } }
        set { lock.withLock { isStopped = newValue } }
    }

    var refuses: UInt16? {
        get { lock.withLock { status } }
        set { lock.withLock { status = newValue } }
    }

    var scans: [Scan] { lock.withLock { asked } }

    /// How often the figures were asked for.
    var counts: Int { lock.withLock { counted } }

    func send(request: HttpRequest) async throws -> HttpResponse {
        let body = try JSONSerialization.jsonObject(with: Data((request.body ?? "").utf8)) as? [String: Any]
        switch request.url.split(separator: "/").last {
        case "door_stats":
            lock.withLock { counted += 1 }
            return answer(Self.figures)
        case "undo_check_in":
            return answer(#"{"outcome":"undone"}"#)
        default:
            let scan = Scan(id: body?["scan_id"] as? String ?? "", at: body?["scanned_at"] as? String)
            let isReplay = scans.contains(scan)
            lock.withLock { asked.append(scan) }
            if loses { throw PlatformError.NoConnection(detail: "the answer is lost") }
            if isStuck { try await sleep(duration: 3_600) }
            return answer(Self.admission(isReplay: isReplay))
        }
    }

    private func answer(_ body: String) -> HttpResponse {
        let refusal = refuses.map { HttpResponse(status: $0, headers: [], body: Data(#"{"message":"no"}"#.utf8)) }
        return refusal ?? HttpResponse(status: 200, headers: [], body: Data(body.utf8))
    }

    private static let figures =
        #"{"event_id":"e1111111-1111-1111-1111-111111111111","capacity":10,"admitted":0,"expected":2,"scans":{},"gates":{}}"#
    private static func admission(isReplay: Bool) -> String {
        """
        {"scan_id":"5c000000-0000-4000-8000-000000000001","is_replay":\(isReplay),"outcome":"admitted",
         "ticket":{"id":"b1111111-1111-1111-1111-111111111111","number":"TKT-B1111111-251013"},
         "attendee":{"id":"a0111111-1111-1111-1111-111111111111","full_name":"Michael Chen","email":"customer@example.com"},
         "event_id":"e1111111-1111-1111-1111-111111111111","scanned_at":"2025-06-15T12:44:59+00:00",
         "received_at":"2025-06-15T12:45:00+00:00","server_time":"2025-06-15T12:45:00+00:00","source":"online"}
        """
    }

    func sleep(duration: TimeInterval) async throws {
        try await Task.sleep(for: .seconds(duration))
    }
}
