import EventOS
import Foundation
import XCTest

/// An event of its own on the server that the environment names, with an order of two tickets.
struct Evening {
    static let password = "eventos-local-only"

    let event: Event
    let order: OrderId
    let tickets: [IssuedTicket]
    let organizer: Client
    let customer: Client
    let service: Client

    init() async throws {
        let environment = ProcessInfo.processInfo.environment
        guard let url = environment["EVENTOS_URL"] else {
            throw XCTSkip("name a server in EVENTOS_URL, EVENTOS_ANON_KEY and EVENTOS_SERVICE_KEY")
        }
        let anon = try XCTUnwrap(environment["EVENTOS_ANON_KEY"])
        let key = try XCTUnwrap(environment["EVENTOS_SERVICE_KEY"])
        (organizer, customer, service) = (
            try Client(url: url, key: anon), try Client(url: url, key: anon), try Client(url: url, key: key)
        )
        let owner = try await organizer.signInWithPassword(email: "organizer@eventos.com", password: Self.password)
        let buyer = try await customer.signInWithPassword(email: "customer@example.com", password: Self.password)
        event = try await organizer.events.insert(
            NewEvent(
                organizerId: owner.userId,
                name: "An Evening in Swift",
                kind: .networking,
                startAt: Date(timeIntervalSince1970: 4_070_908_800),
                endAt: Date(timeIntervalSince1970: 4_070_941_200),
                capacity: 10,
                priceCents: Cents(value: 1_000),
                status: .published
            )
        )
        order = OrderId(value: try customer.newUuid())
        _ = try await customer.placeOrder(orderId: order, customerId: buyer.userId, eventId: event.id, quantity: 2)
        let fulfilment = try await service.fulfilOrder(
            orderId: order,
            paymentIntentId: "pi_\(order)",
            paidAt: Date(),
            attendees: [
                Guest(fullName: "Michael Chen", email: "customer@example.com"),
                Guest(fullName: "Zoë Müller", email: "zoe@example.com"),
            ]
        )
        guard case .fulfilled(_, _, let tickets, _) = fulfilment else { throw Unpaid(answer: fulfilment) }
        self.tickets = tickets.sorted { $0.attendee?.fullName ?? "" < $1.attendee?.fullName ?? "" }
    }

    private struct Unpaid: Error {
        let answer: Fulfilment
    }

    /// Takes everything away again.
    func end() async throws {
        try await service.tickets.delete(where: .eventId(.is(event.id)))
        try await service.attendees.delete(where: .eventId(.is(event.id)))
        try await service.orders.delete(where: .eventId(.is(event.id)))
        try await service.events.delete(where: .id(.is(event.id)))
    }
}
