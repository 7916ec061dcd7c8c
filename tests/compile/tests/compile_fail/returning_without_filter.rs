use eventos_core::Ticket;
use eventos_core::query::from;

fn main() {
    let _ = from::<Ticket>().delete().returning::<Ticket>();
    let _ = from::<Ticket>().delete().to_request();
}
