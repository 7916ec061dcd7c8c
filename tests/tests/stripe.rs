//! Stripe's webhooks, in the shape that Stripe documents, sent to the box office: signed, repeated, reordered, and wrong.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use eventos_box_office::{BoxOffice, Mailer, router, signature};
use eventos_core::flows::confirmation::OrderConfirmation;
use eventos_core::flows::fulfilment::Guest;
use eventos_core::flows::stripe::{SigningSecret, Webhook, metadata};
use eventos_core::{Eventos, OrderId};
use eventos_tests::pending_order::PendingOrder;
use eventos_tests::{seeded, sql};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio_postgres::Client;

const SECRET: &str = "whsec_test_secret";

#[tokio::test]
async fn a_payment_is_fulfilled_and_mailed_once() {
    let stage = Stage::set().await;
    assert_eq!(stage.tell(&stage.succeeded(19_800, "cad")).await, (200, "payment".into()));
    assert_eq!(stage.order().await, "paid, 2 attendees: Ann, Bob, 2 active");
    for _ in 0..3 {
        assert_eq!(stage.tell(&stage.succeeded(19_800, "cad")).await, (200, "payment".into()));
    }
    assert_eq!(stage.order().await, "paid, 2 attendees: Ann, Bob, 2 active");
    assert_eq!(stage.mails(), 1);
    stage.clear().await;
}

#[tokio::test]
async fn a_payment_told_twenty_times_at_once_is_mailed_once() {
    let stage = Stage::set().await;
    let event = stage.succeeded(19_800, "cad");
    let told = futures(20, || stage.tell(&event)).await;
    assert!(told.iter().all(|(status, _)| *status == 200), "{told:?}");
    assert_eq!(stage.order().await, "paid, 2 attendees: Ann, Bob, 2 active");
    assert_eq!(stage.mails(), 1);
    stage.clear().await;
}

#[tokio::test]
async fn a_payment_that_names_nobody_is_the_buyers_own() {
    let stage = Stage::set().await;
    let mut event = stage.succeeded(19_800, "cad");
    event["data"]["object"]["metadata"] = json!({ "order_id": stage.pending.order });
    assert_eq!(stage.tell(&event).await, (200, "payment".into()));
    let buyer = format!("{}@example.com", stage.pending.customer);
    assert_eq!(stage.order().await, format!("paid, 2 attendees: {buyer}, {buyer}, 2 active"));
    stage.clear().await;
}

#[tokio::test]
async fn a_failed_payment_may_succeed_later() {
    let stage = Stage::set().await;
    assert_eq!(stage.tell(&stage.failed()).await, (200, "failure".into()));
    assert_eq!(stage.order().await, "failed, 0 attendees: , ");
    assert_eq!(stage.tell(&stage.succeeded(19_800, "cad")).await, (200, "payment".into()));
    assert_eq!(stage.order().await, "paid, 2 attendees: Ann, Bob, 2 active");
    stage.clear().await;
}

#[tokio::test]
async fn a_failure_that_is_told_late_takes_nothing() {
    let stage = Stage::set().await;
    stage.tell(&stage.succeeded(19_800, "cad")).await;
    assert_eq!(stage.tell(&stage.failed()).await, (200, "failure".into()));
    assert_eq!(stage.order().await, "paid, 2 attendees: Ann, Bob, 2 active");
    stage.clear().await;
}

#[tokio::test]
async fn a_payment_for_a_cancelled_event_is_left_to_be_given_back() {
    let stage = Stage::set().await;
    let cancelled = format!("update public.events set status = 'cancelled' where id = '{}'", stage.pending.event);
    stage.database.batch_execute(&cancelled).await.unwrap();
    assert_eq!(stage.tell(&stage.succeeded(19_800, "cad")).await, (200, "payment".into()));
    assert_eq!(stage.order().await, "pending, 0 attendees: , ");
    assert_eq!(stage.mails(), 0);
    stage.clear().await;
}

#[tokio::test]
async fn a_refund_takes_the_tickets() {
    let stage = Stage::set().await;
    stage.tell(&stage.succeeded(19_800, "cad")).await;
    for _ in 0..2 {
        assert_eq!(stage.tell(&stage.refunded(19_800)).await, (200, "refund".into()));
        assert_eq!(stage.order().await, "refunded, 2 attendees: Ann, Bob, 2 refunded");
    }
    stage.clear().await;
}

#[tokio::test]
async fn a_refund_that_names_no_order_is_found_by_its_payment() {
    let stage = Stage::set().await;
    stage.tell(&stage.succeeded(19_800, "cad")).await;
    let mut refund = stage.refunded(19_800);
    refund["data"]["object"]["metadata"] = json!({});
    assert_eq!(stage.tell(&refund).await, (200, "refund".into()));
    assert_eq!(stage.order().await, "refunded, 2 attendees: Ann, Bob, 2 refunded");
    stage.clear().await;
}

