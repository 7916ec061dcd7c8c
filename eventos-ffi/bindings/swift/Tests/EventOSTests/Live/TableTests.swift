import EventOS
import Foundation
import XCTest

private let summit: EventId = "e1111111-1111-1111-1111-111111111111"
private let organizerId: ProfileId = "11111111-1111-1111-1111-111111111111"

/// The tables of a real server, read and written.
final class TableTests: XCTestCase {
    func testRowsAreFilteredOrderedAndCut() async throws {
        let eventos = try await LiveServer().client(of: "visitor")
        let published = eventos.events.where(.status(.is(.published)), .startAt(.atOrAfter(time("2020-01-01T00:00:00Z"))))
        let rows = try await published.order(by: .startAt).limit(2).all()
        XCTAssertEqual(rows.count, 2)
        XCTAssertLessThanOrEqual(rows[0].startAt, rows[1].startAt)
        let last = try await published.order(by: .startAt, .descending).limit(1).single()
        XCTAssertGreaterThanOrEqual(last.startAt, rows[1].startAt)
        let second = try await published.order(by: .startAt).offset(1).limit(1).single()
        XCTAssertEqual(second, rows[1])
    }

    func testConditionsCanBeNested() async throws {
        let eventos = try await LiveServer().client(of: "visitor")
        let summitAlone = eventos.events.where(
            .any([.id(.is(summit)), .name(.contains("no such name"))]),
            .none([.status(.is(.draft)), .capacity(.lessThan(1))])
        )
        let rows = try await summitAlone.all()
        XCTAssertEqual(rows.map(\.id), [summit])
    }

    func testOneRowIsOneRow() async throws {
        let eventos = try await LiveServer().client(of: "visitor")
        let missing = eventos.events.where(.id(.is("00000000-0000-4000-8000-000000000000")))
        let none = try await missing.maybeSingle()
        XCTAssertNil(none)
        guard case .NotFound = await failure({ try await missing.single() }) else { return XCTFail("none was one") }
        guard case .ManyRows = await failure({ try await eventos.venues.maybeSingle() }) else { return XCTFail("several were one") }
    }

    func testRowsAreCountedAndWrittenAsCSV() async throws {
        let eventos = try await LiveServer().client(of: "visitor")
        let venues = try await eventos.venues.all()
        let count = try await eventos.venues.count()
        XCTAssertEqual(count, venues.count)
        let csv = try await eventos.venues.order(by: .name).csv()
        XCTAssertTrue(csv.hasPrefix("id,"), csv)
        XCTAssertTrue(csv.contains("Royal York"))
        let stats = try await eventos.eventStats.where(.eventId(.is(summit))).single()
        XCTAssertGreaterThanOrEqual(stats.ticketsSold, 2)
    }

    func testPagesBringEveryRowOnce() async throws {
        let eventos = try await LiveServer().client(of: "visitor")
        var ids: [VenueId] = []
        for try await page in eventos.venues.pages(of: 1) {
            XCTAssertEqual(page.count, 1)
            ids += page.map(\.id)
        }
        let all = try await eventos.venues.all()
        XCTAssertEqual(Set(ids), Set(all.map(\.id)))
        XCTAssertEqual(ids.count, all.count)
        var cut: [Int] = []
        for try await page in eventos.events.limit(3).pages(of: 2) { cut.append(page.count) }
        XCTAssertEqual(cut, [2, 1])
        for try await page in eventos.events.limit(0).pages(of: 2) { XCTFail("\(page.count) rows of none") }
    }

    func testCardsBringWhatBelongsToThem() async throws {
        let server = try LiveServer()
        let card = try await server.client(of: "visitor").events.where(.id(.is(summit))).singleCard()
        XCTAssertEqual(card.organizer?.fullName, "Sarah Johnson")
        let customer = try await server.client(of: "customer")
        let tickets = try await customer.tickets.where(.eventId(.is(summit))).cards()
        XCTAssertTrue(tickets.contains { $0.attendee?.fullName == "Michael Chen" && $0.event?.name == card.name })
        let orders = try await customer.orders.cards()
        XCTAssertTrue(orders.contains { $0.tickets.count == 2 && $0.event?.name == card.name })
        let none = try await customer.orders.where(.orderNumber(.is("ORD-20990101-00000000"))).maybeSingleCard()
        XCTAssertNil(none)
    }

