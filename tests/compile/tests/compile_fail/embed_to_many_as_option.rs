use eventos_core::{Event, Projection, Ticket, codes::TicketNumber};

#[derive(Projection)]
#[projection(of = Ticket)]
struct Entry {
    ticket_number: TicketNumber,
}

#[derive(Projection)]
#[projection(of = Event)]
struct Door {
    tickets: Option<Entry>,
}

fn main() {}
