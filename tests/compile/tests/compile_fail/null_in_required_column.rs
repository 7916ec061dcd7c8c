use eventos_core::query::from;
use eventos_core::Event;

fn main() {
    let _ = from::<Event>().update().set(Event::NAME, None::<String>);
}
