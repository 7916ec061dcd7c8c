use std::env;
use std::fmt;

use anyhow::{Context, Result};
use serde::Deserialize;

/// Where a server is and how to be let in.
///
/// The keys never appear in its `Debug`.
#[derive(Clone, Deserialize)]
pub struct Endpoint {
    /// The address under which `/rest/v1` and `/auth/v1` are found, without a slash at its end.
    pub url: String,
    /// The API key of visitors.
    pub anon_key: String,
    /// The API key of trusted services, which row level security does not hold.
    pub service_key: String,
    /// The database behind the server, for migrations and the catalog, where it may be reached.
    pub db_url: Option<String>,
    /// The secret that tokens are signed with, where it is known.
    pub jwt_secret: Option<String>,
    /// What answers REST requests, such as `lite 0.10.0` or `PostgREST 12.0.2`.
    #[serde(default = "unknown_server")]
    pub server: String,
    /// Whether it is the embedded backend, which may be filled and emptied at will.
    #[serde(default)]
    pub is_embedded: bool,
}

impl Endpoint {
    /// The server that the environment names, or `None` when `EVENTOS_URL` is not set.
    ///
    /// `EVENTOS_ANON_KEY` and `EVENTOS_SERVICE_KEY` go with it, and `EVENTOS_DB_URL` and
    /// `EVENTOS_JWT_SECRET` where they are known. `EVENTOS_SERVER` is set by whoever started an embedded server
    /// for this process, and says what answers there, as [`server`](Self::server) does.
    ///
    /// # Errors
    ///
    /// When there is an address but no keys.
    pub fn from_env() -> Result<Option<Self>> {
        Self::from_variables(|name| env::var(name).ok().filter(|value| !value.is_empty()))
    }

    fn from_variables(variable: impl Fn(&str) -> Option<String>) -> Result<Option<Self>> {
        let Some(url) = variable("EVENTOS_URL") else {
            return Ok(None);
        };
        let key =
            |name: &str| variable(name).with_context(|| format!("EVENTOS_URL is set and {name} is not: set it too"));
        Ok(Some(Self {
            url: url.trim_end_matches('/').to_owned(),
            anon_key: key("EVENTOS_ANON_KEY")?,
            service_key: key("EVENTOS_SERVICE_KEY")?,
            db_url: variable("EVENTOS_DB_URL"),
            jwt_secret: variable("EVENTOS_JWT_SECRET"),
            is_embedded: variable("EVENTOS_SERVER").is_some(),
            server: variable("EVENTOS_SERVER").unwrap_or_else(unknown_server),
        }))
    }

    /// Whether a real PostgREST answers REST requests, as far as is known.
    #[must_use]
    pub fn is_lite(&self) -> bool {
        self.server.starts_with("lite")
    }
}

fn unknown_server() -> String {
    "a server named in the environment".to_owned()
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Endpoint")
            .field("url", &self.url)
            .field("server", &self.server)
            .field("is_embedded", &self.is_embedded)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(variables: &'static [(&str, &str)]) -> Result<Option<Endpoint>> {
        Endpoint::from_variables(|name| {
            let (_, value) = variables.iter().find(|(known, _)| *known == name)?;
            Some((*value).to_owned())
        })
    }

    #[test]
    fn the_environment_may_name_no_server() {
        assert!(named(&[("EVENTOS_ANON_KEY", "a")]).unwrap().is_none());
    }

    #[test]
    fn an_address_without_keys_is_refused_by_name() {
        let error = named(&[("EVENTOS_URL", "http://x"), ("EVENTOS_ANON_KEY", "a")]).unwrap_err();
        assert_eq!(error.to_string(), "EVENTOS_URL is set and EVENTOS_SERVICE_KEY is not: set it too");
    }

    #[test]
    fn debug_tells_no_key() {
        let endpoint = named(&[
            ("EVENTOS_URL", "http://x/"),
            ("EVENTOS_ANON_KEY", "anon-key"),
            ("EVENTOS_SERVICE_KEY", "service-key"),
            ("EVENTOS_DB_URL", "postgresql://u:password@h/d"),
            ("EVENTOS_JWT_SECRET", "jwt-secret"),
        ])
        .unwrap()
        .unwrap();
        assert_eq!(
            format!("{endpoint:?}"),
            "Endpoint { url: \"http://x\", server: \"a server named in the environment\", is_embedded: false, .. }"
        );
    }
}
