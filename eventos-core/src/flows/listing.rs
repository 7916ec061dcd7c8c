//! The events on sale, as a visitor browses them.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;

use super::answer::Holds;
use crate::Projection;
use crate::client::Eventos;
use crate::codes::Slug;
use crate::error::Result;
use crate::query::{Filter, Select};
use crate::schema::{Cents, Event, EventId, EventStats, EventStatus, EventType, Profile, Venue, Visibility};

/// An event as a listing shows it.
#[derive(Debug, Clone, PartialEq, Projection, Serialize)]
#[projection(of = Event)]
#[non_exhaustive]
pub struct EventCard {
    /// Its id.
    pub id: EventId,
    /// Title.
    pub name: String,
    /// Its name in URLs.
    pub slug: Slug,
    /// What kind of event it is.
    pub r#type: EventType,
    /// What it is about.
    pub description: Option<String>,
    /// When it starts.
    pub start_at: DateTime<Utc>,
    /// Price of a ticket.
    pub price_cents: Cents,
    /// The most tickets it sells.
    pub capacity: i32,
    /// Where it happens.
    pub venue: Option<CardVenue>,
    /// Who organizes it.
    pub organizer: Option<CardOrganizer>,
    /// How many tickets are left.
    pub stats: Option<Availability>,
}

/// A venue as a listing shows it.
#[derive(Debug, Clone, PartialEq, Projection, Serialize)]
#[projection(of = Venue)]
#[non_exhaustive]
pub struct CardVenue {
    /// Its name.
    pub name: String,
    /// Its city.
    pub city: String,
}

/// An organizer as a listing shows them.
#[derive(Debug, Clone, PartialEq, Projection, Serialize)]
#[projection(of = Profile)]
#[non_exhaustive]
pub struct CardOrganizer {
    /// Their name.
    pub full_name: Option<String>,
    /// Their organization.
    pub company: Option<String>,
}

/// How many tickets are left.
#[derive(Debug, Clone, PartialEq, Projection, Serialize)]
#[projection(of = EventStats)]
#[non_exhaustive]
pub struct Availability {
    /// Tickets sold.
    pub tickets_sold: i64,
    /// Tickets left.
    pub tickets_available: i64,
}

/// The condition for events that anyone can buy tickets for: published, public and not begun.
///
/// What a listing shows. For queries of one's own, such as a search. ([`place`](super::purchase::place) also sells tickets
/// for an event that has begun and is not over.)
///
/// ```
/// use eventos_core::flows::listing::on_sale;
/// use eventos_core::{Event, query::from};
///
/// let now = "2025-06-01T12:00:00Z".parse().unwrap();
/// let found = from::<Event>().select::<Event>().filter(on_sale(now) & Event::NAME.icontains("summit"));
/// assert_eq!(
///     found.to_request()?.query,
///     "select=*&status=eq.published&visibility=eq.public&start_at=gte.2025-06-01T12:00:00Z&name=ilike.*summit*"
/// );
/// # Ok::<(), eventos_core::Error>(())
/// ```
pub fn on_sale(now: DateTime<Utc>) -> Filter<Event> {
    Event::STATUS.eq(EventStatus::Published) & Event::VISIBILITY.eq(Visibility::Public) & Event::START_AT.gte(now)
}

/// The next events on sale, at most `limit`.
///
/// ```no_run
/// use eventos_core::Eventos;
/// use eventos_core::flows::listing::upcoming;
///
/// # async fn run(eventos: Eventos) -> eventos_core::Result<()> {
/// for event in upcoming(&eventos, 10).await? {
///     let city = event.venue.map_or(String::new(), |venue| venue.city);
///     let left = event.stats.map_or(0, |stats| stats.tickets_available);
///     println!("{} in {city}, {}: {left} tickets left", event.name, event.price_cents);
/// }
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// As [any query](crate::query#errors).
pub async fn upcoming(eventos: &Eventos, limit: u64) -> Result<Vec<EventCard>> {
    query(eventos, limit).await
}

pub(super) async fn upcoming_json(eventos: &Eventos, limit: u64) -> Result<Value> {
    let cards = eventos.fetch_json(&query(eventos, limit).into_query()).await?;
    Holds::List(&CARD).read(cards)
}

const CARD: Holds = Holds::Object(&[
    ("id", Holds::Id),
    ("name", Holds::Text),
    ("slug", Holds::Text),
    ("type", Holds::Text),
    ("description", Holds::Maybe(&Holds::Text)),
    ("start_at", Holds::Time),
    ("price_cents", Holds::Whole),
    ("capacity", Holds::Whole),
    ("venue", Holds::Maybe(&Holds::Object(&[("name", Holds::Text), ("city", Holds::Text)]))),
    (
        "organizer",
        Holds::Maybe(&Holds::Object(&[
            ("full_name", Holds::Maybe(&Holds::Text)),
            ("company", Holds::Maybe(&Holds::Text)),
        ])),
    ),
    ("stats", Holds::Maybe(&Holds::Object(&[("tickets_sold", Holds::Whole), ("tickets_available", Holds::Whole)]))),
]);

fn query(eventos: &Eventos, limit: u64) -> Select<Event, EventCard, Eventos> {
    let cards = eventos.events().select::<EventCard>().filter(on_sale(eventos.host().now()));
    cards.order(Event::START_AT.asc()).limit(limit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flows::answer::tests::assert_is;

    #[test]
    fn a_card_is_as_its_type_says() {
        assert_is::<EventCard>(&CARD);
    }
}
