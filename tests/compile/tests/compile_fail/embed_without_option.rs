use eventos_core::{Event, Projection, Venue};

#[derive(Projection)]
#[projection(of = Venue)]
struct VenueBrief {
    name: String,
}

#[derive(Projection)]
#[projection(of = Event)]
struct Card {
    name: String,
    venue: VenueBrief,
}

fn main() {}
