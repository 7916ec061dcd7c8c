//! What the core borrows from its surroundings: sending, sleeping, the time and random bytes.
//!
//! The core never asks the system itself, so it runs the same on a server, in a browser and on a phone, and a test can
//! hold the clock and the randomness still.

mod retry;
mod send;
mod server;

#[cfg(feature = "native")]
mod native;
mod recording;

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use chrono::{DateTime, Utc};

#[cfg(feature = "native")]
pub use native::NativeHost;
pub use recording::{Exchange, RecordingHost};
pub use retry::RetryPolicy;
pub(crate) use send::Sender;
pub(crate) use server::{ApiKey, Server, check_path};

use crate::error::Result;
use crate::wire::{Request, Response};

/// A future behind a pointer: `Send`, except on wasm32, where nothing is.
#[cfg(not(target_arch = "wasm32"))]
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;
/// A future behind a pointer: `Send`, except on wasm32, where nothing is.
#[cfg(target_arch = "wasm32")]
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// `Send + Sync`, except on wasm32, where a browser's objects are neither.
#[cfg(not(target_arch = "wasm32"))]
pub trait MaybeSync: Send + Sync {}
#[cfg(not(target_arch = "wasm32"))]
impl<T: Send + Sync + ?Sized> MaybeSync for T {}
/// `Send + Sync`, except on wasm32, where a browser's objects are neither.
#[cfg(target_arch = "wasm32")]
pub trait MaybeSync {}
#[cfg(target_arch = "wasm32")]
impl<T: ?Sized> MaybeSync for T {}

/// What a platform lends: one object for all of it.
///
/// A host only carries: retries, time limits and the meaning of answers are the core's. Services have
/// `NativeHost`, tests [`RecordingHost`]; any other platform implements this:
///
/// ```
/// use std::sync::Arc;
/// use std::time::Duration;
/// use chrono::{DateTime, Utc};
/// use eventos_core::host::{BoxFuture, Host};
/// use eventos_core::wire::{Request, Response};
/// use eventos_core::{Error, Eventos, Result};
///
/// # mod platform {
/// #     pub struct Http;
/// #     pub struct Answer { pub status: u16, pub headers: Vec<(String, String)>, pub body: Vec<u8> }
/// #     impl Http {
/// #         pub async fn exchange(
/// #             &self, _: &str, _: &str, _: &[(std::borrow::Cow<'static, str>, std::borrow::Cow<'static, str>)], _: Option<&str>,
/// #         ) -> std::result::Result<Answer, String> { Err("refused".into()) }
/// #     }
/// #     pub async fn pause(_: std::time::Duration) {}
/// #     pub fn now_in_milliseconds() -> i64 { 0 }
/// #     pub fn random(bytes: &mut [u8]) { bytes.fill(7) }
/// # }
/// /// A platform with an HTTP client, timers, a clock and random bytes of its own.
/// struct PlatformHost {
///     http: platform::Http,
/// }
///
/// impl Host for PlatformHost {
///     fn send<'a>(&'a self, base: &'a str, request: &'a Request) -> BoxFuture<'a, Result<Response>> {
///         Box::pin(async move {
///             let url = format!("{base}{}", request.target());
///             let answer = self
///                 .http
///                 .exchange(request.method.as_str(), &url, &request.headers, request.body.as_deref())
///                 .await
///                 // No URL in the message: it can hold ticket codes.
///                 .map_err(|problem| Error::connect(format!("no connection: {problem}")))?;
///             Ok(Response { status: answer.status, headers: answer.headers, body: answer.body })
///         })
///     }
///
///     fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
///         Box::pin(platform::pause(duration))
///     }
///
///     fn now(&self) -> DateTime<Utc> {
///         DateTime::from_timestamp_millis(platform::now_in_milliseconds()).unwrap_or_default()
///     }
///
///     fn fill_random(&self, bytes: &mut [u8]) -> Result<()> {
///         platform::random(bytes);
///         Ok(())
///     }
/// }
///
/// let eventos = Eventos::builder("https://example.supabase.co", "your-anon-key")
///     .host(Arc::new(PlatformHost { http: platform::Http }))
///     .build()?;
/// # Ok::<(), Error>(())
/// ```
///
/// Three things to hold: an answer with an error status is an answer, not an error; redirects are not followed, because a
/// request carries its key wherever it goes; a future that is dropped gives its request up.
pub trait Host: MaybeSync {
    /// Sends a request to `base` followed by the request's path and query, and gives the whole answer, whatever its status.
    ///
    /// # Errors
    ///
    /// [`Error::connect`](crate::Error::connect) where the connection failed or broke,
    /// [`Error::timeout`](crate::Error::timeout) where a limit of the host's own passed,
    /// [`Error::cancelled`](crate::Error::cancelled) where someone gave it up.
    fn send<'a>(&'a self, base: &'a str, request: &'a Request) -> BoxFuture<'a, Result<Response>>;

    /// Waits at least this long.
    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()>;

    /// The time now.
    fn now(&self) -> DateTime<Utc>;

    /// Fills a buffer with bytes that nobody can foresee: ids of rows and of scans are made of them.
    ///
    /// # Errors
    ///
    /// [`Error::storage`](crate::Error::storage) where the platform has none to give.
    fn fill_random(&self, bytes: &mut [u8]) -> Result<()>;
}
