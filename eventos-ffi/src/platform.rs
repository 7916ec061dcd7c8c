//! What an app lends: HTTP, timers, tokens, a place for the session.

use std::fmt;
use std::time::Duration;

use crate::values::{Bytes, Timestamp};

/// A request to send as it is. Redirects are not followed: it carries a key.
#[derive(uniffi::Record)]
pub struct HttpRequest {
    pub method: String,
    pub url: String,
    pub headers: Vec<HttpHeader>,
    pub body: Option<String>,
}

#[derive(Clone, uniffi::Record)]
pub struct HttpHeader {
    pub name: String,
    pub value: String,
}

/// What came back, whatever its status.
#[derive(uniffi::Record)]
pub struct HttpResponse {
    pub status: u16,
    pub headers: Vec<HttpHeader>,
    pub body: Bytes,
}

/// Why nothing came back.
#[derive(Debug, uniffi::Error)]
pub enum PlatformError {
    /// The connection failed or broke. `detail` must not hold the URL, which can name people.
    NoConnection { detail: String },
    /// A limit of the platform's own passed.
    TimedOut,
    /// Somebody gave the call up.
    Cancelled,
    /// The user's session has ended: they must sign in again.
    SignedOut { detail: String },
    /// Something cannot be read or written.
    Unavailable { detail: String },
}

impl PlatformError {
    /// What kind it is, without the platform's own words.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::NoConnection { .. } => "no connection",
            Self::TimedOut => "no answer in time",
            Self::Cancelled => "given up",
            Self::SignedOut { .. } => "signed out",
            Self::Unavailable { .. } => "the platform failed",
        }
    }
}

impl fmt::Display for PlatformError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoConnection { detail } | Self::SignedOut { detail } | Self::Unavailable { detail } => {
                f.write_str(detail)
            }
            Self::TimedOut => f.write_str("no answer in time"),
            Self::Cancelled => f.write_str("the call was given up"),
        }
    }
}

impl std::error::Error for PlatformError {}

/// What is thrown besides: its text may hold anything, so that nothing of it is told.
impl From<uniffi::UnexpectedUniFFICallbackError> for PlatformError {
    fn from(_: uniffi::UnexpectedUniFFICallbackError) -> PlatformError {
        PlatformError::Unavailable { detail: "the app's own code failed".to_owned() }
    }
}

/// Sends requests, and waits.
#[uniffi::export(foreign)]
#[async_trait::async_trait]
pub trait Platform: Send + Sync {
    /// Sends a request and gives the whole answer, also one with an error status.
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, PlatformError>;

    /// Waits at least this long.
    async fn sleep(&self, duration: Duration) -> Result<(), PlatformError>;
}

/// Time and chance, for tests: in place of the system's.
#[uniffi::export(foreign)]
pub trait Clock: Send + Sync {
    /// The time now.
    fn now(&self) -> Result<Timestamp, PlatformError>;

    /// So many random bytes.
    fn random(&self, length: u32) -> Result<Bytes, PlatformError>;
}

/// Knows the user's access token, where the app has a sign-in of its own.
#[uniffi::export(foreign)]
#[async_trait::async_trait]
pub trait TokenProvider: Send + Sync {
    /// The token now; nothing to ask as a visitor. It is asked before every request.
    async fn access_token(&self) -> Result<Option<String>, PlatformError>;
}

/// Keeps the session: in Keychain, Keystore, a file. What it keeps is a secret.
#[uniffi::export(foreign)]
#[async_trait::async_trait]
pub trait SessionStorage: Send + Sync {
    /// What was saved last.
    async fn load(&self) -> Result<Option<String>, PlatformError>;

    /// Takes the place of what was saved before.
    async fn save(&self, session: String) -> Result<(), PlatformError>;

    /// Forgets it.
    async fn clear(&self) -> Result<(), PlatformError>;
}

/// How much an entry matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum LogLevel {
    /// Each request, with its answer's status.
    Debug,
    /// What went wrong, even where it is tried again.
    Warn,
}

/// A line of the log. It names no key, no token, no value of a query and nothing of a body.
#[derive(Debug, Clone, uniffi::Record)]
pub struct LogEntry {
    pub level: LogLevel,
    pub message: String,
}

/// Is told what is sent and what comes back.
#[uniffi::export(foreign)]
pub trait Log: Send + Sync {
    /// Takes a line. What it throws changes nothing.
    fn record(&self, entry: LogEntry) -> Result<(), PlatformError>;
}
