//! What a request is refused with.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use eventos_core::{Error, ErrorKind};
use serde_json::json;

/// A status, and a sentence for whoever asked.
pub(crate) struct Refusal {
    status: StatusCode,
    message: String,
}

impl Refusal {
    pub(crate) fn new(status: StatusCode, message: impl Into<String>) -> Refusal {
        Refusal { status, message: message.into() }
    }

    /// The shop's own call failed: whoever asked can do nothing about it, and learns nothing of it.
    pub(crate) fn of_the_shop(error: &Error) -> Refusal {
        eprintln!("payment: {error}");
        let status =
            if error.is_retryable() { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::INTERNAL_SERVER_ERROR };
        Refusal::new(status, "the shop cannot take this payment now: try again later")
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Refusal {
        let status = if error.is_unauthenticated() { StatusCode::UNAUTHORIZED } else { status(&error) };
        Refusal::new(status, error.to_string())
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.status, Json(json!({ "message": self.message }))).into_response()
    }
}

/// The status of an error: one that says "again" where the fault may pass.
pub(crate) fn status(error: &Error) -> StatusCode {
    match error.kind() {
        _ if error.is_retryable() => StatusCode::SERVICE_UNAVAILABLE,
        ErrorKind::InvalidInput | ErrorKind::Decode => StatusCode::BAD_REQUEST,
        ErrorKind::NotFound => StatusCode::NOT_FOUND,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}
