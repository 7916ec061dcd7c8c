//! Errors as JSON, of which the package makes JavaScript's errors.

use eventos_core::Error;
use wasm_bindgen::JsValue;

/// An error as JavaScript receives it.
pub(crate) fn failure(error: &Error) -> JsValue {
    let server = error.server();
    let json = serde_json::json!({
        "kind": error.kind().as_str(),
        "code": error.code(),
        "message": error.to_string(),
        "retryable": error.is_retryable(),
        "forbidden": error.is_forbidden(),
        "unauthenticated": error.is_unauthenticated(),
        "status": server.map(|server| server.status),
        "details": server.and_then(|server| server.details.as_deref()),
        "hint": server.and_then(|server| server.hint.as_deref()),
        "constraint": server.and_then(|server| server.constraint()),
        "retry_after": server.and_then(|server| server.retry_after),
    });
    JsValue::from_str(&json.to_string())
}
