//! What only the server can refuse: tokens, keys, another number of rows than one, references, rules across columns.
//!
//! Where the embedded server differs from PostgREST the test says so, and asserts PostgREST's answer when it faces one.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use eventos_backend::{Backend, Endpoint, Options};
use eventos_core::auth::AccessToken;
use eventos_core::query::Filter;
use eventos_core::{
    Cents, Error, ErrorKind, Event, EventType, Eventos, Insert, NewEvent, NewVenue, ProfileId, Projection, Result,
    ServerCode, Venue, VenueId,
};
use eventos_tests::{seeded, sql};
use serde_json::json;
use tokio_postgres::Client;

#[tokio::test]
async fn a_token_that_is_none_opens_nothing() {
    let stage = Stage::set();
    let claims =
        |exp: i64| json!({ "role": "authenticated", "sub": ProfileId::from_random_bytes([1; 16]), "exp": exp });
    let good = stage.endpoint.token(&claims(4_102_444_800)).unwrap();
    let expired = stage.endpoint.token(&claims(1_700_000_000)).unwrap();
    let forged =
        Endpoint { jwt_secret: Some("another secret of 32 characters or more".into()), ..stage.endpoint.clone() };
    let forged = forged.token(&claims(4_102_444_800)).unwrap();
    let tampered = good.replacen('.', ".e30", 1);

    let read =
        |token: &str| stage.visitor.with_tokens(Arc::new(AccessToken::new(token))).venues().select::<Venue>().limit(1);
    assert!(read(&good).await.is_ok());
    for (token, what) in [("garbage", "garbage"), (&expired, "expired"), (&forged, "forged"), (&tampered, "tampered")] {
        match read(token).await {
            // Lite takes a bearer that is no token for a visitor; PostgREST answers 401.
            Ok(_) => assert!(stage.endpoint.is_lite(), "{what}"),
            Err(error) => {
                assert!(error.is_unauthenticated() && !error.is_retryable(), "{what}: {error:?}");
                let codes = [ServerCode::InvalidToken, ServerCode::InvalidClaims];
                assert!(codes.contains(&error.server().unwrap().code), "{what}: {error:?}");
                assert!(!format!("{error} {error:?}").contains(token), "{what}: {error:?}");
            }
        }
        // Whatever the server takes it for, nothing changes.
        let visitor = stage.visitor.with_tokens(Arc::new(AccessToken::new(token)));
        assert!(visitor.venues().insert(stage.venue(0)).await.is_err(), "{what}");
        assert_eq!(stage.found().await.unwrap(), [], "{what}");
    }
}

#[tokio::test]
async fn a_key_that_is_none_opens_nothing() {
    let stage = Stage::set();
    let stranger = Eventos::connect(&stage.endpoint.url, "sb_publishable_of-another-project").unwrap();
    let error = stranger.venues().select::<Venue>().limit(1).await.unwrap_err();
    assert!(error.is_unauthenticated() && !error.is_retryable(), "{error:?}");
    assert!(!format!("{error} {error:?}").contains("another-project"), "{error:?}");
}

#[tokio::test]
async fn another_number_of_rows_than_one_is_an_error_of_its_own() {
    let stage = Stage::set();
    let venues = || stage.service.venues();
    let read = || venues().select::<Venue>().filter(stage.these());
    assert_eq!(read().single().await.unwrap_err().kind(), ErrorKind::NotFound);
    assert_eq!(read().maybe_single().await.unwrap(), None);
    let change = || venues().update().set(Venue::CAPACITY, 99).filter(stage.these()).returning::<Venue>();
    assert_eq!(change().expect_one().await.unwrap_err().kind(), ErrorKind::NotAffected);
    let remove = || venues().delete().filter(stage.these()).returning::<Venue>();
    assert_eq!(remove().expect_one().await.unwrap_err().kind(), ErrorKind::NotAffected);

    venues().insert(stage.venue(0)).await.unwrap();
    assert_eq!(read().single().await.unwrap().id, stage.ids[0]);
    assert_eq!(read().maybe_single().await.unwrap().unwrap().id, stage.ids[0]);
    assert_eq!(change().expect_one().await.unwrap().capacity, 99);

    venues().insert(stage.venue(1)).await.unwrap();
    assert_eq!(read().single().await.unwrap_err().kind(), ErrorKind::ManyRows);
    assert_eq!(read().maybe_single().await.unwrap_err().kind(), ErrorKind::ManyRows);
    stage.clear().await;
}

