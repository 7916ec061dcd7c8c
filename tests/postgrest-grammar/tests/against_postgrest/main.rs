//! Holds the reader against a real PostgREST: recorded answers, and generated requests.
//!
//! The recorded answers are PostgREST 12.0.2's, before PostgreSQL 15. Without a server the reader alone is held
//! against them; with one (named by `EVENTOS_POSTGREST`, or installed by the backend) so is the server.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, in its helpers too"
)]

mod facts;
mod generated;
mod sample;
mod server;

use std::sync::Arc;

use postgrest_grammar::{Condition, Request};
use server::{Answer, Server};

/// The ids that a request finds, as the reader understands it; nothing where the model cannot tell.
fn ids_by_reader(request: &Request) -> Option<Vec<usize>> {
    let conditions: Vec<&Condition> = request
        .filters
        .iter()
        .map(|filter| filter.path.is_empty().then_some(&filter.condition))
        .collect::<Option<_>>()?;
    let mut ids = sample::matching(&conditions)?;
    if let Some(page) = request.pages.get(&Vec::new()) {
        ids = ids
            .into_iter()
            .skip(usize::try_from(page.offset).ok()?)
            .take(page.limit.map_or(Some(usize::MAX), |limit| limit.try_into().ok())?)
            .collect();
    }
    Some(ids)
}

/// The ids that an answer of the server shows.
fn ids_of(answer: &Answer) -> Vec<usize> {
    let rows = answer.body.as_array().cloned().unwrap_or_default();
    let mut ids: Vec<usize> = rows.iter().filter_map(|row| usize::try_from(row.get("id")?.as_u64()?).ok()).collect();
    ids.sort_unstable();
    ids
}

/// The running server, or a line that says that `test` is skipped and why.
fn server_for(test: &str) -> Option<Arc<Server>> {
    match Server::shared(&sample::schema()) {
        Ok(server) => Some(server),
        Err(missing) => {
            println!("skipped: {test}: {missing}");
            None
        }
    }
}
