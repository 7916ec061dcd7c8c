//! What follows a payment: steps 5 to 8 of a purchase. The service does it, never a customer's device.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::answer::{Declared, Holds};
use super::function::{Call, Function, typed};
use super::purchase::unknown_order;
use crate::Projection;
use crate::client::Eventos;
use crate::error::{Error, Result};
use crate::schema::{
    Attendee, Cents, Event, EventId, Order, OrderId, PaymentStatus, Profile, Ticket, TicketId, TicketStatus, Venue,
};

static FULFIL_ORDER: Function = Function::new("fulfil_order", "20251108000000_orders_as_functions.sql", FULFILMENT)
    .refusing(&[("unknown_order", unknown_order), ("wrong_attendees", wrong_attendees)]);

/// A payment that came in, and the people whom it lets in.
///
/// [`fulfil`] has an example.
#[derive(Debug, Clone, PartialEq)]
pub struct Payment {
    /// The order that it pays.
    pub order_id: OrderId,
    /// Stripe's payment intent: by it a repeat is recognised.
    pub payment_intent_id: String,
    /// When it was paid, in UTC, to the microsecond.
    pub paid_at: DateTime<Utc>,
    /// Who will come: as many as the order has tickets.
    pub attendees: Vec<Guest>,
}

/// Somebody who will come.
///
/// [`fulfil`] has an example.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guest {
    /// Name.
    pub full_name: String,
    /// E-mail address.
    pub email: String,
    /// Telephone number.
    pub phone: Option<String>,
}

/// What became of it.
///
/// [`fulfil`] has an example.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Fulfilment {
    /// The order is paid and has its tickets.
    Fulfilled(Box<Fulfilled>),
    /// The order cannot be paid any more, or another payment paid it: give the money back.
    NotPayable {
        /// Where its payment stands.
        status: PaymentStatus,
    },
    /// The event was cancelled before the payment came: give the money back.
    EventCancelled,
    /// The payment came too late, and its seats went to others: give the money back.
    SoldOut {
        /// How many can be ordered now.
        available: i64,
    },
    /// What was received is not what the order costs, and nothing was done. Only where the call says what was received.
    WrongAmount {
        /// What the order costs.
        expected: Amount,
        /// What was received.
        received: Amount,
    },
}

/// An amount of money in a currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amount {
    /// How much, in the currency's smallest unit.
    pub amount_cents: i64,
    /// Which, by its ISO 4217 code in lower case, as Stripe writes it: `cad`.
    pub currency: String,
}

/// A paid order with its tickets.
///
/// [`fulfil`] has an example.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Fulfilled {
    /// The order, its event and its customer.
    pub order: PaidOrder,
    /// The tickets, each with its attendee, in the order in which the payment names them.
    pub tickets: Vec<IssuedTicket>,
    /// Whether all of it had been done before. That does not mean that it was mailed: the answer of the first time may have been
    /// lost.
    pub is_replay: bool,
}

/// An order with what its confirmation says.
///
/// Part of [`Fulfilled`].
#[derive(Debug, Clone, PartialEq, Projection, Serialize)]
#[projection(of = Order)]
#[non_exhaustive]
pub struct PaidOrder {
    /// Its id.
    pub id: OrderId,
    /// The number that people quote.
    pub order_number: crate::codes::OrderNumber,
    /// How many tickets.
    pub quantity: i32,
    /// The whole amount, in cents.
    pub total_cents: Cents,
    /// Where its payment stands.
    pub payment_status: PaymentStatus,
    /// Stripe's payment intent.
    pub stripe_payment_intent_id: Option<String>,
    /// The event's id.
    pub event_id: EventId,
    /// The event.
    pub event: Option<BookedEvent>,
    /// Who bought.
    pub customer: Option<Buyer>,
}

