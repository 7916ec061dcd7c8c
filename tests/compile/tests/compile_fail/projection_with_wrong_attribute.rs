use eventos_core::Projection;

#[derive(Projection)]
#[projection(of = eventos_core::Event)]
struct Card {
    #[projection(outer)]
    name: String,
}

fn main() {}
