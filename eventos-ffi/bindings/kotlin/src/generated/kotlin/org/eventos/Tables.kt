// The tables. Written by `cargo xtask generate` from the tables of eventos-core. Do not edit.

package org.eventos

/** Rows of `profiles` to read. */
typealias ProfileSelection = Selection<Profile, ProfileColumn, ProfileFilter, ProfileConditions>

/** `profiles`. */
typealias ProfileTable = Table<Profile, NewProfile, ProfileChange, ProfileColumn, ProfileFilter, ProfileConditions>

/** `profiles`. */
val Client.profiles: ProfileTable get() = Table(this, ProfileCalls)

/** Conditions on rows of `profiles`. */
object ProfileConditions : Conditions<ProfileFilter>(
    ProfileFilter::All, { (it as? ProfileFilter.All)?.v1 }, ProfileFilter::Any, { (it as? ProfileFilter.Any)?.v1 }, ProfileFilter::None,
) {
    /** The same id as in `auth.users`. */
    val id: EqualityColumn<ProfileFilter, NotNull, ProfileId> = EqualityColumn.of(profileIdTests, ProfileFilter::Id)
    /** E-mail address. */
    val email: TextColumn<ProfileFilter, NotNull> = TextColumn(ProfileFilter::Email)
    /** Display name. */
    val fullName: TextColumn<ProfileFilter, Nullable> = TextColumn(ProfileFilter::FullName)
    /** Telephone number. */
    val phone: TextColumn<ProfileFilter, Nullable> = TextColumn(ProfileFilter::Phone)
    /** Organization. */
    val company: TextColumn<ProfileFilter, Nullable> = TextColumn(ProfileFilter::Company)
    /** When the account was made. */
    val createdAt: TimeColumn<ProfileFilter, NotNull> = TimeColumn(ProfileFilter::CreatedAt)
    /** When the row last changed. */
    val updatedAt: TimeColumn<ProfileFilter, NotNull> = TimeColumn(ProfileFilter::UpdatedAt)
}

private object ProfileCalls : WriteCalls<Profile, NewProfile, ProfileChange, ProfileColumn, ProfileFilter, ProfileConditions> {
    override val conditions = ProfileConditions

    override fun query(rows: ProfileSelection) = TableQuery.Profiles(record(rows))

    override suspend fun read(rows: ProfileSelection, expected: Expected) = rows.client.readProfiles(record(rows), expected)

    override suspend fun page(rows: ProfileSelection, size: ULong, cursor: String?) =
        rows.client.pageOfProfiles(record(rows), size, cursor).let { Page(it.rows, it.cursor) }

    override suspend fun insert(client: Client, rows: List<NewProfile>) = client.insertProfiles(rows)

    override suspend fun update(client: Client, changes: List<ProfileChange>, filter: ProfileFilter) =
        client.updateProfiles(changes, filter)

    override fun deletion(filter: ProfileFilter) = Deletion.Profiles(filter)

    fun record(rows: ProfileSelection): ProfileQuery {
        val order = rows.order.map { (column, direction) -> ProfileOrder(column, direction) }
        return ProfileQuery(rows.filters, order, rows.limit, rows.offset)
    }
}

/** Rows of `venues` to read. */
typealias VenueSelection = Selection<Venue, VenueColumn, VenueFilter, VenueConditions>

/** `venues`. */
typealias VenueTable = Table<Venue, NewVenue, VenueChange, VenueColumn, VenueFilter, VenueConditions>

/** `venues`. */
val Client.venues: VenueTable get() = Table(this, VenueCalls)

