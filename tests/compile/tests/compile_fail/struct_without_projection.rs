use eventos_core::Event;
use eventos_core::query::from;

struct Card {
    name: String,
}

fn main() {
    let _ = from::<Event>().select::<Card>();
}
