//! How sign-in is set up on its own.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::{Auth, MemoryStore, SessionStore};
use crate::error::Result;
use crate::host::{Host, RetryPolicy, Server, check_path};

/// The settings of an [`Auth`] without a client, from [`Auth::builder`].
///
/// ```
/// use std::sync::Arc;
/// use std::time::Duration;
/// use eventos_core::auth::{Auth, MemoryStore};
/// use eventos_core::host::{RecordingHost, RetryPolicy};
///
/// let host = Arc::new(RecordingHost::starting_at(chrono::DateTime::UNIX_EPOCH));
/// let auth = Auth::builder("https://example.supabase.co", "your-anon-key")
///     // Each of these may be left out; `host` needs the feature `native` then.
///     .host(host)
///     .store(Arc::new(MemoryStore::new()))
///     .auth_path("/auth/v1")
///     .retry(RetryPolicy { tries: 5, ..RetryPolicy::default() })
///     .timeout(Duration::from_secs(10))
///     .build()?;
/// # Ok::<(), eventos_core::Error>(())
/// ```
///
/// `Debug` shows neither the key nor the URL.
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
    ///
    /// [`Builder`] has an example, and [`Host`] shows how to write one.
    #[must_use]
    pub fn host(mut self, host: Arc<dyn Host>) -> Builder {
        self.host = Some(host);
        self
    }

    /// Where the session is kept; in memory unless set, and then it ends with the process.
    ///
    /// [`Builder`] has an example, and [`SessionStore`] shows how to write one.
    #[must_use]
    pub fn store(mut self, store: Arc<dyn SessionStore>) -> Builder {
        self.store = Some(store);
        self
    }

    /// Where the auth server begins below the URL: `/auth/v1` on Supabase and unless set, empty for GoTrue itself.
    ///
    /// ```
    /// use eventos_core::auth::Auth;
    ///
    /// # use eventos_core::host::RecordingHost;
    /// # let host = std::sync::Arc::new(RecordingHost::starting_at("2025-06-15T09:00:00Z".parse().unwrap()));
    /// # host.answer(400, "{}");
    /// # futures_util::FutureExt::now_or_never(async {
    /// let auth = Auth::builder("https://auth.example.com", "your-anon-key")
    /// #     .host(host.clone())
    ///     .auth_path("")
    ///     .build()?;
    /// # auth.sign_in_with_password("michael@example.com", "correct horse").await.unwrap_err();
    /// # assert_eq!(host.exchanges()[0].base, "https://auth.example.com");
    /// # Ok::<(), eventos_core::Error>(())
    /// # }).unwrap()?;
    /// # Ok::<(), eventos_core::Error>(())
    /// ```
    #[must_use]
    pub fn auth_path(mut self, path: impl Into<String>) -> Builder {
        self.auth_path = path.into();
        self
    }

    /// When a refresh, a sign-out or a read of the account is sent again; three tries in all unless set.
    ///
    /// A sign-in or sign-up never is. [`Builder`] has an example.
    #[must_use]
    pub fn retry(mut self, retry: RetryPolicy) -> Builder {
        self.retry = retry;
        self
    }

    /// How long a request may take, all tries together; 30 s unless set.
    ///
    /// [`Builder`] has an example.
    #[must_use]
    pub fn timeout(mut self, limit: Duration) -> Builder {
        self.timeout = limit;
        self
    }

    /// Sign-in at this server. Nothing is sent yet.
    ///
    /// ```
    /// use eventos_core::{ErrorKind, auth::Auth};
    ///
    /// let without_scheme = Auth::builder("example.supabase.co", "your-anon-key").build();
    /// assert_eq!(without_scheme.unwrap_err().kind(), ErrorKind::InvalidInput);
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) where the URL has no scheme or host, the path below it is none,
    /// the key is empty or holds what no header may, or there is no host; [`Connect`](crate::ErrorKind::Connect) where
    /// the native host cannot set up TLS on this machine.
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
