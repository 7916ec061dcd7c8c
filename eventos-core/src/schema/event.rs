//! Conferences, seminars, workshops and networking events.

use chrono::{DateTime, Utc};

use super::declare::{labels, table};
use super::{Cents, EventId, ProfileId, Rule, VenueId};
use crate::codes::Slug;

labels! {
    /// What kind of event it is.
    ///
    /// ```
    /// use eventos_core::EventType;
    ///
    /// let kind: EventType = "workshop".parse().unwrap();
    /// assert_eq!(kind, EventType::Workshop);
    /// assert_eq!(kind.to_string(), "workshop");
    /// ```
    pub enum EventType {
        /// A conference.
        Conference = "conference",
        /// A seminar.
        Seminar = "seminar",
        /// A workshop.
        Workshop = "workshop",
        /// A networking event.
        Networking = "networking",
    }
}

labels! {
    /// Where an event stands in its life.
    ///
    /// A value that a newer server knows stays readable, and goes back as it came:
    ///
    /// ```
    /// use eventos_core::EventStatus;
    ///
    /// let known: EventStatus = serde_json::from_str(r#""published""#)?;
    /// assert_eq!(known, EventStatus::Published);
    ///
    /// let newer: EventStatus = serde_json::from_str(r#""postponed""#)?;
    /// assert_eq!(newer, EventStatus::Unrecognized("postponed".into()));
    /// assert_eq!(serde_json::to_string(&newer)?, r#""postponed""#);
    ///
    /// // Input of one's own must be known.
    /// assert!("postponed".parse::<EventStatus>().is_err());
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub enum EventStatus {
        /// Being prepared; its organizer alone sees it.
        Draft = "draft",
        /// On sale.
        Published = "published",
        /// Called off.
        Cancelled = "cancelled",
        /// Over.
        Completed = "completed",
    }
}

labels! {
    /// Who sees a published event.
    pub enum Visibility {
        /// Everyone.
        Public = "public",
        /// Those whom its organizer lets in.
        Private = "private",
    }
}

table! {
    /// An event that sells tickets.
    pub struct Event = "events", key "id", new
    /// The columns that a new event must bring. It starts as a public draft.
    ///
    /// ```
    /// use eventos_core::{Cents, Event, EventType, NewEvent, query::from};
    ///
    /// # let organizer_id = "11111111-1111-4111-8111-111111111111".parse()?;
    /// let event = NewEvent {
    ///     organizer_id,
    ///     name: "My Conference".into(),
    ///     r#type: EventType::Conference,
    ///     start_at: "2025-12-01T09:00:00Z".parse().unwrap(),
    ///     end_at: "2025-12-01T18:00:00Z".parse().unwrap(),
    ///     capacity: 100,
    ///     price_cents: Cents::new(9_900),
    /// };
    /// let request = from::<Event>().insert(event.clone().set(Event::DESCRIPTION, "All day")).to_request()?;
    /// assert_eq!(request.target(), "/events");
    ///
    /// let backwards = NewEvent { end_at: event.start_at, ..event };
    /// let error = from::<Event>().insert(backwards).to_request().unwrap_err();
    /// assert_eq!(error.to_string(), "events.end_at: must be after start_at");
    /// # Ok::<(), eventos_core::Error>(())
    /// ```
    NewEvent;
    columns {
        /// Primary key.
        ID id: EventId, once;
        /// Who organizes it.
        ORGANIZER_ID organizer_id: ProfileId, required;
        /// Where it happens, once known.
        VENUE_ID venue_id: Option<VenueId>, optional;
        /// Title.
        NAME name: String, required;
        /// Its name in URLs, made by the database from the title and the id unless given.
        SLUG slug: Slug, optional;
        /// What kind of event it is.
        TYPE r#type: EventType, required;
        /// What it is about.
        DESCRIPTION description: Option<String>, optional;
        /// When it starts.
        START_AT start_at: DateTime<Utc>, required;
        /// When it ends, after it starts.
        END_AT end_at: DateTime<Utc>, required;
        /// The most tickets it sells, 10 to 10,000.
        CAPACITY capacity: i32, required in 10..=10_000;
        /// Price of a ticket in cents, 0 or more.
        PRICE_CENTS price_cents: Cents, required in 0..=2_147_483_647;
        /// Where it stands in its life; a draft at first.
        STATUS status: EventStatus, optional;
        /// Who sees it once published; public unless said otherwise.
        VISIBILITY visibility: Visibility, optional;
        /// When the row was made.
        CREATED_AT created_at: DateTime<Utc>, once;
        /// When the row last changed.
        UPDATED_AT updated_at: DateTime<Utc>, never;
    }
    relations {
        /// Where it happens.
        VENUE venue: One Venue by column "venue_id";
        /// Who organizes it.
        ORGANIZER organizer: One Profile by column "organizer_id";
        /// The orders for it.
        ORDERS orders: Many Order by column "event_id";
        /// The people attending it.
        ATTENDEES attendees: Many Attendee by column "event_id";
        /// The tickets for it.
        TICKETS tickets: Many Ticket by column "event_id";
        /// Its ticket counts.
        STATS stats: One EventStats by function "event_stats";
    }
    rules { Rule::Later { later: "end_at", earlier: "start_at" } }
}