#[tokio::test]
async fn a_write_that_meets_several_rows_in_place_of_one_is_undone() {
    let stage = Stage::set();
    stage.service.venues().insert_many([stage.venue(0), stage.venue(1)]).await.unwrap();
    let change = stage.service.venues().update().set(Venue::CAPACITY, 99).filter(stage.these());
    let error = change.returning::<Venue>().expect_one().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ManyRows);
    let capacities: Vec<i32> = stage.found().await.unwrap().iter().map(|venue| venue.capacity).collect();
    assert_eq!(capacities, [10, 10]);
    stage.clear().await;
}

#[tokio::test]
async fn an_answer_at_the_clients_limit_may_be_cut() {
    let stage = Stage::set();
    stage.service.venues().insert_many([stage.venue(0), stage.venue(1)]).await.unwrap();
    let client = |rows| Eventos::builder(&stage.endpoint.url, &stage.endpoint.service_key).max_rows(rows).build();
    let read = |rows| client(rows).unwrap().venues().select::<Venue>().filter(stage.these());
    assert_eq!(read(2).await.unwrap_err().kind(), ErrorKind::Truncated);
    assert_eq!(read(2).limit(2).await.unwrap().len(), 2);
    assert_eq!(read(3).await.unwrap().len(), 2);
    assert_eq!(read(2).csv().await.unwrap_err().kind(), ErrorKind::Truncated);
    assert!(read(3).csv().await.unwrap().starts_with("id,name,"));
    assert_eq!(read(2).pages(2).collect().await.unwrap().len(), 2);
    stage.clear().await;
}

#[tokio::test]
async fn pages_pass_a_server_that_gives_fewer_rows_than_a_page_holds() {
    let backend = Backend::start(Options::throwaway().max_rows(2)).unwrap();
    let service =
        Eventos::builder(&backend.endpoint().url, &backend.endpoint().service_key).max_rows(2).build().unwrap();
    let stage = Stage::new(backend.endpoint().clone(), &service);
    service.venues().insert_many([0, 1, 2, 3, 4].map(|number| stage.venue(number))).await.unwrap();
    let read = || service.venues().select::<Venue>().filter(stage.these());
    assert_eq!(read().await.unwrap_err().kind(), ErrorKind::Truncated);
    assert_eq!(read().limit(5).await.unwrap_err().kind(), ErrorKind::Truncated);
    let mut pages = read().pages(100);
    assert_eq!(pages.next_page().await.unwrap().unwrap().len(), 2, "the server's limit, not the page's size");
    let all = read().pages(100).collect().await.unwrap();
    let ids: BTreeSet<VenueId> = all.iter().map(|venue| venue.id).collect();
    assert_eq!((all.len(), ids), (5, stage.ids.into()));
}

#[tokio::test]
async fn related_rows_that_the_server_cut_are_not_taken_for_all() {
    let backend = Backend::start(Options::throwaway().max_rows(2)).unwrap();
    let endpoint = backend.endpoint();
    let service = Eventos::builder(&endpoint.url, &endpoint.service_key).max_rows(2).build().unwrap();
    let stage = Stage::new(endpoint.clone(), &service);
    let organizer_id = stage.account().await;
    service.venues().insert(stage.venue(0)).await.unwrap();
    for number in 0..3 {
        let event = seminar(organizer_id, &format!("Evening {number}"), service.host().now());
        service.events().insert(event.set(Event::VENUE_ID, stage.ids[0])).await.unwrap();
    }
    let read = || service.venues().select::<Programme>().filter(Venue::ID.eq(stage.ids[0]));
    match read().single().await {
        // Lite cuts rows, but none that it embeds.
        Ok(programme) => assert!(endpoint.is_lite() && programme.events.len() == 3),
        Err(error) => assert_eq!(error.kind(), ErrorKind::Truncated, "{error:?}"),
    }
    let two = read().embed(Venue::EVENTS, |events| events.limit(2)).single().await.unwrap();
    assert_eq!(two.events.len(), 2);
}

#[derive(Debug, Projection)]
#[projection(of = Venue)]
struct Programme {
    events: Vec<Title>,
}

#[derive(Debug, Projection)]
#[projection(of = Event)]
#[expect(dead_code, reason = "reading it is what is tested")]
struct Title {
    name: String,
}

fn seminar(organizer_id: ProfileId, name: &str, start_at: DateTime<Utc>) -> NewEvent {
    NewEvent {
        organizer_id,
        name: name.into(),
        r#type: EventType::Seminar,
        start_at,
        end_at: start_at + TimeDelta::hours(1),
        capacity: 10,
        price_cents: Cents::ZERO,
    }
}

