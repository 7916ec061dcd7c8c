//! Databases to migrate and look into.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use eventos_backend::{Options, Postgres, PostgresVersion};
use tokio_postgres::{Client, Config, NoTls};

/// The specification's base migration.
pub const BASE: &str = "20251013060000_core_eventos_schema_production.sql";

/// A migration: its file's name and its text.
#[derive(Clone, Debug)]
pub struct Migration {
    /// Such as `20251013060000_core_eventos_schema_production.sql`.
    pub name: String,
    /// The SQL.
    pub text: String,
}

/// The workspace's migrations, in the order in which they are applied.
///
/// # Errors
///
/// When a file cannot be read.
pub fn migrations() -> Result<Vec<Migration>> {
    let folder = migrations_folder();
    let mut found = Vec::new();
    for entry in fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.ends_with(".sql") {
            found.push(Migration { name: name.into_owned(), text: read(&path)? });
        }
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(found)
}

/// The text of a file of `migrations/`, such as `seed/eventos.sql`.
///
/// # Errors
///
/// When the file cannot be read.
pub fn file_of_migrations(name: &str) -> Result<String> {
    read(&migrations_folder().join(name))
}

fn migrations_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrations")
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// A running PostgreSQL of each version at hand: 17 and 18 from npm, and those that Debian installed.
///
/// # Errors
///
/// When one of them does not start.
pub fn every_postgres() -> Result<Vec<Postgres>> {
    let debian = Postgres::debian_folders().into_iter();
    [PostgresVersion::V17, PostgresVersion::V18]
        .into_iter()
        .chain(debian.map(PostgresVersion::Folder))
        .map(|version| Postgres::start(Options::throwaway().empty().postgres(version)))
        .collect()
}

/// A new database on `postgres`: a hosted project before its first migration.
///
/// # Errors
///
/// When it cannot be made.
pub async fn new_database(postgres: &Postgres, name: &str) -> Result<Client> {
    connect(postgres.db_url())
        .await?
        .batch_execute(&format!("create database {name}"))
        .await
        .with_context(|| format!("cannot create the database {name}"))?;
    connect_to(postgres, name).await
}

/// Another connection to a database on `postgres`.
///
/// # Errors
///
/// When there is none.
pub async fn connect_to(postgres: &Postgres, name: &str) -> Result<Client> {
    let mut config: Config = postgres.db_url().parse()?;
    config.dbname(name);
    open(&config).await
}

/// A connection to the database at `url`.
///
/// # Errors
///
/// When there is none.
pub async fn connect(url: &str) -> Result<Client> {
    open(&url.parse().context("the database's address is not one")?).await
}

async fn open(config: &Config) -> Result<Client> {
    let (client, connection) = config.connect(NoTls).await.context("cannot connect to the database")?;
    tokio::spawn(connection);
    Ok(client)
}

/// Applies a migration in a transaction, as every runner of migrations does.
///
/// # Errors
///
/// When the database refuses it.
pub async fn apply(client: &Client, migration: &Migration) -> Result<()> {
    client
        .batch_execute(&format!("begin;\n{}\n;commit;", migration.text))
        .await
        .with_context(|| format!("{} failed", migration.name))
}
