use eventos_core::{Event, Projection};

#[derive(Projection)]
#[projection(of = Event)]
struct Card {
    titel: String,
}

fn main() {}