/// An event as a confirmation names it.
///
/// Part of [`PaidOrder`].
#[derive(Debug, Clone, PartialEq, Projection, Serialize)]
#[projection(of = Event)]
#[non_exhaustive]
pub struct BookedEvent {
    /// Title.
    pub name: String,
    /// When it starts, in UTC.
    pub start_at: DateTime<Utc>,
    /// Where it happens.
    pub venue: Option<BookedVenue>,
}

/// A venue as a confirmation names it.
///
/// Part of [`BookedEvent`].
#[derive(Debug, Clone, PartialEq, Projection, Serialize)]
#[projection(of = Venue)]
#[non_exhaustive]
pub struct BookedVenue {
    /// Its name.
    pub name: String,
    /// Its street address.
    pub address: String,
    /// Its city.
    pub city: String,
}

/// A customer as a confirmation addresses them.
///
/// Part of [`PaidOrder`].
#[derive(Debug, Clone, PartialEq, Projection, Serialize)]
#[projection(of = Profile)]
#[non_exhaustive]
pub struct Buyer {
    /// Their e-mail address.
    pub email: String,
    /// Their name.
    pub full_name: Option<String>,
}

/// A ticket and whom it lets in.
///
/// Part of [`Fulfilled`].
#[derive(Debug, Clone, PartialEq, Projection, Serialize)]
#[projection(of = Ticket)]
#[non_exhaustive]
pub struct IssuedTicket {
    /// Its id.
    pub id: TicketId,
    /// The number that people quote.
    pub ticket_number: crate::codes::TicketNumber,
    /// What the QR code says.
    pub qr_code: crate::codes::QrPayload,
    /// Whether it still lets somebody in.
    pub status: TicketStatus,
    /// Whom it lets in.
    pub attendee: Option<Holder>,
}

/// A ticket's holder.
///
/// Part of [`IssuedTicket`].
#[derive(Debug, Clone, PartialEq, Projection, Serialize)]
#[projection(of = Attendee)]
#[non_exhaustive]
pub struct Holder {
    /// Their name.
    pub full_name: String,
    /// Their e-mail address.
    pub email: String,
}

/// Confirms a payment: the order paid, its attendees and tickets made, all of it or nothing. Doing it again gives the same
/// tickets.
///
/// Call it from the handler of Stripe's webhook, which may come more than once, or twice at a time. A payment that comes
/// after its order's 15 minutes is honoured while there are seats, and so is one that succeeds after it had failed.
/// Attendees and tickets that the customer made meanwhile count as the order's.
///
/// ```no_run
/// use chrono::{DateTime, Utc};
/// use eventos_core::flows::fulfilment::{Fulfilment, Guest, Payment, fulfil};
/// use eventos_core::{Eventos, OrderId};
///
/// # async fn run(service: Eventos, order_id: OrderId, paid_at: DateTime<Utc>) -> eventos_core::Result<()> {
/// let payment = Payment {
///     order_id,
///     payment_intent_id: "pi_3Nxyz".into(),
///     paid_at,
///     attendees: vec![
///         Guest { full_name: "John Doe".into(), email: "john@example.com".into(), phone: None },
///         Guest { full_name: "Jane Smith".into(), email: "jane@example.com".into(), phone: None },
///     ],
/// };
/// match fulfil(&service, &payment).await? {
///     Fulfilment::Fulfilled(paid) => println!("mail {}, once for {}", paid.confirmation().subject, paid.order.id),
///     Fulfilment::NotPayable { status } => println!("give the money back: the order is {status}"),
///     Fulfilment::EventCancelled => println!("give the money back: it does not take place"),
///     Fulfilment::SoldOut { .. } => println!("give the money back: it came too late"),
///     _ => {}
/// }
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// [`InvalidInput`](crate::ErrorKind::InvalidInput) where the attendees are not as many as the tickets, or the payment intent is
/// empty; [`NotFound`](crate::ErrorKind::NotFound) for an unknown order;
/// [`UniqueViolation`](crate::ServerCode::UniqueViolation) where the payment intent paid another order;
/// [`InsufficientPrivilege`](crate::ServerCode::InsufficientPrivilege) where the caller is not the service; else as
/// [any query](crate::query#errors).
pub async fn fulfil(service: &Eventos, payment: &Payment) -> Result<Fulfilment> {
    typed(fulfilling(payment, None)?.make(service).await?)
}

