//! A shop's own service. It alone holds the service key, so it alone confirms payments.
//!
//! | request | what it does |
//! |---|---|
//! | `POST /webhooks/stripe` | what the webhook says: fulfil, let go, refund |
//! | `GET /health` | nothing: it answers while the service runs |
//!
//! With [`TestPayments`] there are also those of [`with_test_payments`].

mod mail;
mod payments;
mod refusal;
mod test_payments;
mod webhook;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};
use eventos_core::Eventos;
use eventos_core::flows::stripe::Webhook;

pub use mail::{Mailer, Printed};
pub use payments::with_test_payments;
pub use test_payments::{TestPayments, signature};

/// What every request needs.
#[derive(Clone)]
pub struct BoxOffice {
    /// The client with the service key.
    pub service: Eventos,
    /// Where webhooks arrive.
    pub webhook: Webhook,
    /// Who mails confirmations.
    pub mailer: Arc<dyn Mailer>,
}

/// The service's requests and what answers them.
pub fn router(box_office: BoxOffice) -> Router {
    Router::new()
        .route("/webhooks/stripe", post(webhook::receive))
        .route("/health", get(|| async { "selling" }))
        .with_state(box_office)
}
