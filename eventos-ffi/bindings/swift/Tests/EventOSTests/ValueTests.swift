import EventOS
import Foundation
import XCTest

/// Values of any kind cross into the core and back.
final class ValueTests: XCTestCase {
    /// A lone surrogate, which other languages have to try, cannot be in a String of Swift.
    func testTextsOfAnyKindBreakNothing() {
        for text in ["", "\0", String(repeating: "x", count: 10_000_000), "TKT-🎟", "\u{202e}\u{feff}é\u{301}"] {
            XCTAssertThrowsError(try parseTicketNumber(text: text)) { error in
                guard case EventosError.InvalidInput = error else { return XCTFail("\(error)") }
            }
        }
    }

    func testSmallCallsKeepNoMemory() throws {
        func call(times: Int) throws {
            for _ in 0..<times {
                _ = try formatCents(cents: Cents(value: 29_900))
            }
        }
        try call(times: 50_000)
        let before = residentKilobytes()
        try call(times: 1_000_000)
        XCTAssertLessThan(residentKilobytes() - before, 8_000)
    }

    func testCallsThatAskKeepNoMemory() async throws {
        let client = try Client(settings: Settings(url: "https://eventos.example", key: "key"), platform: Answering(#"[]"#))
        func call(times: Int) async throws {
            for _ in 0..<times {
                _ = try await client.events.where(.status(.is(.published))).all()
            }
        }
        try await call(times: 2_000)
        let before = residentKilobytes()
        try await call(times: 20_000)
        XCTAssertLessThan(residentKilobytes() - before, 16_000)
    }

    func testMoneyIsShownAndCompared() {
        XCTAssertEqual("\(Cents(value: 29_900))", "$299.00")
        XCTAssertLessThan(Cents(value: -1), Cents(value: 0))
    }

    func testTimesAreReadAndWrittenToTheMicrosecond() throws {
        let times = [
            "2025-10-13T09:00:00+00:00": 1_760_346_000.0,
            "2025-10-13T09:00:00.123456+02:00": 1_760_338_800.123456,
            "2025-10-13 09:00:00.5-03:30": 1_760_358_600.5,
            "1969-12-31T23:59:59.999Z": -0.001,
            "2024-02-29T00:00:00Z": 1_709_164_800,
            "0001-01-01T00:00:00Z": -62_135_596_800,
        ]
        for (text, seconds) in times {
            XCTAssertEqual(time(text).timeIntervalSince1970, seconds, accuracy: 0.000_000_6, text)
        }
        for text in ["2024-02-29T00:00:00Z", "1969-12-31T23:59:59.999Z", "2025-10-13T09:00:00.123456Z", "2099-12-31T23:59:59Z"] {
            let written = String(decoding: try JSONEncoder.eventos.encode([time(text)]), as: UTF8.self)
            XCTAssertEqual(written, "[\"\(text)\"]")
        }
        for text in ["", "infinity", "2025-10-13", "2025-13-01T00:00:00Z", "2025-10-13T09:00:00", "2025-10-13T09:00:00.Z", "x2025-10-13T09:00:00Z"] {
            XCTAssertThrowsError(try JSONDecoder.eventos.decode([Date].self, from: Data("[\"\(text)\"]".utf8)), text)
        }
    }

    func testATimeThatNoCalendarHasIsRefused() async throws {
        let client = try Client(settings: Settings(url: "https://eventos.example", key: "key"), platform: Answering("[]"))
        let years = Date.distantFuture.timeIntervalSince1970
        for seconds in [.infinity, -.infinity, .nan, .greatestFiniteMagnitude, years * 1e6, -years * 1e6, 0x1p63, -0x1p63] {
            let time = Date(timeIntervalSince1970: seconds)
            guard case .InvalidInput = await failure({ try await client.events.where(.startAt(.atOrAfter(time))).all() }) else {
                return XCTFail("taken: \(seconds)")
            }
            XCTAssertThrowsError(try JSONEncoder.eventos.encode([time])) { error in
                guard case EncodingError.invalidValue = error else { return XCTFail("\(error)") }
            }
        }
        let rows = try await client.events.where(.startAt(.before(.distantFuture))).all()
        XCTAssertEqual(rows, [])
    }

    func testAnEnumerationKeepsWhatItDoesNotKnow() throws {
        let statuses = try JSONDecoder.eventos.decode([EventStatus].self, from: Data(#"["published","postponed"]"#.utf8))
        XCTAssertEqual(statuses, [.published, .unrecognized(label: "postponed")])
        XCTAssertEqual(String(decoding: try JSONEncoder.eventos.encode(statuses), as: UTF8.self), #"["published","postponed"]"#)
    }

    func testAQueryIsAValue() async throws {
        let platform = Answering("[]")
        let client = try Client(settings: Settings(url: "https://eventos.example", key: "key"), platform: platform)
        let all = client.events.order(by: .startAt)
        let some = all.where(.capacity(.atLeast(10))).where(.name(.contains("Rust"))).limit(3)
        _ = try await all.all()
        _ = try await some.all()
        let queries = platform.requests.map { $0.url.components(separatedBy: "?")[1] }
        XCTAssertFalse(queries[0].contains("limit") || queries[0].contains("capacity=gte"))
        for part in ["limit=3", "capacity=gte.10", "Rust", "order=start_at.asc"] {
            XCTAssertTrue(queries[1].contains(part), "\(part) in \(queries[1])")
        }
    }

    func testALongTimeLimitIsNoTrap() async throws {
        let settings = Settings(url: "https://eventos.example", key: "key", timeoutMilliseconds: .max)
        let platform = Answering("[]", waitingWith: URLSessionPlatform())
        let rows = try await Client(settings: settings, platform: platform).events.all()
        XCTAssertEqual(rows, [])
    }

    func testTheVersionIsTold() throws {
        XCTAssertNotNil(try version().range(of: #"^\d+\.\d+\.\d+$"#, options: .regularExpression))
    }
}

/// Gives every request the same answer, from memory.
final class Answering: Platform, @unchecked Sendable {
    private let body: Data
    private let waiting: Platform?
    private let lock = NSLock()
    private var sent: [HttpRequest] = []

    var requests: [HttpRequest] { lock.withLock { sent } }

    init(_ body: String, waitingWith waiting: Platform? = nil) {
        self.body = Data(body.utf8)
        self.waiting = waiting
    }

    func send(request: HttpRequest) async throws -> HttpResponse {
        lock.withLock {
            sent.append(request)
            if sent.count > 100 { sent.removeAll() }
        }
        return HttpResponse(status: 200, headers: [], body: body)
    }

    func sleep(duration: TimeInterval) async throws {
        if let waiting { return try await waiting.sleep(duration: duration) }
        try await Task.sleep(nanoseconds: 3_600_000_000_000)
    }
}

private func residentKilobytes() -> Int {
    #if os(Linux)
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") } ?? ""
    return Int(line.filter(\.isNumber)) ?? 0
    #else
    var info = mach_task_basic_info()
    var count = mach_msg_type_number_t(MemoryLayout<mach_task_basic_info>.size / MemoryLayout<natural_t>.size)
    _ = withUnsafeMutablePointer(to: &info) { pointer in
        pointer.withMemoryRebound(to: integer_t.self, capacity: Int(count)) {
            task_info(mach_task_self_, task_flavor_t(MACH_TASK_BASIC_INFO), $0, &count)
        }
    }
    return Int(info.resident_size / 1_024)
    #endif
}
