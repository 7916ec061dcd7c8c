import EventOS
import Foundation
import XCTest

/// The server that the environment names, with the people of its seed data.
actor LiveServer {
    private let url: String
    private let anonKey: String
    private let serviceKey: String
    private var clients: [String: Client] = [:]

    init() throws {
        let environment = ProcessInfo.processInfo.environment
        guard let url = environment["EVENTOS_URL"] else {
            throw XCTSkip("name a server in EVENTOS_URL, EVENTOS_ANON_KEY and EVENTOS_SERVICE_KEY")
        }
        self.url = url
        anonKey = try XCTUnwrap(environment["EVENTOS_ANON_KEY"])
        serviceKey = try XCTUnwrap(environment["EVENTOS_SERVICE_KEY"])
    }

    /// A client of `visitor`, `service`, `organizer` or `customer`, each signed in once.
    func client(of caller: String) async throws -> Client {
        if let client = clients[caller] { return client }
        let client = try Client(url: url, key: caller == "service" ? serviceKey : anonKey)
        let emails = ["organizer": "organizer@eventos.com", "customer": "customer@example.com"]
        if let email = emails[caller] {
            _ = try await client.signInWithPassword(email: email, password: "eventos-local-only")
        }
        clients[caller] = client
        return client
    }
}
