//! Attacks on the shop and its doors, as HTTP requests with real tokens of whoever might try them.
//!
//! Each is refused with the status and the code that say why, tells nothing that the attacker may not
//! know, and leaves every row as it was, those of the schema `eventos` included. What an attack is made
//! of is a table of [`attempts::Attempt`]s; what takes several steps is a test of its own.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]

mod server;
mod world;
mod attempts;

mod orders;
mod tickets;
mod listings;
mod upserts;
mod secrets;
mod doors;
mod internals;
mod sweep;
