//! Every query of the specification, as a typed one: what it sends, and that the server takes it.
//!
//! Each differs from its TypeScript original in this: a relation goes by its own name (`venue`, `organizer`, `stats`)
//! where the original embeds a table (`venues`, `profiles`, `event_stats`), and the request names the foreign key's
//! column besides, so that it stays unambiguous. What else differs is said at the query.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]
#![allow(dead_code, reason = "a selection has every column of its original, and a test looks at some")]

use chrono::{DateTime, TimeDelta, Utc};
use eventos_core::codes::{QrPayload, Slug, TicketNumber};
use eventos_core::query::{Fetch, Filtered, Handle, Query, Returning, Select, Update, from, shape::One};
use eventos_core::wire::Request;
use eventos_core::{
    Attendee, AttendeeId, Cents, ErrorKind, Event, EventId, EventStats, EventStatus, EventType, Eventos, NewAttendee,
    NewEvent, NewOrder, NewTicket, Order, OrderId, PaymentStatus, Profile, ProfileId, Projection, Ticket, TicketStatus,
    Venue, VenueId, Visibility,
};
use eventos_tests::seeded::{Person, client, server};
use serde_json::{Value, json};

// Profiles: the organizer's profile for the event creation form -------------------------------------------------------

#[derive(Debug, PartialEq, Projection)]
#[projection(of = Profile)]
struct Welcome {
    full_name: Option<String>,
    company: Option<String>,
    phone: Option<String>,
}

fn organizer_profile<C>(profiles: Handle<Profile, C>, user: ProfileId) -> Fetch<One<Welcome>, C> {
    profiles.select::<Welcome>().filter(Profile::ID.eq(user)).single()
}

// Venues: for 200 people and more, with parking -----------------------------------------------------------------------

#[derive(Debug, Projection)]
#[projection(of = Venue)]
struct VenueContact {
    name: String,
    address: String,
    capacity: i32,
    contact_email: Option<String>,
}

fn venues_with_parking<C>(venues: Handle<Venue, C>) -> Select<Venue, VenueContact, C> {
    venues
        .select::<VenueContact>()
        .filter(Venue::CAPACITY.gte(200))
        .filter(Venue::AMENITIES.contains_json(json!({ "parking": true })))
        .order(Venue::CAPACITY.asc())
}

// Events: the homepage ------------------------------------------------------------------------------------------------

#[derive(Debug, Projection)]
#[projection(of = Event)]
struct UpcomingEvent {
    id: EventId,
    name: String,
    slug: Slug,
    r#type: EventType,
    description: Option<String>,
    start_at: DateTime<Utc>,
    price_cents: Cents,
    capacity: i32,
    venue: Option<VenuePlace>,
    organizer: Option<Company>,
}

#[derive(Debug, Projection)]
#[projection(of = Venue)]
struct VenuePlace {
    name: String,
    city: String,
}

#[derive(Debug, Projection)]
#[projection(of = Profile)]
struct Company {
    full_name: Option<String>,
    company: Option<String>,
}

fn upcoming_events<C>(events: Handle<Event, C>, now: DateTime<Utc>) -> Select<Event, UpcomingEvent, C> {
    events
        .select::<UpcomingEvent>()
        .filter(Event::STATUS.eq(EventStatus::Published))
        .filter(Event::VISIBILITY.eq(Visibility::Public))
        .filter(Event::START_AT.gte(now))
        .order(Event::START_AT.asc())
        .limit(10)
}

// Orders: at checkout, and after the payment --------------------------------------------------------------------------

fn create_order<C>(orders: Handle<Order, C>, user: ProfileId, event: EventId, price: Cents) -> Fetch<One<Order>, C> {
    let quantity = 2;
    let order = NewOrder {
        customer_id: user,
        event_id: event,
        quantity,
        unit_price_cents: price,
        total_cents: price.times(quantity).unwrap(),
    };
    orders.insert(order.set(Order::PAYMENT_STATUS, PaymentStatus::Pending)).returning::<Order>().expect_one()
}

/// The service sends it, and no customer.
fn confirm_payment<C>(
    orders: Handle<Order, C>,
    order: OrderId,
    intent: &str,
    now: DateTime<Utc>,
) -> Update<Order, Filtered, C> {
    orders
        .update()
        .set(Order::PAYMENT_STATUS, PaymentStatus::Paid)
        .set(Order::STRIPE_PAYMENT_INTENT_ID, intent)
        .set(Order::PAID_AT, now)
        .filter(Order::ID.eq(order))
}

