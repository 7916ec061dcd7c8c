//! An independent reader of PostgREST's request grammar.
//!
//! Property tests put it at the other end of the encoder: a query is encoded, the request is read here, and
//! what comes out must be what went in. For that to prove anything the reader shares nothing with the encoder.
//! It is written from PostgREST's documentation and from the way its own parser works, and is held against a
//! real server by `tests/against_postgrest.rs`.
//!
//! ```
//! use postgrest_grammar::{Condition, Operator, Request, Test};
//!
//! let request = Request::read("GET", "/tickets?select=id&qr_code=eq.a%2Bb", &[]).unwrap();
//! assert!(request.ignored.is_empty());
//! let Condition::Column { test, .. } = &request.filters[0].condition else { panic!() };
//! assert_eq!(*test, Test::Compare(Operator::Eq, "a+b".into()));
//! ```
#![doc = include_str!("../FACTS.md")]

mod array;
mod canonical;
mod condition;
mod cursor;
mod media_type;
mod name;
mod order;
mod page;
mod preferences;
mod query_string;
mod refusal;
mod request;
mod select;

pub use array::array_elements;
pub use condition::{Condition, IsValue, Operator, Quantifier, Search, Test};
pub use media_type::MediaType;
pub use name::{Column, JsonKey, JsonStep};
pub use order::{Direction, Nulls, OrderTerm};
pub use page::Page;
pub use preferences::{Count, Handling, Missing, Preferences, Resolution, Returning, Transaction};
pub use refusal::Refusal;
pub use request::{EmbedPath, Filter, Method, Request, Target};
pub use select::{Aggregate, Join, SelectItem};
