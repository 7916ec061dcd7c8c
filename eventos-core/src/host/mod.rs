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
/// A host only carries: retries, time limits and the meaning of answers are the core's.
pub trait Host: MaybeSync {
    /// Sends a request to `base` followed by the request's path and query, and gives the whole answer, whatever its status.
    ///
    /// # Errors
    ///
    /// [`Error::connect`](crate::Error::connect) where the connection failed or broke,
    /// [`Error::timeout`](crate::Error::timeout) where a limit of the host's own passed,
    /// [`Error::cancelled`](crate::Error::cancelled) where someone gave it up.
    fn send<'a>(&'a self, base: &'a str, request: &'a Request) -> BoxFuture<'a, Result<Response>>;

    /// Waits.
    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()>;

    /// The time now.
    fn now(&self) -> DateTime<Utc>;

    /// Fills a buffer with bytes that nobody can foresee.
    ///
    /// # Errors
    ///
    /// Where the platform has none to give.
    fn fill_random(&self, bytes: &mut [u8]) -> Result<()>;
}
