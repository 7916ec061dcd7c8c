//! Paying for an order: the shop's page asks for a payment intent, has the customer pay it, and waits for the order to be paid.
//!
//! The amount is the order's, read with the caller's own token. An event's organizer sees its orders too, so that the order is
//! also asked for as its customer's.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::{Json, Router, routing::post};
use eventos_core::auth::AccessToken;
use eventos_core::flows::fulfilment::{Fulfilment, Guest, Payment, fulfil};
use eventos_core::flows::stripe::metadata;
use eventos_core::{Caller, Cents, Order, OrderId, PaymentStatus, Projection};
use serde::{Deserialize, Serialize};

use crate::BoxOffice;
use crate::refusal::Refusal;
use crate::test_payments::{self, TestPayments};

/// The currency of all prices, as the database's `eventos.currency()` has it.
pub(crate) const CURRENCY: &str = "cad";

/// What the two requests need.
#[derive(Clone)]
pub(crate) struct Payments {
    pub(crate) box_office: BoxOffice,
    pub(crate) provider: Arc<TestPayments>,
}

/// The requests of a shop whose payments are a test.
///
/// | request | what it does |
/// |---|---|
/// | `POST /payments` | makes a payment intent for an order of the caller's, with who will come |
/// | `POST /test-payments/{intent}` | plays the customer's bank: the payment succeeds, or fails |
pub fn with_test_payments(box_office: BoxOffice, provider: TestPayments) -> Router {
    let payments = Payments { box_office: box_office.clone(), provider: Arc::new(provider) };
    let router = Router::new()
        .route("/payments", post(create))
        .route("/test-payments/{intent}", post(test_payments::conclude))
        .with_state(payments);
    crate::router(box_office).merge(router)
}

#[derive(Deserialize)]
struct NewPayment {
    order_id: OrderId,
    attendees: Vec<Guest>,
}

/// A payment as the page shows it.
#[derive(Serialize)]
struct CreatedPayment {
    payment_intent_id: String,
    amount: i64,
    currency: &'static str,
    status: Status,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Status {
    RequiresPayment,
    Succeeded,
}

#[derive(Projection)]
#[projection(of = Order)]
struct Payable {
    quantity: i32,
    total_cents: Cents,
    payment_status: PaymentStatus,
}

async fn create(
    State(Payments { box_office, provider }): State<Payments>,
    headers: HeaderMap,
    Json(NewPayment { order_id, attendees }): Json<NewPayment>,
) -> Result<(StatusCode, Json<CreatedPayment>), Refusal> {
    let order = own_order(&box_office, &headers, order_id).await?;
    if usize::try_from(order.quantity) != Ok(attendees.len()) {
        let problem = format!("the order has {} tickets, and {} people were named", order.quantity, attendees.len());
        return Err(Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, problem));
    }

    let amount = order.total_cents.get();
    let (payment_intent_id, status) = match order.payment_status {
        // Asked again, because the answer was lost, it gives the same answer.
        PaymentStatus::Pending | PaymentStatus::Failed | PaymentStatus::Paid if amount == 0 => {
            (settle_free_order(&box_office, order_id, attendees).await?, Status::Succeeded)
        }
        PaymentStatus::Pending | PaymentStatus::Failed => {
            (provider.create(order_id, amount, metadata(order_id, &attendees)?), Status::RequiresPayment)
        }
        status => return Err(Refusal::new(StatusCode::CONFLICT, format!("this order is {status}"))),
    };
    Ok((StatusCode::CREATED, Json(CreatedPayment { payment_intent_id, amount, currency: CURRENCY, status })))
}

/// An order of the caller's.
async fn own_order(box_office: &BoxOffice, headers: &HeaderMap, order_id: OrderId) -> Result<Payable, Refusal> {
    let bearer = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    let bearer = bearer.ok_or_else(|| Refusal::new(StatusCode::UNAUTHORIZED, "sign in to pay"))?;
    let caller = box_office.service.with_tokens(Arc::new(AccessToken::new(bearer)));
    let nobody = || Refusal::new(StatusCode::NOT_FOUND, "there is no such order of yours");
    let Ok(Caller::User(customer)) = caller.caller().await else {
        return Err(Refusal::new(StatusCode::UNAUTHORIZED, "sign in again to pay"));
    };
    let own = Order::ID.eq(order_id) & Order::CUSTOMER_ID.eq(customer);
    caller.orders().select::<Payable>().filter(own).maybe_single().await?.ok_or_else(nobody)
}

/// Payment providers take no payment of nothing: an order that is free is paid by asking for it.
async fn settle_free_order(
    box_office: &BoxOffice,
    order_id: OrderId,
    attendees: Vec<Guest>,
) -> Result<String, Refusal> {
    let payment_intent_id = format!("free_{order_id}");
    let paid_at = box_office.service.host().now();
    let payment = Payment { order_id, payment_intent_id: payment_intent_id.clone(), paid_at, attendees };
    match fulfil(&box_office.service, &payment).await.map_err(|error| Refusal::of_the_shop(&error))? {
        Fulfilment::Fulfilled(paid) => box_office.mailer.send_once(paid.order.id, &paid.confirmation()),
        Fulfilment::SoldOut { .. } => {
            return Err(Refusal::new(StatusCode::CONFLICT, "the seats went to others meanwhile"));
        }
        Fulfilment::EventCancelled => return Err(Refusal::new(StatusCode::CONFLICT, "the event was cancelled")),
        _ => return Err(Refusal::new(StatusCode::CONFLICT, "this order cannot be paid any more")),
    }
    Ok(payment_intent_id)
}
