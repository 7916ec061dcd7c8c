import CheckInModel
import EventOS
import Foundation
import XCTest

/// The view model over a server whose answers get lost.
final class DoorModelTests: XCTestCase, @unchecked Sendable {
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
        await door.scan("code")
        XCTAssertEqual(door.verdict?.kind, .admitted)
        XCTAssertEqual(door.lastAdmitted, "Michael Chen, TKT-B1111111-251013")
        await door.scan("code")

        let scans = platform.scans
        XCTAssertEqual(scans.count, 4)
        XCTAssertEqual(scans[0], scans[2])
        XCTAssertEqual(Set(scans.map(\.id)).count, 3)
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
    private func door(over platform: Forgetful) async throws -> DoorModel {
        let eventos = try Client(settings: Settings(url: "https://eventos.example", key: "key", tries: 1), platform: platform)
        let event: EventId = "e1111111-1111-1111-1111-111111111111"
        return try await DoorModel("Evening", of: event, settings: DoorSettings(), by: eventos)
    }
}

/// Lets everybody in; `loses` breaks the connection before an answer is complete.
private final class Forgetful: Platform, @unchecked Sendable {
    private let lock = NSLock()
    private var isLosing = false
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

    var scans: [Scan] { lock.withLock { asked } }

    /// How often the figures were asked for.
    var counts: Int { lock.withLock { counted } }

    func send(request: HttpRequest) async throws -> HttpResponse {
        let body = try JSONSerialization.jsonObject(with: Data((request.body ?? "").utf8)) as? [String: Any]
        switch request.url.split(separator: "/").last {
        case "door_stats":
            lock.withLock { counted += 1 }
            return HttpResponse(status: 200, headers: [], body: Data(Self.figures.utf8))
        case "undo_check_in":
            return HttpResponse(status: 200, headers: [], body: Data(#"{"outcome":"undone"}"#.utf8))
        default:
            let scan = Scan(id: body?["scan_id"] as? String ?? "", at: body?["scanned_at"] as? String)
            lock.withLock { asked.append(scan) }
            if loses { throw PlatformError.NoConnection(detail: "the answer is lost") }
            return HttpResponse(status: 200, headers: [], body: Data(Self.admission.utf8))
        }
    }

    private static let figures =
        #"{"event_id":"e1111111-1111-1111-1111-111111111111","capacity":10,"admitted":0,"expected":2,"scans":{},"gates":{}}"#
    private static let admission = """
        {"scan_id":"5c000000-0000-4000-8000-000000000001","is_replay":false,"outcome":"admitted",
         "ticket":{"id":"b1111111-1111-1111-1111-111111111111","number":"TKT-B1111111-251013"},
         "attendee":{"id":"a0111111-1111-1111-1111-111111111111","full_name":"Michael Chen","email":"customer@example.com"},
         "event_id":"e1111111-1111-1111-1111-111111111111","scanned_at":"2025-06-15T12:44:59+00:00",
         "received_at":"2025-06-15T12:45:00+00:00","server_time":"2025-06-15T12:45:00+00:00","source":"online"}
        """

    func sleep(duration: TimeInterval) async throws {
        try await Task.sleep(for: .seconds(3_600))
    }
}
