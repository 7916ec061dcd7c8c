//! What the benchmarks share: the projection that a listing shows, and an answer with such rows.

use chrono::{DateTime, TimeDelta, Utc};
use eventos_core::codes::Slug;
use eventos_core::{Cents, Event, EventId, EventStatus, EventType, Profile, Projection, Venue};
use serde_json::json;

/// A venue in a listing.
#[derive(Debug, PartialEq, Projection)]
#[projection(of = Venue)]
pub struct VenueBrief {
    /// Its name.
    pub name: String,
    /// Its city.
    pub city: String,
}

/// An organizer in a listing.
#[derive(Debug, PartialEq, Projection)]
#[projection(of = Profile)]
pub struct Organizer {
    /// Their name.
    pub full_name: Option<String>,
    /// Their organization.
    pub company: Option<String>,
}

/// An event in a listing.
#[derive(Debug, PartialEq, Projection)]
#[projection(of = Event)]
pub struct EventCard {
    /// Its id.
    pub id: EventId,
    /// Title.
    pub name: String,
    /// Its name in URLs.
    pub slug: Slug,
    /// What kind of event it is.
    pub r#type: EventType,
    /// Where it stands in its life.
    pub status: EventStatus,
    /// What it is about.
    pub description: Option<String>,
    /// When it starts.
    pub start_at: DateTime<Utc>,
    /// The most tickets it sells.
    pub capacity: i32,
    /// Price of a ticket.
    pub price_cents: Cents,
    /// Where it happens.
    pub venue: Option<VenueBrief>,
    /// Who organizes it.
    pub organizer: Option<Organizer>,
}

/// A server's answer with so many events, each with a venue and an organizer.
pub fn answer(rows: u32) -> Vec<u8> {
    let start: DateTime<Utc> = DateTime::UNIX_EPOCH + TimeDelta::days(20_000);
    let rows: Vec<serde_json::Value> = (0..rows)
        .map(|index| {
            json!({
                "id": format!("e1111111-1111-4111-8111-{index:012}"),
                "name": format!("AI & Machine Learning Summit, edition {index}"),
                "slug": format!("ai-machine-learning-summit-edition-{index}-e1111111"),
                "type": "conference",
                "status": "published",
                "description": "Join industry leaders for two days of talks, workshops and good coffee.",
                "start_at": (start + TimeDelta::hours(i64::from(index))).to_rfc3339(),
                "capacity": 500,
                "price_cents": 29_900,
                "venue": { "name": "Metro Toronto Convention Centre", "city": "Toronto" },
                "organizer": { "full_name": "Sarah Johnson", "company": "EventOS Inc" },
            })
        })
        .collect();
    serde_json::Value::Array(rows).to_string().into_bytes()
}
