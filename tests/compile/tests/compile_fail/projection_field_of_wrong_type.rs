use eventos_core::{Event, Projection};

#[derive(Projection)]
#[projection(of = Event)]
struct Card {
    price_cents: String,
    description: String,
}

fn main() {}
