use eventos_core::Projection;

#[derive(Projection)]
struct Card {
    name: String,
}

fn main() {}