/** Conditions on rows of `venues`. */
object VenueConditions : Conditions<VenueFilter>(
    VenueFilter::All, { (it as? VenueFilter.All)?.v1 }, VenueFilter::Any, { (it as? VenueFilter.Any)?.v1 }, VenueFilter::None,
) {
    /** Primary key. */
    val id: EqualityColumn<VenueFilter, NotNull, VenueId> = EqualityColumn.of(venueIdTests, VenueFilter::Id)
    /** Name of the venue. */
    val name: TextColumn<VenueFilter, NotNull> = TextColumn(VenueFilter::Name)
    /** Street address. */
    val address: TextColumn<VenueFilter, NotNull> = TextColumn(VenueFilter::Address)
    /** City; Toronto unless said otherwise. */
    val city: TextColumn<VenueFilter, NotNull> = TextColumn(VenueFilter::City)
    /** Postal code. */
    val postalCode: TextColumn<VenueFilter, Nullable> = TextColumn(VenueFilter::PostalCode)
    /** The most people it holds, 10 to 50,000. */
    val capacity: NumberColumn<VenueFilter, NotNull, Long> = NumberColumn.ofNumbers(VenueFilter::Capacity)
    /** Features, such as `{"wifi": true, "parking": true}`. */
    val amenities: JsonColumn<VenueFilter, NotNull> = JsonColumn(VenueFilter::Amenities)
    /** E-mail address for bookings. */
    val contactEmail: TextColumn<VenueFilter, Nullable> = TextColumn(VenueFilter::ContactEmail)
    /** Telephone number for bookings. */
    val contactPhone: TextColumn<VenueFilter, Nullable> = TextColumn(VenueFilter::ContactPhone)
    /** When the row was made. */
    val createdAt: TimeColumn<VenueFilter, NotNull> = TimeColumn(VenueFilter::CreatedAt)
    /** When the row last changed. */
    val updatedAt: TimeColumn<VenueFilter, NotNull> = TimeColumn(VenueFilter::UpdatedAt)
    /** Who entered it, and so may change it; null for venues from before this was kept. */
    val createdBy: EqualityColumn<VenueFilter, Nullable, ProfileId> = EqualityColumn.of(profileIdTests, VenueFilter::CreatedBy)
}

private object VenueCalls : WriteCalls<Venue, NewVenue, VenueChange, VenueColumn, VenueFilter, VenueConditions> {
    override val conditions = VenueConditions

    override fun query(rows: VenueSelection) = TableQuery.Venues(record(rows))

    override suspend fun read(rows: VenueSelection, expected: Expected) = rows.client.readVenues(record(rows), expected)

    override suspend fun page(rows: VenueSelection, size: ULong, cursor: String?) =
        rows.client.pageOfVenues(record(rows), size, cursor).let { Page(it.rows, it.cursor) }

    override suspend fun insert(client: Client, rows: List<NewVenue>) = client.insertVenues(rows)

    override suspend fun update(client: Client, changes: List<VenueChange>, filter: VenueFilter) =
        client.updateVenues(changes, filter)

    override fun deletion(filter: VenueFilter) = Deletion.Venues(filter)

    fun record(rows: VenueSelection): VenueQuery {
        val order = rows.order.map { (column, direction) -> VenueOrder(column, direction) }
        return VenueQuery(rows.filters, order, rows.limit, rows.offset)
    }
}

/** Rows of `events` to read. */
typealias EventSelection = Selection<Event, EventColumn, EventFilter, EventConditions>

/** `events`. */
typealias EventTable = Table<Event, NewEvent, EventChange, EventColumn, EventFilter, EventConditions>

/** `events`. */
val Client.events: EventTable get() = Table(this, EventCalls)

/** Conditions on rows of `events`. */
object EventConditions : Conditions<EventFilter>(
    EventFilter::All, { (it as? EventFilter.All)?.v1 }, EventFilter::Any, { (it as? EventFilter.Any)?.v1 }, EventFilter::None,
) {
    /** Primary key. */
    val id: EqualityColumn<EventFilter, NotNull, EventId> = EqualityColumn.of(eventIdTests, EventFilter::Id)
    /** Who organizes it. */
    val organizerId: EqualityColumn<EventFilter, NotNull, ProfileId> = EqualityColumn.of(profileIdTests, EventFilter::OrganizerId)
    /** Where it happens, once known. */
    val venueId: EqualityColumn<EventFilter, Nullable, VenueId> = EqualityColumn.of(venueIdTests, EventFilter::VenueId)
    /** Title. */
    val name: TextColumn<EventFilter, NotNull> = TextColumn(EventFilter::Name)
    /** Its name in URLs, made by the database from the title and the id unless given. */
    val slug: TextColumn<EventFilter, NotNull> = TextColumn(EventFilter::Slug)
    /** What kind of event it is. */
    val kind: EqualityColumn<EventFilter, NotNull, EventType> = EqualityColumn.of(eventTypeTests, EventFilter::Type)
    /** What it is about. */
    val description: TextColumn<EventFilter, Nullable> = TextColumn(EventFilter::Description)
    /** When it starts. */
    val startAt: TimeColumn<EventFilter, NotNull> = TimeColumn(EventFilter::StartAt)
    /** When it ends, after it starts. */
    val endAt: TimeColumn<EventFilter, NotNull> = TimeColumn(EventFilter::EndAt)
    /** The most tickets it sells, 10 to 10,000. */
    val capacity: NumberColumn<EventFilter, NotNull, Long> = NumberColumn.ofNumbers(EventFilter::Capacity)
    /** Price of a ticket in cents, 0 or more. */
    val priceCents: NumberColumn<EventFilter, NotNull, Cents> = NumberColumn.ofMoney(EventFilter::PriceCents)
    /** Where it stands in its life; a draft at first. */
    val status: EqualityColumn<EventFilter, NotNull, EventStatus> = EqualityColumn.of(eventStatusTests, EventFilter::Status)
    /** Who sees it once published; public unless said otherwise. */
    val visibility: EqualityColumn<EventFilter, NotNull, Visibility> = EqualityColumn.of(visibilityTests, EventFilter::Visibility)
    /** When the row was made. */
    val createdAt: TimeColumn<EventFilter, NotNull> = TimeColumn(EventFilter::CreatedAt)
    /** When the row last changed. */
    val updatedAt: TimeColumn<EventFilter, NotNull> = TimeColumn(EventFilter::UpdatedAt)
}

