use eventos_core::query::from;
use eventos_core::{Event, Venue};

fn main() {
    let _ = from::<Event>().select::<Event>().filter(Venue::CITY.eq("Toronto"));
}
