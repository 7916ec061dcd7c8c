//! Which server, with which key, and how it is reached.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::{Host, RetryPolicy, Sender};
use crate::error::{Error, Result};

/// One project's server, checked: what the client of its tables and the client of its accounts share.
#[derive(Clone)]
pub(crate) struct Server {
    /// The address, without a slash at its end.
    pub(crate) url: String,
    pub(crate) key: ApiKey,
    pub(crate) sender: Sender,
}

/// A project's API key: `anon` or `service_role` as a JWT, or an opaque publishable or secret key.
#[derive(Clone)]
pub(crate) struct ApiKey(String);

impl Server {
    /// Refuses an address or a key that cannot be one. Without a host it takes the native one, where there is one.
    pub(crate) fn new(
        url: &str,
        key: &str,
        host: Option<Arc<dyn Host>>,
        retry: RetryPolicy,
        timeout: Duration,
    ) -> Result<Server> {
        let url = checked_url(url)?.to_owned();
        let key = ApiKey::checked(key)?;
        let host = match host {
            Some(host) => host,
            None => default_host()?,
        };
        Ok(Server { url, key, sender: Sender { host, retry, timeout } })
    }
}

impl ApiKey {
    fn checked(key: &str) -> Result<ApiKey> {
        if key.is_empty() || key.bytes().any(|byte| !byte.is_ascii_graphic()) {
            return Err(Error::invalid_input(
                "key",
                "it is empty or holds spaces or line breaks: copy it again, whole",
            ));
        }
        Ok(ApiKey(key.to_owned()))
    }

    pub(crate) fn expose(&self) -> &str {
        &self.0
    }

    /// A JWT stands for its role in the Authorization header too; an opaque key goes in `apikey` alone.
    pub(crate) fn is_jwt(&self) -> bool {
        self.0.starts_with("ey") && self.0.matches('.').count() == 2
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiKey(…)")
    }
}

#[cfg(feature = "native")]
fn default_host() -> Result<Arc<dyn Host>> {
    Ok(Arc::new(super::NativeHost::new()?))
}

#[cfg(not(feature = "native"))]
fn default_host() -> Result<Arc<dyn Host>> {
    Err(Error::invalid_input("host", "set one with `.host(…)`: this build brings none of its own"))
}

/// Refuses a path below the address that would be part of another host's name, to which the key would then go.
pub(crate) fn check_path(setting: &'static str, path: &str) -> Result<()> {
    let is_path = path.is_empty() || path.starts_with('/');
    if is_path && path.bytes().all(|byte| byte.is_ascii_graphic() && !b"?#\\".contains(&byte)) {
        return Ok(());
    }
    Err(Error::invalid_input(setting, "it must be empty or a path such as /rest/v1: no query, no spaces, no accents"))
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
    if let Some((_, port)) = host.rsplit_once(':').filter(|_| !host.ends_with(']'))
        && port.parse::<u16>().is_err()
    {
        return Err(wrong("its port must be a number up to 65535"));
    }
    if rest.contains(['?', '#', '\\']) || url.bytes().any(|byte| !byte.is_ascii_graphic()) {
        return Err(wrong("it must be an address alone: no query, no spaces, no accents"));
    }
    Ok(url.trim_end_matches('/'))
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
            "https://example.com\\rest",
            "https://example.com:port",
            "https://example.com:65536",
        ] {
            assert!(checked_url(url).is_err(), "{url}");
        }
        assert_eq!(checked_url("http://127.0.0.1:54321/").unwrap(), "http://127.0.0.1:54321");
        assert!(checked_url("http://[::1]").is_ok() && checked_url("http://[::1]:54321/below").is_ok());
    }

    #[test]
    fn refuses_a_path_that_would_lead_to_another_host() {
        for path in ["rest/v1", ".example.com", "@example.com", ":1/rest", "/rest?a=b", "/re st", "/\r\n"] {
            assert!(check_path("rest_path", path).is_err(), "{path}");
        }
        for path in ["", "/", "/rest/v1", "/rest/v1/"] {
            assert!(check_path("rest_path", path).is_ok(), "{path}");
        }
    }

    #[test]
    fn refuses_a_key_with_a_line_break_without_showing_it() {
        let error = ApiKey::checked("secret\nkey").unwrap_err();
        assert!(!error.to_string().contains("secret"));
        assert!(!format!("{error:?}").contains("secret"));
    }
}
