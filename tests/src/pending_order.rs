//! An order that waits for its payment, with what it needs around it.

use anyhow::Result;
use eventos_core::{EventId, Eventos, OrderId, ProfileId};
use tokio_postgres::Client;

/// Two tickets for an event of the customer's own with 10 seats.
#[derive(Clone, Copy, Debug)]
pub struct PendingOrder {
    /// Who buys.
    pub customer: ProfileId,
    /// For what.
    pub event: EventId,
    /// The order.
    pub order: OrderId,
}

impl PendingOrder {
    /// Places it, at so many cents a ticket.
    ///
    /// # Errors
    ///
    /// When the database refuses its rows.
    pub async fn place(service: &Eventos, database: &Client, price: i64) -> Result<PendingOrder> {
        let (customer, event, order) = (service.new_id()?, service.new_id()?, service.new_id()?);
        let total = 2 * price;
        let rows = format!(
            "insert into auth.users (id, email) values ('{customer}', '{customer}@example.com');
             insert into public.events
               (id, organizer_id, name, type, start_at, end_at, capacity, price_cents, status, visibility)
             values ('{event}', '{customer}', 'Night', 'seminar', now() + '1 day', now() + '2 days', 10, {price},
                     'published', 'public');
             insert into public.orders (id, customer_id, event_id, quantity, unit_price_cents, total_cents)
             values ('{order}', '{customer}', '{event}', 2, {price}, {total})"
        );
        database.batch_execute(&rows).await?;
        Ok(PendingOrder { customer, event, order })
    }

    /// Removes it and what came of it.
    ///
    /// # Errors
    ///
    /// When the database keeps a row.
    pub async fn remove(&self, database: &Client) -> Result<()> {
        let PendingOrder { customer, event, order } = self;
        let rows = format!(
            "delete from public.tickets where order_id = '{order}';
             delete from public.attendees where order_id = '{order}';
             delete from public.orders where id = '{order}';
             delete from public.events where id = '{event}';
             delete from auth.users where id = '{customer}'"
        );
        Ok(database.batch_execute(&rows).await?)
    }
}
