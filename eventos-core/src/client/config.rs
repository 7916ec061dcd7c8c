//! How a client is set up, and what is refused before it exists.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::{ApiKey, Eventos, Inner};
use crate::auth::TokenProvider;
use crate::error::{Error, Result};
use crate::host::{Host, RetryPolicy, Sender};

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
        let url = checked_url(&self.url)?;
        let key = checked_key(&self.key)?;
        let host = match self.host {
            Some(host) => host,
            None => default_host()?,
        };
        Ok(Eventos {
            inner: Arc::new(Inner {
                sender: Sender { host, retry: self.retry, timeout: self.timeout },
                rest: format!("{url}{}", self.rest_path.trim_end_matches('/')),
                key,
                tokens: self.tokens,
                schema: self.schema,
                max_rows: self.max_rows,
            }),
        })
    }
}

#[cfg(feature = "native")]
fn default_host() -> Result<Arc<dyn Host>> {
    Ok(Arc::new(crate::host::NativeHost::new()?))
}

#[cfg(not(feature = "native"))]
fn default_host() -> Result<Arc<dyn Host>> {
    Err(Error::invalid_input("host", "set one with `.host(…)`: this build brings none of its own"))
}

/// The URL without a slash at its end.
fn checked_url(url: &str) -> Result<&str> {
    let wrong = |problem: &'static str| Error::invalid_input("url", problem);
    let rest = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"))
        .ok_or_else(|| wrong("it must start with https:// or http://"))?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let name = host.rsplit_once('@').map_or(host, |(_, name)| name);
    if name.is_empty() || name.starts_with(':') {
        return Err(wrong("it has no host: expected such as https://project.supabase.co"));
    }
    if host.contains('@') {
        return Err(wrong("it must not hold a user name or password"));
    }
    if rest.contains(['?', '#']) || url.bytes().any(|byte| !byte.is_ascii_graphic()) {
        return Err(wrong("it must be an address alone: no query, no spaces, no accents"));
    }
    Ok(url.trim_end_matches('/'))
}

fn checked_key(key: &str) -> Result<ApiKey> {
    if key.is_empty() || key.bytes().any(|byte| !byte.is_ascii_graphic()) {
        return Err(Error::invalid_input("key", "it is empty or holds spaces or line breaks: copy it again, whole"));
    }
    Ok(ApiKey(key.to_owned()))
}

impl ApiKey {
    pub(super) fn expose(&self) -> &str {
        &self.0
    }

    /// A JWT stands for its role in the Authorization header too; an opaque key goes in `apikey` alone.
    pub(super) fn is_jwt(&self) -> bool {
        self.0.starts_with("ey") && self.0.matches('.').count() == 2
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiKey(…)")
    }
}

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder").field("rest_path", &self.rest_path).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_what_is_no_address() {
        for url in [
            "",
            "example.com",
            "ftp://example.com",
            "https://",
            "https:///rest",
            "https://:443",
            "https://u:p@example.com",
            "https://example.com?x=1",
            "https://exa mple.com",
        ] {
            assert!(checked_url(url).is_err(), "{url}");
        }
        assert_eq!(checked_url("http://127.0.0.1:54321/").unwrap(), "http://127.0.0.1:54321");
    }

    #[test]
    fn refuses_a_key_with_a_line_break_without_showing_it() {
        let error = checked_key("secret\nkey").unwrap_err();
        assert!(!error.to_string().contains("secret"));
        assert!(!format!("{error:?}").contains("secret"));
    }
}
