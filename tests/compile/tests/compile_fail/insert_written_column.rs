use chrono::{DateTime, Utc};
use eventos_core::{NewVenue, Venue};

fn backdate(venue: NewVenue, when: DateTime<Utc>) {
    let _ = venue.set(Venue::UPDATED_AT, when);
}

fn main() {}
