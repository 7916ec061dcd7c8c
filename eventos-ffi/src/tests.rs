//! The binding as its languages use it, over a platform that answers as it is told.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::client::{Caller, Client, Settings};
use crate::codes::{ErrorCorrection, generate_slug, parse_qr_payload, qr_modules, qr_svg};
use crate::door::{DoorSettings, Outcome};
use crate::error::EventosError;
use crate::filters::{NumberTest, TextTest, TimeTest};
use crate::platform::{Clock, HttpHeader, HttpRequest, HttpResponse, Log, LogEntry, LogLevel, Platform, PlatformError};
use crate::query::{Count, Direction, Expected};
use crate::shop::Placement;
use crate::tables::{
    Deletion, EventChange, EventColumn, EventFilter, EventId, EventIdTest, EventOrder, EventQuery, EventStatus,
    EventStatusTest, NewVenue, OrderId, OrderQuery, ProfileFilter, ProfileId, ProfileQuery, TableQuery,
};
use crate::values::{Bytes, Cents, Json};

const ID: &str = "e1111111-1111-4111-8111-111111111111";

/// Answers in turn, and keeps what was asked.
#[derive(Default)]
struct Told {
    answers: Mutex<VecDeque<Result<(u16, String), PlatformError>>>,
    asked: Mutex<Vec<HttpRequest>>,
}

#[async_trait::async_trait]
impl Platform for Told {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, PlatformError> {
        self.asked.lock().unwrap().push(request);
        let answer = self.answers.lock().unwrap().pop_front();
        let (status, body) = answer.unwrap_or_else(|| panic!("nothing more is asked"))?;
        let headers = vec![
            HttpHeader { name: "content-type".into(), value: "application/json".into() },
            HttpHeader { name: "content-range".into(), value: "0-0/7".into() },
        ];
        Ok(HttpResponse { status, headers, body: Bytes(body.into_bytes()) })
    }

    async fn sleep(&self, _: Duration) -> Result<(), PlatformError> {
        std::future::pending().await
    }
}

/// Time stands still.
struct Still;

impl Clock for Still {
    fn now(&self) -> Result<DateTime<Utc>, PlatformError> {
        Ok(DateTime::UNIX_EPOCH)
    }

    fn random(&self, length: u32) -> Result<Bytes, PlatformError> {
        Ok(Bytes(vec![7; length as usize]))
    }
}

impl Told {
    fn answering(answers: impl IntoIterator<Item = (u16, Value)>) -> Arc<Told> {
        let told = Told::default();
        let answers = answers.into_iter().map(|(status, body)| Ok((status, body.to_string())));
        told.answers.lock().unwrap().extend(answers);
        Arc::new(told)
    }

    /// What was asked: method, path with query, body.
    fn asked(&self) -> Vec<String> {
        let asked = self.asked.lock().unwrap();
        let line = |request: &HttpRequest| {
            let target = request.url.strip_prefix("https://eventos.example/rest/v1").unwrap_or(&request.url);
            format!("{} {target} {}", request.method, request.body.as_deref().unwrap_or_default()).trim_end().to_owned()
        };
        asked.iter().map(line).collect()
    }

    fn client(self: &Arc<Told>) -> Arc<Client> {
        self.client_with_log(None)
    }

    fn client_with_log(self: &Arc<Told>, log: Option<Arc<dyn Log>>) -> Arc<Client> {
        self.client_over(Arc::<Told>::clone(self), log)
    }

    fn client_over(&self, platform: Arc<dyn Platform>, log: Option<Arc<dyn Log>>) -> Arc<Client> {
        let settings = Settings {
            url: "https://eventos.example".into(),
            key: "sb_publishable_key".into(),
            rest_path: None,
            auth_path: None,
            schema: None,
            max_rows: None,
            tries: Some(1),
            timeout_milliseconds: None,
        };
        Client::new(settings, platform, None, None, Some(Arc::new(Still)), log).unwrap()
    }
}

/// Runs a call whose platform never keeps it waiting.
fn ready<F: Future>(call: F) -> F::Output {
    match std::pin::pin!(call).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("it waits"),
    }
}