private object EventCalls : WriteCalls<Event, NewEvent, EventChange, EventColumn, EventFilter, EventConditions> {
    override val conditions = EventConditions

    override fun query(rows: EventSelection) = TableQuery.Events(record(rows))

    override suspend fun read(rows: EventSelection, expected: Expected) = rows.client.readEvents(record(rows), expected)

    override suspend fun page(rows: EventSelection, size: ULong, cursor: String?) =
        rows.client.pageOfEvents(record(rows), size, cursor).let { Page(it.rows, it.cursor) }

    override suspend fun insert(client: Client, rows: List<NewEvent>) = client.insertEvents(rows)

    override suspend fun update(client: Client, changes: List<EventChange>, filter: EventFilter) =
        client.updateEvents(changes, filter)

    override fun deletion(filter: EventFilter) = Deletion.Events(filter)

    fun record(rows: EventSelection): EventQuery {
        val order = rows.order.map { (column, direction) -> EventOrder(column, direction) }
        return EventQuery(rows.filters, order, rows.limit, rows.offset)
    }
}

/** The rows as cards: with what belongs to them, as screens show them. */
@JvmName("eventCards")
suspend fun EventSelection.cards(): List<EventCard> =
    client.eventCards(EventCalls.record(this), Expected.ANY_NUMBER)

/**
 * The one row that there is, as a card.
 *
 * @throws EventosException.NotFound where there is none.
 * @throws EventosException.ManyRows where there are several.
 */
@JvmName("singleEventCard")
suspend fun EventSelection.singleCard(): EventCard =
    client.eventCards(EventCalls.record(this), Expected.ONE).single()

/**
 * The one row as a card, or null where there is none.
 *
 * @throws EventosException.ManyRows where there are several.
 */
@JvmName("maybeSingleEventCard")
suspend fun EventSelection.maybeSingleCard(): EventCard? =
    client.eventCards(EventCalls.record(this), Expected.AT_MOST_ONE).singleOrNull()

/** Rows of `orders` to read. */
typealias OrderSelection = Selection<Order, OrderColumn, OrderFilter, OrderConditions>

/** `orders`. */
typealias OrderTable = Table<Order, NewOrder, OrderChange, OrderColumn, OrderFilter, OrderConditions>

/** `orders`. */
val Client.orders: OrderTable get() = Table(this, OrderCalls)