// Attendees: whom the tickets are for, and the organizer's list -------------------------------------------------------

fn name_attendees<C>(
    attendees: Handle<Attendee, C>,
    order: OrderId,
    event: EventId,
) -> Returning<Attendee, Attendee, C> {
    let people = [("John Doe", "john@example.com"), ("Jane Smith", "jane@example.com")];
    attendees
        .insert_many(people.map(|(full_name, email)| NewAttendee {
            order_id: order,
            event_id: event,
            full_name: full_name.into(),
            email: email.into(),
        }))
        .returning::<Attendee>()
}

#[derive(Debug, Projection)]
#[projection(of = Attendee)]
struct Contact {
    full_name: String,
    email: String,
    phone: Option<String>,
}

fn attendee_list<C>(attendees: Handle<Attendee, C>, event: EventId) -> Select<Attendee, Contact, C> {
    attendees.select::<Contact>().filter(Attendee::EVENT_ID.eq(event)).order(Attendee::CREATED_AT.asc())
}

// Tickets: the customer's, and the scan at the door -------------------------------------------------------------------

#[derive(Debug, Projection)]
#[projection(of = Ticket)]
struct MyTicket {
    ticket_number: TicketNumber,
    qr_code: QrPayload,
    status: TicketStatus,
    checked_in_at: Option<DateTime<Utc>>,
    event: Option<TicketEvent>,
    attendee: Option<TicketHolder>,
}

#[derive(Debug, Projection)]
#[projection(of = Event)]
struct TicketEvent {
    name: String,
    start_at: DateTime<Utc>,
    venue: Option<VenueAddress>,
}

#[derive(Debug, Projection)]
#[projection(of = Venue)]
struct VenueAddress {
    name: String,
    address: String,
}

#[derive(Debug, Projection)]
#[projection(of = Attendee)]
struct TicketHolder {
    full_name: String,
    email: String,
}

fn my_tickets<C>(tickets: Handle<Ticket, C>, order: OrderId) -> Select<Ticket, MyTicket, C> {
    tickets.select::<MyTicket>().filter(Ticket::ORDER_ID.eq(order))
}

/// `expect_one` is the original's `single`, for writes: where no ticket was active it fails as not affected.
fn use_ticket<C>(tickets: Handle<Ticket, C>, scanned: &QrPayload, now: DateTime<Utc>) -> Fetch<One<Ticket>, C> {
    tickets
        .update()
        .set(Ticket::STATUS, TicketStatus::Used)
        .set(Ticket::CHECKED_IN_AT, now)
        .filter(Ticket::QR_CODE.eq(scanned))
        .filter(Ticket::STATUS.eq(TicketStatus::Active))
        .returning::<Ticket>()
        .expect_one()
}

// event_stats: tickets left on a card ---------------------------------------------------------------------------------

#[derive(Debug, Projection)]
#[projection(of = Event)]
struct CardWithStats {
    id: EventId,
    name: String,
    slug: Slug,
    price_cents: Cents,
    #[projection(inner)]
    stats: Sold,
}

#[derive(Debug, PartialEq, Projection)]
#[projection(of = EventStats)]
struct Sold {
    tickets_sold: i64,
    tickets_available: i64,
}

/// A view has no foreign key: the relation is computed by a function, and the request names that function.
fn event_card<C>(events: Handle<Event, C>, event: EventId) -> Fetch<One<CardWithStats>, C> {
    events.select::<CardWithStats>().filter(Event::ID.eq(event)).single()
}

// Example 1: a purchase. Its orders and attendees are those above -----------------------------------------------------

/// `*` beside embedded rows is for queries in their JSON form; a struct names the columns it uses.
#[derive(Debug, Projection)]
#[projection(of = Event)]
struct Browsed {
    id: EventId,
    price_cents: Cents,
    venue: Option<VenueAddress>,
    organizer: Option<Name>,
    stats: Option<Available>,
}

#[derive(Debug, Projection)]
#[projection(of = Profile)]
struct Name {
    full_name: Option<String>,
}

#[derive(Debug, Projection)]
#[projection(of = EventStats)]
struct Available {
    tickets_available: i64,
}

fn browse<C>(events: Handle<Event, C>) -> Select<Event, Browsed, C> {
    events
        .select::<Browsed>()
        .filter(Event::STATUS.eq(EventStatus::Published) & Event::VISIBILITY.eq(Visibility::Public))
}

