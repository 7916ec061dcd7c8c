//! Stripe's webhooks. Stripe sends one again until it is answered with a status of 200 to 299.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use eventos_core::flows::fulfilment::Fulfilment;
use eventos_core::flows::stripe::{Done, handle};

use crate::BoxOffice;
use crate::refusal::status;

/// Does what a webhook says.
///
/// The body is taken byte for byte: read as JSON and written again it would not fit its signature any more.
pub(crate) async fn receive(
    State(box_office): State<BoxOffice>,
    headers: HeaderMap,
    body: Bytes,
) -> (StatusCode, String) {
    let signature = headers.get("stripe-signature").and_then(|value| value.to_str().ok()).unwrap_or_default();
    match answer(&box_office, &body, signature).await {
        Ok(done) => (StatusCode::OK, done.to_owned()),
        Err(error) => {
            eprintln!("webhook: {error}");
            (status(&error), error.to_string())
        }
    }
}

async fn answer(box_office: &BoxOffice, body: &[u8], signature: &str) -> eventos_core::Result<&'static str> {
    let BoxOffice { service, webhook, mailer } = box_office;
    let event = webhook.read(body, signature, service.host().now())?;
    let done = handle(service, &event).await?;
    match &done {
        Done::Payment(Fulfilment::Fulfilled(paid)) => mailer.send_once(paid.order.id, &paid.confirmation()),
        Done::Nothing => {}
        Done::Payment(refused) => eprintln!("webhook: this payment must go back: {refused:?}"),
        other => println!("webhook: {other:?}"),
    }
    Ok(done.as_str())
}