/** Conditions on rows of `orders`. */
object OrderConditions : Conditions<OrderFilter>(
    OrderFilter::All, { (it as? OrderFilter.All)?.v1 }, OrderFilter::Any, { (it as? OrderFilter.Any)?.v1 }, OrderFilter::None,
) {
    /** Primary key. */
    val id: EqualityColumn<OrderFilter, NotNull, OrderId> = EqualityColumn.of(orderIdTests, OrderFilter::Id)
    /** Who buys. */
    val customerId: EqualityColumn<OrderFilter, NotNull, ProfileId> = EqualityColumn.of(profileIdTests, OrderFilter::CustomerId)
    /** For which event. */
    val eventId: EqualityColumn<OrderFilter, NotNull, EventId> = EqualityColumn.of(eventIdTests, OrderFilter::EventId)
    /** The number that people quote, made by the database. */
    val orderNumber: TextColumn<OrderFilter, NotNull> = TextColumn(OrderFilter::OrderNumber)
    /** How many tickets, 1 to 20. */
    val quantity: NumberColumn<OrderFilter, NotNull, Long> = NumberColumn.ofNumbers(OrderFilter::Quantity)
    /** Price of one ticket in cents, 0 or more. */
    val unitPriceCents: NumberColumn<OrderFilter, NotNull, Cents> = NumberColumn.ofMoney(OrderFilter::UnitPriceCents)
    /** The whole amount in cents: quantity × unit price. */
    val totalCents: NumberColumn<OrderFilter, NotNull, Cents> = NumberColumn.ofMoney(OrderFilter::TotalCents)
    /** Where the payment stands; pending at first. */
    val paymentStatus: EqualityColumn<OrderFilter, NotNull, PaymentStatus> = EqualityColumn.of(paymentStatusTests, OrderFilter::PaymentStatus)
    /** Stripe's payment intent; no two orders share one. */
    val stripePaymentIntentId: TextColumn<OrderFilter, Nullable> = TextColumn(OrderFilter::StripePaymentIntentId)
    /** When it was paid. */
    val paidAt: TimeColumn<OrderFilter, Nullable> = TimeColumn(OrderFilter::PaidAt)
    /** When the row was made. */
    val createdAt: TimeColumn<OrderFilter, NotNull> = TimeColumn(OrderFilter::CreatedAt)
    /** When the row last changed. */
    val updatedAt: TimeColumn<OrderFilter, NotNull> = TimeColumn(OrderFilter::UpdatedAt)
}

private object OrderCalls : WriteCalls<Order, NewOrder, OrderChange, OrderColumn, OrderFilter, OrderConditions> {
    override val conditions = OrderConditions

    override fun query(rows: OrderSelection) = TableQuery.Orders(record(rows))

    override suspend fun read(rows: OrderSelection, expected: Expected) = rows.client.readOrders(record(rows), expected)

    override suspend fun page(rows: OrderSelection, size: ULong, cursor: String?) =
        rows.client.pageOfOrders(record(rows), size, cursor).let { Page(it.rows, it.cursor) }

    override suspend fun insert(client: Client, rows: List<NewOrder>) = client.insertOrders(rows)

    override suspend fun update(client: Client, changes: List<OrderChange>, filter: OrderFilter) =
        client.updateOrders(changes, filter)

    override fun deletion(filter: OrderFilter) = Deletion.Orders(filter)

    fun record(rows: OrderSelection): OrderQuery {
        val order = rows.order.map { (column, direction) -> OrderOrder(column, direction) }
        return OrderQuery(rows.filters, order, rows.limit, rows.offset)
    }
}

/** The rows as cards: with what belongs to them, as screens show them. */
@JvmName("orderCards")
suspend fun OrderSelection.cards(): List<OrderCard> =
    client.orderCards(OrderCalls.record(this), Expected.ANY_NUMBER)

/**
 * The one row that there is, as a card.
 *
 * @throws EventosException.NotFound where there is none.
 * @throws EventosException.ManyRows where there are several.
 */
@JvmName("singleOrderCard")
suspend fun OrderSelection.singleCard(): OrderCard =
    client.orderCards(OrderCalls.record(this), Expected.ONE).single()

/**
 * The one row as a card, or null where there is none.
 *
 * @throws EventosException.ManyRows where there are several.
 */
@JvmName("maybeSingleOrderCard")
suspend fun OrderSelection.maybeSingleCard(): OrderCard? =
    client.orderCards(OrderCalls.record(this), Expected.AT_MOST_ONE).singleOrNull()

/** Rows of `attendees` to read. */
typealias AttendeeSelection = Selection<Attendee, AttendeeColumn, AttendeeFilter, AttendeeConditions>

/** `attendees`. */
typealias AttendeeTable = Table<Attendee, NewAttendee, AttendeeChange, AttendeeColumn, AttendeeFilter, AttendeeConditions>

/** `attendees`. */
val Client.attendees: AttendeeTable get() = Table(this, AttendeeCalls)

