import EventOS
import Foundation
import XCTest

/// Keys, tokens and codes of tickets are nowhere that an app prints or logs.
final class SecretTests: XCTestCase {
    func testWhatHoldsASecretPrintsWithoutIt() {
        let secret = "s3cret-of-somebody"
        let now = Date()
        let details = DoorTokenDetails(
            tokenId: "t", eventId: "e", label: "North", opensAt: nil, closesAt: nil, expiresAt: now, revokedAt: nil
        )
        let ticket = IssuedTicket(id: "t", ticketNumber: "TKT-1", qrCode: secret, status: .active, attendee: nil)
        let values: [Any] = [
            Settings(url: "https://eventos.example", key: secret),
            Session(userId: "u", email: nil, accessToken: secret, expiresAt: now),
            SignUp.signedIn(session: Session(userId: "u", email: nil, accessToken: secret, expiresAt: now)),
            DoorSettings(token: secret, device: "phone", gate: nil, window: nil),
            IssuedDoorToken(token: secret, details: details),
            ticket,
            Ticket(
                id: "t", eventId: "e", orderId: "o", attendeeId: nil, ticketNumber: "TKT-1", qrCode: secret, status: .active,
                checkedInAt: nil, createdAt: now, updatedAt: now
            ),
            NewTicket(eventId: "e", orderId: "o", qrCode: secret),
            TicketCard(
                id: "t", ticketNumber: "TKT-1", qrCode: secret, status: .active, checkedInAt: nil, attendee: nil, event: nil
            ),
            OrderCard(
                id: "o", orderNumber: "ORD-1", quantity: 1, totalCents: Cents(value: 1), paymentStatus: .paid, createdAt: now,
                event: nil, tickets: [ticket]
            ),
            TicketQuery(filters: [.qrCode(.is(secret)), .none([.qrCode(.oneOf([secret]))])]),
            HttpHeader(name: "apikey", value: secret),
            HttpRequest(
                method: "GET", url: "https://eventos.example?qr_code=eq.\(secret)",
                headers: [HttpHeader(name: "apikey", value: secret)], body: secret
            ),
            HttpResponse(status: 200, headers: [HttpHeader(name: "x", value: secret)], body: Data(secret.utf8)),
        ]
        for value in values + [values] {
            var dumped = ""
            dump(value, to: &dumped)
            for text in ["\(value)", String(reflecting: value), dumped] {
                XCTAssertFalse(text.contains(secret), text)
            }
        }
        XCTAssertTrue("\(ticket)".contains("TKT-1"))
    }

    func testTheLogNamesNoSecret() async throws {
        let log = Remembering()
        let platform = Answering(#"{"access_token":"s3cret-token","refresh_token":"s3cret-refresh"}"#)
        let client = try Client(
            settings: Settings(url: "https://eventos.example", key: "s3cret-key"), platform: platform, log: log
        )
        _ = try? await client.signInWithPassword(email: "s3cret@example.com", password: "s3cret-password")
        _ = try? await client.tickets.where(.qrCode(.is("s3cret-code"))).all()
        _ = try? await client.door(eventId: "e", settings: DoorSettings(token: "s3cret-door")).checkIn(code: "s3cret-scan")
        XCTAssertGreaterThanOrEqual(log.entries.count, 2)
        for entry in log.entries {
            XCTAssertFalse("\(entry)".contains("s3cret"), "\(entry)")
        }
    }

    func testErrorsNameNoSecret() async throws {
        let client = try Client(
            settings: Settings(url: "https://eventos.example", key: "s3cret-key", tries: 1), platform: Answering("s3cret-answer")
        )
        let decode = await failure { try await client.tickets.where(.qrCode(.is("s3cret-code"))).all() }
        XCTAssertFalse(String(reflecting: decode).contains("s3cret-key") || String(reflecting: decode).contains("s3cret-code"))
        XCTAssertThrowsError(try Client(url: "https://eventos.example", key: "s3cret\n")) { error in
            XCTAssertFalse(String(reflecting: error).contains("s3cret"), "\(error)")
        }
    }
}

private final class Remembering: Log, @unchecked Sendable {
    private let lock = NSLock()
    private var told: [LogEntry] = []

    var entries: [LogEntry] { lock.withLock { told } }

    func record(entry: LogEntry) throws {
        lock.withLock { told.append(entry) }
    }
}