/// The same, where what was received is what the order costs.
#[cfg(feature = "stripe")]
pub(super) async fn fulfil_if(service: &Eventos, payment: &Payment, received: &Amount) -> Result<Fulfilment> {
    typed(fulfilling(payment, Some(received))?.make(service).await?)
}

pub(super) fn fulfilling(payment: &Payment, received: Option<&Amount>) -> Result<Call> {
    let Payment { order_id, payment_intent_id, paid_at, attendees } = payment;
    if payment_intent_id.trim().is_empty() {
        return Err(Error::invalid_input("payment_intent_id", "is empty: pass Stripe's id, such as pi_3Nxyz"));
    }
    let mut arguments = serde_json::json!({
        "order_id": order_id, "payment_intent_id": payment_intent_id, "paid_at": paid_at, "attendees": attendees,
    });
    if let (Some(Amount { amount_cents, currency }), Some(arguments)) = (received, arguments.as_object_mut()) {
        arguments.insert("amount_cents".into(), (*amount_cents).into());
        arguments.insert("currency".into(), currency.as_str().into());
    }
    FULFIL_ORDER.with(arguments)
}

const FULFILMENT: Holds = Holds::outcome(&[
    (
        "fulfilled",
        &[
            ("order", Holds::Object(PAID_ORDER)),
            ("tickets", Holds::List(&Holds::Object(ISSUED_TICKET))),
            ("is_replay", Holds::Flag),
        ],
    ),
    ("not_payable", &[("status", Holds::Text)]),
    ("event_cancelled", &[]),
    ("sold_out", &[("available", Holds::Whole)]),
    ("wrong_amount", &[("expected", Holds::Object(AMOUNT)), ("received", Holds::Object(AMOUNT))]),
]);

const PAID_ORDER: Declared = &[
    ("id", Holds::Id),
    ("order_number", Holds::Text),
    ("quantity", Holds::Whole),
    ("total_cents", Holds::Whole),
    ("payment_status", Holds::Text),
    ("stripe_payment_intent_id", Holds::Maybe(&Holds::Text)),
    ("event_id", Holds::Id),
    ("event", Holds::Maybe(&Holds::Object(BOOKED_EVENT))),
    ("customer", Holds::Maybe(&Holds::Object(&[("email", Holds::Text), ("full_name", Holds::Maybe(&Holds::Text))]))),
];

const BOOKED_EVENT: Declared = &[
    ("name", Holds::Text),
    ("start_at", Holds::Time),
    ("venue", Holds::Maybe(&Holds::Object(&[("name", Holds::Text), ("address", Holds::Text), ("city", Holds::Text)]))),
];

const ISSUED_TICKET: Declared = &[
    ("id", Holds::Id),
    ("ticket_number", Holds::Text),
    ("qr_code", Holds::Text),
    ("status", Holds::Text),
    ("attendee", Holds::Maybe(&Holds::Object(&[("full_name", Holds::Text), ("email", Holds::Text)]))),
];

const AMOUNT: Declared = &[("amount_cents", Holds::Whole), ("currency", Holds::Text)];

fn wrong_attendees(answer: &Value, arguments: &Value) -> Error {
    let expected = answer.get("expected").and_then(Value::as_i64).unwrap_or_default();
    let named = arguments.get("attendees").and_then(Value::as_array).map_or(0, Vec::len);
    Error::invalid_input("attendees", format!("the order has {expected} tickets, and {named} people were named"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_answer_as_their_types_say() {
        FULFIL_ORDER.assert_answers::<Fulfilment>();
    }
}
