use eventos_core::query::from;
use eventos_core::{Ticket, TicketId, codes::QrPayload};

fn forge(id: TicketId, code: QrPayload) {
    let _ = from::<Ticket>().update().set(Ticket::QR_CODE, code).filter(Ticket::ID.eq(id));
}

fn main() {}
