use eventos_core::{Event, Profile, Projection};

#[derive(Projection)]
#[projection(of = Profile)]
struct Person {
    full_name: Option<String>,
}

#[derive(Projection)]
#[projection(of = Event)]
struct Card {
    venue: Option<Person>,
}

fn main() {}