/** Conditions on rows of `attendees`. */
object AttendeeConditions : Conditions<AttendeeFilter>(
    AttendeeFilter::All, { (it as? AttendeeFilter.All)?.v1 }, AttendeeFilter::Any, { (it as? AttendeeFilter.Any)?.v1 }, AttendeeFilter::None,
) {
    /** Primary key. */
    val id: EqualityColumn<AttendeeFilter, NotNull, AttendeeId> = EqualityColumn.of(attendeeIdTests, AttendeeFilter::Id)
    /** The order that pays for the seat. */
    val orderId: EqualityColumn<AttendeeFilter, NotNull, OrderId> = EqualityColumn.of(orderIdTests, AttendeeFilter::OrderId)
    /** The event attended, the order's. */
    val eventId: EqualityColumn<AttendeeFilter, NotNull, EventId> = EqualityColumn.of(eventIdTests, AttendeeFilter::EventId)
    /** Name. */
    val fullName: TextColumn<AttendeeFilter, NotNull> = TextColumn(AttendeeFilter::FullName)
    /** E-mail address. */
    val email: TextColumn<AttendeeFilter, NotNull> = TextColumn(AttendeeFilter::Email)
    /** Telephone number. */
    val phone: TextColumn<AttendeeFilter, Nullable> = TextColumn(AttendeeFilter::Phone)
    /** When the row was made. */
    val createdAt: TimeColumn<AttendeeFilter, NotNull> = TimeColumn(AttendeeFilter::CreatedAt)
    /** When the row last changed. */
    val updatedAt: TimeColumn<AttendeeFilter, NotNull> = TimeColumn(AttendeeFilter::UpdatedAt)
}

private object AttendeeCalls : WriteCalls<Attendee, NewAttendee, AttendeeChange, AttendeeColumn, AttendeeFilter, AttendeeConditions> {
    override val conditions = AttendeeConditions

    override fun query(rows: AttendeeSelection) = TableQuery.Attendees(record(rows))

    override suspend fun read(rows: AttendeeSelection, expected: Expected) = rows.client.readAttendees(record(rows), expected)

    override suspend fun page(rows: AttendeeSelection, size: ULong, cursor: String?) =
        rows.client.pageOfAttendees(record(rows), size, cursor).let { Page(it.rows, it.cursor) }

    override suspend fun insert(client: Client, rows: List<NewAttendee>) = client.insertAttendees(rows)

    override suspend fun update(client: Client, changes: List<AttendeeChange>, filter: AttendeeFilter) =
        client.updateAttendees(changes, filter)

    override fun deletion(filter: AttendeeFilter) = Deletion.Attendees(filter)

    fun record(rows: AttendeeSelection): AttendeeQuery {
        val order = rows.order.map { (column, direction) -> AttendeeOrder(column, direction) }
        return AttendeeQuery(rows.filters, order, rows.limit, rows.offset)
    }
}

/** Rows of `tickets` to read. */
typealias TicketSelection = Selection<Ticket, TicketColumn, TicketFilter, TicketConditions>

/** `tickets`. */
typealias TicketTable = Table<Ticket, NewTicket, TicketChange, TicketColumn, TicketFilter, TicketConditions>

/** `tickets`. */
val Client.tickets: TicketTable get() = Table(this, TicketCalls)

