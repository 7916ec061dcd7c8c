//! Starts and stops the embedded local backend: a real PostgreSQL with a PostgREST- and
//! GoTrue-compatible server in front of it, as a hosted project has them.
//!
//! ```no_run
//! use eventos_backend::{Backend, Options};
//!
//! # fn main() -> anyhow::Result<()> {
//! let backend = Backend::start(Options::throwaway())?;
//! println!("{} serves at {}", backend.endpoint().server, backend.endpoint().url);
//! # Ok(())
//! # }
//! ```
//!
//! What is started here is the Node program in `src/serve.mjs`; it stops when this process ends,
//! however it ends. Code that only needs *a* server takes an [`Endpoint`] and asks
//! [`Endpoint::from_env`] first, so that it runs against any other server too.

mod endpoint;
mod token;
mod options;
mod backend;
mod postgres;
mod postgrest;
mod packages;
mod program;

pub use backend::Backend;
pub use endpoint::Endpoint;
pub use options::{Options, PostgresVersion, Rest};
pub use postgres::Postgres;
pub use postgrest::{install_postgrest, postgrest_at_hand};
