//! Sell event tickets and let people in at the door, on Supabase.

// Lets the code that the derive writes, and the examples in these docs, name this crate as its users do.
extern crate self as eventos_core;

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

    pub use serde;
}