/** Conditions on rows of `tickets`. */
object TicketConditions : Conditions<TicketFilter>(
    TicketFilter::All, { (it as? TicketFilter.All)?.v1 }, TicketFilter::Any, { (it as? TicketFilter.Any)?.v1 }, TicketFilter::None,
) {
    /** Primary key. */
    val id: EqualityColumn<TicketFilter, NotNull, TicketId> = EqualityColumn.of(ticketIdTests, TicketFilter::Id)
    /** The event it lets into. */
    val eventId: EqualityColumn<TicketFilter, NotNull, EventId> = EqualityColumn.of(eventIdTests, TicketFilter::EventId)
    /** The order that paid for it. */
    val orderId: EqualityColumn<TicketFilter, NotNull, OrderId> = EqualityColumn.of(orderIdTests, TicketFilter::OrderId)
    /** Whom it lets in, once known. */
    val attendeeId: EqualityColumn<TicketFilter, Nullable, AttendeeId> = EqualityColumn.of(attendeeIdTests, TicketFilter::AttendeeId)
    /** The number that people quote, made by the database. */
    val ticketNumber: TextColumn<TicketFilter, NotNull> = TextColumn(TicketFilter::TicketNumber)
    /** What the QR code says: a secret that admits whoever shows it first, made by the database. */
    val qrCode: TextColumn<TicketFilter, NotNull> = TextColumn(TicketFilter::QrCode)
    /** Whether it still lets somebody in; active at first. */
    val status: EqualityColumn<TicketFilter, NotNull, TicketStatus> = EqualityColumn.of(ticketStatusTests, TicketFilter::Status)
    /** When its holder was let in. */
    val checkedInAt: TimeColumn<TicketFilter, Nullable> = TimeColumn(TicketFilter::CheckedInAt)
    /** When the row was made. */
    val createdAt: TimeColumn<TicketFilter, NotNull> = TimeColumn(TicketFilter::CreatedAt)
    /** When the row last changed. */
    val updatedAt: TimeColumn<TicketFilter, NotNull> = TimeColumn(TicketFilter::UpdatedAt)
}

private object TicketCalls : WriteCalls<Ticket, NewTicket, TicketChange, TicketColumn, TicketFilter, TicketConditions> {
    override val conditions = TicketConditions

    override fun query(rows: TicketSelection) = TableQuery.Tickets(record(rows))

    override suspend fun read(rows: TicketSelection, expected: Expected) = rows.client.readTickets(record(rows), expected)

    override suspend fun page(rows: TicketSelection, size: ULong, cursor: String?) =
        rows.client.pageOfTickets(record(rows), size, cursor).let { Page(it.rows, it.cursor) }

    override suspend fun insert(client: Client, rows: List<NewTicket>) = client.insertTickets(rows)

    override suspend fun update(client: Client, changes: List<TicketChange>, filter: TicketFilter) =
        client.updateTickets(changes, filter)

    override fun deletion(filter: TicketFilter) = Deletion.Tickets(filter)

    fun record(rows: TicketSelection): TicketQuery {
        val order = rows.order.map { (column, direction) -> TicketOrder(column, direction) }
        return TicketQuery(rows.filters, order, rows.limit, rows.offset)
    }
}

/** The rows as cards: with what belongs to them, as screens show them. */
@JvmName("ticketCards")
suspend fun TicketSelection.cards(): List<TicketCard> =
    client.ticketCards(TicketCalls.record(this), Expected.ANY_NUMBER)

/**
 * The one row that there is, as a card.
 *
 * @throws EventosException.NotFound where there is none.
 * @throws EventosException.ManyRows where there are several.
 */
@JvmName("singleTicketCard")
suspend fun TicketSelection.singleCard(): TicketCard =
    client.ticketCards(TicketCalls.record(this), Expected.ONE).single()

/**
 * The one row as a card, or null where there is none.
 *
 * @throws EventosException.ManyRows where there are several.
 */
@JvmName("maybeSingleTicketCard")
suspend fun TicketSelection.maybeSingleCard(): TicketCard? =
    client.ticketCards(TicketCalls.record(this), Expected.AT_MOST_ONE).singleOrNull()

/** Rows of `event_stats` to read. */
typealias EventStatsSelection = Selection<EventStats, EventStatsColumn, EventStatsFilter, EventStatsConditions>

/** `event_stats`, which can only be read. */
val Client.eventStats: EventStatsSelection get() = Selection(this, EventStatsCalls)

