//! The shapes of answers: what a [`Fetch`](super::Fetch) gives when it is awaited.
//!
//! A function that hands a finished query on names the shape in its type:
//!
//! ```
//! use eventos_core::query::shape::{One, Total};
//! use eventos_core::query::{Count, Fetch, from};
//! use eventos_core::{Event, EventId};
//!
//! fn event(id: EventId) -> Fetch<One<Event>> {
//!     from::<Event>().select::<Event>().filter(Event::ID.eq(id)).single()
//! }
//!
//! fn how_many() -> Fetch<Total> {
//!     from::<Event>().select::<Event>().count(Count::Estimated)
//! }
//! # let id = "e1111111-1111-4111-8111-111111111111".parse()?;
//! # assert_eq!(event(id).to_request()?.header("accept"), Some("application/vnd.pgrst.object+json"));
//! # assert_eq!(how_many().to_request()?.header("prefer"), Some("count=estimated"));
//! # Ok::<(), eventos_core::Error>(())
//! ```

use std::marker::PhantomData;

/// Rows: gives a `Vec<P>`.
#[derive(Debug)]
pub struct Rows<P>(PhantomData<fn() -> P>);

/// Exactly one row: gives a `P`.
#[derive(Debug)]
pub struct One<P>(PhantomData<fn() -> P>);

/// A number of rows that match: gives a `u64`.
#[derive(Debug)]
pub enum Total {}

/// A number of rows written: gives a `u64`.
#[derive(Debug)]
pub enum Affected {}

/// Comma-separated values: gives a `String`.
#[derive(Debug)]
pub enum Csv {}

/// The server's plan: gives a `String`.
#[derive(Debug)]
pub enum Plan {}

/// What a function returned: gives an `R`.
#[derive(Debug)]
pub struct Returned<R>(PhantomData<fn() -> R>);