fn browse_all_columns() -> Query {
    Query::from_json(
        r#"{
            "from": "events",
            "select": {
                "*": 1,
                "venue": { "name": 1, "address": 1 },
                "organizer": { "full_name": 1 },
                "stats": { "tickets_available": 1 }
            },
            "where": [["status", "eq", "published"], ["visibility", "eq", "public"]]
        }"#,
    )
    .unwrap()
}

fn create_tickets<C>(
    tickets: Handle<Ticket, C>,
    order: OrderId,
    event: EventId,
    attendees: &[AttendeeId],
) -> Returning<Ticket, Ticket, C> {
    let for_attendee = |attendee: &AttendeeId| {
        NewTicket { event_id: event, order_id: order }
            .set(Ticket::ATTENDEE_ID, *attendee)
            .set(Ticket::STATUS, TicketStatus::Active)
    };
    tickets.insert_many(attendees.iter().map(for_attendee)).returning::<Ticket>()
}

// Example 2: the organizer's dashboard --------------------------------------------------------------------------------

#[derive(Debug, Projection)]
#[projection(of = Event)]
struct MyEvent {
    id: EventId,
    name: String,
    slug: Slug,
    status: EventStatus,
    start_at: DateTime<Utc>,
    capacity: i32,
    venue: Option<VenueAddress>,
    stats: Option<MySales>,
}

#[derive(Debug, PartialEq, Projection)]
#[projection(of = EventStats)]
struct MySales {
    tickets_sold: i64,
    tickets_available: i64,
    tickets_active: i64,
    tickets_used: i64,
}

fn my_events<C>(events: Handle<Event, C>, user: ProfileId) -> Select<Event, MyEvent, C> {
    events.select::<MyEvent>().filter(Event::ORGANIZER_ID.eq(user)).order(Event::START_AT.desc())
}

// Example 3: check-in -------------------------------------------------------------------------------------------------

#[derive(Debug, Projection)]
#[projection(of = Ticket)]
struct Admission {
    ticket_number: TicketNumber,
    attendee: Option<TicketHolder>,
    event: Option<EventName>,
}

#[derive(Debug, Projection)]
#[projection(of = Event)]
struct EventName {
    name: String,
}

fn check_in<C>(
    tickets: Handle<Ticket, C>,
    scanned: &QrPayload,
    event: EventId,
    now: DateTime<Utc>,
) -> Fetch<One<Admission>, C> {
    tickets
        .update()
        .set(Ticket::STATUS, TicketStatus::Used)
        .set(Ticket::CHECKED_IN_AT, now)
        .filter(Ticket::QR_CODE.eq(scanned))
        .filter(Ticket::EVENT_ID.eq(event))
        .filter(Ticket::STATUS.eq(TicketStatus::Active))
        .returning::<Admission>()
        .expect_one()
}

// Example 4: revenue --------------------------------------------------------------------------------------------------

#[derive(Debug, Projection)]
#[projection(of = Order)]
struct Sale {
    event_id: EventId,
    event: Option<EventName>,
    total_cents: Cents,
}

/// Right up to the server's row limit; [`eventos_core::flows::revenue`] is right beyond, and by event, not by title.
fn paid_orders<C>(orders: Handle<Order, C>) -> Select<Order, Sale, C> {
    orders.select::<Sale>().filter(Order::PAYMENT_STATUS.eq(PaymentStatus::Paid))
}

// Common queries ------------------------------------------------------------------------------------------------------

#[derive(Debug, Projection)]
#[projection(of = Event)]
struct PublicEvent {
    name: String,
    venue: Option<Venue>,
    organizer: Option<Profile>,
}

fn public_events<C>(events: Handle<Event, C>) -> Select<Event, PublicEvent, C> {
    events
        .select::<PublicEvent>()
        .filter(Event::STATUS.eq(EventStatus::Published))
        .filter(Event::VISIBILITY.eq(Visibility::Public))
}

fn public_events_all_columns() -> Query {
    Query::from_json(
        r#"{
            "from": "events",
            "select": { "*": 1, "venue": { "*": 1 }, "organizer": { "*": 1 } },
            "where": [["status", "eq", "published"], ["visibility", "eq", "public"]]
        }"#,
    )
    .unwrap()
}