#[tokio::test]
async fn a_refund_of_a_part_leaves_the_tickets() {
    let stage = Stage::set().await;
    stage.tell(&stage.succeeded(19_800, "cad")).await;
    assert_eq!(stage.tell(&stage.refunded(9_900)).await, (200, "partial_refund".into()));
    assert_eq!(stage.order().await, "paid, 2 attendees: Ann, Bob, 2 active");
    stage.clear().await;
}

#[tokio::test]
async fn a_refund_that_is_told_before_its_payment_keeps_the_order_unpaid() {
    let stage = Stage::set().await;
    assert_eq!(stage.tell(&stage.refunded(19_800)).await, (200, "refund".into()));
    assert_eq!(stage.tell(&stage.succeeded(19_800, "cad")).await, (200, "payment".into()));
    assert_eq!(stage.order().await, "refunded, 0 attendees: , ");
    assert_eq!(stage.mails(), 0);
    stage.clear().await;
}

#[tokio::test]
async fn another_amount_or_currency_pays_nothing() {
    let stage = Stage::set().await;
    for (amount, currency) in [(19_799, "cad"), (19_801, "cad"), (0, "cad"), (19_800, "usd"), (19_800, "jpy")] {
        assert_eq!(stage.tell(&stage.succeeded(amount, currency)).await, (200, "payment".into()));
        assert_eq!(stage.order().await, "pending, 0 attendees: , ", "{amount} {currency}");
    }
    assert_eq!(stage.mails(), 0);
    stage.clear().await;
}

#[tokio::test]
async fn what_is_not_stripes_changes_nothing() {
    let stage = Stage::set().await;
    let body = stage.succeeded(19_800, "cad").to_string();
    let now = chrono::Utc::now().timestamp();
    for signature in [
        String::new(),
        format!("t={now},v1={}", "0".repeat(64)),
        signature("whsec_other", now, &body),
        signature(SECRET, now - 600, &body),
        signature(SECRET, now, &body.replace("19800", "19801")),
    ] {
        let (status, problem) = stage.send(&body, &signature).await;
        assert_eq!(status, 400, "{signature}: {problem}");
        assert!(problem.starts_with("stripe-signature: ") && !problem.contains("whsec"), "{problem}");
    }
    assert_eq!(stage.order().await, "pending, 0 attendees: , ");
    stage.clear().await;
}

#[tokio::test]
async fn what_is_about_no_order_is_taken_and_left() {
    let stage = Stage::set().await;
    let mut event = stage.succeeded(19_800, "cad");
    event["data"]["object"]["metadata"] = json!({});
    assert_eq!(stage.tell(&event).await, (200, "nothing".into()));
    event["type"] = json!("payment_intent.created");
    assert_eq!(stage.tell(&event).await, (200, "nothing".into()));

    let mut event = stage.succeeded(19_800, "cad");
    event["data"]["object"]["metadata"]["order_id"] = json!(uuid::Uuid::from_u128(7));
    assert_eq!(stage.tell(&event).await.0, 404);
    event["data"]["object"]["metadata"]["order_id"] = json!("17");
    assert_eq!(stage.tell(&event).await.0, 400);
    assert_eq!(stage.order().await, "pending, 0 attendees: , ");
    stage.clear().await;
}

/// A pending order of two tickets for $198.00, and the box office.
struct Stage {
    database: Client,
    address: String,
    mailed: Arc<Mailed>,
    pending: PendingOrder,
    payment: String,
}

#[derive(Default)]
struct Mailed(Mutex<BTreeMap<OrderId, String>>);

impl Mailer for Mailed {
    fn send_once(&self, order: OrderId, confirmation: &OrderConfirmation) {
        self.0.lock().unwrap().insert(order, confirmation.subject.clone());
    }
}

