//! What becomes of a write whose answer is lost on its way from the real server: the database tells.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]

use std::sync::Arc;
use std::time::Duration;

use eventos_backend::Endpoint;
use eventos_core::auth::AccessToken;
use eventos_core::flows::purchase::{self, Placement, Purchase};
use eventos_core::host::RetryPolicy;
use eventos_core::{
    ErrorKind, Event, EventId, Eventos, Insert, NewVenue, Order, OrderId, ProfileId, ServerCode, Venue, VenueId,
};
use eventos_tests::proxy::{Fault, Proxy};
use eventos_tests::{seeded, sql};
use tokio_postgres::Client;

/// The server does what was asked, and nothing of its answer arrives.
const LOST: Fault = Fault::Cut(0);

#[tokio::test]
async fn an_insert_is_sent_once() {
    let stage = Stage::set().await;
    stage.proxy.plan([LOST]);
    let error = stage.service.venues().insert(stage.venue()).await.unwrap_err();
    assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::Connect, true));
    assert_eq!(stage.sent(), ["POST /rest/v1/venues"]);
    assert_eq!(stage.venues().await, 1, "it took effect all the same");
    stage.clear().await;
}

#[tokio::test]
async fn a_repeated_insert_makes_no_second_row() {
    let stage = Stage::set().await;
    stage.proxy.plan([LOST]);
    let error = stage.service.venues().insert(stage.venue()).repeatable().await.unwrap_err();
    let server = error.server().unwrap();
    assert_eq!((&server.code, server.constraint()), (&ServerCode::UniqueViolation, Some("venues_pkey")));
    assert_eq!(stage.sent(), ["POST /rest/v1/venues"; 2]);
    assert_eq!(stage.venues().await, 1);
    stage.clear().await;
}

#[tokio::test]
async fn a_repeated_insert_makes_the_row_that_never_arrived() {
    let stage = Stage::set().await;
    stage.proxy.plan([Fault::Close, Fault::Close]);
    let venue = stage.service.venues().insert(stage.venue()).repeatable().returning::<Venue>().expect_one().await;
    assert_eq!(venue.unwrap().id, stage.venue_id);
    assert_eq!(stage.sent(), ["POST /rest/v1/venues?select=*"; 3]);
    assert_eq!(stage.venues().await, 1);
    stage.clear().await;
}

#[tokio::test]
async fn an_upsert_may_be_repeated_to_success() {
    let stage = Stage::set().await;
    stage.proxy.plan([LOST, LOST]);
    stage.service.venues().upsert(stage.venue()).repeatable().await.unwrap();
    assert_eq!(stage.sent().len(), 3);
    assert_eq!(stage.venues().await, 1);
    stage.clear().await;
}

#[tokio::test]
async fn an_update_and_a_delete_are_sent_once() {
    let stage = Stage::set().await;
    stage.service.venues().insert(stage.venue()).await.unwrap();
    stage.proxy.take_received();
    let target = format!("/rest/v1/venues?id=eq.{}", stage.venue_id);

    stage.proxy.plan([LOST]);
    let update = stage.service.venues().update().set(Venue::CAPACITY, 99).filter(Venue::ID.eq(stage.venue_id));
    assert_eq!(update.await.unwrap_err().kind(), ErrorKind::Connect);
    assert_eq!(stage.sent(), [format!("PATCH {target}")]);
    let query = "select capacity from public.venues where id = $1::text::uuid";
    let capacity: i32 = stage.database.query_one(query, &[&stage.venue_id.to_string()]).await.unwrap().get(0);
    assert_eq!(capacity, 99);

    stage.proxy.plan([LOST]);
    let delete = stage.service.venues().delete().filter(Venue::ID.eq(stage.venue_id));
    assert_eq!(delete.await.unwrap_err().kind(), ErrorKind::Connect);
    assert_eq!(stage.sent(), [format!("DELETE {target}")]);
    assert_eq!(stage.venues().await, 0);
    stage.clear().await;
}

#[tokio::test]
async fn a_read_comes_whole_at_the_next_try() {
    let stage = Stage::set().await;
    stage.service.venues().insert(stage.venue()).await.unwrap();
    for length in [0, 1, 16, 100, 400] {
        stage.proxy.take_received();
        stage.proxy.plan([Fault::Cut(length), Fault::Delay(Duration::from_millis(50))]);
        let read = stage.service.venues().select::<Venue>().filter(Venue::ID.eq(stage.venue_id)).single();
        assert_eq!(read.await.unwrap().capacity, 10, "cut after {length} bytes");
        assert_eq!(stage.sent().len(), 2, "cut after {length} bytes");
    }
    stage.clear().await;
}

