//! The six tables and the view, each declared once in a file of its own.
//!
//! A declaration gives the row type, a constant for every column and relation, the struct of a new row, and the same
//! facts as data ([`TableDef`]) for callers that work without Rust's types.
//!
//! | unit | Rust | in the database |
//! |---|---|---|
//! | money | [`Cents`]: whole cents | `integer` |
//! | time | `DateTime<Utc>`, to the microsecond, years 1 to 9999 | `timestamptz` |
//! | ids | a type per table, such as [`EventId`] | `uuid` |
//! | choices | an enumeration per column, such as [`EventStatus`] | `text` with a check constraint |

mod declare;
mod id;
mod money;
mod table;
mod value;
mod write;

mod attendee;
mod code;
mod event;
mod event_stats;
mod order;
mod profile;
mod ticket;
mod venue;

pub use attendee::{Attendee, NewAttendee};
pub use event::{Event, EventStatus, EventType, NewEvent, Visibility};
pub use event_stats::EventStats;
pub(crate) use id::ids;
pub use id::{AttendeeId, EventId, OrderId, ProfileId, TicketId, VenueId};
pub use money::Cents;
pub use order::{NewOrder, Order, PaymentStatus};
pub use profile::{NewProfile, Profile};
pub use table::{
    Arity, Column, ColumnDef, Many, NewRow, One, Relation, RelationDef, Rule, Table, TableDef, Via, Writable, Write,
    access, present,
};
pub use ticket::{NewTicket, Ticket, TicketStatus};
pub use value::{ColumnValue, Nullable, Scalar, SqlType, TextCheck, Value};
pub(crate) use value::{is_writable_time, push_timestamp, value_from_json};
pub use venue::{NewVenue, Venue};
pub(crate) use write::Values;
pub use write::{Assign, Insert, Patch, ReadOnly};

/// Every table and view, in the order in which a database creates them.
///
/// ```
/// use eventos_core::schema::{SqlType, TABLES, Write};
///
/// let names: Vec<&str> = TABLES.iter().map(|table| table.name).collect();
/// assert_eq!(names, ["profiles", "venues", "events", "orders", "attendees", "tickets", "event_stats"]);
///
/// // A form for a new venue: what must it ask for?
/// let venues = TABLES[1];
/// let required = venues.columns.iter().filter(|column| column.write == Write::Required);
/// assert_eq!(required.map(|column| column.name).collect::<Vec<_>>(), ["name", "address", "capacity"]);
///
/// let capacity = venues.column("capacity").expect("venues have a capacity");
/// assert_eq!((capacity.sql_type, capacity.limits), (SqlType::Integer, Some((10, 50_000))));
/// ```
pub const TABLES: [&TableDef; 7] =
    [Profile::DEF, Venue::DEF, Event::DEF, Order::DEF, Attendee::DEF, Ticket::DEF, EventStats::DEF];

#[cfg(test)]
mod tests {
    use super::TABLES;

    #[test]
    fn declared_columns_can_be_written_into_a_url_as_they_are() {
        let reserved = ["select", "columns", "order", "limit", "offset", "on_conflict", "and", "or"];
        for table in TABLES {
            for column in table.columns {
                let is_word = column.name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
                assert!(is_word && !reserved.contains(&column.name), "{}.{}", table.name, column.name);
            }
        }
    }
}
