//! The core's host over what the app lends.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use eventos_core::auth::{AccessToken, Session, SessionStore, TokenProvider as CoreTokenProvider};
use eventos_core::host::{BoxFuture, Host};
use eventos_core::wire::{Request, Response};
use eventos_core::{Error, Result};

use crate::platform::{
    Clock, HttpHeader, HttpRequest, HttpResponse, Log, LogEntry, LogLevel, Platform, PlatformError, SessionStorage,
    TokenProvider,
};

/// A platform, with the system's clock and random bytes where it brings none.
pub(crate) struct PlatformHost {
    pub(crate) platform: Arc<dyn Platform>,
    pub(crate) clock: Option<Arc<dyn Clock>>,
    pub(crate) log: Option<Arc<dyn Log>>,
}

impl Host for PlatformHost {
    fn send<'a>(&'a self, base: &'a str, request: &'a Request) -> BoxFuture<'a, Result<Response>> {
        Box::pin(async move {
            let headers = request.headers.iter();
            let headers = headers.map(|(name, value)| HttpHeader { name: name.to_string(), value: value.to_string() });
            let request = HttpRequest {
                method: request.method.as_str().to_owned(),
                url: format!("{base}{}", request.target()),
                headers: headers.collect(),
                body: request.body.clone(),
            };
            let (shown, started) = (shown(&request), self.now());
            let sent = self.platform.send(request).await;
            if let Some(log) = &self.log {
                tell(log.as_ref(), &shown, self.now() - started, &sent);
            }
            let response = sent.map_err(fault)?;
            let headers = response.headers.into_iter().map(|header| (header.name, header.value)).collect();
            Ok(Response { status: response.status, headers, body: response.body.0 })
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            // What waits cannot be told of a fault: a pause ends at once then, and so does a time limit.
            if let (Err(error), Some(log)) = (self.platform.sleep(duration).await, &self.log) {
                let message = format!("the platform cannot wait: {}", error.kind());
                let _ = log.record(LogEntry { level: LogLevel::Warn, message });
            }
        })
    }

    fn now(&self) -> DateTime<Utc> {
        self.clock.as_ref().and_then(|clock| clock.now().ok()).unwrap_or_else(Utc::now)
    }

    fn fill_random(&self, bytes: &mut [u8]) -> Result<()> {
        if let Some(clock) = &self.clock {
            let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
            let random = clock.random(length).map_err(fault)?;
            if random.0.len() != bytes.len() {
                return Err(Error::storage("the clock gave another number of random bytes than it was asked for"));
            }
            bytes.copy_from_slice(&random.0);
            return Ok(());
        }
        getrandom::fill(bytes).map_err(|_| Error::storage("the system gives no random bytes"))
    }
}

/// Tells the log what came of a request. A log that fails is no reason for a call to fail.
fn tell(log: &dyn Log, request: &str, took: TimeDelta, sent: &std::result::Result<HttpResponse, PlatformError>) {
    let (level, came) = match sent {
        Ok(response) if response.status < 500 => (LogLevel::Debug, response.status.to_string()),
        Ok(response) => (LogLevel::Warn, response.status.to_string()),
        Err(error) => (LogLevel::Warn, error.kind().to_owned()),
    };
    let _ = log.record(LogEntry { level, message: format!("{request}: {came} in {} ms", took.num_milliseconds()) });
}

/// A request without what is secret or personal in it: its method and its path.
fn shown(request: &HttpRequest) -> String {
    let path = request.url.split_once("://").map_or(request.url.as_str(), |(_, rest)| rest);
    let path = path.find('/').and_then(|start| path.get(start..)).unwrap_or_default();
    let path = path.split(['?', '#']).next().unwrap_or_default();
    format!("{} {path}", request.method)
}

/// The user's token, from the app.
pub(crate) struct AppTokens(pub(crate) Arc<dyn TokenProvider>);

impl CoreTokenProvider for AppTokens {
    fn access_token(&self) -> BoxFuture<'_, Result<Option<AccessToken>>> {
        Box::pin(async { Ok(self.0.access_token().await.map_err(fault)?.map(AccessToken::new)) })
    }
}

/// The session, where the app keeps it.
pub(crate) struct AppStorage(pub(crate) Arc<dyn SessionStorage>);

impl SessionStore for AppStorage {
    fn load(&self) -> BoxFuture<'_, Result<Option<Session>>> {
        Box::pin(async { self.0.load().await.map_err(unkept)?.as_deref().map(Session::from_json).transpose() })
    }

    fn save<'a>(&'a self, session: &'a Session) -> BoxFuture<'a, Result<()>> {
        Box::pin(async { self.0.save(session.to_json()).await.map_err(unkept) })
    }

    fn clear(&self) -> BoxFuture<'_, Result<()>> {
        Box::pin(async { self.0.clear().await.map_err(unkept) })
    }
}

fn fault(error: PlatformError) -> Error {
    match error {
        PlatformError::NoConnection { detail } => Error::connect(detail),
        PlatformError::TimedOut => Error::timeout("no answer in time"),
        PlatformError::Cancelled => Error::cancelled("the call was given up"),
        PlatformError::SignedOut { detail } => Error::signed_out(detail),
        PlatformError::Unavailable { detail } => Error::storage(detail),
    }
}

fn unkept(error: PlatformError) -> Error {
    Error::storage(error.to_string())
}
