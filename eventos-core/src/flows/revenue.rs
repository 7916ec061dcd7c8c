//! What an organizer's events brought in.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::Projection;
use crate::client::Eventos;
use crate::error::Result;
use crate::schema::{Cents, Event, EventId, Order, PaymentStatus, ProfileId};

/// What one event brought in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct EventRevenue {
    /// The event.
    pub event_id: EventId,
    /// Its title.
    pub event_name: String,
    /// Paid orders.
    pub orders: u64,
    /// Tickets in them.
    pub tickets: i64,
    /// What they paid in all.
    #[serde(rename = "revenue_cents")]
    pub revenue: Cents,
}

#[derive(Projection)]
#[projection(of = Order)]
struct Sale {
    quantity: i32,
    total_cents: Cents,
    event_id: EventId,
    #[projection(inner)]
    event: SoldEvent,
}

#[derive(Projection)]
#[projection(of = Event)]
struct SoldEvent {
    name: String,
}

/// What each event of an organizer brought in, the most first; events without a paid order are left out.
///
/// Two events of the same title stay two. Every paid order counts, however many there are.
///
/// ```no_run
/// use eventos_core::flows::revenue::revenue;
/// use eventos_core::{Cents, Eventos, ProfileId};
///
/// # async fn run(eventos: Eventos, organizer_id: ProfileId) -> eventos_core::Result<()> {
/// let events = revenue(&eventos, organizer_id).await?;
/// for event in &events {
///     println!("{}: {} ({} tickets)", event.event_name, event.revenue, event.tickets);
/// }
/// let total: Cents = events.iter().map(|event| event.revenue).sum();
/// println!("{total} in all");
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// As [any query](crate::query#errors).
pub async fn revenue(eventos: &Eventos, organizer_id: ProfileId) -> Result<Vec<EventRevenue>> {
    let mut sales = eventos
        .orders()
        .select::<Sale>()
        .filter(Order::PAYMENT_STATUS.eq(PaymentStatus::Paid))
        .embed(Order::EVENT, |event| event.filter(Event::ORGANIZER_ID.eq(organizer_id)))
        .pages(1000);
    let mut events: BTreeMap<EventId, EventRevenue> = BTreeMap::new();
    while let Some(page) = sales.next_page().await? {
        for sale in page {
            let event = events.entry(sale.event_id).or_insert_with(|| EventRevenue {
                event_id: sale.event_id,
                event_name: sale.event.name,
                orders: 0,
                tickets: 0,
                revenue: Cents::ZERO,
            });
            event.orders += 1;
            event.tickets += i64::from(sale.quantity);
            event.revenue = event.revenue.plus(sale.total_cents);
        }
    }
    let mut events: Vec<EventRevenue> = events.into_values().collect();
    events.sort_by(|one, other| other.revenue.cmp(&one.revenue).then_with(|| one.event_name.cmp(&other.event_name)));
    Ok(events)
}
