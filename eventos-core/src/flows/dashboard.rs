//! An organizer's events with their sales and check-ins.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::Projection;
use crate::client::Eventos;
use crate::codes::Slug;
use crate::error::Result;
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
    eventos
        .events()
        .select::<OrganizedEvent>()
        .filter(Event::ORGANIZER_ID.eq(organizer_id))
        .order(Event::START_AT.desc())
        .pages(200)
        .collect()
        .await
}
