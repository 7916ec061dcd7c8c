use eventos_core::{Eventos, Ticket, TicketStatus};

async fn cancel(eventos: Eventos) -> eventos_core::Result<()> {
    eventos.tickets().update().set(Ticket::STATUS, TicketStatus::Cancelled).await
}

fn main() {}
