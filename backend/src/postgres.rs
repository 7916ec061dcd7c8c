use std::fmt;
use std::path::PathBuf;

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::Options;
use crate::program::Program;

/// A running PostgreSQL, prepared as a hosted project is and migrated, without a server in front
/// of it. Dropping it stops it.
///
/// Every database that is created on it later is prepared in the same way.
pub struct Postgres {
    answer: Answer,
    _program: Program,
}

#[derive(Deserialize)]
struct Answer {
    db_url: String,
    superuser_url: String,
    #[serde(rename = "postgres")]
    version: String,
}

impl Postgres {
    /// Starts it and waits until it answers. What the options say about the REST server is ignored.
    ///
    /// # Errors
    ///
    /// As for [`Backend::start`](crate::Backend::start).
    pub fn start(options: Options) -> Result<Self> {
        options.install_packages()?;
        let mut arguments = options.database_arguments()?;
        arguments.push("--database-only".to_owned());
        let (program, answer) = Program::start(&arguments, &options)?;
        Ok(Self {
            answer: serde_json::from_str(&answer).context("PostgreSQL did not say where it is")?,
            _program: program,
        })
    }

    /// The folders with the programs of the PostgreSQL versions that Debian's packages installed.
    #[must_use]
    pub fn debian_folders() -> Vec<PathBuf> {
        let mut folders: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
            .into_iter()
            .flatten()
            .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
            .filter(|folder| folder.join("initdb").is_file())
            .collect();
        folders.sort();
        folders
    }

    /// The database `postgres`, as the role that owns it: what migrations run as, not a superuser.
    #[must_use]
    pub fn db_url(&self) -> &str {
        &self.answer.db_url
    }

    /// The database `postgres`, as the superuser.
    #[must_use]
    pub fn superuser_url(&self) -> &str {
        &self.answer.superuser_url
    }

    /// The version, such as `17.10`.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.answer.version
    }
}

impl fmt::Debug for Postgres {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Postgres").field("version", &self.answer.version).finish_non_exhaustive()
    }
}
