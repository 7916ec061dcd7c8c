//! How a client is set up, and what is refused before it exists.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::{Caller, Eventos, Inner};
use crate::auth::{Auth, MemoryStore, SessionStore, TokenProvider};
use crate::error::{Error, Result};
use crate::host::{Host, RetryPolicy, Server, check_path};

/// The settings of a client, from [`Eventos::builder`].
///
/// ```
/// use std::sync::Arc;
/// use std::time::Duration;
/// use eventos_core::auth::MemoryStore;
/// use eventos_core::host::{RecordingHost, RetryPolicy};
/// use eventos_core::{ErrorKind, Eventos};
///
/// let host = Arc::new(RecordingHost::starting_at(chrono::DateTime::UNIX_EPOCH));
/// let eventos = Eventos::builder("https://example.supabase.co", "your-anon-key")
///     // Each of these may be left out; `host` needs the feature `native` then.
///     .host(host.clone())
///     .sessions(Arc::new(MemoryStore::new()))
///     .rest_path("/rest/v1")
///     .auth_path("/auth/v1")
///     .schema("public")
///     .retry(RetryPolicy { tries: 5, ..RetryPolicy::default() })
///     .timeout(Duration::from_secs(10))
///     .max_rows(500)
///     .build()?;
///
/// let without_scheme = Eventos::builder("example.supabase.co", "your-anon-key").host(host).build();
/// assert_eq!(without_scheme.unwrap_err().kind(), ErrorKind::InvalidInput);
/// # Ok::<(), eventos_core::Error>(())
/// ```
///
/// The key decides what the client is: with the anon key it has a sign-in of its own, [`Eventos::auth`]; with a service key it
/// steps around row-level security and signs nobody in. `Debug` shows neither the key nor the URL.
pub struct Builder {
    url: String,
    key: String,
    rest_path: String,
    auth_path: String,
    host: Option<Arc<dyn Host>>,
    sessions: Option<Arc<dyn SessionStore>>,
    tokens: Option<Arc<dyn TokenProvider>>,
    schema: Option<String>,
    retry: RetryPolicy,
    timeout: Duration,
    max_rows: u64,
}

impl Builder {
    pub(super) fn new(url: String, key: String) -> Builder {
        Builder {
            url,
            key,
            rest_path: String::from("/rest/v1"),
            auth_path: String::from(Auth::PATH),
            host: None,
            sessions: None,
            tokens: None,
            schema: None,
            retry: RetryPolicy::default(),
            timeout: Duration::from_secs(30),
            max_rows: 1000,
        }
    }

    /// What the platform lends; the native host unless set, where there is one.
    #[must_use]
    pub fn host(mut self, host: Arc<dyn Host>) -> Builder {
        self.host = Some(host);
        self
    }

    /// Where [`Eventos::auth`] keeps the session; in memory unless set.
    #[must_use]
    pub fn sessions(mut self, store: Arc<dyn SessionStore>) -> Builder {
        self.sessions = Some(store);
        self
    }

    /// Who knows the user's access token, in place of [`Eventos::auth`].
    ///
    /// It is asked before every request. [`AccessToken`](crate::auth::AccessToken) is one that never changes.
    ///
    /// ```no_run
    /// # #[cfg(feature = "native")]
    /// # fn run(token: &str) -> eventos_core::Result<()> {
    /// use std::sync::Arc;
    /// use eventos_core::Eventos;
    /// use eventos_core::auth::AccessToken;
    ///
    /// let eventos = Eventos::builder("https://example.supabase.co", "your-anon-key")
    ///     .tokens(Arc::new(AccessToken::new(token)))
    ///     .build()?;
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn tokens(mut self, tokens: Arc<dyn TokenProvider>) -> Builder {
        self.tokens = Some(tokens);
        self
    }

    /// Where REST begins below the URL: `/rest/v1` on Supabase, empty for PostgREST itself.
    #[must_use]
    pub fn rest_path(mut self, path: impl Into<String>) -> Builder {
        self.rest_path = path.into();
        self
    }

    /// Where the auth server begins below the URL: `/auth/v1` on Supabase, empty for GoTrue itself.
    #[must_use]
    pub fn auth_path(mut self, path: impl Into<String>) -> Builder {
        self.auth_path = path.into();
        self
    }

    /// The schema of the tables, where it is not the server's first one.
    #[must_use]
    pub fn schema(mut self, schema: impl Into<String>) -> Builder {
        self.schema = Some(schema.into());
        self
    }

    /// When requests are sent again: reads, and writes that were made repeatable; three tries in all unless set.
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

    /// The most rows that the server gives in one answer; 1,000 unless set, as on hosted projects, and 0 for no limit.
    ///
    /// A read without a limit that gives exactly this many fails as [`Truncated`](crate::ErrorKind::Truncated).
    #[must_use]
    pub fn max_rows(mut self, rows: u64) -> Builder {
        self.max_rows = rows;
        self
    }

    /// The client.
    ///
    /// # Errors
    ///
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) where the URL has no scheme or host, a path below it is none, the
    /// key holds what no header may, there is no host, or sessions are to be kept for a client that has none.
    pub fn build(self) -> Result<Eventos> {
        check_path("rest_path", &self.rest_path)?;
        check_path("auth_path", &self.auth_path)?;
        let server = Server::new(&self.url, &self.key, self.host, self.retry, self.timeout)?;
        let without_token = Caller::of_key(&server.key)?;
        let (auth, tokens) = match (self.tokens, self.sessions) {
            (None, sessions) if without_token != Caller::Service => {
                let store = sessions.unwrap_or_else(|| Arc::new(MemoryStore::new()));
                let auth = Auth::new(server.clone(), &self.auth_path, store);
                let tokens: Arc<dyn TokenProvider> = Arc::new(auth.clone());
                (Some(auth), Some(tokens))
            }
            (_, Some(_)) => {
                return Err(Error::invalid_input(
                    "sessions",
                    "a client with a service key or with `.tokens(…)` has no session: leave `.sessions(…)` out",
                ));
            }
            (tokens, None) => (None, tokens),
        };
        Ok(Eventos {
            inner: Arc::new(Inner {
                rest: format!("{}{}", server.url, self.rest_path.trim_end_matches('/')),
                server,
                auth,
                tokens,
                without_token,
                schema: self.schema,
                max_rows: self.max_rows,
            }),
        })
    }
}

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder").field("rest_path", &self.rest_path).finish_non_exhaustive()
    }
}
