//! The box office's payments: who may pay which order, and what a test payment brings about by its signed webhook.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]

use std::sync::Arc;

use eventos_backend::Endpoint;
use eventos_box_office::{BoxOffice, Printed, TestPayments, with_test_payments};
use eventos_core::Eventos;
use eventos_core::flows::stripe::{SigningSecret, Webhook};
use eventos_tests::pending_order::PendingOrder;
use eventos_tests::{seeded, sql};
use reqwest::StatusCode;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio_postgres::Client;

const SECRET: &str = "whsec_test_secret";

#[tokio::test]
async fn an_order_is_paid_by_its_customer() {
    let Some(shop) = Shop::open(9900).await else { return };
    let (status, payment) = shop.pay(&shop.customer(), &json!([guest("Ann"), guest("Bob")])).await;
    assert_eq!(status, StatusCode::CREATED, "{payment}");
    assert_eq!(payment["amount"], 19_800);
    assert_eq!((&payment["currency"], &payment["status"]), (&json!("cad"), &json!("requires_payment")));
    assert_eq!(shop.order().await, "pending, no tickets");

    let intent = payment["payment_intent_id"].as_str().unwrap();
    assert_eq!(shop.conclude(intent, false).await, (StatusCode::OK, json!({ "webhook_status": 200 })));
    assert_eq!(shop.order().await, "failed, no tickets");
    assert_eq!(shop.conclude(intent, true).await, (StatusCode::OK, json!({ "webhook_status": 200 })));
    assert_eq!(shop.order().await, "paid, tickets of Ann, Bob");

    let (status, problem) = shop.pay(&shop.customer(), &json!([guest("Ann"), guest("Bob")])).await;
    assert_eq!((status, &problem["message"]), (StatusCode::CONFLICT, &json!("this order is paid")));
    shop.close().await;
}

#[tokio::test]
async fn an_order_has_one_payment_however_often_it_is_asked_for() {
    let Some(shop) = Shop::open(9900).await else { return };
    let (_, first) = shop.pay(&shop.customer(), &json!([guest("Ann"), guest("Bob")])).await;
    let (_, second) = shop.pay(&shop.customer(), &json!([guest("Ann"), guest("Cem")])).await;
    assert_eq!(first["payment_intent_id"], second["payment_intent_id"]);
    let intent = first["payment_intent_id"].as_str().unwrap();
    for _ in 0..2 {
        assert_eq!(shop.conclude(intent, true).await.0, StatusCode::OK);
        assert_eq!(shop.order().await, "paid, tickets of Ann, Cem");
    }
    shop.close().await;
}

#[tokio::test]
async fn a_free_order_is_paid_by_asking_once_or_again() {
    let Some(shop) = Shop::open(0).await else { return };
    for _ in 0..2 {
        let (status, payment) = shop.pay(&shop.customer(), &json!([guest("Ann"), guest("Bob")])).await;
        assert_eq!((status, &payment["status"]), (StatusCode::CREATED, &json!("succeeded")));
        assert_eq!(shop.order().await, "paid, tickets of Ann, Bob");
    }
    shop.close().await;
}

#[tokio::test]
async fn nobody_else_pays_it() {
    let Some(shop) = Shop::open(9900).await else { return };
    let guests = json!([guest("Ann"), guest("Bob")]);
    let organizer = shop.organize_for_another().await;
    for (id, email) in
        [(organizer, "organizer@example.net"), (uuid::Uuid::new_v4().to_string(), "stranger@example.net")]
    {
        let token = shop.endpoint.user_token(&id, email).unwrap();
        let (status, problem) = shop.pay(&format!("Bearer {token}"), &guests).await;
        assert_eq!((status, &problem["message"]), (StatusCode::NOT_FOUND, &json!("there is no such order of yours")));
    }
    for authorization in ["", "Bearer ", "Bearer e30.e30.c2ln", "Basic dXNlcjpwYXNz"] {
        let (status, problem) = shop.pay(authorization, &guests).await;
        assert_eq!(status, StatusCode::UNAUTHORIZED, "{authorization}: {problem}");
    }
    assert_eq!(shop.conclude("pi_test_none", true).await.0, StatusCode::NOT_FOUND);
    assert_eq!(shop.order().await, "pending, no tickets");
    shop.close().await;
}

