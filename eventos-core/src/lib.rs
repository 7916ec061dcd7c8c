//! Sell event tickets and let people in at the door, on Supabase.
//!
//! An [`Eventos`] client has a handle for every table: [`events`](Eventos::events), [`orders`](Eventos::orders) and so
//! on. A handle starts a query, and a complete query is a future. The fields of a struct that derives [`Projection`] say
//! what to fetch, and the compiler checks them against the table.
//!
//! ```no_run
//! use eventos_core::{Cents, Event, EventStatus, Eventos, Projection, Venue};
//!
//! #[derive(Projection)]
//! #[projection(of = Venue)]
//! struct Place { name: String, city: String }
//!
//! #[derive(Projection)]
//! #[projection(of = Event)]
//! struct Card { name: String, price_cents: Cents, venue: Option<Place> }
//!
//! # async fn run(eventos: Eventos) -> eventos_core::Result<()> {
//! let cards: Vec<Card> = eventos
//!     .events()
//!     .select::<Card>()
//!     .filter(Event::STATUS.eq(EventStatus::Published) & Event::NAME.icontains("summit"))
//!     .order(Event::START_AT.asc())
//!     .limit(10)
//!     .await?;
//! # Ok(())
//! # }
//! ```
//!
//! Writes work the same way, and say what they touch:
//!
//! ```no_run
//! use eventos_core::{Cents, Event, EventId, Eventos};
//!
//! # async fn run(eventos: Eventos, id: EventId) -> eventos_core::Result<()> {
//! let event = eventos
//!     .events()
//!     .update()
//!     .set(Event::PRICE_CENTS, Cents::new(24_900))
//!     .filter(Event::ID.eq(id))
//!     .returning::<Event>()
//!     .expect_one()
//!     .await?;
//! # Ok(())
//! # }
//! ```
//!
//! Where to go from here:
//!
//! - [`flows`]: what a shop does, each as one call: place an order, fulfil it, check a ticket in.
//! - [`query`]: filters, orders, embedded rows, pages, writes and calls; [`query::dynamic`] makes the same queries from
//!   JSON.
//! - [`codes`]: slugs, order and ticket numbers, QR payloads and their symbols.
//! - [`schema`]: the tables, their enumerations, ids and money.
//! - [`Error`]: what went wrong and whether to try again.
//! - [`host`]: how to run on a platform of your own. Without the feature `native` (on by default) the crate brings no
//!   HTTP client and no runtime.
//!
//! | feature | what it adds |
//! |---|---|
//! | `native` (default) | a host on reqwest and tokio |
//! | `symbol` | QR symbols as SVG, PNG and terminal text |
//! | `stripe` | webhooks of Stripe: their signatures, and what they mean for an order |
//! | `postgrest` | queries as builders of the crate `postgrest`, for services that already hold its client |

// Lets the code that the derive writes, and the examples in these docs, name this crate as its users do.
extern crate self as eventos_core;

pub mod json;
pub mod codes;
pub mod schema;
pub mod query;
pub mod wire;
pub mod host;
pub mod auth;
mod client;
pub mod flows;
mod error;

pub use client::{Builder, Caller, Eventos, PageStream};
pub use error::{Error, ErrorKind, Result, ServerCode, ServerError};
pub use eventos_derive::Projection;
pub use query::Projection;
pub use schema::{
    Attendee, AttendeeId, Cents, Event, EventId, EventStats, EventStatus, EventType, Insert, NewAttendee, NewEvent,
    NewOrder, NewProfile, NewTicket, NewVenue, Order, OrderId, Patch, PaymentStatus, Profile, ProfileId, Ticket,
    TicketId, TicketStatus, Venue, VenueId, Visibility,
};

/// For the code that `#[derive(Projection)]` writes.
#[doc(hidden)]
pub mod __private {
    pub use std::borrow::Cow;
    pub use std::sync::OnceLock;

    pub use serde;

    pub use crate::schema::present;
}

/// The examples of the README, compiled.
#[cfg(all(doctest, feature = "native"))]
#[doc = include_str!("../../README.md")]
struct Readme;
