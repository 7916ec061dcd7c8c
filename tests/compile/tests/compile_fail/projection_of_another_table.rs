use eventos_core::query::from;
use eventos_core::{Event, Projection, Venue};

#[derive(Projection)]
#[projection(of = Venue)]
struct VenueBrief {
    name: String,
}

fn main() {
    let _ = from::<Event>().select::<VenueBrief>();
}
