use eventos_core::{Event, Ticket};

fn main() {
    let _ = Event::CAPACITY.ilike("%5%");
    let _ = Ticket::QR_CODE.starts_with("8q");
}