#[tokio::test]
async fn as_many_people_come_as_there_are_tickets() {
    let Some(shop) = Shop::open(9900).await else { return };
    let (status, problem) = shop.pay(&shop.customer(), &json!([guest("Ann")])).await;
    let message = json!("the order has 2 tickets, and 1 people were named");
    assert_eq!((status, &problem["message"]), (StatusCode::UNPROCESSABLE_ENTITY, &message));
    shop.close().await;
}

fn guest(name: &str) -> Value {
    json!({ "full_name": name, "email": format!("{name}@example.com"), "phone": null })
}

/// A box office with an order that waits for its payment.
struct Shop {
    endpoint: Endpoint,
    database: Client,
    address: String,
    pending: PendingOrder,
}

impl Shop {
    /// Nothing where the server's secret is not known, because the customer has no password.
    async fn open(price: i64) -> Option<Shop> {
        let endpoint = seeded::server().unwrap();
        endpoint.jwt_secret.as_ref()?;
        let service = Eventos::connect(&endpoint.url, &endpoint.service_key).unwrap();
        let url = endpoint.db_url.as_deref().expect("this test looks into the database: set EVENTOS_DB_URL");
        let database = sql::connect(url).await.unwrap();
        let pending = PendingOrder::place(&service, &database, price).await.unwrap();

        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let webhook = Webhook::new(SigningSecret::new(SECRET));
        let box_office = BoxOffice { service, webhook, mailer: Arc::new(Printed) };
        let provider = TestPayments::new(SECRET, format!("{address}/webhooks/stripe"));
        tokio::spawn(async move { axum::serve(listener, with_test_payments(box_office, provider)).await });
        Some(Shop { endpoint: endpoint.clone(), database, address, pending })
    }

    fn customer(&self) -> String {
        let id = self.pending.customer.to_string();
        format!("Bearer {}", self.endpoint.user_token(&id, &format!("{id}@example.com")).unwrap())
    }

    /// Gives the event to another organizer, who sees its orders then: their id.
    async fn organize_for_another(&self) -> String {
        let organizer = self.pending.event.to_string();
        let given = format!(
            "insert into auth.users (id, email) values ('{organizer}', '{organizer}@example.net');
             update public.events set organizer_id = '{organizer}' where id = '{}'",
            self.pending.event
        );
        self.database.batch_execute(&given).await.unwrap();
        organizer
    }

    async fn pay(&self, authorization: &str, attendees: &Value) -> (StatusCode, Value) {
        let body = json!({ "order_id": self.pending.order, "attendees": attendees });
        self.post("/payments", authorization, &body).await
    }

    async fn conclude(&self, intent: &str, succeeds: bool) -> (StatusCode, Value) {
        self.post(&format!("/test-payments/{intent}"), "", &json!({ "succeeds": succeeds })).await
    }

    async fn post(&self, path: &str, authorization: &str, body: &Value) -> (StatusCode, Value) {
        let mut request = reqwest::Client::new().post(format!("{}{path}", self.address));
        if !authorization.is_empty() {
            request = request.header("authorization", authorization);
        }
        let request = request.header("content-type", "application/json").body(body.to_string());
        let answer = request.send().await.unwrap();
        let status = answer.status();
        (status, serde_json::from_str(&answer.text().await.unwrap()).unwrap())
    }

    /// Its payment, and who holds its tickets.
    async fn order(&self) -> String {
        let query = "select format('%s, %s', payment_status, coalesce('tickets of ' ||
                 (select string_agg(full_name, ', ' order by full_name)
                   from public.tickets join public.attendees on attendees.id = tickets.attendee_id
                   where tickets.order_id = orders.id), 'no tickets'))
               from public.orders where id = $1::text::uuid";
        self.database.query_one(query, &[&self.pending.order.to_string()]).await.unwrap().get(0)
    }

    async fn close(&self) {
        self.pending.remove(&self.database).await.unwrap();
        let organizer = format!("delete from auth.users where id = '{}'", self.pending.event);
        self.database.batch_execute(&organizer).await.unwrap();
    }
}
