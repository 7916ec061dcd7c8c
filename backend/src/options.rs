use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Result, bail};

use crate::{packages, postgrest};

/// How to start a [`Backend`](crate::Backend) or a [`Postgres`](crate::Postgres).
#[derive(Clone)]
pub struct Options {
    pub(crate) data: Option<PathBuf>,
    pub(crate) port: u16,
    pub(crate) rest: Rest,
    pub(crate) postgres: PostgresVersion,
    pub(crate) migrations: Vec<PathBuf>,
    pub(crate) seeds: Vec<PathBuf>,
    pub(crate) max_rows: u32,
    pub(crate) progress: Arc<dyn Fn(&str) + Send + Sync>,
}

/// What answers REST requests.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Rest {
    /// The PostgREST that `EVENTOS_POSTGREST` names or that is on `PATH`; lite where there is none.
    #[default]
    AtHand,
    /// `@supabase/lite`.
    Lite,
    /// This PostgREST binary.
    Postgrest(PathBuf),
}

/// Where PostgreSQL comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum PostgresVersion {
    /// 17, from npm.
    #[default]
    V17,
    /// 18, from npm.
    V18,
    /// The folder with `initdb` and `postgres`, such as `/usr/lib/postgresql/15/bin`.
    Folder(PathBuf),
}

impl Options {
    /// A backend that is kept in `.eventos/backend` of the workspace, with the workspace's
    /// migrations and seeds.
    #[must_use]
    pub fn kept() -> Self {
        Self { data: Some(packages::workspace().join(".eventos/backend")), ..Self::throwaway() }
    }

    /// A backend in a temporary folder that is gone when it stops, with the workspace's migrations
    /// and seeds.
    #[must_use]
    pub fn throwaway() -> Self {
        let migrations = packages::workspace().join("migrations");
        Self {
            data: None,
            port: 0,
            rest: Rest::default(),
            postgres: PostgresVersion::default(),
            seeds: seeds_in(&migrations),
            migrations: vec![migrations],
            max_rows: 1000,
            progress: Arc::new(|_| ()),
        }
    }

    /// Keeps the data in `folder`.
    #[must_use]
    pub fn data(mut self, folder: impl Into<PathBuf>) -> Self {
        self.data = Some(folder.into());
        self
    }

    /// Listens on this port; 0, unless said otherwise, takes a free one.
    #[must_use]
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Answers REST requests with this server.
    #[must_use]
    pub fn rest(mut self, rest: Rest) -> Self {
        self.rest = rest;
        self
    }

    /// Runs on this PostgreSQL.
    #[must_use]
    pub fn postgres(mut self, version: PostgresVersion) -> Self {
        self.postgres = version;
        self
    }

    /// Applies the migrations in these folders instead of the workspace's.
    #[must_use]
    pub fn migrations(mut self, folders: impl IntoIterator<Item = PathBuf>) -> Self {
        self.migrations = folders.into_iter().collect();
        self
    }

    /// Runs these seed files, once each, instead of the workspace's.
    #[must_use]
    pub fn seeds(mut self, files: impl IntoIterator<Item = PathBuf>) -> Self {
        self.seeds = files.into_iter().collect();
        self
    }

    /// Neither migrates nor seeds: an empty project.
    #[must_use]
    pub fn empty(self) -> Self {
        self.migrations([]).seeds([])
    }

    /// Caps a response at this many rows; 1,000 unless said otherwise, as on hosted projects.
    #[must_use]
    pub fn max_rows(mut self, rows: u32) -> Self {
        self.max_rows = rows;
        self
    }

    /// Tells each step to `progress`, one line for a person.
    #[must_use]
    pub fn progress(mut self, progress: impl Fn(&str) + Send + Sync + 'static) -> Self {
        self.progress = Arc::new(progress);
        self
    }

    pub(crate) fn report(&self, line: &str) {
        (self.progress)(line);
    }

    /// What `serve.mjs` is told for the database, and the packages that it needs.
    pub(crate) fn database_arguments(&self) -> Result<Vec<String>> {
        let mut arguments = Vec::new();
        match &self.data {
            Some(folder) => arguments.extend(["--data".to_owned(), text(folder)?]),
            None => arguments.push("--throwaway".to_owned()),
        }
        arguments.push("--postgres".to_owned());
        arguments.push(match &self.postgres {
            PostgresVersion::V17 => "17".to_owned(),
            PostgresVersion::V18 => "18".to_owned(),
            PostgresVersion::Folder(folder) => text(folder)?,
        });
        for folder in &self.migrations {
            arguments.extend(["--migrations".to_owned(), text(folder)?]);
        }
        for file in &self.seeds {
            arguments.extend(["--seed".to_owned(), text(file)?]);
        }
        Ok(arguments)
    }

    /// What `serve.mjs` is told for the servers in front of the database.
    pub(crate) fn server_arguments(&self) -> Result<Vec<String>> {
        let mut arguments =
            vec!["--port".to_owned(), self.port.to_string(), "--max-rows".to_owned(), self.max_rows.to_string()];
        let postgrest = match &self.rest {
            Rest::AtHand => postgrest::postgrest_at_hand()?,
            Rest::Lite => None,
            Rest::Postgrest(binary) => Some(binary.clone()),
        };
        if let Some(binary) = postgrest {
            arguments.extend(["--postgrest".to_owned(), text(&binary)?]);
        }
        Ok(arguments)
    }

    /// Installs the npm packages that these options need, where they are missing or stale.
    pub(crate) fn install_packages(&self) -> Result<()> {
        packages::install("", &*self.progress)?;
        if self.postgres == PostgresVersion::V18 {
            packages::install("postgres-18", &*self.progress)?;
        }
        Ok(())
    }
}

/// `seed.sql` and the files of `seed/`, by name.
fn seeds_in(migrations: &Path) -> Vec<PathBuf> {
    let mut seeds: Vec<PathBuf> = std::fs::read_dir(migrations.join("seed"))
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "sql"))
        .collect();
    seeds.sort();
    let single = migrations.join("seed.sql");
    if single.is_file() {
        seeds.insert(0, single);
    }
    seeds
}

fn text(path: &Path) -> Result<String> {
    match path.to_str() {
        Some(text) => Ok(text.to_owned()),
        None => bail!("{} is not a path in UTF-8: choose another folder", path.display()),
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options")
            .field("data", &self.data)
            .field("port", &self.port)
            .field("rest", &self.rest)
            .field("postgres", &self.postgres)
            .field("migrations", &self.migrations)
            .field("seeds", &self.seeds)
            .field("max_rows", &self.max_rows)
            .finish_non_exhaustive()
    }
}
