//! A query as an HTTP request, and an HTTP response as rows, by PostgREST's rules.

mod encode;
mod plain;
#[cfg(feature = "postgrest")]
mod postgrest_rs;
mod request;
mod requests;
mod response;
mod text;

pub(crate) use encode::check_header;
pub use request::{Method, Request};
pub(crate) use response::page;
pub use response::{Response, Shape};
