//! However often a payment is told, and though its answer is lost: the database holds its tickets once.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]

use std::time::Duration;

use eventos_core::flows::fulfilment::{Fulfilled, Fulfilment, Guest, Payment, fulfil};
use eventos_core::host::RetryPolicy;
use eventos_core::{Eventos, Result};
use eventos_tests::pending_order::PendingOrder;
use eventos_tests::proxy::{Fault, Proxy};
use eventos_tests::{seeded, sql};
use tokio_postgres::Client;

/// The server does what was asked, and nothing of its answer arrives.
const LOST: Fault = Fault::Cut(0);

#[tokio::test]
async fn a_payment_whose_answer_was_lost_is_told_again_and_made_once() {
    let stage = Stage::set().await;
    stage.proxy.plan([LOST]);
    assert!(stage.fulfil().await.unwrap_err().is_retryable());
    assert_eq!(stage.made().await, (2, 2), "it took effect all the same");
    let fulfilled = stage.fulfil().await.unwrap();
    assert!(fulfilled.is_replay);
    let holders = fulfilled.tickets.iter().map(|ticket| ticket.attendee.as_ref().unwrap().full_name.as_str());
    assert_eq!(holders.collect::<Vec<_>>(), ["John", "Jane"]);
    assert_eq!(stage.made().await, (2, 2));
    stage.clear().await;
}

#[tokio::test]
async fn a_payment_told_many_times_at_once_makes_its_tickets_once() {
    let stage = Stage::set().await;
    let all = tokio::join!(stage.fulfil(), stage.fulfil(), stage.fulfil(), stage.fulfil());
    let told = [&all.0, &all.1, &all.2, &all.3].map(|told| told.as_ref().unwrap().is_replay);
    assert_eq!(told.iter().filter(|is_replay| !**is_replay).count(), 1, "one of them made the tickets: {told:?}");
    let ids = |told: Result<Fulfilled>| told.unwrap().tickets.iter().map(|ticket| ticket.id).collect::<Vec<_>>();
    let [one, others @ ..] = [ids(all.0), ids(all.1), ids(all.2), ids(all.3)];
    assert!(others.iter().all(|other| *other == one), "{one:?} and {others:?}");
    assert_eq!(stage.made().await, (2, 2));
    stage.clear().await;
}

/// A pending order of two tickets, and the service's client behind a proxy.
struct Stage {
    database: Client,
    proxy: Proxy,
    service: Eventos,
    pending: PendingOrder,
}

impl Stage {
    async fn set() -> Stage {
        let endpoint = seeded::server().unwrap();
        let url = endpoint.db_url.as_deref().expect("this test looks into the database: set EVENTOS_DB_URL");
        let proxy = Proxy::before(&endpoint.url).await.unwrap();
        let service = Eventos::builder(proxy.url(), &endpoint.service_key)
            .retry(RetryPolicy { tries: 1, first_pause: Duration::ZERO, longest_pause: Duration::ZERO })
            .build()
            .unwrap();
        let database = sql::connect(url).await.unwrap();
        let pending = PendingOrder::place(&service, &database, 5000).await.unwrap();
        Stage { database, proxy, service, pending }
    }

    async fn fulfil(&self) -> Result<Fulfilled> {
        let guest = |name: &str| Guest { full_name: name.into(), email: format!("{name}@example.com"), phone: None };
        let payment = Payment {
            order_id: self.pending.order,
            payment_intent_id: format!("pi_{}", self.pending.order),
            paid_at: self.service.host().now(),
            attendees: vec![guest("John"), guest("Jane")],
        };
        match fulfil(&self.service, &payment).await? {
            Fulfilment::Fulfilled(fulfilled) => Ok(*fulfilled),
            other => panic!("{other:?}"),
        }
    }

    /// How many attendees and tickets the order has.
    async fn made(&self) -> (i64, i64) {
        let query = "select (select count(*) from public.attendees where order_id = $1::text::uuid),
                            (select count(*) from public.tickets where order_id = $1::text::uuid)";
        let row = self.database.query_one(query, &[&self.pending.order.to_string()]).await.unwrap();
        (row.get(0), row.get(1))
    }

    async fn clear(&self) {
        self.pending.remove(&self.database).await.unwrap();
    }
}
