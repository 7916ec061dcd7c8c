//! Placing an order: steps 1 to 3 of a purchase. The payment and what follows it is [`fulfilment`](super::fulfilment).

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::answer::Holds;
use super::function::{Call, Function, typed};
use crate::client::Eventos;
use crate::error::{Error, ErrorKind, Result};
use crate::query::from;
use crate::schema::{Cents, EventId, NewOrder, Order, OrderId, PaymentStatus, ProfileId, Table};

const MIGRATION: &str = "20251108000000_orders_as_functions.sql";
static CREATE_ORDER: Function = Function::new("create_order", MIGRATION, PLACEMENT);
static CANCEL_ORDER: Function =
    Function::new("cancel_order", MIGRATION, CANCELLATION).refusing(&[("unknown_order", unknown_order)]);
static AVAILABLE_SEATS: Function =
    Function::new("available_seats", "20251106000000_seats_are_held.sql", Holds::Maybe(&Holds::Whole));

/// What a customer wants to buy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Placement {
    /// The order waits for its payment; one that was placed before may be paid by now, as its `payment_status` says.
    Placed(#[serde(with = "named_order")] Order),
    /// Too few tickets are left.
    SoldOut {
        /// How many can be ordered now.
        available: i64,
    },
    /// The customer holds too many seats of this event that are not paid for.
    TooManyUnpaid {
        /// How many seats of an event a customer may hold unpaid.
        limit: i64,
    },
    /// The event is not on sale, or not for this customer.
    NotOnSale,
}

/// Places an order at the event's price, for an event that is on sale.
///
/// The order holds its seats for 15 minutes, in which it can be paid without anyone coming between. Placing the same
/// order again gives the order of the first time, at the price of the first time. An event is on sale while it is
/// published, public and not over; a private one is sold by the service alone.
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
///     Placement::TooManyUnpaid { .. } => println!("please pay for the tickets in your basket first"),
///     _ => println!("not on sale"),
/// }
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// [`InvalidInput`](ErrorKind::InvalidInput) for a quantity outside 1 to 20;
/// [`UniqueViolation`](crate::ServerCode::UniqueViolation) where the order's id belongs to another order: take a new one;
/// [`InsufficientPrivilege`](crate::ServerCode::InsufficientPrivilege) for a visitor, or where the customer is somebody
/// else; else as [any query](crate::query#errors).
pub async fn place(eventos: &Eventos, purchase: &Purchase) -> Result<Placement> {
    typed(placing(purchase)?.make(eventos).await?)
}

pub(super) fn placing(purchase: &Purchase) -> Result<Call> {
    check_quantity(purchase)?;
    CREATE_ORDER.with(purchase)
}

const PLACEMENT: Holds = Holds::outcome(&[
    ("placed", &[("order", Holds::Row(Order::DEF))]),
    ("sold_out", &[("available", Holds::Whole)]),
    ("too_many_unpaid", &[("limit", Holds::Whole)]),
    ("not_on_sale", &[]),
]);

/// What the order's declaration refuses is refused before anything is sent.
fn check_quantity(purchase: &Purchase) -> Result<()> {
    let Purchase { order_id: _, customer_id, event_id, quantity } = *purchase;
    let order = NewOrder { customer_id, event_id, quantity, unit_price_cents: Cents::ZERO, total_cents: Cents::ZERO };
    from::<Order>().insert(order).to_request().map(drop)
}

/// How many tickets of an event can be ordered now: its capacity less what is paid for or held. `None` for an event that
/// the caller may not see.
///
/// [`event_stats`](crate::EventStats) counts tickets; this counts the seats of orders that are not paid yet too.
///
/// ```no_run
/// use eventos_core::flows::purchase::available_seats;
/// use eventos_core::{EventId, Eventos};
///
/// # async fn run(eventos: Eventos, event_id: EventId) -> eventos_core::Result<()> {
/// match available_seats(&eventos, event_id).await? {
///     Some(0) => println!("sold out, for the moment"),
///     Some(seats) => println!("{seats} tickets left"),
///     None => println!("no such event"),
/// }
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// As [any query](crate::query#errors).
pub async fn available_seats(eventos: &Eventos, event_id: EventId) -> Result<Option<i64>> {
    typed(counting_seats(event_id)?.make(eventos).await?)
}

pub(super) fn counting_seats(event_id: EventId) -> Result<Call> {
    AVAILABLE_SEATS.with(serde_json::json!({ "event_id": event_id }))
}

/// What became of a cancellation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Cancellation {
    /// The order holds no seats any more.
    Cancelled,
    /// The order is paid, or was.
    NotCancellable {
        /// Where its payment stands.
        status: PaymentStatus,
    },
}

/// Lets go of one's own order that is not paid, and of its seats. Doing it again changes nothing.
///
/// A payment that arrives all the same is honoured while there are seats.
///
/// ```no_run
/// use eventos_core::flows::purchase::{Cancellation, cancel};
/// use eventos_core::{Eventos, OrderId};
///
/// # async fn run(customer: Eventos, order_id: OrderId) -> eventos_core::Result<()> {
/// if let Cancellation::NotCancellable { status } = cancel(&customer, order_id).await? {
///     println!("the order is {status}: ask for a refund");
/// }
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// [`NotFound`](ErrorKind::NotFound) for an order that is not the caller's; else as [any query](crate::query#errors).
pub async fn cancel(eventos: &Eventos, order_id: OrderId) -> Result<Cancellation> {
    typed(cancelling(order_id)?.make(eventos).await?)
}

pub(super) fn cancelling(order_id: OrderId) -> Result<Call> {
    CANCEL_ORDER.with(serde_json::json!({ "order_id": order_id }))
}

const CANCELLATION: Holds = Holds::outcome(&[("cancelled", &[]), ("not_cancellable", &[("status", Holds::Text)])]);

pub(super) fn unknown_order(_: &Value, _: &Value) -> Error {
    Error::plain(ErrorKind::NotFound, "there is no such order, or none that the caller may see")
}

/// As `{ "order": … }`, so that the order's fields do not mix with the outcome.
mod named_order {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::schema::Order;

    #[derive(Serialize, Deserialize)]
    struct Named<O> {
        order: O,
    }

    pub(super) fn serialize<S: Serializer>(order: &Order, serializer: S) -> Result<S::Ok, S::Error> {
        Named { order }.serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Order, D::Error> {
        Named::<Order>::deserialize(deserializer).map(|named| named.order)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_answer_as_their_types_say() {
        CREATE_ORDER.assert_answers::<Placement>();
        CANCEL_ORDER.assert_answers::<Cancellation>();
        AVAILABLE_SEATS.assert_answers::<Option<i64>>();
    }
}
