//! How sign-in is set up on its own.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::{Auth, MemoryStore, SessionStore};
use crate::error::Result;
use crate::host::{Host, RetryPolicy, Server, check_path};

/// The settings of an [`Auth`] without a client, from [`Auth::builder`].
pub struct Builder {
    url: String,
    key: String,
    auth_path: String,
    host: Option<Arc<dyn Host>>,
    store: Option<Arc<dyn SessionStore>>,
    retry: RetryPolicy,
    timeout: Duration,
}

impl Builder {
    pub(super) fn new(url: String, key: String) -> Builder {
        Builder {
            url,
            key,
            auth_path: String::from(Auth::PATH),
            host: None,
            store: None,
            retry: RetryPolicy::default(),
            timeout: Duration::from_secs(30),
        }
    }

    /// What the platform lends; the native host unless set, where there is one.
    #[must_use]
    pub fn host(mut self, host: Arc<dyn Host>) -> Builder {
        self.host = Some(host);
        self
    }

    /// Where the session is kept; in memory unless set.
    #[must_use]
    pub fn store(mut self, store: Arc<dyn SessionStore>) -> Builder {
        self.store = Some(store);
        self
    }

    /// Where the auth server begins below the URL: `/auth/v1` on Supabase, empty for GoTrue itself.
    #[must_use]
    pub fn auth_path(mut self, path: impl Into<String>) -> Builder {
        self.auth_path = path.into();
        self
    }

    /// When a refresh or a sign-out is sent again. A sign-in or sign-up never is.
    #[must_use]
    pub fn retry(mut self, retry: RetryPolicy) -> Builder {
        self.retry = retry;
        self
    }

    /// How long a request may take, all tries together; 30 s unless set.
    #[must_use]
    pub fn timeout(mut self, limit: Duration) -> Builder {
        self.timeout = limit;
        self
    }

    /// Sign-in at this server.
    ///
    /// # Errors
    ///
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) where the URL has no scheme or host, the key holds what no header
    /// may, or there is no host.
    pub fn build(self) -> Result<Auth> {
        check_path("auth_path", &self.auth_path)?;
        let server = Server::new(&self.url, &self.key, self.host, self.retry, self.timeout)?;
        Ok(Auth::new(server, &self.auth_path, self.store.unwrap_or_else(|| Arc::new(MemoryStore::new()))))
    }
}

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder").field("auth_path", &self.auth_path).finish_non_exhaustive()
    }
}
