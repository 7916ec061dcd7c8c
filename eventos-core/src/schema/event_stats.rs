//! Ticket counts per event, computed by the database.

use super::EventId;
use super::declare::table;

table! {
    /// How many tickets of an event are sold, used and left, for whoever may see the event.
    ///
    /// A view's columns are never declared NOT NULL, but these always have a value.
    ///
    /// ```
    /// use eventos_core::{EventStats, query::from};
    ///
    /// let nearly_sold_out = EventStats::TICKETS_AVAILABLE.lt(20) & EventStats::TICKETS_AVAILABLE.gt(0);
    /// let request = from::<EventStats>().select::<EventStats>().filter(nearly_sold_out).to_request()?;
    /// assert_eq!(request.target(), "/event_stats?select=*&tickets_available=lt.20&tickets_available=gt.0");
    /// # Ok::<(), eventos_core::Error>(())
    /// ```
    pub struct EventStats = view "event_stats", key "event_id";
    columns {
        /// The event.
        EVENT_ID event_id: EventId, never;
        /// Its title.
        EVENT_NAME event_name: String, never;
        /// The most tickets it sells.
        CAPACITY capacity: i32, never;
        /// Tickets sold: active and used ones.
        TICKETS_SOLD tickets_sold: i64, never;
        /// Tickets left: capacity less tickets sold.
        TICKETS_AVAILABLE tickets_available: i64, never;
        /// Sold tickets whose holders have not come yet.
        TICKETS_ACTIVE tickets_active: i64, never;
        /// Sold tickets whose holders were let in.
        TICKETS_USED tickets_used: i64, never;
        /// Cancelled tickets.
        TICKETS_CANCELLED tickets_cancelled: i64, never;
    }
    relations {}
}
