//! Nothing that a value contains can change the meaning of a query.
//!
//! Queries are generated together with what they mean, built with the core, and their requests read with an independent
//! reader of PostgREST's grammar, which must find that meaning and nothing else. Then the same over rows: patterns find
//! exactly the text they were made from, pages walk over each row once, and a real PostgREST, where there is one, finds
//! the rows that it should.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, in its helpers too"
)]

mod hostile;
mod meaning;

mod calls;
mod pages;
mod patterns;
mod queries;
mod real_server;

mod typed;
mod writes;

use eventos_core::wire;
use postgrest_grammar::Request;

/// What PostgREST understands a request to ask, in canonical form. It must not ignore any part of it.
fn read(request: &wire::Request) -> Request {
    let headers: Vec<(&str, &str)> =
        request.headers.iter().map(|(name, value)| (name.as_ref(), value.as_ref())).collect();
    let target = request.target();
    let read = Request::read(request.method.as_str(), &target, &headers)
        .unwrap_or_else(|refusal| panic!("{target}: {refusal}"));
    assert_eq!(read.ignored, [""; 0], "{target}");
    read.canonical()
}
