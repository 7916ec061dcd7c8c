use eventos_core::Projection;

#[derive(Projection)]
#[projection(of = eventos_core::Event)]
struct Price {
    #[projection(column = price_cents, cast = "numeric(10,2)")]
    price: f64,
}

fn main() {}
