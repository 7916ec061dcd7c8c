//! EventOS behind Swift, Kotlin and Python: what their generated modules call.
//!
//! Nothing here knows a rule of tickets or of PostgREST: typed values and JSON come in, the core decides, typed values go out.
//! HTTP, tokens and the session's store are the platform's, lent through foreign traits.

uniffi::setup_scaffolding!("eventos");

mod error;
mod platform;
mod host;
mod json;
mod values;
mod filters;
mod query;
mod client;
mod tables;
mod auth;
mod cards;
mod shop;
mod door;
mod codes;

#[cfg(test)]
mod tests;

pub use client::Client;
pub use error::EventosError;

/// The version of the library.
#[uniffi::export]
pub fn version() -> Result<String, EventosError> {
    Ok(env!("CARGO_PKG_VERSION").to_owned())
}
