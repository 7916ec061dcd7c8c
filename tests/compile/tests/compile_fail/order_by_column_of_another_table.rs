use eventos_core::query::from;
use eventos_core::{Event, Venue};

fn main() {
    let _ = from::<Event>().select::<Event>().order(Venue::NAME.asc());
}
