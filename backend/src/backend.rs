use anyhow::{Context, Result};
use serde::Deserialize;

use crate::program::Program;
use crate::{Endpoint, Options};

/// A running embedded backend. Dropping it stops it.
#[derive(Debug)]
pub struct Backend {
    endpoint: Endpoint,
    postgres: String,
    _program: Program,
}

impl Backend {
    /// Starts it and waits until it answers; the first time this installs its npm packages.
    ///
    /// # Errors
    ///
    /// When Node or npm is missing, when a migration fails, when the data belongs to another
    /// PostgreSQL or to a backend that is running. The error carries what the program said.
    pub fn start(options: Options) -> Result<Self> {
        options.install_packages()?;
        let mut arguments = options.database_arguments()?;
        arguments.extend(options.server_arguments()?);
        let (program, answer) = Program::start(&arguments, &options)?;
        let mut endpoint: Endpoint = serde_json::from_str(&answer).context("the backend did not say where it is")?;
        endpoint.is_embedded = true;
        let Version { postgres } = serde_json::from_str(&answer).context("the backend did not say its version")?;
        Ok(Self { endpoint, postgres, _program: program })
    }

    /// Where it is and how to be let in.
    #[must_use]
    pub fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    /// PostgreSQL's version, such as `17.10`.
    #[must_use]
    pub fn postgres_version(&self) -> &str {
        &self.postgres
    }
}

#[derive(Deserialize)]
struct Version {
    postgres: String,
}
