use eventos_core::Event;

fn main() {
    let _ = Event::NAME.is_null();
}