fn event(name: &str) -> Value {
    json!({
        "id": ID, "organizer_id": ID, "venue_id": null, "name": name, "slug": "gala-e1111111", "type": "conference",
        "description": null, "start_at": "2025-06-15T13:00:00+00:00", "end_at": "2025-06-16T13:00:00+00:00",
        "capacity": 500, "price_cents": 29_900, "status": "published", "visibility": "public",
        "created_at": "2025-01-15T10:00:00+00:00", "updated_at": "2025-01-15T10:00:00+00:00",
    })
}

fn event_id() -> EventId {
    EventId { value: ID.into() }
}

fn every_event() -> EventQuery {
    EventQuery { filters: vec![], order: vec![], limit: None, offset: None }
}

#[test]
fn a_query_is_what_its_tree_of_conditions_says() {
    let told = Told::answering([(200, json!([event("Gala")]))]);
    let from: DateTime<Utc> = "2025-06-15T09:00:00Z".parse().unwrap();
    let filters = vec![
        EventFilter::Status(EventStatusTest::Is(EventStatus::Published)),
        EventFilter::StartAt(TimeTest::AtOrAfter(from)),
        EventFilter::Any(
            vec![
                EventFilter::PriceCents(NumberTest::Is(0)),
                EventFilter::None(vec![EventFilter::Name(TextTest::Contains("50%, \"x\"".into()))].into()),
            ]
            .into(),
        ),
    ];
    let order = vec![EventOrder { column: EventColumn::StartAt, direction: Direction::Descending }];
    let query = EventQuery { filters, order, limit: Some(10), offset: None };
    let rows = ready(told.client().read_events(query, Expected::AnyNumber)).unwrap();
    assert_eq!((rows.len(), rows[0].name.as_str(), rows[0].price_cents), (1, "Gala", Cents { value: 29_900 }));
    assert_eq!(
        told.asked(),
        [
            r"GET /events?select=*&status=eq.published&start_at=gte.2025-06-15T09:00:00Z&or=(price_cents.eq.0,not.or(name.like.%22*50%5C%5C%25,%20%5C%22x%5C%22*%22))&order=start_at.desc&limit=10"
        ]
    );
}

#[test]
fn a_time_beyond_the_calendar_is_refused_as_it_crosses_the_boundary() {
    let lifted = |seconds: u64| {
        let time = std::time::UNIX_EPOCH.checked_add(Duration::from_secs(seconds)).unwrap();
        <DateTime<Utc> as uniffi::Lift<crate::UniFfiTag>>::try_lift(uniffi::Lower::<crate::UniFfiTag>::lower(time))
    };
    assert_eq!(lifted(1_750_000_000).unwrap().timestamp(), 1_750_000_000);
    let refused = lifted(10_000_000_000_000).unwrap_err();
    assert!(matches!(refused.downcast_ref(), Some(EventosError::InvalidInput { .. })), "{refused}");
}

#[test]
fn bytes_cross_in_the_form_of_uniffis_own_and_are_refused_where_they_end_early() {
    fn written<T: uniffi::Lower<crate::UniFfiTag>>(value: T) -> Vec<u8> {
        let mut buffer = Vec::new();
        T::write(value, &mut buffer);
        buffer
    }
    let read = |mut buffer: &[u8]| <Bytes as uniffi::Lift<crate::UniFfiTag>>::try_read(&mut buffer);

    for bytes in [vec![], vec![0], vec![7; 70_000]] {
        let buffer = written(Bytes(bytes.clone()));
        assert_eq!(buffer, written(bytes.clone()));
        assert_eq!(read(&buffer).unwrap().0, bytes);
        assert!((0..buffer.len().min(10)).all(|end| read(&buffer[..end]).is_err()));
    }
    assert!(read(&written(-1)).is_err(), "a length below zero");
}

#[test]
fn conditions_that_nest_too_deep_are_refused_as_they_arrive() {
    let nested = |levels| {
        let free = EventFilter::PriceCents(NumberTest::Is(0));
        (0..levels).fold(free, |inner, _| EventFilter::Any(vec![inner].into()))
    };
    let arrived = |levels: usize| {
        let mut buffer = Vec::new();
        (0..levels).for_each(|_| buffer.extend([0, 0, 0, 2, 0, 0, 0, 1]));
        <EventFilter as uniffi::Lower<crate::UniFfiTag>>::write(nested(0), &mut buffer);
        <EventFilter as uniffi::Lift<crate::UniFfiTag>>::try_read(&mut buffer.as_slice())
    };
    for levels in [100_000, 61] {
        let refused = arrived(levels).unwrap_err();
        assert!(matches!(refused.downcast_ref(), Some(EventosError::InvalidInput { .. })), "{levels}: {refused}");
    }
    let deepest = arrived(60).unwrap();
    assert_eq!(format!("{deepest:?}"), format!("{:?}", nested(60)));
    let told = Told::answering([(200, json!([]))]);
    let query = EventQuery { filters: vec![deepest], order: vec![], limit: None, offset: None };
    assert!(ready(told.client().read_events(query, Expected::AnyNumber)).unwrap().is_empty());
}

