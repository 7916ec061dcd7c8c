//! Stripe's part, where no Stripe is: payment intents that are kept in memory, and signed webhooks that tell what became of them.
//!
//! A shop puts Stripe's API here, which makes a payment intent of the same amount and metadata. All that follows stays as it is.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use eventos_core::OrderId;
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::Sha256;
use uuid::Uuid;

use crate::payments::{CURRENCY, Payments};
use crate::refusal::Refusal;

/// A payment provider for tests. It takes no money.
pub struct TestPayments {
    secret: String,
    webhook: String,
    http: reqwest::Client,
    intents: Mutex<HashMap<OrderId, Intent>>,
}

/// A payment that waits for its customer, or for another try.
#[derive(Clone)]
struct Intent {
    id: String,
    amount: i64,
    metadata: BTreeMap<String, String>,
}

impl TestPayments {
    /// A provider that signs its webhooks with this secret, and sends them to this address.
    pub fn new(secret: impl Into<String>, webhook: impl Into<String>) -> TestPayments {
        let (secret, webhook) = (secret.into(), webhook.into());
        TestPayments { secret, webhook, http: reqwest::Client::new(), intents: Mutex::default() }
    }

    /// The payment of an order: its id. An order has one, so that whoever asks twice pays once; with Stripe, the order's id is
    /// the idempotency key.
    pub(crate) fn create(&self, order_id: OrderId, amount: i64, metadata: BTreeMap<String, String>) -> String {
        let mut intents = self.intents.lock().unwrap_or_else(PoisonError::into_inner);
        let known = intents.remove(&order_id).map(|intent| intent.id);
        let id = known.unwrap_or_else(|| format!("pi_test_{}", Uuid::new_v4().simple()));
        intents.insert(order_id, Intent { id: id.clone(), amount, metadata });
        id
    }

    fn intent(&self, id: &str) -> Option<Intent> {
        let intents = self.intents.lock().unwrap_or_else(PoisonError::into_inner);
        intents.values().find(|intent| intent.id == id).cloned()
    }

    /// Tells the shop, again until it has taken it; the status that it answered with.
    async fn tell(&self, kind: &str, intent: &Intent, now: i64) -> reqwest::Result<u16> {
        for pause in TRIES {
            if let Ok(status @ 200..300) = self.tell_once(kind, intent, now).await {
                return Ok(status);
            }
            tokio::time::sleep(pause).await;
        }
        self.tell_once(kind, intent, now).await
    }

    async fn tell_once(&self, kind: &str, intent: &Intent, now: i64) -> reqwest::Result<u16> {
        let body = json!({
            "id": format!("evt_test_{}", Uuid::new_v4().simple()), "object": "event", "type": kind, "created": now,
            "livemode": false,
            "data": { "object": {
                "id": intent.id, "object": "payment_intent", "currency": CURRENCY, "amount": intent.amount,
                "amount_received": if kind == SUCCEEDED { intent.amount } else { 0 }, "metadata": intent.metadata,
            } },
        })
        .to_string();
        let request = self.http.post(&self.webhook).header("content-type", "application/json");
        let answer = request.header("stripe-signature", signature(&self.secret, now, &body)).body(body).send().await?;
        Ok(answer.status().as_u16())
    }
}

/// Pauses between tries. Stripe's are longer, and go on for three days.
const TRIES: [Duration; 3] = [Duration::from_millis(200), Duration::from_secs(1), Duration::from_secs(3)];

const SUCCEEDED: &str = "payment_intent.succeeded";
const FAILED: &str = "payment_intent.payment_failed";

/// The header `Stripe-Signature` of a webhook: <https://docs.stripe.com/webhooks/signature>. `signed_at` counts seconds since 1970.
pub fn signature(secret: &str, signed_at: i64, body: &str) -> String {
    let mut signature = format!("t={signed_at},v1=");
    // A key of any length will do.
    if let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) {
        mac.update(format!("{signed_at}.{body}").as_bytes());
        for byte in mac.finalize().into_bytes() {
            // Writing to a text cannot fail.
            let _ = write!(signature, "{byte:02x}");
        }
    }
    signature
}

#[derive(Deserialize)]
pub(crate) struct Conclusion {
    succeeds: bool,
}

#[derive(Serialize)]
pub(crate) struct Told {
    webhook_status: u16,
}

/// What the customer's bank says to a payment.
pub(crate) async fn conclude(
    State(Payments { box_office, provider }): State<Payments>,
    Path(intent_id): Path<String>,
    Json(Conclusion { succeeds }): Json<Conclusion>,
) -> Result<Json<Told>, Refusal> {
    let intent = provider.intent(&intent_id);
    let intent = intent.ok_or_else(|| Refusal::new(StatusCode::NOT_FOUND, "there is no such payment"))?;
    let kind = if succeeds { SUCCEEDED } else { FAILED };
    let now = box_office.service.host().now().timestamp();
    match provider.tell(kind, &intent, now).await {
        Ok(webhook_status @ 200..300) => Ok(Json(Told { webhook_status })),
        Ok(status) => {
            Err(Refusal::new(StatusCode::BAD_GATEWAY, format!("the shop answered the webhook with {status}")))
        }
        Err(_) => Err(Refusal::new(StatusCode::BAD_GATEWAY, "the shop did not answer the webhook")),
    }
}
