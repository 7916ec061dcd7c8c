//! EventOS behind JavaScript: what the npm package `@eventos/wasm` calls.
//!
//! Nothing here knows a rule of tickets or of PostgREST: JSON comes in, the core decides, JSON goes out. The package's
//! TypeScript gives it types, sends its requests with `fetch` and parses rows with `JSON.parse`.

#![cfg(target_arch = "wasm32")]

mod client;
mod platform;
mod sessions;
mod auth;
mod codes;
mod failure;

pub use client::{Client, request, version};
pub use codes::{code, svg};
