use eventos_core::{Event, Projection};

#[derive(Projection)]
#[projection(of = Event)]
struct Names {
    #[projection(column = name, aggregate = "sum")]
    all: Option<i64>,
}

fn main() {}
