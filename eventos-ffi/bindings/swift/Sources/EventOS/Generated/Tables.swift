// The tables. Written by `cargo xtask generate` from the tables of eventos-core. Do not edit.

extension Client {
    public var profiles: TableHandle<Profile> { TableHandle(client: self) }
    public var venues: TableHandle<Venue> { TableHandle(client: self) }
    public var events: TableHandle<Event> { TableHandle(client: self) }
    public var orders: TableHandle<Order> { TableHandle(client: self) }
    public var attendees: TableHandle<Attendee> { TableHandle(client: self) }
    public var tickets: TableHandle<Ticket> { TableHandle(client: self) }
    public var eventStats: TableHandle<EventStats> { TableHandle(client: self) }
}

extension ProfileQuery: QueryRecord {}
extension ProfileOrder: OrderRecord {}

extension Profile: TableRow {
    public static func read(_ query: ProfileQuery, _ expected: Expected, from client: Client) async throws -> [Profile] {
        try await client.readProfiles(query: query, expected: expected)
    }

    public static func page(of query: ProfileQuery, size: UInt64, after cursor: String?, from client: Client) async throws -> Page<Profile> {
        let page = try await client.pageOfProfiles(query: query, size: size, cursor: cursor)
        return Page(rows: page.rows, cursor: page.cursor)
    }

    public static func table(_ query: ProfileQuery) -> TableQuery { .profiles(query) }
}

extension Profile: Identifiable {}

extension Profile: WritableRow {
    public static func insert(_ rows: [NewProfile], to client: Client) async throws -> [Profile] {
        try await client.insertProfiles(rows: rows)
    }

    public static func update(_ changes: [ProfileChange], where filter: ProfileFilter, in client: Client) async throws -> [Profile] {
        try await client.updateProfiles(changes: changes, filter: filter)
    }

    public static func deletion(where filter: ProfileFilter) -> Deletion { .profiles(filter) }
}

extension VenueQuery: QueryRecord {}
extension VenueOrder: OrderRecord {}

extension Venue: TableRow {
    public static func read(_ query: VenueQuery, _ expected: Expected, from client: Client) async throws -> [Venue] {
        try await client.readVenues(query: query, expected: expected)
    }

    public static func page(of query: VenueQuery, size: UInt64, after cursor: String?, from client: Client) async throws -> Page<Venue> {
        let page = try await client.pageOfVenues(query: query, size: size, cursor: cursor)
        return Page(rows: page.rows, cursor: page.cursor)
    }

    public static func table(_ query: VenueQuery) -> TableQuery { .venues(query) }
}

extension Venue: Identifiable {}

extension Venue: WritableRow {
    public static func insert(_ rows: [NewVenue], to client: Client) async throws -> [Venue] {
        try await client.insertVenues(rows: rows)
    }

    public static func update(_ changes: [VenueChange], where filter: VenueFilter, in client: Client) async throws -> [Venue] {
        try await client.updateVenues(changes: changes, filter: filter)
    }

    public static func deletion(where filter: VenueFilter) -> Deletion { .venues(filter) }
}

extension EventQuery: QueryRecord {}
extension EventOrder: OrderRecord {}

extension Event: TableRow {
    public static func read(_ query: EventQuery, _ expected: Expected, from client: Client) async throws -> [Event] {
        try await client.readEvents(query: query, expected: expected)
    }

    public static func page(of query: EventQuery, size: UInt64, after cursor: String?, from client: Client) async throws -> Page<Event> {
        let page = try await client.pageOfEvents(query: query, size: size, cursor: cursor)
        return Page(rows: page.rows, cursor: page.cursor)
    }

    public static func table(_ query: EventQuery) -> TableQuery { .events(query) }
}

extension Event: Identifiable {}

extension Event: WritableRow {
    public static func insert(_ rows: [NewEvent], to client: Client) async throws -> [Event] {
        try await client.insertEvents(rows: rows)
    }

