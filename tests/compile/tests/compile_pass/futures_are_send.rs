//! Natively every future is `Send`, over any host that is `Send + Sync`.

use std::sync::Arc;

use eventos_core::host::Host;
use eventos_core::{Event, EventStatus, Eventos, Ticket, TicketStatus};

fn send<T: Send>(value: T) -> T {
    value
}

fn client(host: Arc<dyn Host + Send + Sync>) -> eventos_core::Result<Eventos> {
    Eventos::builder("https://example.supabase.co", "anon-key").host(host).build()
}

async fn shop(eventos: Eventos) -> eventos_core::Result<()> {
    let events = eventos.events().select::<Event>().filter(Event::STATUS.eq(EventStatus::Published)).await?;
    let mut pages = eventos.events().select::<Event>().pages(100);
    pages.next_page().await?;
    for event in events {
        let tickets = eventos.tickets().update().set(Ticket::STATUS, TicketStatus::Cancelled);
        tickets.filter(Ticket::EVENT_ID.eq(event.id)).await?;
    }
    Ok(())
}

fn main() {
    let _ = |host| client(host).map(|eventos| send(shop(eventos)));
    let _ = |eventos: &Eventos| send(eventos.events().select::<Event>().pages(100).into_stream());
}
