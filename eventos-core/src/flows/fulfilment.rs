//! What follows a payment: steps 5 to 8 of a purchase. The service does it, never a customer's device.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

use crate::Projection;
use crate::client::Eventos;
use crate::error::{Error, ErrorKind, Result, ServerCode};
use crate::query::OnConflict;
use crate::schema::{
    Attendee, AttendeeId, Event, EventId, NewAttendee, NewTicket, Order, OrderId, PaymentStatus, Profile, Ticket,
    TicketId, TicketStatus, Venue,
};

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
#[derive(Debug, Clone, PartialEq, Eq)]
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
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Fulfilment {
    /// The order is paid and has its tickets.
    Fulfilled(Box<Fulfilled>),
    /// The order cannot be paid any more.
    NotPayable {
        /// Where its payment stands.
        status: PaymentStatus,
    },
}

/// A paid order with its tickets.
///
/// [`fulfil`] has an example.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Fulfilled {
    /// The order, its event and its customer.
    pub order: PaidOrder,
    /// The tickets, each with its attendee, in the order in which the payment names them.
    pub tickets: Vec<IssuedTicket>,
    /// Whether all of it had been done before. Of calls at the same time, several may say that it had not.
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
    pub total_cents: crate::schema::Cents,
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

impl PaidOrder {
    fn is_paid_by(&self, payment: &Payment) -> bool {
        self.payment_status == PaymentStatus::Paid
            && self.stripe_payment_intent_id.as_deref() == Some(&payment.payment_intent_id)
    }
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

/// Confirms a payment: the order paid, its attendees and tickets made. Doing it again gives the same tickets.
///
/// Call it from the handler of Stripe's webhook, which may come more than once, or twice at a time. The ids of
/// attendees and tickets follow from the order's, so a repeat meets the rows of the first time and makes only those
/// that are missing, wherever the first time broke off. Tickets that the customer took meanwhile count as the order's.
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
///     Fulfilment::Fulfilled(fulfilled) if fulfilled.is_replay => println!("mailed before"),
///     Fulfilment::Fulfilled(fulfilled) => println!("mail it: {}", fulfilled.confirmation().subject),
///     Fulfilment::NotPayable { status } => println!("give the money back: the order is {status}"),
///     _ => {}
/// }
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// [`InvalidInput`](crate::ErrorKind::InvalidInput) where the attendees are not as many as the tickets, or the payment
/// intent is empty; [`NotFound`](crate::ErrorKind::NotFound) for an unknown order;
/// [`UniqueViolation`](crate::ServerCode::UniqueViolation) where the payment intent paid another order;
/// [`CheckViolation`](crate::ServerCode::CheckViolation) where the event's last tickets went meanwhile (constraint
/// `tickets_within_capacity`: refund the order), or where the customer took tickets at this moment
/// (`tickets_within_order`: call again); [`NotAffected`](ErrorKind::NotAffected) where a ticket could not be made
/// because its id is another order's; else as [any query](crate::query#errors).
pub async fn fulfil(service: &Eventos, payment: &Payment) -> Result<Fulfilment> {
    if payment.payment_intent_id.trim().is_empty() {
        return Err(Error::invalid_input("payment_intent_id", "is empty: pass Stripe's id, such as pi_3Nxyz"));
    }
    let order = order(service, payment.order_id).await?;
    if usize::try_from(order.quantity) != Ok(payment.attendees.len()) {
        return Err(Error::invalid_input(
            "attendees",
            format!("the order has {} tickets, and {} people were named", order.quantity, payment.attendees.len()),
        ));
    }
    let was_paid = order.is_paid_by(payment);
    let order = if order.payment_status == PaymentStatus::Pending { pay(service, payment).await? } else { order };
    if !order.is_paid_by(payment) {
        return Ok(Fulfilment::NotPayable { status: order.payment_status });
    }
    let before = issued(service, &order).await?;
    if before.len() >= payment.attendees.len() {
        return Ok(Fulfilment::Fulfilled(Box::new(Fulfilled { order, tickets: before, is_replay: was_paid })));
    }
    issue(service, &order, &payment.attendees, &before).await?;
    let tickets = issued(service, &order).await?;
    if tickets.len() < payment.attendees.len() {
        return Err(Error::plain(
            ErrorKind::NotAffected,
            format!(
                "order {} has {} of its {} tickets: the others' ids are taken by rows that are not its own, so \
                 make them by hand",
                order.order_number,
                tickets.len(),
                order.quantity
            ),
        ));
    }
    Ok(Fulfilment::Fulfilled(Box::new(Fulfilled { order, tickets, is_replay: false })))
}

async fn order(service: &Eventos, id: OrderId) -> Result<PaidOrder> {
    service.orders().select::<PaidOrder>().filter(Order::ID.eq(id)).single().await
}

/// Only a pending order becomes paid: of two payments at the same time one wins, and the other meets a paid order.
async fn pay(service: &Eventos, payment: &Payment) -> Result<PaidOrder> {
    service
        .orders()
        .update()
        .set(Order::PAYMENT_STATUS, PaymentStatus::Paid)
        .set(Order::STRIPE_PAYMENT_INTENT_ID, payment.payment_intent_id.as_str())
        .set(Order::PAID_AT, payment.paid_at)
        .filter(Order::ID.eq(payment.order_id) & Order::PAYMENT_STATUS.eq(PaymentStatus::Pending))
        .await?;
    order(service, payment.order_id).await
}

async fn issued(service: &Eventos, order: &PaidOrder) -> Result<Vec<IssuedTicket>> {
    let mut tickets = service
        .tickets()
        .select::<IssuedTicket>()
        .filter(Ticket::ORDER_ID.eq(order.id))
        .order(Ticket::CREATED_AT.asc())
        .order(Ticket::ID.asc())
        .limit(20)
        .await?;
    let seats = seats(order);
    tickets.sort_by_key(|ticket| seats.get(&ticket.id).copied().unwrap_or(i32::MAX));
    Ok(tickets)
}

/// Makes the tickets that are missing, and attendees for them.
///
/// Rows that another call makes at the same time are left as they are.
async fn issue(service: &Eventos, order: &PaidOrder, guests: &[Guest], before: &[IssuedTicket]) -> Result<()> {
    let (order_id, event_id) = (order.id, order.event_id);
    let seats = seats(order);
    let is_taken = |seat: i32| before.iter().any(|ticket| seats.get(&ticket.id) == Some(&seat));
    let missing: Vec<(i32, &Guest)> = (0..)
        .zip(guests)
        .filter(|(seat, _)| !is_taken(*seat))
        .take(guests.len().saturating_sub(before.len()))
        .collect();
    let attendees = missing.iter().map(|(seat, guest)| {
        NewAttendee { order_id, event_id, full_name: guest.full_name.clone(), email: guest.email.clone() }
            .set(Attendee::ID, attendee_id(order_id, *seat))
            .set(Attendee::PHONE, guest.phone.clone())
    });
    service.attendees().insert_many(attendees).on_conflict(Attendee::ID, OnConflict::Ignore).repeatable().await?;
    let mut draw = 0;
    loop {
        let tickets = missing.iter().map(|(seat, _)| {
            NewTicket { event_id, order_id }
                .set(Ticket::ID, ticket_id(order_id, *seat, draw))
                .set(Ticket::ATTENDEE_ID, attendee_id(order_id, *seat))
        });
        let made = service.tickets().insert_many(tickets).on_conflict(Ticket::ID, OnConflict::Ignore).repeatable();
        match made.await {
            Err(error) if is_number_taken(&error) && draw < DRAWS - 1 => draw += 1,
            settled => return settled,
        }
    }
}

/// How many ids each ticket has to choose from. Its number shows 8 digits of the id, and another ticket of the day may
/// have the same.
const DRAWS: u8 = 3;

fn is_number_taken(error: &Error) -> bool {
    error.server().is_some_and(|server| server.code == ServerCode::UniqueViolation)
}

/// Which guest, counted from 0, each ticket is for that this flow makes.
fn seats(order: &PaidOrder) -> HashMap<TicketId, i32> {
    (0..order.quantity).flat_map(|seat| (0..DRAWS).map(move |draw| (ticket_id(order.id, seat, draw), seat))).collect()
}

fn attendee_id(order_id: OrderId, seat: i32) -> AttendeeId {
    derived(order_id, &format!("attendee {seat}"))
}

fn ticket_id(order_id: OrderId, seat: i32, draw: u8) -> TicketId {
    derived(order_id, &format!("ticket {seat} {draw}"))
}

/// The UUID (version 5) of this name within the order. A hash, because customers choose the ids of their orders.
fn derived<I: From<Uuid>>(order_id: OrderId, name: &str) -> I {
    Uuid::new_v5(order_id.as_uuid(), name.as_bytes()).into()
}
