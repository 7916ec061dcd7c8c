use eventos_core::query::from;
use eventos_core::{Event, Order};

fn main() {
    let _ = from::<Event>().select::<Event>().embed(Order::TICKETS, |tickets| tickets.limit(5));
}
