//! The binding as its languages use it, over a platform that answers as it is told.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

use std::collections::VecDeque;
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
use crate::platform::{HttpHeader, HttpRequest, HttpResponse, Platform, PlatformError};
use crate::query::{Count, Direction};
use crate::shop::Placement;
use crate::tables::{
    EventChange, EventColumn, EventFilter, EventId, EventStatus, EventStatusTest, NewVenue, OrderId, ProfileId,
    VenueFilter,
};
use crate::values::{Cents, Json};

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
        Ok(HttpResponse { status, headers, body: body.into_bytes() })
    }

    async fn sleep(&self, _: Duration) -> Result<(), PlatformError> {
        std::future::pending().await
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
        Client::new(settings, Arc::<Told>::clone(self) as Arc<dyn Platform>, None, None, None).unwrap()
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

#[test]
fn a_query_is_what_its_tree_of_conditions_says() {
    let told = Told::answering([(200, json!([event("Gala")]))]);
    let from: DateTime<Utc> = "2025-06-15T09:00:00Z".parse().unwrap();
    let filter = EventFilter::All {
        of: vec![
            EventFilter::Status { test: EventStatusTest::Is { value: EventStatus::Published } },
            EventFilter::StartAt { test: TimeTest::AtOrAfter { time: from } },
            EventFilter::Any {
                of: vec![
                    EventFilter::PriceCents { test: NumberTest::Is { value: 0 } },
                    EventFilter::None {
                        of: vec![EventFilter::Name { test: TextTest::Contains { text: "50%, \"x\"".into() } }],
                    },
                ],
            },
        ],
    };
    let first = told.client().events().unwrap();
    let query = first.filter(filter).unwrap().order_by(EventColumn::StartAt, Direction::Descending).unwrap();
    let rows = ready(query.limit(10).unwrap().all()).unwrap();
    assert_eq!((rows.len(), rows[0].name.as_str(), rows[0].price_cents), (1, "Gala", Cents { value: 29_900 }));
    assert_eq!(
        told.asked(),
        [
            r"GET /events?select=*&status=eq.published&start_at=gte.2025-06-15T09:00:00Z&or=(price_cents.eq.0,not.or(name.like.%22*50%5C%5C%25,%20%5C%22x%5C%22*%22))&order=start_at.desc&limit=10"
        ]
    );
}

#[test]
fn a_query_that_grew_leaves_the_one_before_as_it_was() {
    let told = Told::answering([(200, json!([])), (200, json!([]))]);
    let all = told.client().events().unwrap();
    let few = all.limit(1).unwrap();
    assert_eq!((ready(few.all()).unwrap().len(), ready(all.all()).unwrap().len()), (0, 0));
    assert_eq!(told.asked(), ["GET /events?select=*&limit=1", "GET /events?select=*"]);
}

#[test]
fn one_none_and_how_many() {
    let told = Told::answering([(200, event("Gala")), (200, json!([])), (200, json!(null))]);
    let events = told.client().events().unwrap();
    assert_eq!(ready(Arc::clone(&events).single()).unwrap().name, "Gala");
    assert!(ready(Arc::clone(&events).maybe_single()).unwrap().is_none());
    assert_eq!(ready(events.count(Count::Exact)).unwrap(), 7);
}

#[test]
fn a_change_names_what_it_sets_and_null_clears() {
    let told = Told::answering([(200, json!([event("Ball")]))]);
    let changes = vec![
        EventChange::Name { value: "Ball".into() },
        EventChange::VenueId { value: None },
        EventChange::PriceCents { value: Cents { value: 100 } },
    ];
    let filter = EventFilter::Id { test: crate::tables::EventIdTest::Is { value: event_id() } };
    let changed = ready(told.client().update_events(changes, filter)).unwrap();
    assert_eq!(changed[0].name, "Ball");
    let body = json!({ "name": "Ball", "price_cents": 100, "venue_id": null });
    assert_eq!(told.asked(), [format!("PATCH /events?select=*&id=eq.{ID} {body}")]);
}

#[test]
fn a_write_of_every_row_is_refused_before_it_is_sent() {
    let told = Told::default();
    let told = Arc::new(told);
    for nothing in [EventFilter::All { of: vec![] }, EventFilter::None { of: vec![] }] {
        let removed = ready(told.client().delete_events(nothing));
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
        amenities: Some(Json { text: r#"{"wifi":true}"#.into() }),
        contact_email: None,
        contact_phone: None,
        created_at: None,
        created_by: None,
    };
    let made = ready(told.client().insert_venues(vec![new])).unwrap();
    assert_eq!(made[0].amenities, Json { text: r#"{"wifi":true}"#.into() });
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
    let events = || told.client().events().unwrap();
    match ready(events().all()) {
        Err(EventosError::Server { code, answer, .. }) => assert_eq!((code.as_str(), answer.status), ("23505", 409)),
        other => panic!("{other:?}"),
    }
    for _ in 0..2 {
        assert!(matches!(ready(events().all()), Err(EventosError::Decode { .. })));
    }
    told.answers.lock().unwrap().push_back(Err(PlatformError::NoConnection { detail: "no network".into() }));
    assert!(matches!(ready(events().all()), Err(EventosError::Connect { .. })));
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
        assert!(told.client().query(text.into()).is_err());
        let filter = VenueFilter::Name { test: TextTest::Is { value: "a\0b".into() } };
        let venues = told.client().venues().unwrap().filter(filter).unwrap();
        assert!(matches!(ready(venues.all()), Err(EventosError::InvalidInput { .. })));
        assert!(told.asked().is_empty());
    }
    assert!(qr_svg(long, ErrorCorrection::Q).is_err());
    let modules = qr_modules("TKT-B1111111-251013".into(), ErrorCorrection::M).unwrap();
    assert_eq!(modules.dark.len(), (modules.width * modules.width) as usize);
    assert_eq!(&modules.dark[..8], [1, 1, 1, 1, 1, 1, 1, 0]);
}
