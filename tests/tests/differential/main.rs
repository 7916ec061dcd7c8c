//! Our requests mean what those of other clients mean, for the queries that both encode correctly.
//!
//! Both are read with the independent reader of PostgREST's grammar. What the others encode wrongly is left out by name,
//! and ours is held to what was asked.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, in its helpers too"
)]

mod normal;
mod projections;

mod postgrest_js;
mod postgrest_rs;

mod adapter;
