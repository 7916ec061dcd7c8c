use eventos_core::query::from;
use eventos_core::{Event, NewVenue};

fn mixed(venue: NewVenue) {
    let _ = from::<Event>().insert(venue);
}

fn main() {}
