import EventOS
import Foundation
import XCTest

/// Where a session is kept.
final class SessionTests: XCTestCase {
    private var folder = URL(fileURLWithPath: NSTemporaryDirectory()).appendingPathComponent("eventos-\(UUID().uuidString)")

    override func setUpWithError() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    override func tearDownWithError() throws {
        try FileManager.default.removeItem(at: folder)
    }

    func testAFileKeepsItForItsOwnerAlone() async throws {
        let file = folder.appendingPathComponent("session.json")
        let storage = FileSessionStorage(file: file)
        var kept = try await storage.load()
        XCTAssertNil(kept)
        for session in ["one", "two"] {
            try await storage.save(session: session)
            kept = try await storage.load()
            XCTAssertEqual(kept, session)
        }
        let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
        XCTAssertEqual(mode, 0o600)
        XCTAssertEqual(try FileManager.default.contentsOfDirectory(atPath: folder.path), ["session.json"])
        for _ in 0..<2 { try await storage.clear() }
        kept = try await storage.load()
        XCTAssertNil(kept)
    }

    func testManyCanSaveAtOnceAndNothingStaysBehind() async throws {
        let storage = FileSessionStorage(file: folder.appendingPathComponent("session.json"))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<50 { group.addTask { try await storage.save(session: "session \(number)") } }
            try await group.waitForAll()
        }
        let kept = try await storage.load()
        XCTAssertEqual(kept?.hasPrefix("session "), true)
        XCTAssertEqual(try FileManager.default.contentsOfDirectory(atPath: folder.path), ["session.json"])

        let taken = folder.appendingPathComponent("taken")
        try FileManager.default.createDirectory(at: taken, withIntermediateDirectories: false)
        do {
            try await FileSessionStorage(file: taken).save(session: "one")
            XCTFail("a folder was overwritten")
        } catch is PlatformError {}
        XCTAssertEqual(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted(), ["session.json", "taken"])
    }

    func testAFolderThatIsMissingIsTold() async throws {
        let storage = FileSessionStorage(file: folder.appendingPathComponent("missing/session.json"))
        do {
            try await storage.save(session: "one")
            XCTFail("it was saved nowhere")
        } catch let error as PlatformError {
            XCTAssertEqual(error.localizedDescription, error.detail)
        }
        let client = try Client(url: "https://eventos.example", key: "key", storage: Broken())
        guard case .Storage = await failure({ try await client.session() }) else { return XCTFail("nothing was told") }
    }

    func testASessionOutlivesItsClient() async throws {
        let environment = ProcessInfo.processInfo.environment
        guard let url = environment["EVENTOS_URL"] else {
            throw XCTSkip("name a server in EVENTOS_URL and EVENTOS_ANON_KEY")
        }
        let key = try XCTUnwrap(environment["EVENTOS_ANON_KEY"])
        let storage = FileSessionStorage(file: folder.appendingPathComponent("session.json"))
        let first = try Client(url: url, key: key, storage: storage)
        let session = try await first.signInWithPassword(email: "customer@example.com", password: "eventos-local-only")
        let second = try Client(url: url, key: key, storage: storage)
        let caller = try await second.caller()
        XCTAssertEqual(caller, .user(id: session.userId))
        try await second.signOut(scope: .thisSession)
        let kept = try await storage.load()
        XCTAssertNil(kept)
    }
}

private final class Broken: SessionStorage {
    func load() async throws -> String? { throw PlatformError.Unavailable(detail: "the shelf is empty") }
    func save(session: String) async throws {}
    func clear() async throws {}
}
