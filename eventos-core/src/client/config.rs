//! How a client is set up, and what is refused before it exists.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::{Eventos, Inner};
use crate::auth::TokenProvider;
use crate::error::Result;
use crate::host::{Host, RetryPolicy, Server};

/// The settings of a client, from [`Eventos::builder`].
pub struct Builder {
    url: String,
    key: String,
    rest_path: String,
    host: Option<Arc<dyn Host>>,
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
            host: None,
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

    /// Who knows the user's access token. Without one, every request is a visitor's, or the service's with its key.
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

    /// The schema of the tables, where it is not the server's first one.
    #[must_use]
    pub fn schema(mut self, schema: impl Into<String>) -> Builder {
        self.schema = Some(schema.into());
        self
    }

    /// When requests are sent again.
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
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) where the URL has no scheme or host, the key holds what no header
    /// may, or there is no host.
    pub fn build(self) -> Result<Eventos> {
        let server = Server::new(&self.url, &self.key, self.host, self.retry, self.timeout)?;
        Ok(Eventos {
            inner: Arc::new(Inner {
                rest: format!("{}{}", server.url, self.rest_path.trim_end_matches('/')),
                server,
                tokens: self.tokens,
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