#[tokio::test]
async fn an_error_of_the_database_keeps_its_code_and_constraint() {
    let stage = Stage::set();
    stage.service.venues().insert(stage.venue(0)).await.unwrap();
    let again = stage.service.venues().insert(stage.venue(0)).await.unwrap_err();
    assert_eq!(of_database(&again), (409, "23505", Some("venues_pkey")), "{again:?}");

    // PostgreSQL shows the service the whole row that breaks a rule, and the error does not pass it on.
    let organizer_id = stage.account().await;
    let now = stage.service.host().now();
    let event = seminar(organizer_id, "A name that is nobody's business", now);
    let mine = || Event::ORGANIZER_ID.eq(organizer_id);
    stage.service.events().insert(event).await.unwrap();
    let broken = stage.service.events().update().set(Event::END_AT, now - TimeDelta::hours(1)).filter(mine()).await;
    let broken = broken.unwrap_err();
    assert_eq!((of_database(&broken).0, of_database(&broken).1), (400, "23514"), "{broken:?}");
    assert!(of_database(&broken).2.is_some(), "{broken:?}");
    assert!(!format!("{broken} {broken:?}").contains("business"), "{broken:?}");
    let event = stage.service.events().select::<Event>().filter(mine()).single().await.unwrap();
    assert!(event.end_at > event.start_at);
    stage.service.events().delete().filter(mine()).await.unwrap();
    stage.remove(organizer_id).await;

    let nobody = ProfileId::from_random_bytes([9; 16]);
    let venue = stage.venue(1).set(Venue::CREATED_BY, nobody);
    let orphan = stage.service.venues().insert(venue).await.unwrap_err();
    assert_eq!((of_database(&orphan).0, of_database(&orphan).1), (409, "23503"), "{orphan:?}");
    assert!([&again, &broken, &orphan].iter().all(|error| !error.is_retryable()));
    assert_eq!(stage.found().await.unwrap().len(), 1);
    stage.clear().await;
}

#[tokio::test]
async fn values_beyond_the_databases_are_refused_and_change_nothing() {
    let stage = Stage::set();
    stage.service.venues().insert(stage.venue(0)).await.unwrap();
    let events = || stage.service.events().select::<Event>();
    let change = stage.service.venues().update().set(Venue::AMENITIES, json!({ "a": "\0" })).filter(stage.these());
    for (what, answer, code) in [
        ("a price", events().filter(Event::PRICE_CENTS.gt(Cents::new(i64::MAX))).await.map(drop), "22003"),
        ("a document", change.await, "22P05"),
    ] {
        let error = answer.expect_err(what);
        assert_eq!((of_database(&error).0, of_database(&error).1), (400, code), "{error:?}");
        assert!(!error.is_retryable(), "{error:?}");
    }
    events().limit(u64::MAX).await.unwrap();
    assert_eq!(stage.found().await.unwrap()[0].amenities, json!({}));
    stage.clear().await;
}

fn of_database(error: &Error) -> (u16, &str, Option<&str>) {
    let server = error.server().unwrap();
    (server.status, server.code.as_str(), server.constraint())
}

/// The server under test, and venues that a test may make there.
struct Stage {
    endpoint: Endpoint,
    visitor: Eventos,
    service: Eventos,
    ids: [VenueId; 5],
}

impl Stage {
    fn set() -> Stage {
        let endpoint = seeded::server().unwrap();
        Stage::new(endpoint.clone(), &Eventos::connect(&endpoint.url, &endpoint.service_key).unwrap())
    }

    fn new(endpoint: Endpoint, service: &Eventos) -> Stage {
        let visitor = Eventos::connect(&endpoint.url, &endpoint.anon_key).unwrap();
        let ids = std::array::from_fn(|_| service.new_id().unwrap());
        Stage { endpoint, visitor, service: service.clone(), ids }
    }

    fn venue(&self, number: usize) -> Insert<Venue> {
        NewVenue { name: format!("Hall {number}"), address: "1 King St W".into(), capacity: 10 }
            .set(Venue::ID, self.ids[number])
    }

    fn these(&self) -> Filter<Venue> {
        Venue::ID.in_(self.ids)
    }

    async fn found(&self) -> Result<Vec<Venue>> {
        self.service.venues().select::<Venue>().filter(self.these()).order(Venue::NAME.asc()).await
    }

    async fn account(&self) -> ProfileId {
        let id: ProfileId = self.service.new_id().unwrap();
        let query = "insert into auth.users (id, email) values ($1::text::uuid, $1 || '@example.com')";
        self.database().await.execute(query, &[&id.to_string()]).await.unwrap();
        id
    }

    async fn remove(&self, account: ProfileId) {
        let query = "delete from auth.users where id = $1::text::uuid";
        self.database().await.execute(query, &[&account.to_string()]).await.unwrap();
    }

    async fn database(&self) -> Client {
        let url = self.endpoint.db_url.as_deref().expect("this test makes an account: set EVENTOS_DB_URL");
        sql::connect(url).await.unwrap()
    }

    async fn clear(&self) {
        self.service.venues().delete().filter(self.these()).await.unwrap();
    }
}
