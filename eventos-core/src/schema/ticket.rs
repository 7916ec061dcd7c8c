//! What lets a person in.

use chrono::{DateTime, Utc};

use super::declare::{labels, table};
use super::{AttendeeId, EventId, OrderId, TicketId};
use crate::codes::{QrPayload, TicketNumber};

labels! {
    /// Whether a ticket still lets somebody in.
    ///
    /// ```
    /// use eventos_core::TicketStatus;
    ///
    /// assert_eq!(TicketStatus::Used.as_str(), "used");
    /// assert_eq!(TicketStatus::Active.to_string(), "active");
    /// ```
    pub enum TicketStatus {
        /// It does.
        Active = "active",
        /// It did.
        Used = "used",
        /// It was cancelled.
        Cancelled = "cancelled",
        /// Its order was paid back.
        Refunded = "refunded",
    }
}

table! {
    /// A ticket for one person. The order's customer and the event's organizer see it.
    pub struct Ticket = "tickets", key "id", new
    /// The columns that a new ticket must bring. The database makes its codes.
    ///
    /// ```
    /// use eventos_core::{NewTicket, Ticket, query::from};
    ///
    /// # let order_id = "01111111-1111-4111-8111-111111111111".parse()?;
    /// # let event_id = "e1111111-1111-4111-8111-111111111111".parse()?;
    /// # let john: eventos_core::AttendeeId = "a0111111-1111-4111-8111-111111111111".parse()?;
    /// let ticket = NewTicket { event_id, order_id }.set(Ticket::ATTENDEE_ID, john);
    /// assert_eq!(from::<Ticket>().insert(ticket).to_request()?.target(), "/tickets");
    /// # Ok::<(), eventos_core::Error>(())
    /// ```
    NewTicket;
    columns {
        /// Primary key.
        ID id: TicketId, once;
        /// The event it lets into.
        EVENT_ID event_id: EventId, required;
        /// The order that paid for it.
        ORDER_ID order_id: OrderId, required;
        /// Whom it lets in, once known.
        ATTENDEE_ID attendee_id: Option<AttendeeId>, optional;
        /// The number that people quote, made by the database.
        TICKET_NUMBER ticket_number: TicketNumber, once;
        /// What the QR code says: a secret that admits whoever shows it first, made by the database.
        QR_CODE qr_code: QrPayload, once;
        /// Whether it still lets somebody in; active at first.
        STATUS status: TicketStatus, optional;
        /// When its holder was let in.
        CHECKED_IN_AT checked_in_at: Option<DateTime<Utc>>, optional;
        /// When the row was made.
        CREATED_AT created_at: DateTime<Utc>, once;
        /// When the row last changed.
        UPDATED_AT updated_at: DateTime<Utc>, never;
    }
    relations {
        /// The event it lets into.
        EVENT event: One Event by column "event_id";
        /// The order that paid for it.
        ORDER order: One Order by column "order_id";
        /// Whom it lets in.
        ATTENDEE attendee: One Attendee by column "attendee_id";
    }
}