#[tokio::test]
async fn a_write_whose_answer_comes_too_late_took_effect_all_the_same() {
    let stage = Stage::set().await;
    stage.proxy.plan([Fault::Delay(Duration::from_secs(2))]);
    let insert = stage.service.venues().insert(stage.venue()).repeatable().timeout(Duration::from_secs(1));
    let error = insert.await.unwrap_err();
    assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::Timeout, true));
    assert_eq!(stage.sent().len(), 1, "the limit covers all tries");
    assert_eq!(stage.venues().await, 1);
    stage.clear().await;
}

#[tokio::test]
async fn an_order_whose_answer_is_lost_is_placed_once() {
    let stage = Stage::set().await;
    let (customer, organizer) = (stage.account().await, stage.account().await);
    let event_id = stage.event(organizer).await;
    let token = stage.endpoint.user_token(&customer.to_string(), &format!("{customer}@example.com")).unwrap();
    let buyer = stage.service.with_tokens(Arc::new(AccessToken::new(token)));
    let order_id: OrderId = buyer.new_id().unwrap();
    let order = Purchase { order_id, customer_id: customer, event_id, quantity: 2 };

    stage.proxy.plan([LOST]);
    let Placement::Placed(placed) = purchase::place(&buyer, &order).await.unwrap() else { panic!("not placed") };
    assert_eq!((placed.id, placed.quantity), (order_id, 2));
    let posts = stage.sent().iter().filter(|sent| sent.starts_with("POST")).count();
    assert_eq!(posts, 2);
    let query = "select count(*) from public.orders where event_id = $1::text::uuid";
    let orders: i64 = stage.database.query_one(query, &[&event_id.to_string()]).await.unwrap().get(0);
    assert_eq!(orders, 1);

    stage.service.orders().delete().filter(Order::ID.eq(order_id)).await.unwrap();
    stage.service.events().delete().filter(Event::ID.eq(event_id)).await.unwrap();
    for id in [customer, organizer] {
        let query = "delete from auth.users where id = $1::text::uuid";
        stage.database.execute(query, &[&id.to_string()]).await.unwrap();
    }
}

#[tokio::test]
async fn no_answer_is_compressed_because_none_is_asked_to_be() {
    let stage = Stage::set().await;
    stage.service.venues().select::<Venue>().limit(100).await.unwrap();
    let [read] = &stage.proxy.take_received()[..] else { panic!("one request") };
    assert!(!read.headers.to_ascii_lowercase().contains("accept-encoding"), "{}", read.headers);
}

/// The proxy before the server under test, and the service's client behind it.
struct Stage {
    endpoint: &'static Endpoint,
    database: Client,
    proxy: Proxy,
    service: Eventos,
    venue_id: VenueId,
}

impl Stage {
    async fn set() -> Stage {
        let endpoint = seeded::server().unwrap();
        let url = endpoint.db_url.as_deref().expect("this test looks into the database: set EVENTOS_DB_URL");
        let proxy = Proxy::before(&endpoint.url).await.unwrap();
        let pause = Duration::from_millis(10);
        let service = Eventos::builder(proxy.url(), &endpoint.service_key)
            .retry(RetryPolicy { tries: 3, first_pause: pause, longest_pause: pause })
            .build()
            .unwrap();
        let venue_id = service.new_id().unwrap();
        Stage { endpoint, database: sql::connect(url).await.unwrap(), proxy, service, venue_id }
    }

    fn venue(&self) -> Insert<Venue> {
        NewVenue { name: "Hall".into(), address: "1 King St W".into(), capacity: 10 }.set(Venue::ID, self.venue_id)
    }

    /// Such as `POST /rest/v1/venues`; forgets them.
    fn sent(&self) -> Vec<String> {
        let received = self.proxy.take_received();
        received.iter().map(|request| format!("{} {}", request.method, request.target)).collect()
    }

    /// How many venues there are of this test's.
    async fn venues(&self) -> i64 {
        let query = "select count(*) from public.venues where id = $1::text::uuid";
        self.database.query_one(query, &[&self.venue_id.to_string()]).await.unwrap().get(0)
    }

    async fn clear(&self) {
        let query = "delete from public.venues where id = $1::text::uuid";
        self.database.execute(query, &[&self.venue_id.to_string()]).await.unwrap();
    }

    async fn account(&self) -> ProfileId {
        let id: ProfileId = self.service.new_id().unwrap();
        let query = "insert into auth.users (id, email) values ($1::text::uuid, $1 || '@example.com')";
        self.database.execute(query, &[&id.to_string()]).await.unwrap();
        id
    }

    async fn event(&self, organizer: ProfileId) -> EventId {
        let id: EventId = self.service.new_id().unwrap();
        let query = "insert into public.events
            (id, organizer_id, name, type, start_at, end_at, capacity, price_cents, status, visibility)
            values ($1::text::uuid, $2::text::uuid, 'Night', 'seminar', now() + '1 day', now() + '2 days', 10, 5000,
                    'published', 'public')";
        self.database.execute(query, &[&id.to_string(), &organizer.to_string()]).await.unwrap();
        id
    }
}
