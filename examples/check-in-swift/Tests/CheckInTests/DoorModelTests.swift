import CheckInModel
import EventOS
import Foundation
import XCTest

/// The view model over a server whose answers get lost.
final class DoorModelTests: XCTestCase, @unchecked Sendable {
    @MainActor
    func testALostAnswerIsAskedAgainWithTheSameScanId() async throws {
        let platform = Forgetful()
        let eventos = try Client(settings: Settings(url: "https://eventos.example", key: "key", tries: 1), platform: platform)
        let event: EventId = "e1111111-1111-1111-1111-111111111111"
        let door = try await DoorModel("Evening", of: event, settings: DoorSettings(), by: eventos)
        XCTAssertEqual(door.figures.expected, 2)

        platform.loses = true
        let lost = await door.scan("code")
        XCTAssertEqual(lost.sentence, "The server cannot be reached. This is no verdict: scan again.")
        XCTAssertNil(door.lastAdmitted)
        platform.loses = false
        let admitted = await door.scan("code")
        XCTAssertEqual(admitted.kind, .admitted)
        XCTAssertEqual(door.verdict, admitted)
        XCTAssertEqual(door.lastAdmitted, "Michael Chen, TKT-B1111111-251013")
        _ = await door.scan("code")

        let ids = platform.scanIds
        XCTAssertEqual(ids.count, 3)
        XCTAssertEqual(ids[0], ids[1])
        XCTAssertNotEqual(ids[1], ids[2])
    }
}

/// Lets everybody in; `loses` breaks the connection before an answer is complete.
private final class Forgetful: Platform, @unchecked Sendable {
    private let lock = NSLock()
    private var isLosing = false
    private var asked: [String] = []

    var loses: Bool {
        get { lock.withLock { isLosing } }
        set { lock.withLock { isLosing = newValue } }
    }

    var scanIds: [String] { lock.withLock { asked } }

    func send(request: HttpRequest) async throws -> HttpResponse {
        let body = try JSONSerialization.jsonObject(with: Data((request.body ?? "").utf8)) as? [String: Any]
        if let id = body?["scan_id"] as? String { lock.withLock { asked.append(id) } }
        if loses { throw PlatformError.NoConnection(detail: "the answer is lost") }
        let answer = request.url.hasSuffix("door_stats")
            ? #"{"event_id":"e1111111-1111-1111-1111-111111111111","capacity":10,"admitted":0,"expected":2,"scans":{},"gates":{}}"#
            : """
            {"scan_id":"5c000000-0000-4000-8000-000000000001","is_replay":false,"outcome":"admitted",
             "ticket":{"id":"b1111111-1111-1111-1111-111111111111","number":"TKT-B1111111-251013"},
             "attendee":{"id":"a0111111-1111-1111-1111-111111111111","full_name":"Michael Chen","email":"customer@example.com"},
             "event_id":"e1111111-1111-1111-1111-111111111111","scanned_at":"2025-06-15T12:44:59+00:00",
             "received_at":"2025-06-15T12:45:00+00:00","server_time":"2025-06-15T12:45:00+00:00","source":"online"}
            """
        return HttpResponse(status: 200, headers: [], body: Data(answer.utf8))
    }

    func sleep(duration: TimeInterval) async throws {
        try await Task.sleep(for: .seconds(3_600))
    }
}
