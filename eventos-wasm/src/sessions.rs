//! The session in a place that JavaScript keeps: `localStorage`, a cookie, memory.

use eventos_core::Result;
use eventos_core::auth::{Session, SessionStore};
use eventos_core::host::BoxFuture;

use crate::platform::Platform;

/// Keeps a session as a text.
pub(crate) struct JsStore {
    platform: Platform,
}

impl JsStore {
    pub(crate) fn new(platform: Platform) -> JsStore {
        JsStore { platform }
    }
}

impl SessionStore for JsStore {
    fn load(&self) -> BoxFuture<'_, Result<Option<Session>>> {
        Box::pin(async { self.platform.session().await?.as_deref().map(Session::from_json).transpose() })
    }

    fn save<'a>(&'a self, session: &'a Session) -> BoxFuture<'a, Result<()>> {
        Box::pin(self.platform.keep_session(Some(session.to_json())))
    }

    fn clear(&self) -> BoxFuture<'_, Result<()>> {
        Box::pin(self.platform.keep_session(None))
    }
}
