//! Placing an order: steps 1 to 3 of a purchase. The payment and what follows it is [`fulfilment`](super::fulfilment).

use serde::{Serialize, Serializer};

use super::listing::on_sale;
use crate::Projection;
use crate::client::Eventos;
use crate::error::{Error, Result, ServerCode};
use crate::query::Fetch;
use crate::query::shape::One;
use crate::schema::{Cents, Event, EventId, EventStats, NewOrder, Order, OrderId, PaymentStatus, ProfileId};

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
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Placement {
    /// The order waits for its payment; one that was placed before may be paid by now, as its `payment_status` says.
    Placed(#[serde(serialize_with = "named_order")] Order),
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
    stats: Option<SeatsLeft>,
}

#[derive(Projection)]
#[projection(of = EventStats)]
struct SeatsLeft {
    tickets_available: i64,
}

/// Places an order at the event's price, for an event that is [on sale](on_sale).
///
/// An order takes no seat yet: tickets do, once [`fulfil`](super::fulfilment::fulfil) makes them, and the database lets
/// no event sell more of them than it holds. Placing the same order again gives the order of the first time, at the price
/// of the first time. Where the price changes at this moment, the order is placed at the new one: show its total.
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
/// [`UniqueViolation`](ServerCode::UniqueViolation) where the order's id belongs to another order, or the order number
/// that the database makes of it does: take a new id; else as [any query](crate::query#errors).
pub async fn place(eventos: &Eventos, purchase: &Purchase) -> Result<Placement> {
    // What no price makes right is refused before anything is sent.
    insertion(eventos, purchase, Cents::ZERO)?.to_request()?;
    match order(eventos, purchase).await {
        Ok(Placement::Placed(order)) => Ok(Placement::Placed(order)),
        // A repeat of an order that took the last seats meets a sold-out event, and its own order.
        Ok(refusal) => Ok(placed_before(eventos, purchase).await?.map_or(refusal, Placement::Placed)),
        Err(error) if is_taken(&error) => placed_before(eventos, purchase).await?.map(Placement::Placed).ok_or(error),
        Err(error) => Err(error),
    }
}

async fn order(eventos: &Eventos, purchase: &Purchase) -> Result<Placement> {
    let price = match offered(eventos, purchase).await? {
        Ok(price) => price,
        Err(refusal) => return Ok(refusal),
    };
    if let Some(order) = order_at(eventos, purchase, price).await? {
        return Ok(Placement::Placed(order));
    }
    // The policy refuses an order whose price or seats went since they were read.
    match offered(eventos, purchase).await? {
        Ok(now) if now != price => {
            Ok(order_at(eventos, purchase, now).await?.map_or(Placement::NotOnSale, Placement::Placed))
        }
        Ok(_) => Ok(Placement::NotOnSale),
        Err(refusal) => Ok(refusal),
    }
}

/// The price of a ticket, or why there is none.
async fn offered(eventos: &Eventos, purchase: &Purchase) -> Result<std::result::Result<Cents, Placement>> {
    let offer = eventos
        .events()
        .select::<Offer>()
        .filter(Event::ID.eq(purchase.event_id))
        .filter(on_sale(eventos.host().now()))
        .maybe_single()
        .await?;
    Ok(match offer {
        None => Err(Placement::NotOnSale),
        Some(Offer { stats: Some(seats), .. }) if seats.tickets_available < i64::from(purchase.quantity) => {
            Err(Placement::SoldOut { available: seats.tickets_available.max(0) })
        }
        Some(offer) => Ok(offer.price_cents),
    })
}

/// The order at this price; `None` where the policy refuses it.
async fn order_at(eventos: &Eventos, purchase: &Purchase, price: Cents) -> Result<Option<Order>> {
    match insertion(eventos, purchase, price)?.await {
        Ok(order) => Ok(Some(order)),
        Err(error) if is_refused_by_policy(&error) => Ok(None),
        Err(error) => Err(error),
    }
}

fn insertion(eventos: &Eventos, purchase: &Purchase, price: Cents) -> Result<Fetch<One<Order>, Eventos>> {
    let Purchase { order_id, customer_id, event_id, quantity } = *purchase;
    let total_cents =
        price.times(quantity).ok_or_else(|| Error::invalid_input("orders.total_cents", "the amount is too large"))?;
    let order = NewOrder { customer_id, event_id, quantity, unit_price_cents: price, total_cents }
        .set(Order::ID, order_id)
        .set(Order::PAYMENT_STATUS, PaymentStatus::Pending);
    Ok(eventos.orders().insert(order).repeatable().returning::<Order>().expect_one())
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

/// Whether some unique value of the order is there already: its id or another, whatever the constraint is called.
fn is_taken(error: &Error) -> bool {
    error.server().is_some_and(|server| server.code == ServerCode::UniqueViolation)
}

fn is_refused_by_policy(error: &Error) -> bool {
    error.server().is_some_and(|server| server.code == ServerCode::InsufficientPrivilege)
        && error.to_string().contains("row-level security")
}

/// As `{ "order": … }`, so that the order's fields do not mix with the outcome.
fn named_order<S: Serializer>(order: &Order, serializer: S) -> std::result::Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Named<'a> {
        order: &'a Order,
    }
    Named { order }.serialize(serializer)
}