    public static func update(_ changes: [EventChange], where filter: EventFilter, in client: Client) async throws -> [Event] {
        try await client.updateEvents(changes: changes, filter: filter)
    }

    public static func deletion(where filter: EventFilter) -> Deletion { .events(filter) }
}

extension Event: CardRow {
    public static func readCards(_ query: EventQuery, _ expected: Expected, from client: Client) async throws -> [EventCard] {
        try await client.eventCards(query: query, expected: expected)
    }
}

extension EventCard: Identifiable {}

extension OrderQuery: QueryRecord {}
extension OrderOrder: OrderRecord {}

extension Order: TableRow {
    public static func read(_ query: OrderQuery, _ expected: Expected, from client: Client) async throws -> [Order] {
        try await client.readOrders(query: query, expected: expected)
    }

    public static func page(of query: OrderQuery, size: UInt64, after cursor: String?, from client: Client) async throws -> Page<Order> {
        let page = try await client.pageOfOrders(query: query, size: size, cursor: cursor)
        return Page(rows: page.rows, cursor: page.cursor)
    }

    public static func table(_ query: OrderQuery) -> TableQuery { .orders(query) }
}

extension Order: Identifiable {}

extension Order: WritableRow {
    public static func insert(_ rows: [NewOrder], to client: Client) async throws -> [Order] {
        try await client.insertOrders(rows: rows)
    }

    public static func update(_ changes: [OrderChange], where filter: OrderFilter, in client: Client) async throws -> [Order] {
        try await client.updateOrders(changes: changes, filter: filter)
    }

    public static func deletion(where filter: OrderFilter) -> Deletion { .orders(filter) }
}

extension Order: CardRow {
    public static func readCards(_ query: OrderQuery, _ expected: Expected, from client: Client) async throws -> [OrderCard] {
        try await client.orderCards(query: query, expected: expected)
    }
}

extension OrderCard: Identifiable {}

extension AttendeeQuery: QueryRecord {}
extension AttendeeOrder: OrderRecord {}

extension Attendee: TableRow {
    public static func read(_ query: AttendeeQuery, _ expected: Expected, from client: Client) async throws -> [Attendee] {
        try await client.readAttendees(query: query, expected: expected)
    }

    public static func page(of query: AttendeeQuery, size: UInt64, after cursor: String?, from client: Client) async throws -> Page<Attendee> {
        let page = try await client.pageOfAttendees(query: query, size: size, cursor: cursor)
        return Page(rows: page.rows, cursor: page.cursor)
    }

    public static func table(_ query: AttendeeQuery) -> TableQuery { .attendees(query) }
}

extension Attendee: Identifiable {}

extension Attendee: WritableRow {
    public static func insert(_ rows: [NewAttendee], to client: Client) async throws -> [Attendee] {
        try await client.insertAttendees(rows: rows)
    }

    public static func update(_ changes: [AttendeeChange], where filter: AttendeeFilter, in client: Client) async throws -> [Attendee] {
        try await client.updateAttendees(changes: changes, filter: filter)
    }

    public static func deletion(where filter: AttendeeFilter) -> Deletion { .attendees(filter) }
}

extension TicketQuery: QueryRecord {}
extension TicketOrder: OrderRecord {}

extension Ticket: TableRow {
    public static func read(_ query: TicketQuery, _ expected: Expected, from client: Client) async throws -> [Ticket] {
        try await client.readTickets(query: query, expected: expected)
    }

    public static func page(of query: TicketQuery, size: UInt64, after cursor: String?, from client: Client) async throws -> Page<Ticket> {
        let page = try await client.pageOfTickets(query: query, size: size, cursor: cursor)
        return Page(rows: page.rows, cursor: page.cursor)
    }

    public static func table(_ query: TicketQuery) -> TableQuery { .tickets(query) }
}

extension Ticket: Identifiable {}