/// The original asks for no row back; with its id it can be published, found and removed.
fn create_event<C>(events: Handle<Event, C>, id: EventId, user: ProfileId, venue: VenueId) -> Fetch<One<Event>, C> {
    let event = NewEvent {
        organizer_id: user,
        name: "My Conference".into(),
        r#type: EventType::Conference,
        start_at: "2099-12-01T09:00:00Z".parse().unwrap(),
        end_at: "2099-12-01T18:00:00Z".parse().unwrap(),
        capacity: 100,
        price_cents: Cents::new(9900),
    };
    events.insert(event.set(Event::ID, id).set(Event::VENUE_ID, venue)).returning::<Event>().expect_one()
}

// What they send ------------------------------------------------------------------------------------------------------

#[test]
fn requests_are_as_they_were() {
    let (user, event, order, venue) = (id("11111111-1111-1111-1111-111111111111"), id(SUMMIT), id(ORDER), id(MTCC));
    let now = "2025-06-15T13:00:00Z".parse().unwrap();
    let scanned = QrPayload::from_bytes([251; 32]);
    let price = Cents::new(29900);
    let attendees = [id("a0111111-1111-1111-1111-111111111111"), id("a0222222-2222-2222-2222-222222222222")];
    let requests = [
        ("profile", organizer_profile(from(), user).to_request()),
        ("venues", venues_with_parking(from()).to_request()),
        ("homepage", upcoming_events(from(), now).to_request()),
        ("create_order", create_order(from(), user, event, price).to_request()),
        ("confirm_payment", confirm_payment(from(), order, "pi_test_123456789", now).to_request()),
        ("name_attendees", name_attendees(from(), order, event).to_request()),
        ("attendee_list", attendee_list(from(), event).to_request()),
        ("my_tickets", my_tickets(from(), order).to_request()),
        ("use_ticket", use_ticket(from(), &scanned, now).to_request()),
        ("event_card", event_card(from(), event).to_request()),
        ("browse", browse(from()).to_request()),
        ("browse_all_columns", browse_all_columns().to_request()),
        ("create_tickets", create_tickets(from(), order, event, &attendees).to_request()),
        ("dashboard", my_events(from(), user).to_request()),
        ("check_in", check_in(from(), &scanned, event, now).to_request()),
        ("paid_orders", paid_orders(from()).to_request()),
        ("public_events", public_events(from()).to_request()),
        ("public_events_all_columns", public_events_all_columns().to_request()),
        ("create_event", create_event(from(), event, user, venue).to_request()),
    ];
    for (name, request) in requests {
        insta::assert_snapshot!(name, shown(&request.unwrap()));
    }
}

/// The whole request, a parameter on each line.
fn shown(request: &Request) -> String {
    let mut text = format!("{} {}\n", request.method.as_str(), request.path);
    for parameter in request.query.split('&').filter(|parameter| !parameter.is_empty()) {
        text.push_str(&format!("    {parameter}\n"));
    }
    for (name, value) in &request.headers {
        text.push_str(&format!("{name}: {value}\n"));
    }
    if let Some(body) = &request.body {
        text.push_str(&format!("\n{}\n", serde_json::from_str::<Value>(body).unwrap()));
    }
    text
}

// That the server takes them ------------------------------------------------------------------------------------------

const SUMMIT: &str = "e1111111-1111-1111-1111-111111111111";
const ORDER: &str = "01111111-1111-1111-1111-111111111111";
const MTCC: &str = "a1111111-1111-1111-1111-111111111111";

