use eventos_core::Venue;

fn main() {
    let _ = Venue::NAME.text("wifi").eq("true");
}