extension Ticket: WritableRow {
    public static func insert(_ rows: [NewTicket], to client: Client) async throws -> [Ticket] {
        try await client.insertTickets(rows: rows)
    }

    public static func update(_ changes: [TicketChange], where filter: TicketFilter, in client: Client) async throws -> [Ticket] {
        try await client.updateTickets(changes: changes, filter: filter)
    }

    public static func deletion(where filter: TicketFilter) -> Deletion { .tickets(filter) }
}

extension Ticket: CardRow {
    public static func readCards(_ query: TicketQuery, _ expected: Expected, from client: Client) async throws -> [TicketCard] {
        try await client.ticketCards(query: query, expected: expected)
    }
}

extension TicketCard: Identifiable {}

extension EventStatsQuery: QueryRecord {}
extension EventStatsOrder: OrderRecord {}

extension EventStats: TableRow {
    public static func read(_ query: EventStatsQuery, _ expected: Expected, from client: Client) async throws -> [EventStats] {
        try await client.readEventStats(query: query, expected: expected)
    }

    public static func page(of query: EventStatsQuery, size: UInt64, after cursor: String?, from client: Client) async throws -> Page<EventStats> {
        let page = try await client.pageOfEventStats(query: query, size: size, cursor: cursor)
        return Page(rows: page.rows, cursor: page.cursor)
    }

    public static func table(_ query: EventStatsQuery) -> TableQuery { .eventStats(query) }
}

extension AttendeeId: RowId {}
extension EventId: RowId {}
extension OrderId: RowId {}
extension ProfileId: RowId {}
extension TicketId: RowId {}
extension VenueId: RowId {}

extension EventStatus: LabelledValue {
    public init(label: String) {
        switch label {
        case "draft": self = .draft
        case "published": self = .published
        case "cancelled": self = .cancelled
        case "completed": self = .completed
        default: self = .unrecognized(label: label)
        }
    }

    public var label: String {
        switch self {
        case .draft: "draft"
        case .published: "published"
        case .cancelled: "cancelled"
        case .completed: "completed"
        case .unrecognized(let label): label
        }
    }
}

extension EventType: LabelledValue {
    public init(label: String) {
        switch label {
        case "conference": self = .conference
        case "seminar": self = .seminar
        case "workshop": self = .workshop
        case "networking": self = .networking
        default: self = .unrecognized(label: label)
        }
    }

    public var label: String {
        switch self {
        case .conference: "conference"
        case .seminar: "seminar"
        case .workshop: "workshop"
        case .networking: "networking"
        case .unrecognized(let label): label
        }
    }
}

extension PaymentStatus: LabelledValue {
    public init(label: String) {
        switch label {
        case "pending": self = .pending
        case "paid": self = .paid
        case "failed": self = .failed
        case "refunded": self = .refunded
        default: self = .unrecognized(label: label)
        }
    }

    public var label: String {
        switch self {
        case .pending: "pending"
        case .paid: "paid"
        case .failed: "failed"
        case .refunded: "refunded"
        case .unrecognized(let label): label
        }
    }
}

extension TicketStatus: LabelledValue {
    public init(label: String) {
        switch label {
        case "active": self = .active
        case "used": self = .used
        case "cancelled": self = .cancelled
        case "refunded": self = .refunded
        default: self = .unrecognized(label: label)
        }
    }

    public var label: String {
        switch self {
        case .active: "active"
        case .used: "used"
        case .cancelled: "cancelled"
        case .refunded: "refunded"
        case .unrecognized(let label): label
        }
    }
}

extension Visibility: LabelledValue {
    public init(label: String) {
        switch label {
        case "public": self = .public
        case "private": self = .private
        default: self = .unrecognized(label: label)
        }
    }

    public var label: String {
        switch self {
        case .public: "public"
        case .private: "private"
        case .unrecognized(let label): label
        }
    }
}
