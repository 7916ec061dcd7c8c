use eventos_core::{Event, Ticket};

fn main() {
    let _ = Event::TICKETS.order(Ticket::CREATED_AT.asc());
}
