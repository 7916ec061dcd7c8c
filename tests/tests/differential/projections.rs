//! What the compared queries select.

#![allow(dead_code, reason = "the fields say what to select")]

use chrono::{DateTime, Utc};
use eventos_core::codes::{Slug, TicketNumber};
use eventos_core::{
    Attendee, AttendeeId, Cents, Event, EventId, EventStats, EventType, Order, Profile, ProfileId, Projection, Ticket,
    TicketId, TicketStatus, Venue, VenueId,
};
use serde_json::Value;

macro_rules! projections {
    ($($(#[$attribute:meta])* $name:ident of $row:ident { $($(#[$field_attribute:meta])* $field:ident: $type:ty),* $(,)? })*) => { $(
        #[derive(Projection)]
        #[projection(of = $row)]
        $(#[$attribute])*
        pub(crate) struct $name {
            $($(#[$field_attribute])* $field: $type),*
        }
    )* };
}

projections! {
    EventKey of Event { id: EventId }
    VenueKey of Venue { id: VenueId }
    TicketKey of Ticket { id: TicketId }
    AttendeeKey of Attendee { id: AttendeeId }
    ProfileKey of Profile { id: ProfileId }

    Contact of Profile { full_name: Option<String>, company: Option<String>, phone: Option<String> }
    Titled of Event { id: EventId, #[projection(column = name)] title: String }
    PriceText of Event { id: EventId, #[projection(cast = "text")] price_cents: String }
    Amenities of Venue {
        id: VenueId,
        #[projection(column = amenities, json = "wifi")] wifi: Option<Value>,
        #[projection(column = amenities, json = "->>parking")] parking: Option<String>,
    }
    VenueBrief of Venue { name: String, city: String }
    VenueAddress of Venue { name: String, address: String }
    VenueName of Venue { name: String }
    NamedVenue of Venue { id: VenueId, name: String }
    Organizer of Profile { full_name: Option<String>, company: Option<String> }
    WithVenue of Event { id: EventId, name: String, venue: Option<VenueBrief> }
    AtVenue of Event { id: EventId, venue: Option<VenueBrief> }
    Listed of Event { id: EventId, name: String, slug: Slug, venue: Option<VenueBrief>, organizer: Option<Organizer> }
    InVenue of Event { id: EventId, #[projection(inner)] venue: VenueName }
    Admitting of Ticket { ticket_number: TicketNumber, status: TicketStatus }
    TicketState of Ticket { id: TicketId, status: TicketStatus }
    WithTickets of Event { id: EventId, tickets: Vec<Admitting> }
    WithTicketKeys of Event { id: EventId, tickets: Vec<TicketKey> }
    WithTicketStates of Event { id: EventId, tickets: Vec<TicketState> }
    EventPlace of Event { name: String, start_at: DateTime<Utc>, venue: Option<VenueAddress> }
    EventName of Event { name: String }
    Guest of Attendee { full_name: String, email: String }
    MyTicket of Ticket { ticket_number: TicketNumber, event: Option<EventPlace>, attendee: Option<Guest> }
    Admitted of Ticket { ticket_number: TicketNumber, attendee: Option<Guest>, event: Option<EventName> }
    Stats of EventStats { tickets_sold: i64, tickets_available: i64 }
    WithStats of Event { id: EventId, stats: Option<Stats> }
    Revenue of Order {
        event_id: EventId,
        #[projection(column = total_cents, aggregate = "sum")] sum: Option<i64>,
        #[projection(count)] count: i64,
    }
    Upcoming of Event {
        id: EventId, name: String, slug: Slug, r#type: EventType, description: Option<String>, start_at: DateTime<Utc>,
        price_cents: Cents, capacity: i32, venue: Option<VenueBrief>, organizer: Option<Organizer>,
    }
    ProfileName of Profile { full_name: Option<String> }
    EventSlug of Event { id: EventId, slug: Slug }
    OrderKeyOfTicket of Order { id: eventos_core::OrderId }
    TicketOrder of Ticket { id: TicketId, order: Option<OrderKeyOfTicket> }
}
