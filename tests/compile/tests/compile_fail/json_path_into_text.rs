use eventos_core::{Projection, Venue};

#[derive(Projection)]
#[projection(of = Venue)]
struct Wifi {
    #[projection(column = name, json = "->>wifi")]
    wifi: Option<String>,
}

fn main() {}
