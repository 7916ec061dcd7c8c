//! The server that the tests and the demo talk to: the one that the environment names, or an embedded one of our own.

use std::process::Command;

use anyhow::{Result, bail};
use eventos_backend::{Backend, Endpoint, Options};

/// A server that answers. An embedded one stops when this is dropped.
pub(crate) enum Server {
    /// The one in `EVENTOS_URL`.
    Named(Endpoint),
    /// The one that was started here.
    Embedded(Backend),
}

impl Server {
    /// The server that the environment names, if writing there was `confirmed`, or else a new one.
    pub(crate) fn at_hand(confirmed: bool, options: Options) -> Result<Self> {
        match Endpoint::from_env()? {
            Some(endpoint) if confirmed => Ok(Self::Named(endpoint)),
            Some(endpoint) => bail!(
                "EVENTOS_URL names {}: rows would be written and removed there. \
                 Add --yes if that is what you want, or unset EVENTOS_URL",
                endpoint.url
            ),
            None => Self::start(options),
        }
    }

    /// A new embedded server.
    pub(crate) fn start(options: Options) -> Result<Self> {
        Backend::start(options).map(Self::Embedded)
    }

    /// Where it is and how to be let in.
    pub(crate) fn endpoint(&self) -> &Endpoint {
        match self {
            Self::Named(endpoint) => endpoint,
            Self::Embedded(backend) => backend.endpoint(),
        }
    }

    /// Tells a program, in its environment, which server to use.
    pub(crate) fn introduce(&self, mut command: Command) -> Command {
        let endpoint = self.endpoint();
        command
            .env("EVENTOS_URL", &endpoint.url)
            .env("EVENTOS_ANON_KEY", &endpoint.anon_key)
            .env("EVENTOS_SERVICE_KEY", &endpoint.service_key);
        if let Self::Embedded(_) = self {
            command.env("EVENTOS_SERVER", &endpoint.server);
        }
        for (name, value) in [("EVENTOS_DB_URL", &endpoint.db_url), ("EVENTOS_JWT_SECRET", &endpoint.jwt_secret)] {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        command
    }
}