    func testRowsAreMadeChangedAndRemoved() async throws {
        let eventos = try await LiveServer().client(of: "organizer")
        let made = try await eventos.events.insert(
            NewEvent(
                organizerId: organizerId,
                name: "Zoë's “Night” & 100 % +1 🎟",
                kind: .seminar,
                startAt: time("2099-01-01T09:00:00.123456Z"),
                endAt: time("2099-01-01T18:00:00Z"),
                capacity: 10,
                priceCents: Cents(value: 12_900)
            )
        )
        XCTAssertEqual(made.status, .draft)
        let found = try await eventos.events.where(.name(.is(made.name)), .startAt(.is(made.startAt))).single()
        XCTAssertEqual(found, made)
        let changed = try await eventos.events.update([.status(.published), .description(nil)], where: .id(.is(made.id)))
        XCTAssertEqual(changed.map(\.status), [.published])
        let removed = try await eventos.events.delete(where: .id(.is(made.id)))
        XCTAssertEqual(removed, 1)
        let unchanged = try await eventos.events.update([.status(.published)], where: .id(.is(made.id)))
        XCTAssertEqual(unchanged, [])
    }

    func testNothingIsWrittenWithoutACondition() async throws {
        let eventos = try await LiveServer().client(of: "organizer")
        for empty in [EventFilter.all([]), .none([]), .all([.all([])])] {
            let deletion = await failure { try await eventos.events.delete(where: empty) }
            guard case .InvalidInput = deletion else { return XCTFail("\(empty): \(String(describing: deletion))") }
            let update = await failure { try await eventos.events.update([.capacity(10)], where: empty) }
            guard case .InvalidInput = update else { return XCTFail("\(empty): \(String(describing: update))") }
        }
    }

    func testAProjectionIsDecodedFromJSON() async throws {
        struct Listed: Decodable, Equatable, Sendable {
            struct Place: Decodable, Equatable { let city: String }
            let id: EventId
            let name: String
            let status: EventStatus
            let priceCents: Cents
            let startAt: Date
            let venue: Place?
        }
        let eventos = try await LiveServer().client(of: "visitor")
        let query = """
            { "from": "events", "where": [["id", "eq", "\(summit)"]],
              "select": { "id": 1, "name": 1, "status": 1, "price_cents": 1, "start_at": 1, "venue": { "city": 1 } } }
            """
        let rows: [Listed] = try await eventos.fetch(query)
        let row = try await eventos.events.where(.id(.is(summit))).single()
        XCTAssertEqual(rows, [
            Listed(
                id: summit, name: row.name, status: row.status, priceCents: row.priceCents, startAt: row.startAt,
                venue: .init(city: "Toronto")
            )
        ])
        var paged: [Listed] = []
        for try await page in eventos.pages(query, of: 1, as: Listed.self) { paged += page }
        XCTAssertEqual(paged, rows)
    }

    func testAFunctionOfTheDatabaseIsCalled() async throws {
        struct Event: Encodable { let eventId: EventId }
        let eventos = try await LiveServer().client(of: "visitor")
        let text = try await eventos.rpc(function: "available_seats", arguments: #"{"event_id":"\#(summit)"}"#)
        let seats: Int? = try await eventos.call("available_seats", with: Event(eventId: summit))
        XCTAssertEqual(text, seats.map(String.init) ?? "null")
    }

    func testSigningInAndOut() async throws {
        let environment = ProcessInfo.processInfo.environment
        _ = try LiveServer()
        let eventos = try Client(url: environment["EVENTOS_URL"]!, key: environment["EVENTOS_ANON_KEY"]!)
        let wrong = await failure { try await eventos.signInWithPassword(email: "customer@example.com", password: "wrong") }
        XCTAssertEqual(wrong?.answer?.status, 400)
        let session = try await eventos.signInWithPassword(email: "customer@example.com", password: "eventos-local-only")
        let caller = try await eventos.caller()
        XCTAssertEqual(caller, .user(id: session.userId))
        try await eventos.signOut(scope: .thisSession)
        let visitor = try await eventos.caller()
        XCTAssertEqual(visitor, .visitor)
    }
}
