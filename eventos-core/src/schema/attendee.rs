//! The people who come, not always those who paid.

use chrono::{DateTime, Utc};

use super::declare::table;
use super::{AttendeeId, EventId, OrderId};

table! {
    /// A person who attends an event. The order's customer and the event's organizer see it.
    pub struct Attendee = "attendees", key "id", new
    /// The columns that a new attendee must bring.
    ///
    /// ```
    /// use eventos_core::{Attendee, NewAttendee, query::from};
    ///
    /// # let order_id = "01111111-1111-4111-8111-111111111111".parse()?;
    /// # let event_id = "e1111111-1111-4111-8111-111111111111".parse()?;
    /// let john = NewAttendee { order_id, event_id, full_name: "John Doe".into(), email: "john@example.com".into() };
    /// let request = from::<Attendee>().insert(john.set(Attendee::PHONE, "+1-416-555-1111")).to_request()?;
    /// assert_eq!(request.target(), "/attendees");
    /// # Ok::<(), eventos_core::Error>(())
    /// ```
    NewAttendee;
    columns {
        /// Primary key.
        ID id: AttendeeId, once;
        /// The order that pays for the seat.
        ORDER_ID order_id: OrderId, required;
        /// The event attended, the order's.
        EVENT_ID event_id: EventId, required;
        /// Name.
        FULL_NAME full_name: String, required;
        /// E-mail address.
        EMAIL email: String, required;
        /// Telephone number.
        PHONE phone: Option<String>, optional;
        /// When the row was made.
        CREATED_AT created_at: DateTime<Utc>, once;
        /// When the row last changed.
        UPDATED_AT updated_at: DateTime<Utc>, never;
    }
    relations {
        /// The order that pays for the seat.
        ORDER order: One Order by column "order_id";
        /// The event attended.
        EVENT event: One Event by column "event_id";
        /// The tickets in this person's name.
        TICKETS tickets: Many Ticket by column "attendee_id";
    }
}