#[test]
fn one_none_and_how_many() {
    let told = Told::answering([(200, event("Gala")), (200, json!([])), (200, json!(null))]);
    let client = told.client();
    let read = |expected| ready(Arc::clone(&client).read_events(every_event(), expected)).unwrap();
    assert_eq!(read(Expected::One)[0].name, "Gala");
    assert!(read(Expected::AtMostOne).is_empty());
    assert_eq!(ready(told.client().count(TableQuery::Events(every_event()), Count::Exact)).unwrap(), 7);
}

#[test]
fn a_card_selects_what_it_shows() {
    let holder = json!({ "full_name": "Ann", "email": "ann@example.com" });
    let ticket = json!({
        "id": ID, "ticket_number": "TKT-B1111111-251013", "qr_code": "code", "status": "active", "attendee": holder,
    });
    let order = json!({
        "id": ID, "order_number": "ORD-20251013-B1111111", "quantity": 1, "total_cents": 29_900,
        "payment_status": "paid", "created_at": "2025-01-15T10:00:00+00:00", "event": null, "tickets": [ticket],
    });
    let told = Told::answering([(200, json!([order]))]);
    let query = OrderQuery { filters: vec![], order: vec![], limit: Some(1), offset: None };
    let cards = ready(told.client().order_cards(query, Expected::AnyNumber)).unwrap();
    assert_eq!(cards[0].tickets[0].attendee.as_ref().unwrap().full_name, "Ann");
    assert_eq!(
        told.asked(),
        [
            "GET /orders?select=created_at,event:events!event_id(name,start_at,venue:venues!venue_id(address,city,name)),\
             id,order_number,payment_status,quantity,tickets:tickets!order_id(attendee:attendees!attendee_id(email,\
             full_name),id,qr_code,status,ticket_number),total_cents&limit=1"
        ]
    );
}

#[test]
fn the_log_is_told_of_each_request_and_of_no_secret() {
    #[derive(Default)]
    struct Kept(Mutex<Vec<LogEntry>>);
    impl Log for Kept {
        fn record(&self, entry: LogEntry) -> Result<(), PlatformError> {
            self.0.lock().unwrap().push(entry);
            Err(PlatformError::TimedOut)
        }
    }
    let (told, log) = (Told::answering([(200, json!([])), (503, json!({}))]), Arc::new(Kept::default()));
    told.answers.lock().unwrap().push_back(Err(PlatformError::NoConnection { detail: "eventos.example".into() }));
    let client = told.client_with_log(Some(Arc::<Kept>::clone(&log)));
    for secret in ["ann@example.com", "b", "c"] {
        let filter = ProfileFilter::Email(TextTest::Is(secret.into()));
        let query = ProfileQuery { filters: vec![filter], order: vec![], limit: None, offset: None };
        let _ = ready(Arc::clone(&client).read_profiles(query, Expected::AnyNumber));
    }
    let told: Vec<(LogLevel, String)> = log.0.lock().unwrap().iter().map(|e| (e.level, e.message.clone())).collect();
    let line = |level, came: &str| (level, format!("GET /rest/v1/profiles: {came} in 0 ms"));
    let warned = [line(LogLevel::Warn, "503"), line(LogLevel::Warn, "no connection")];
    assert_eq!(told, [&[line(LogLevel::Debug, "200")], &warned[..]].concat());
}

#[test]
fn a_change_names_what_it_sets_and_null_clears() {
    let told = Told::answering([(200, json!([event("Ball")]))]);
    let changes = vec![
        EventChange::Name("Ball".into()),
        EventChange::VenueId(None),
        EventChange::PriceCents(Cents { value: 100 }),
    ];
    let filter = EventFilter::Id(EventIdTest::Is(event_id()));
    let changed = ready(told.client().update_events(changes, filter)).unwrap();
    assert_eq!(changed[0].name, "Ball");
    let body = json!({ "name": "Ball", "price_cents": 100, "venue_id": null });
    assert_eq!(told.asked(), [format!("PATCH /events?select=*&id=eq.{ID} {body}")]);
}