#[tokio::test]
async fn the_seed_data_is_found() {
    let [visitor, customer, organizer] = people().await;
    let sarah = id(Person::Organizer.id().unwrap());

    let welcome = organizer_profile(visitor.profiles(), sarah).await.unwrap();
    assert_eq!(
        welcome,
        Welcome {
            full_name: Some("Sarah Johnson".into()),
            company: Some("EventOS Inc".into()),
            phone: Some("+1-416-555-0101".into()),
        }
    );

    let venues = venues_with_parking(visitor.venues()).await.unwrap();
    let seeded = ["Steam Whistle Brewing", "Royal York", "Metro Toronto Convention Centre"];
    let found: Vec<&str> = venues.iter().map(|venue| &*venue.name).filter(|name| seeded.contains(name)).collect();
    assert_eq!(found, seeded, "in the order of the specification's comment");
    assert!(venues.is_sorted_by_key(|venue| venue.capacity));

    let now = Utc::now();
    let upcoming = upcoming_events(visitor.events(), now).await.unwrap();
    assert!(!upcoming.is_empty() && upcoming.len() <= 10);
    assert!(upcoming.iter().all(|event| event.start_at >= now));
    assert!(upcoming.is_sorted_by_key(|event| event.start_at));

    let card = event_card(visitor.events(), id(SUMMIT)).await.unwrap();
    assert_eq!(card.slug.as_str(), "ai-ml-summit-2025-e1111111");
    assert_eq!(card.stats.tickets_sold + card.stats.tickets_available, 500);

    let browsed = browse(visitor.events()).await.unwrap();
    let summit = browsed.iter().find(|event| event.id == id(SUMMIT)).unwrap();
    assert_eq!(summit.venue.as_ref().unwrap().address, "255 Front St W");
    assert_eq!(summit.organizer.as_ref().unwrap().full_name.as_deref(), Some("Sarah Johnson"));
    assert_eq!(summit.stats.as_ref().unwrap().tickets_available, card.stats.tickets_available);
    let all_columns = row(visitor.fetch_json(&browse_all_columns()).await.unwrap(), SUMMIT);
    assert_eq!(all_columns["capacity"], 500);
    assert_eq!(all_columns["venue"], json!({ "name": "Metro Toronto Convention Centre", "address": "255 Front St W" }));

    let public = public_events(visitor.events()).await.unwrap();
    let summit = public.iter().find(|event| event.name == "AI & Machine Learning Summit 2025").unwrap();
    assert_eq!(summit.venue.as_ref().unwrap().amenities["parking"], true);
    assert_eq!(summit.organizer.as_ref().unwrap().company.as_deref(), Some("EventOS Inc"));
    let all_columns = row(visitor.fetch_json(&public_events_all_columns()).await.unwrap(), SUMMIT);
    assert_eq!(all_columns["venue"]["postal_code"], "M5V 2W6");
    assert_eq!(all_columns["organizer"]["company"], "EventOS Inc");

    let mine = my_tickets(customer.tickets(), id(ORDER)).await.unwrap();
    let numbers: Vec<&str> = mine.iter().map(|ticket| ticket.ticket_number.as_str()).collect();
    assert!(numbers.contains(&"TKT-B1111111-251013") && numbers.contains(&"TKT-B2222222-251013"), "{numbers:?}");
    assert!(mine.iter().all(|ticket| ticket.qr_code.is_documented()));
    let event = mine[0].event.as_ref().unwrap();
    assert_eq!(event.venue.as_ref().unwrap().name, "Metro Toronto Convention Centre");

    let guests = attendee_list(organizer.attendees(), id(SUMMIT)).await.unwrap();
    assert!(guests.iter().any(|guest| guest.full_name == "Michael Chen" && guest.phone.is_some()));

    let sales = paid_orders(organizer.orders()).await.unwrap();
    let revenue =
        sales.iter().filter(|sale| sale.event_id == id(SUMMIT)).map(|sale| sale.total_cents.get()).sum::<i64>();
    assert!(revenue >= 59_800, "{revenue}");
    assert!(sales.iter().all(|sale| sale.event.is_some()));
}

#[tokio::test]
async fn a_purchase_goes_through() {
    let [visitor, customer, organizer] = people().await;
    let service = client(Person::Service).await.unwrap();
    let event: EventId = visitor.new_id().unwrap();
    let purchase = tokio::spawn(async move {
        purchase(event, &customer, &organizer, &client(Person::Service).await.unwrap()).await;
    });
    let outcome = purchase.await;
    remove(&service, event).await;
    if let Err(failed) = outcome {
        std::panic::resume_unwind(failed.into_panic());
    }
}

