//! What JavaScript lends: sending, sleeping, the time, random bytes, tokens and a place for the session.

use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use chrono::{DateTime, Utc};
use eventos_core::auth::{AccessToken, TokenProvider};
use eventos_core::host::{BoxFuture, Host};
use eventos_core::wire::{Request, Response, RowShape};
use eventos_core::{Error, Result};
use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    /// The platform of a client, or of one call of it.
    #[derive(Clone)]
    pub type Platform;

    #[wasm_bindgen(method, js_name = expectRows)]
    fn expect_shape(this: &Platform, shape: &str);

    #[wasm_bindgen(method, catch)]
    fn send(
        this: &Platform,
        method: &str,
        url: &str,
        headers: Vec<String>,
        body: Option<String>,
    ) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn sleep(this: &Platform, milliseconds: f64) -> Result<Sleep, JsValue>;

    #[wasm_bindgen(method)]
    fn now(this: &Platform) -> f64;

    #[wasm_bindgen(method, catch)]
    fn random(this: &Platform, length: usize) -> Result<Vec<u8>, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn token(this: &Platform) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch, js_name = loadSession)]
    fn load_session(this: &Platform) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch, js_name = saveSession)]
    fn save_session(this: &Platform, session: Option<String>) -> Result<Promise, JsValue>;

    /// A sleep under way.
    type Sleep;

    #[wasm_bindgen(method, getter)]
    fn done(this: &Sleep) -> Promise;

    #[wasm_bindgen(method)]
    fn cancel(this: &Sleep);

    /// An answer as `fetch` gives it. Where JavaScript kept its rows, it has no body.
    type Answer;

    #[wasm_bindgen(method, getter)]
    fn status(this: &Answer) -> u16;

    #[wasm_bindgen(method, getter)]
    fn headers(this: &Answer) -> Vec<String>;

    #[wasm_bindgen(method, getter)]
    fn body(this: &Answer) -> Option<String>;

    /// Why nothing came back.
    type Fault;

    #[wasm_bindgen(method, getter)]
    fn kind(this: &Fault) -> Option<String>;

    #[wasm_bindgen(method, getter)]
    fn message(this: &Fault) -> Option<String>;
}

impl Platform {
    /// Asks JavaScript to read the rows of the next answer itself, where they are of this shape.
    pub(crate) fn offer_rows(&self, shape: &RowShape<'_>) {
        if let Ok(shape) = serde_json::to_string(shape) {
            self.expect_shape(&shape);
        }
    }

    /// The text in the session's place.
    pub(crate) async fn session(&self) -> Result<Option<String>> {
        settled(self.load_session()).await.map(|text| text.as_string()).map_err(|fault| unstored(&fault))
    }

    /// Puts a text in the session's place, or clears it.
    pub(crate) async fn keep_session(&self, session: Option<String>) -> Result<()> {
        settled(self.save_session(session)).await.map(drop).map_err(|fault| unstored(&fault))
    }
}

/// A host that is JavaScript's.
pub(crate) struct JsHost {
    platform: Platform,
    has_kept_rows: Cell<bool>,
}

impl JsHost {
    pub(crate) fn new(platform: Platform) -> JsHost {
        JsHost { platform, has_kept_rows: Cell::new(false) }
    }

    /// Whether JavaScript read the rows of the last answer itself.
    pub(crate) fn has_kept_rows(&self) -> bool {
        self.has_kept_rows.get()
    }
}

impl Host for JsHost {
    fn send<'a>(&'a self, base: &'a str, request: &'a Request) -> BoxFuture<'a, Result<Response>> {
        Box::pin(async move {
            let url = format!("{base}{}", request.target());
            let headers = request.headers.iter().flat_map(|(name, value)| [name.to_string(), value.to_string()]);
            let sent = self.platform.send(request.method.as_str(), &url, headers.collect(), request.body.clone());
            let answer = settled(sent).await.map_err(|fault| fault_of(&fault))?.unchecked_into::<Answer>();
            let body = answer.body();
            self.has_kept_rows.set(body.is_none());
            let mut headers = answer.headers().into_iter();
            let pairs = std::iter::from_fn(|| headers.next().zip(headers.next())).collect();
            Ok(Response { status: answer.status(), headers: pairs, body: body.unwrap_or_default().into_bytes() })
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        match self.platform.sleep(duration.as_secs_f64() * 1000.0) {
            Ok(sleep) => Box::pin(Sleeping { done: JsFuture::from(sleep.done()), sleep }),
            // Without timers no limit passes.
            Err(_) => Box::pin(std::future::pending()),
        }
    }

    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.platform.now() as i64).unwrap_or_default()
    }

    fn fill_random(&self, bytes: &mut [u8]) -> Result<()> {
        match self.platform.random(bytes.len()) {
            Ok(random) if random.len() == bytes.len() => {
                bytes.copy_from_slice(&random);
                Ok(())
            }
            _ => Err(Error::storage("this platform gives no random bytes: it has no crypto.getRandomValues")),
        }
    }
}

/// Ends its timer when it is dropped: a limit that is not needed any more keeps no process alive.
struct Sleeping {
    done: JsFuture,
    sleep: Sleep,
}

impl Future for Sleeping {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        Pin::new(&mut self.done).poll(context).map(drop)
    }
}

impl Drop for Sleeping {
    fn drop(&mut self) {
        self.sleep.cancel();
    }
}

impl TokenProvider for JsHost {
    fn access_token(&self) -> BoxFuture<'_, Result<Option<AccessToken>>> {
        Box::pin(async {
            let token = settled(self.platform.token()).await.map_err(|fault| fault_of(&fault))?;
            Ok(token.as_string().map(AccessToken::new))
        })
    }
}

async fn settled(promise: Result<Promise, JsValue>) -> Result<JsValue, JsValue> {
    JsFuture::from(promise?).await
}

/// The package marks its faults with a kind of the core; what comes from a caller's own code has none.
fn fault_of(fault: &JsValue) -> Error {
    let fault: &Fault = fault.unchecked_ref();
    let message = fault.message().unwrap_or_default();
    match fault.kind().as_deref() {
        Some("timeout") => Error::timeout(message),
        Some("cancelled") => Error::cancelled(message),
        Some("signed_out") => Error::signed_out(message),
        Some("invalid_input") => Error::invalid_input("input", message),
        _ => Error::connect(message),
    }
}

fn unstored(fault: &JsValue) -> Error {
    let fault: &Fault = fault.unchecked_ref();
    Error::storage(fault.message().unwrap_or_else(|| String::from("the session's store failed")))
}