#[test]
fn a_write_of_every_row_is_refused_before_it_is_sent() {
    let told = Told::default();
    let told = Arc::new(told);
    for nothing in [EventFilter::All(vec![].into()), EventFilter::None(vec![].into())] {
        let removed = ready(told.client().delete(Deletion::Events(nothing)));
        assert!(matches!(removed, Err(EventosError::InvalidInput { .. })), "{removed:?}");
    }
    assert!(told.asked().is_empty());
}

#[test]
fn a_new_row_leaves_to_the_database_what_it_does_not_bring() {
    let venue = json!({
        "id": ID, "name": "Loft", "address": "1 Street", "city": "Toronto",
        "postal_code": null, "capacity": 80, "amenities": { "wifi": true }, "contact_email": null, "contact_phone": null,
        "created_at": "2025-01-15T10:00:00+00:00", "updated_at": "2025-01-15T10:00:00+00:00", "created_by": null,
    });
    let told = Told::answering([(201, json!([venue]))]);
    let new = NewVenue {
        id: None,
        name: "Loft".into(),
        address: "1 Street".into(),
        city: None,
        postal_code: None,
        capacity: 80,
        amenities: Some(Json(json!({ "wifi": true }))),
        contact_email: None,
        contact_phone: None,
        created_at: None,
        created_by: None,
    };
    let made = ready(told.client().insert_venues(vec![new])).unwrap();
    assert_eq!(made[0].amenities, Json(json!({ "wifi": true })));
    assert!(
        told.asked()[0].ends_with(r#"{"address":"1 Street","amenities":{"wifi":true},"capacity":80,"name":"Loft"}"#)
    );
}

#[test]
fn a_scan_is_answered_with_its_outcome() {
    let answer = json!({
        "outcome": "already_used", "first_scan": { "at": "2025-06-15T12:40:00+00:00", "device": "phone 7", "gate": null },
        "scan_id": ID, "is_replay": false, "ticket": { "id": ID, "number": "TKT-B1111111-251013" },
        "attendee": { "id": ID, "full_name": "Ann", "email": "ann@example.com" }, "event_id": ID,
        "scanned_at": "2025-06-15T12:45:00+00:00", "received_at": "2025-06-15T12:45:00+00:00",
        "server_time": "2025-06-15T12:45:00+00:00", "source": "online",
    });
    let told = Told::answering([(200, answer)]);
    let settings = DoorSettings { device: Some("phone 8".into()), ..DoorSettings::default() };
    let door = told.client().door(event_id(), settings).unwrap();
    let scan = ready(door.check_in("+/cHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc".into(), None, None)).unwrap();
    let Outcome::AlreadyUsed { first_scan } = scan.outcome else { panic!("{:?}", scan.outcome) };
    assert_eq!((first_scan.device.as_deref(), scan.attendee.unwrap().full_name.as_str()), (Some("phone 7"), "Ann"));
    assert!(told.asked()[0].contains(r#""device":"phone 8""#));
}

#[test]
fn an_order_is_placed_or_refused_in_words() {
    let told = Told::answering([(200, json!({ "outcome": "sold_out", "available": 1 }))]);
    let (order, customer) = (OrderId { value: ID.into() }, ProfileId { value: ID.into() });
    let placed = ready(told.client().place_order(order, customer, event_id(), 2)).unwrap();
    assert_eq!(placed, Placement::SoldOut { available: 1 });
}

#[test]
fn errors_are_told_apart_and_carry_the_servers_code() {
    let broken = json!({ "code": "23505", "message": "duplicate key", "details": "Key (slug)=(x) already exists." });
    let told = Told::answering([(409, broken), (200, json!([{ "id": 7 }])), (200, json!("garbage"))]);
    let events = || ready(told.client().read_events(every_event(), Expected::AnyNumber));
    match events() {
        Err(EventosError::Server { code, answer, .. }) => assert_eq!((code.as_str(), answer.status), ("23505", 409)),
        other => panic!("{other:?}"),
    }
    for _ in 0..2 {
        assert!(matches!(events(), Err(EventosError::Decode { .. })));
    }
    told.answers.lock().unwrap().push_back(Err(PlatformError::NoConnection { detail: "no network".into() }));
    match events() {
        Err(EventosError::Connect { advice, .. }) => assert!(advice.is_retryable && !advice.is_unauthenticated),
        other => panic!("{other:?}"),
    }
    assert_eq!(ready(told.client().caller()).unwrap(), Caller::Visitor);
}

#[test]
fn strings_of_any_kind_are_refused_or_kept_and_break_nothing() {
    let long = "x".repeat(10_000_000);
    for text in ["", "\0", "no id", long.as_str()] {
        let id = EventId { value: text.into() };
        assert!(generate_slug("Gala".into(), id.clone()).is_err());
        assert!(parse_qr_payload(text.into()).is_err());
        let told = Told::default();
        let told = Arc::new(told);
        let seats = ready(told.client().available_seats(id));
        assert!(matches!(seats, Err(EventosError::InvalidInput { .. })));
        assert!(ready(told.client().fetch_json(text.into())).is_err());
        let filters = vec![EventFilter::Name(TextTest::Is("a\0b".into()))];
        let query = EventQuery { filters, ..every_event() };
        let events = ready(told.client().read_events(query, Expected::AnyNumber));
        assert!(matches!(events, Err(EventosError::InvalidInput { .. })));
        assert!(told.asked().is_empty());
    }
    assert!(qr_svg(long, ErrorCorrection::Q).is_err());
    let modules = qr_modules("TKT-B1111111-251013".into(), ErrorCorrection::M).unwrap();
    assert_eq!(modules.dark.0.len(), (modules.width * modules.width) as usize);
    assert_eq!(&modules.dark.0[..8], [1, 1, 1, 1, 1, 1, 1, 0]);
}

/// Answers what it is told, but each time only when it was asked for it twice.
struct Slow(Arc<Told>);

#[async_trait::async_trait]
impl Platform for Slow {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, PlatformError> {
        let mut asked = false;
        std::future::poll_fn(|_| if std::mem::replace(&mut asked, true) { Poll::Ready(()) } else { Poll::Pending })
            .await;
        self.0.send(request).await
    }

    async fn sleep(&self, duration: Duration) -> Result<(), PlatformError> {
        self.0.sleep(duration).await
    }
}

#[test]
fn a_call_that_is_given_up_harms_no_other() {
    type Call = fn(Arc<Client>) -> Pin<Box<dyn Future<Output = bool>>>;
    let calls: [(Call, Value); 8] = [
        (|client| Box::pin(async { client.read_events(every_event(), Expected::AnyNumber).await.is_ok() }), json!([])),
        (|client| Box::pin(async { client.page_of_events(every_event(), 5, None).await.is_ok() }), json!([])),
        (|client| Box::pin(async { client.insert_venues(vec![]).await.is_ok() }), json!([])),
        (|client| Box::pin(async { client.upcoming(5).await.is_ok() }), json!([])),
        (|client| Box::pin(async { client.available_seats(event_id()).await.is_ok() }), json!(7)),
        (|client| Box::pin(async { client.rpc("anything".into(), Json(json!({}))).await.is_ok() }), json!({})),
        (
            |client| {
                Box::pin(async {
                    let door = client.door(event_id(), DoorSettings::default()).unwrap();
                    door.attendees("Ann".into()).await.is_ok()
                })
            },
            json!([]),
        ),
        (
            |client| Box::pin(async { client.sign_in_with_password("a@example.com".into(), "b".into()).await.is_ok() }),
            json!({ "access_token": "a", "refresh_token": "b", "expires_in": 3_600, "user": { "id": ID } }),
        ),
    ];
    for (index, (call, answer)) in calls.into_iter().enumerate() {
        let told = Told::answering([(200, answer)]);
        let client = told.client_over(Arc::new(Slow(Arc::clone(&told))), None);
        let mut context = Context::from_waker(Waker::noop());
        drop(call(Arc::clone(&client)));
        let mut given_up = call(Arc::clone(&client));
        let _ = given_up.as_mut().poll(&mut context);
        drop(given_up);
        let mut next = call(client);
        let ended = (0..5).find_map(|_| match next.as_mut().poll(&mut context) {
            Poll::Ready(as_expected) => Some(as_expected),
            Poll::Pending => None,
        });
        assert_eq!(ended, Some(true), "call {index}");
    }
}