/** Conditions on rows of `event_stats`. */
object EventStatsConditions : Conditions<EventStatsFilter>(
    EventStatsFilter::All, { (it as? EventStatsFilter.All)?.v1 }, EventStatsFilter::Any, { (it as? EventStatsFilter.Any)?.v1 }, EventStatsFilter::None,
) {
    /** The event. */
    val eventId: EqualityColumn<EventStatsFilter, NotNull, EventId> = EqualityColumn.of(eventIdTests, EventStatsFilter::EventId)
    /** Its title. */
    val eventName: TextColumn<EventStatsFilter, NotNull> = TextColumn(EventStatsFilter::EventName)
    /** The most tickets it sells. */
    val capacity: NumberColumn<EventStatsFilter, NotNull, Long> = NumberColumn.ofNumbers(EventStatsFilter::Capacity)
    /** Tickets sold: active and used ones. */
    val ticketsSold: NumberColumn<EventStatsFilter, NotNull, Long> = NumberColumn.ofNumbers(EventStatsFilter::TicketsSold)
    /** Tickets left: capacity less tickets sold. */
    val ticketsAvailable: NumberColumn<EventStatsFilter, NotNull, Long> = NumberColumn.ofNumbers(EventStatsFilter::TicketsAvailable)
    /** Sold tickets whose holders have not come yet. */
    val ticketsActive: NumberColumn<EventStatsFilter, NotNull, Long> = NumberColumn.ofNumbers(EventStatsFilter::TicketsActive)
    /** Sold tickets whose holders were let in. */
    val ticketsUsed: NumberColumn<EventStatsFilter, NotNull, Long> = NumberColumn.ofNumbers(EventStatsFilter::TicketsUsed)
    /** Cancelled tickets. */
    val ticketsCancelled: NumberColumn<EventStatsFilter, NotNull, Long> = NumberColumn.ofNumbers(EventStatsFilter::TicketsCancelled)
}

private object EventStatsCalls : ReadCalls<EventStats, EventStatsColumn, EventStatsFilter, EventStatsConditions> {
    override val conditions = EventStatsConditions

    override fun query(rows: EventStatsSelection) = TableQuery.EventStats(record(rows))

    override suspend fun read(rows: EventStatsSelection, expected: Expected) = rows.client.readEventStats(record(rows), expected)

    override suspend fun page(rows: EventStatsSelection, size: ULong, cursor: String?) =
        rows.client.pageOfEventStats(record(rows), size, cursor).let { Page(it.rows, it.cursor) }

    fun record(rows: EventStatsSelection): EventStatsQuery {
        val order = rows.order.map { (column, direction) -> EventStatsOrder(column, direction) }
        return EventStatsQuery(rows.filters, order, rows.limit, rows.offset)
    }
}

private val attendeeIdTests =
    EqualityTests(AttendeeIdTest::Is, AttendeeIdTest::IsNot, AttendeeIdTest::OneOf, AttendeeIdTest.IsNull, AttendeeIdTest.IsNotNull)
private val eventIdTests =
    EqualityTests(EventIdTest::Is, EventIdTest::IsNot, EventIdTest::OneOf, EventIdTest.IsNull, EventIdTest.IsNotNull)
private val orderIdTests =
    EqualityTests(OrderIdTest::Is, OrderIdTest::IsNot, OrderIdTest::OneOf, OrderIdTest.IsNull, OrderIdTest.IsNotNull)
private val profileIdTests =
    EqualityTests(ProfileIdTest::Is, ProfileIdTest::IsNot, ProfileIdTest::OneOf, ProfileIdTest.IsNull, ProfileIdTest.IsNotNull)
private val ticketIdTests =
    EqualityTests(TicketIdTest::Is, TicketIdTest::IsNot, TicketIdTest::OneOf, TicketIdTest.IsNull, TicketIdTest.IsNotNull)
private val venueIdTests =
    EqualityTests(VenueIdTest::Is, VenueIdTest::IsNot, VenueIdTest::OneOf, VenueIdTest.IsNull, VenueIdTest.IsNotNull)
private val eventStatusTests =
    EqualityTests(EventStatusTest::Is, EventStatusTest::IsNot, EventStatusTest::OneOf, EventStatusTest.IsNull, EventStatusTest.IsNotNull)
private val eventTypeTests =
    EqualityTests(EventTypeTest::Is, EventTypeTest::IsNot, EventTypeTest::OneOf, EventTypeTest.IsNull, EventTypeTest.IsNotNull)
private val paymentStatusTests =
    EqualityTests(PaymentStatusTest::Is, PaymentStatusTest::IsNot, PaymentStatusTest::OneOf, PaymentStatusTest.IsNull, PaymentStatusTest.IsNotNull)
private val ticketStatusTests =
    EqualityTests(TicketStatusTest::Is, TicketStatusTest::IsNot, TicketStatusTest::OneOf, TicketStatusTest.IsNull, TicketStatusTest.IsNotNull)
private val visibilityTests =
    EqualityTests(VisibilityTest::Is, VisibilityTest::IsNot, VisibilityTest::OneOf, VisibilityTest.IsNull, VisibilityTest.IsNotNull)
