use eventos_core::query::from;
use eventos_core::{NewVenue, Venue};

fn main() {
    let _ = from::<Venue>().insert(NewVenue { name: "Royal York".into(), address: "100 Front St W".into() });
}
