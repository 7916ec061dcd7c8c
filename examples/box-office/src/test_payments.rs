//! Stripe's part, where no Stripe is: payment intents that are kept in memory, and signed webhooks that tell what became of them.
//!
//! A shop puts Stripe's API here, which makes a payment intent of the same amount and metadata. All that follows stays as it is.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;
use std::sync::{Mutex, PoisonError};

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
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
    intents: Mutex<HashMap<String, Intent>>,
}

#[derive(Clone)]
struct Intent {
    amount: i64,
    metadata: BTreeMap<String, String>,
}

impl TestPayments {
    /// A provider that signs its webhooks with this secret, and sends them to this address.
    pub fn new(secret: impl Into<String>, webhook: impl Into<String>) -> TestPayments {
        let (secret, webhook) = (secret.into(), webhook.into());
        TestPayments { secret, webhook, http: reqwest::Client::new(), intents: Mutex::default() }
    }

    /// A payment that waits for its customer: its id.
    pub(crate) fn create(&self, amount: i64, metadata: BTreeMap<String, String>) -> String {
        let id = format!("pi_test_{}", Uuid::new_v4().simple());
        let mut intents = self.intents.lock().unwrap_or_else(PoisonError::into_inner);
        intents.insert(id.clone(), Intent { amount, metadata });
        id
    }

    fn intent(&self, id: &str) -> Option<Intent> {
        self.intents.lock().unwrap_or_else(PoisonError::into_inner).get(id).cloned()
    }

    /// Tells the shop, as Stripe would; the status that it answered with.
    async fn tell(&self, kind: &str, intent_id: &str, intent: &Intent, now: i64) -> reqwest::Result<u16> {
        let body = json!({
            "id": format!("evt_test_{}", Uuid::new_v4().simple()), "object": "event", "type": kind, "created": now,
            "livemode": false,
            "data": { "object": {
                "id": intent_id, "object": "payment_intent", "currency": CURRENCY, "amount": intent.amount,
                "amount_received": if kind == SUCCEEDED { intent.amount } else { 0 }, "metadata": intent.metadata,
            } },
        })
        .to_string();
        let request = self.http.post(&self.webhook).header("content-type", "application/json");
        let answer = request.header("stripe-signature", signature(&self.secret, now, &body)).body(body).send().await?;
        Ok(answer.status().as_u16())
    }
}

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
    let told = provider.tell(kind, &intent_id, &intent, now).await;
    let webhook_status = told.map_err(|problem| Refusal::new(StatusCode::BAD_GATEWAY, problem.to_string()))?;
    Ok(Json(Told { webhook_status }))
}
