use eventos_core::Projection;

#[derive(Projection)]
#[projection(of = eventos_core::Venue)]
struct Hall {
    #[projection(column = amenities, json = "halls->>0->name")]
    first: Option<String>,
}

fn main() {}