impl Stage {
    async fn set() -> Stage {
        let endpoint = seeded::server().unwrap();
        let service = Eventos::connect(&endpoint.url, &endpoint.service_key).unwrap();
        let url = endpoint.db_url.as_deref().expect("this test looks into the database: set EVENTOS_DB_URL");
        let database = sql::connect(url).await.unwrap();
        let pending = PendingOrder::place(&service, &database, 9900).await.unwrap();

        let mailed = Arc::new(Mailed::default());
        let webhook = Webhook::new(SigningSecret::new(SECRET));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}/webhooks/stripe", listener.local_addr().unwrap());
        let box_office = BoxOffice { service, webhook, mailer: mailed.clone() };
        tokio::spawn(async move { axum::serve(listener, router(box_office)).await });
        Stage { database, address, mailed, pending, payment: format!("pi_{}", pending.order.as_uuid().simple()) }
    }

    fn succeeded(&self, amount: i64, currency: &str) -> Value {
        let mut event = self.payment_intent("payment_intent.succeeded", "succeeded");
        event["data"]["object"]["amount"] = amount.into();
        event["data"]["object"]["amount_received"] = amount.into();
        event["data"]["object"]["currency"] = currency.into();
        event
    }

    fn failed(&self) -> Value {
        let mut event = self.payment_intent("payment_intent.payment_failed", "requires_payment_method");
        event["data"]["object"]["last_payment_error"] = json!({ "code": "card_declined", "type": "card_error" });
        event
    }

    /// As <https://docs.stripe.com/api/events/object> and <https://docs.stripe.com/api/payment_intents/object> have it.
    fn payment_intent(&self, kind: &str, status: &str) -> Value {
        let guest = |name: &str| Guest { full_name: name.into(), email: format!("{name}@example.com"), phone: None };
        let written = metadata(self.pending.order, &[guest("Ann"), guest("Bob")]).unwrap();
        self.event(
            kind,
            json!({
                "id": self.payment, "object": "payment_intent", "amount": 19800, "amount_capturable": 0,
                "amount_received": 0, "automatic_payment_methods": { "enabled": true }, "capture_method": "automatic",
                "created": 1_750_000_000, "currency": "cad", "customer": null, "description": null,
                "last_payment_error": null, "latest_charge": format!("ch_{}", self.pending.order.as_uuid().simple()), "livemode": false,
                "metadata": written, "payment_method_types": ["card"], "status": status,
            }),
        )
    }

    /// As <https://docs.stripe.com/api/charges/object> has it.
    fn refunded(&self, amount: i64) -> Value {
        self.event(
            "charge.refunded",
            json!({
                "id": format!("ch_{}", self.pending.order.as_uuid().simple()), "object": "charge", "amount": 19800,
                "amount_captured": 19800, "amount_refunded": amount, "captured": true, "created": 1_750_000_000,
                "currency": "cad", "customer": null, "livemode": false, "metadata": { "order_id": self.pending.order },
                "paid": true, "payment_intent": self.payment, "refunded": amount == 19800, "status": "succeeded",
            }),
        )
    }

    fn event(&self, kind: &str, object: Value) -> Value {
        json!({
            "id": format!("evt_{}", self.pending.order.as_uuid().simple()), "object": "event", "api_version": "2025-09-30.clover",
            "created": 1_750_000_000, "data": { "object": object }, "livemode": false, "pending_webhooks": 1,
            "request": { "id": null, "idempotency_key": null }, "type": kind,
        })
    }

    async fn tell(&self, event: &Value) -> (u16, String) {
        let body = event.to_string();
        let signature = signature(SECRET, chrono::Utc::now().timestamp(), &body);
        self.send(&body, &signature).await
    }

    async fn send(&self, body: &str, signature: &str) -> (u16, String) {
        let answer = reqwest::Client::new()
            .post(&self.address)
            .header("stripe-signature", signature)
            .header("content-type", "application/json; charset=utf-8")
            .body(body.to_owned())
            .send()
            .await
            .unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    }

    /// Its payment, its attendees and how its tickets stand.
    async fn order(&self) -> String {
        let query = "select format('%s, %s attendees: %s, %s', payment_status,
                 (select count(*) from public.attendees where order_id = orders.id),
                 (select string_agg(full_name, ', ' order by created_at, id) from public.attendees where order_id = orders.id),
                 (select string_agg(count || ' ' || status, ', ') from
                   (select count(*), status from public.tickets where order_id = orders.id group by status) as tickets))
               from public.orders where id = $1::text::uuid";
        self.database.query_one(query, &[&self.pending.order.to_string()]).await.unwrap().get(0)
    }

    fn mails(&self) -> usize {
        self.mailed.0.lock().unwrap().len()
    }

    async fn clear(&self) {
        self.pending.remove(&self.database).await.unwrap();
    }
}

/// What so many calls at the same time give.
async fn futures<F: Future>(count: usize, call: impl Fn() -> F) -> Vec<F::Output> {
    let mut calls: Vec<_> = (0..count).map(|_| Box::pin(call())).collect();
    let mut given = Vec::new();
    std::future::poll_fn(|context| {
        calls.retain_mut(|call| match call.as_mut().poll(context) {
            std::task::Poll::Ready(answer) => {
                given.push(answer);
                false
            }
            std::task::Poll::Pending => true,
        });
        if calls.is_empty() { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
    given
}