async fn purchase(event: EventId, customer: &Eventos, organizer: &Eventos, service: &Eventos) {
    let sarah = id(Person::Organizer.id().unwrap());
    let michael = id(Person::Customer.id().unwrap());

    let draft = create_event(organizer.events(), event, sarah, id(MTCC)).await.unwrap();
    assert_eq!(draft.status, EventStatus::Draft);
    assert!(draft.slug.as_str().starts_with("my-conference-"), "{}", draft.slug);
    organizer.events().update().set(Event::STATUS, EventStatus::Published).filter(Event::ID.eq(event)).await.unwrap();

    let order = create_order(customer.orders(), michael, event, draft.price_cents).await.unwrap();
    assert_eq!((order.total_cents, &order.payment_status), (Cents::new(19_800), &PaymentStatus::Pending));
    assert!(order.order_number.is_documented(), "{}", order.order_number);

    let intent = format!("pi_{}", order.id);
    let refused = confirm_payment(customer.orders(), order.id, &intent, Utc::now()).await.unwrap_err();
    assert!(refused.is_forbidden(), "{refused}");
    confirm_payment(service.orders(), order.id, &intent, Utc::now()).await.unwrap();

    let attendees = name_attendees(customer.attendees(), order.id, event).await.unwrap();
    assert_eq!(attendees.len(), 2);
    let ids: Vec<AttendeeId> = attendees.iter().map(|attendee| attendee.id).collect();
    let tickets = create_tickets(customer.tickets(), order.id, event, &ids).await.unwrap();
    assert_eq!(tickets.len(), 2);
    assert!(tickets.iter().all(|ticket| ticket.ticket_number.is_documented() && ticket.qr_code.is_documented()));

    let now = whole_seconds(Utc::now());
    let admitted = check_in(organizer.tickets(), &tickets[0].qr_code, event, now).await;
    let again = check_in(organizer.tickets(), &tickets[0].qr_code, event, now).await.unwrap_err();
    let admission = if embeds_what_filters_find_after_a_change() {
        assert_eq!((admitted.unwrap_err().kind(), again.kind()), (ErrorKind::Decode, ErrorKind::Decode));
        let used = Ticket::ID.eq(tickets[0].id) & Ticket::STATUS.eq(TicketStatus::Used);
        organizer.tickets().select::<Admission>().filter(used).single().await.unwrap()
    } else {
        assert_eq!(again.kind(), ErrorKind::NotAffected);
        admitted.unwrap()
    };
    assert_eq!(admission.ticket_number, tickets[0].ticket_number);
    let named = attendees.iter().find(|attendee| Some(attendee.id) == tickets[0].attendee_id).unwrap();
    let holder = admission.attendee.unwrap();
    assert_eq!((holder.full_name, holder.email), (named.full_name.clone(), named.email.clone()));
    assert_eq!(admission.event.unwrap().name, "My Conference");

    let used = use_ticket(organizer.tickets(), &tickets[1].qr_code, now - TimeDelta::days(1)).await.unwrap();
    assert_eq!(used.status, TicketStatus::Used);
    let is_now = |at: DateTime<Utc>| (Utc::now() - at).abs() < TimeDelta::minutes(5);
    assert!(used.checked_in_at.is_some_and(is_now), "the server's time counts, whatever the client says");

    let dashboard = my_events(organizer.events(), sarah).await.unwrap();
    assert!(dashboard.is_sorted_by(|one, other| one.start_at >= other.start_at));
    let mine = dashboard.into_iter().find(|mine| mine.id == event).unwrap();
    let sales = MySales { tickets_sold: 2, tickets_available: 98, tickets_active: 0, tickets_used: 2 };
    assert_eq!(mine.stats, Some(sales));

    let sales = paid_orders(organizer.orders()).await.unwrap();
    let sale = sales.iter().find(|sale| sale.event_id == event).unwrap();
    assert_eq!((sale.total_cents, &*sale.event.as_ref().unwrap().name), (Cents::new(19_800), "My Conference"));
}

/// lite 0.10 changes the rows and then, to embed related ones, looks for them by the same filters, which they no longer
/// meet; and it answers with a list where one object was asked for. PostgREST gives the rows as they are after the change.
fn embeds_what_filters_find_after_a_change() -> bool {
    server().unwrap().is_lite()
}

/// Removes what was made around an event, whatever there is of it.
async fn remove(service: &Eventos, event: EventId) {
    service.tickets().delete().filter(Ticket::EVENT_ID.eq(event)).await.unwrap();
    service.attendees().delete().filter(Attendee::EVENT_ID.eq(event)).await.unwrap();
    service.orders().delete().filter(Order::EVENT_ID.eq(event)).await.unwrap();
    service.events().delete().filter(Event::ID.eq(event)).await.unwrap();
}

async fn people() -> [Eventos; 3] {
    [
        client(Person::Visitor).await.unwrap(),
        client(Person::Customer).await.unwrap(),
        client(Person::Organizer).await.unwrap(),
    ]
}

/// The row with this id.
fn row(mut rows: Value, id: &str) -> Value {
    rows.as_array_mut().unwrap().iter_mut().find(|row| row["id"] == id).unwrap().take()
}

fn id<I: From<uuid::Uuid>>(text: &str) -> I {
    I::from(text.parse().unwrap())
}

fn whole_seconds(time: DateTime<Utc>) -> DateTime<Utc> {
    time - TimeDelta::nanoseconds(i64::from(time.timestamp_subsec_nanos()))
}
