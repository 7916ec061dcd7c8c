//! A query as an HTTP request, and an HTTP response as rows, by PostgREST's rules.
//!
//! Whoever sends requests by means of their own needs only this and [`query`](crate::query): a query gives its
//! [`Request`], and [`Response::rows`] or [`Query::read_json`](crate::query::Query::read_json) reads what came back.

mod encode;
mod paged;
mod plain;
#[cfg(feature = "postgrest")]
mod postgrest_rs;
mod request;
mod requests;
mod response;
mod row_shape;
mod text;
mod truncation;

pub(crate) use encode::check_header;
pub use request::{Method, Request};
pub(crate) use response::page;
pub use response::{Response, Shape};
pub use row_shape::RowShape;
