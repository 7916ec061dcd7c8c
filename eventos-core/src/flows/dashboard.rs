//! An organizer's events with their sales and check-ins.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;

use super::answer::Holds;
use super::dynamic::insert;
use crate::Projection;
use crate::client::Eventos;
use crate::codes::Slug;
use crate::error::Result;
use crate::query::Select;
use crate::schema::{Event, EventId, EventStats, EventStatus, ProfileId, Venue};

/// An event as its organizer sees it.
#[derive(Debug, Clone, PartialEq, Projection, Serialize)]
#[projection(of = Event)]
#[non_exhaustive]
pub struct OrganizedEvent {
    /// Its id.
    pub id: EventId,
    /// Title.
    pub name: String,
    /// Its name in URLs.
    pub slug: Slug,
    /// Where it stands in its life.
    pub status: EventStatus,
    /// When it starts.
    pub start_at: DateTime<Utc>,
    /// The most tickets it sells.
    pub capacity: i32,
    /// Where it happens.
    pub venue: Option<OrganizedVenue>,
    /// Its ticket counts.
    pub stats: Option<Sales>,
}

/// A venue as a dashboard names it.
#[derive(Debug, Clone, PartialEq, Projection, Serialize)]
#[projection(of = Venue)]
#[non_exhaustive]
pub struct OrganizedVenue {
    /// Its name.
    pub name: String,
    /// Its street address.
    pub address: String,
}

/// Ticket counts of an event. As text: `125 / 200 sold (75 remaining)`.
///
/// ```
/// use eventos_core::flows::dashboard::Sales;
///
/// let sales: Sales = serde_json::from_str(
///     r#"{ "capacity": 200, "tickets_sold": 125, "tickets_available": 75, "tickets_active": 45, "tickets_used": 80 }"#,
/// )?;
/// assert_eq!(sales.to_string(), "125 / 200 sold (75 remaining)");
/// assert_eq!(sales.check_in_line(), "80 checked in / 125 sold (64%)");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Projection, Serialize)]
#[projection(of = EventStats)]
#[non_exhaustive]
pub struct Sales {
    /// The most tickets it sells.
    pub capacity: i32,
    /// Tickets sold.
    pub tickets_sold: i64,
    /// Tickets left.
    pub tickets_available: i64,
    /// Sold tickets whose holders have not come yet.
    pub tickets_active: i64,
    /// Sold tickets whose holders were let in.
    pub tickets_used: i64,
}

impl Sales {
    /// How many of 100 sold tickets were checked in, rounded; 0 where none is sold.
    pub fn check_in_percentage(&self) -> i64 {
        match self.tickets_sold {
            ..=0 => 0,
            sold => (self.tickets_used * 100 + sold / 2) / sold,
        }
    }

    /// `80 checked in / 125 sold (64%)`.
    pub fn check_in_line(&self) -> String {
        format!("{} checked in / {} sold ({}%)", self.tickets_used, self.tickets_sold, self.check_in_percentage())
    }
}

impl fmt::Display for Sales {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} / {} sold ({} remaining)", self.tickets_sold, self.capacity, self.tickets_available)
    }
}

/// Every event of an organizer, the latest first.
///
/// ```no_run
/// use eventos_core::flows::dashboard::dashboard;
/// use eventos_core::{Eventos, ProfileId};
///
/// # async fn run(eventos: Eventos, organizer_id: ProfileId) -> eventos_core::Result<()> {
/// for event in dashboard(&eventos, organizer_id).await? {
///     println!("{} ({})", event.name, event.status);
///     if let Some(sales) = event.stats {
///         println!("{sales}, {}", sales.check_in_line());
///     }
/// }
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// As [any query](crate::query#errors).
pub async fn dashboard(eventos: &Eventos, organizer_id: ProfileId) -> Result<Vec<OrganizedEvent>> {
    query(eventos, organizer_id).pages(PAGE).collect().await
}

/// Each with its lines for a person.
pub(super) async fn dashboard_json(eventos: &Eventos, organizer_id: ProfileId) -> Result<Value> {
    let query = query(eventos, organizer_id).into_query();
    let (mut events, mut cursor) = (Vec::new(), None);
    loop {
        let page = query.page(PAGE, cursor.as_ref())?;
        let (rows, next) = page.read_page(&eventos.exchange(&page).await?, eventos.max_rows())?;
        for row in rows {
            events.push(EVENT.read(row)?);
        }
        match next {
            Some(_) => cursor = next,
            None => break,
        }
    }
    for stats in events.iter_mut().filter_map(|event| event.get_mut("stats")).filter(|stats| stats.is_object()) {
        let count = |name: &str| stats.get(name).and_then(Value::as_i64).unwrap_or_default();
        let sales = Sales {
            capacity: i32::try_from(count("capacity")).unwrap_or(i32::MAX),
            tickets_sold: count("tickets_sold"),
            tickets_available: count("tickets_available"),
            tickets_active: count("tickets_active"),
            tickets_used: count("tickets_used"),
        };
        insert(stats, "sales", sales.to_string().into());
        insert(stats, "check_ins", sales.check_in_line().into());
    }
    Ok(events.into())
}

const EVENT: Holds = Holds::Object(&[
    ("id", Holds::Id),
    ("name", Holds::Text),
    ("slug", Holds::Text),
    ("status", Holds::Text),
    ("start_at", Holds::Time),
    ("capacity", Holds::Whole),
    ("venue", Holds::Maybe(&Holds::Object(&[("name", Holds::Text), ("address", Holds::Text)]))),
    (
        "stats",
        Holds::Maybe(&Holds::Object(&[
            ("capacity", Holds::Whole),
            ("tickets_sold", Holds::Whole),
            ("tickets_available", Holds::Whole),
            ("tickets_active", Holds::Whole),
            ("tickets_used", Holds::Whole),
        ])),
    ),
]);

/// Events in one request.
const PAGE: u64 = 200;

fn query(eventos: &Eventos, organizer_id: ProfileId) -> Select<Event, OrganizedEvent, Eventos> {
    let events = eventos.events().select::<OrganizedEvent>().filter(Event::ORGANIZER_ID.eq(organizer_id));
    events.order(Event::START_AT.desc())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flows::answer::tests::assert_is;

    #[test]
    fn an_event_is_as_its_type_says() {
        assert_is::<OrganizedEvent>(&EVENT);
    }
}
