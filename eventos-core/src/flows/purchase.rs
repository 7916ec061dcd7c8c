//! Placing an order: steps 1 to 3 of a purchase. The payment and what follows it is [`fulfilment`](super::fulfilment).

use crate::Projection;
use crate::client::Eventos;
use crate::error::{Error, Result, ServerCode};
use crate::schema::{
    Cents, Event, EventId, EventStats, EventStatus, NewOrder, Order, OrderId, PaymentStatus, ProfileId,
};

/// What a customer wants to buy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purchase {
    /// The order's id, chosen by the caller: placing the same order again does not buy twice. See
    /// [`Eventos::new_id`].
    pub order_id: OrderId,
    /// Who buys: the signed-in customer.
    pub customer_id: ProfileId,
    /// For which event.
    pub event_id: EventId,
    /// How many tickets, 1 to 20.
    pub quantity: i32,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Placement {
    /// The order waits for its payment.
    Placed(Order),
    /// Too few tickets are left.
    SoldOut {
        /// How many are left.
        available: i64,
    },
    /// The event is not on sale, or not for this customer.
    NotOnSale,
}

#[derive(Projection)]
#[projection(of = Event)]
struct Offer {
    price_cents: Cents,
    status: EventStatus,
    stats: Option<SeatsLeft>,
}

#[derive(Projection)]
#[projection(of = EventStats)]
struct SeatsLeft {
    tickets_available: i64,
}

/// Places an order at the event's price.
///
/// An order takes no seat yet: tickets do, once [`fulfil`](super::fulfilment::fulfil) makes them, and the database lets
/// no event sell more of them than it holds. Placing the same order again gives the order of the first time.
///
/// ```no_run
/// use eventos_core::flows::purchase::{Placement, Purchase, place};
/// use eventos_core::{EventId, Eventos, ProfileId};
///
/// # async fn run(eventos: Eventos, customer_id: ProfileId, event_id: EventId) -> eventos_core::Result<()> {
/// let wish = Purchase { order_id: eventos.new_id()?, customer_id, event_id, quantity: 2 };
/// match place(&eventos, &wish).await? {
///     Placement::Placed(order) => println!("{}: please pay {}", order.order_number, order.total_cents),
///     Placement::SoldOut { available } => println!("only {available} tickets are left"),
///     _ => println!("not on sale"),
/// }
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// [`InvalidInput`](crate::ErrorKind::InvalidInput) for a quantity outside 1 to 20;
/// [`UniqueViolation`](ServerCode::UniqueViolation) where the order's id belongs to another order; else as
/// [any query](crate::query#errors).
pub async fn place(eventos: &Eventos, purchase: &Purchase) -> Result<Placement> {
    if !(1..=20).contains(&purchase.quantity) {
        return Err(Error::invalid_input("orders.quantity", format!("{} is outside 1 to 20", purchase.quantity)));
    }
    match order(eventos, purchase).await {
        Ok(Placement::Placed(order)) => Ok(Placement::Placed(order)),
        // A repeat of an order that took the last seats meets a sold-out event, and its own order.
        Ok(refusal) => Ok(placed_before(eventos, purchase).await?.map_or(refusal, Placement::Placed)),
        Err(error) if is_taken(&error) => placed_before(eventos, purchase).await?.map(Placement::Placed).ok_or(error),
        Err(error) => Err(error),
    }
}

async fn order(eventos: &Eventos, purchase: &Purchase) -> Result<Placement> {
    let Purchase { order_id, customer_id, event_id, quantity } = purchase.clone();
    let offer = eventos.events().select::<Offer>().filter(Event::ID.eq(event_id)).maybe_single().await?;
    let Some(offer) = offer.filter(|offer| offer.status == EventStatus::Published) else {
        return Ok(Placement::NotOnSale);
    };
    if let Some(seats) = offer.stats
        && seats.tickets_available < i64::from(quantity)
    {
        return Ok(Placement::SoldOut { available: seats.tickets_available.max(0) });
    }
    let total_cents = offer
        .price_cents
        .times(quantity)
        .ok_or_else(|| Error::invalid_input("orders.total_cents", "the amount is too large"))?;
    let order = NewOrder { customer_id, event_id, quantity, unit_price_cents: offer.price_cents, total_cents }
        .set(Order::ID, order_id)
        .set(Order::PAYMENT_STATUS, PaymentStatus::Pending);
    match eventos.orders().insert(order).repeatable().returning::<Order>().expect_one().await {
        Ok(order) => Ok(Placement::Placed(order)),
        Err(error) if is_refused_by_policy(&error) => Ok(Placement::NotOnSale),
        Err(error) => Err(error),
    }
}

/// The same order from before, most likely because the answer to the first try was lost.
async fn placed_before(eventos: &Eventos, purchase: &Purchase) -> Result<Option<Order>> {
    let order = eventos.orders().select::<Order>().filter(Order::ID.eq(purchase.order_id)).maybe_single().await?;
    Ok(order.filter(|order| {
        order.customer_id == purchase.customer_id
            && order.event_id == purchase.event_id
            && order.quantity == purchase.quantity
    }))
}

fn is_taken(error: &Error) -> bool {
    error
        .server()
        .is_some_and(|server| server.code == ServerCode::UniqueViolation && server.constraint() == Some("orders_pkey"))
}

fn is_refused_by_policy(error: &Error) -> bool {
    error.server().is_some_and(|server| server.code == ServerCode::InsufficientPrivilege)
        && error.to_string().contains("row-level security")
}
