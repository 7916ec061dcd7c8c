//! What follows a payment: steps 5 to 8 of a purchase. The service does it, never a customer's device.

use chrono::{DateTime, Utc};

use crate::Projection;
use crate::client::Eventos;
use crate::error::{Error, Result};
use crate::schema::{
    Attendee, Event, EventId, NewAttendee, NewTicket, Order, OrderId, PaymentStatus, Profile, Ticket, TicketStatus,
    Venue,
};

/// A payment that came in, and the people whom it lets in.
#[derive(Debug, Clone, PartialEq)]
pub struct Payment {
    /// The order that it pays.
    pub order_id: OrderId,
    /// Stripe's payment intent: by it a repeat is recognised.
    pub payment_intent_id: String,
    /// When it was paid, to the microsecond.
    pub paid_at: DateTime<Utc>,
    /// Who will come: as many as the order has tickets.
    pub attendees: Vec<Guest>,
}

/// Somebody who will come.
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
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
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
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Fulfilled {
    /// The order, its event and its customer.
    pub order: PaidOrder,
    /// The tickets, each with its attendee.
    pub tickets: Vec<IssuedTicket>,
    /// Whether all of it had been done before.
    pub is_replay: bool,
}

/// An order with what its confirmation says.
#[derive(Debug, Clone, PartialEq, Projection)]
#[projection(of = Order)]
#[non_exhaustive]
pub struct PaidOrder {
    /// Its id.
    pub id: OrderId,
    /// The number that people quote.
    pub order_number: crate::codes::OrderNumber,
    /// How many tickets.
    pub quantity: i32,
    /// The whole amount.
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
#[derive(Debug, Clone, PartialEq, Projection)]
#[projection(of = Event)]
#[non_exhaustive]
pub struct BookedEvent {
    /// Title.
    pub name: String,
    /// When it starts.
    pub start_at: DateTime<Utc>,
    /// Where it happens.
    pub venue: Option<BookedVenue>,
}

/// A venue as a confirmation names it.
#[derive(Debug, Clone, PartialEq, Projection)]
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
#[derive(Debug, Clone, PartialEq, Projection)]
#[projection(of = Profile)]
#[non_exhaustive]
pub struct Buyer {
    /// Their e-mail address.
    pub email: String,
    /// Their name.
    pub full_name: Option<String>,
}

/// A ticket and whom it lets in.
#[derive(Debug, Clone, PartialEq, Projection)]
#[projection(of = Ticket)]
#[non_exhaustive]
pub struct IssuedTicket {
    /// Its id.
    pub id: crate::schema::TicketId,
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
#[derive(Debug, Clone, PartialEq, Projection)]
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
/// Call it from the handler of Stripe's webhook, which may come more than once.
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
/// [`InvalidInput`](crate::ErrorKind::InvalidInput) where the attendees are not as many as the tickets, or the payment intent is
/// empty; [`NotFound`](crate::ErrorKind::NotFound) for an unknown order;
/// [`UniqueViolation`](crate::ServerCode::UniqueViolation) where the payment intent paid another order;
/// [`CheckViolation`](crate::ServerCode::CheckViolation) where the event's last tickets went meanwhile (constraint
/// `tickets_within_capacity`: refund the order), or where another call is making the same tickets
/// (`tickets_within_order`: call again); else as [any query](crate::query#errors).
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
    let before = issued(service, order.id).await?;
    let is_replay = was_paid && !before.is_empty();
    let tickets = if before.is_empty() { issue(service, &order, &payment.attendees).await? } else { before };
    Ok(Fulfilment::Fulfilled(Box::new(Fulfilled { order, tickets, is_replay })))
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

async fn issued(service: &Eventos, order_id: OrderId) -> Result<Vec<IssuedTicket>> {
    service
        .tickets()
        .select::<IssuedTicket>()
        .filter(Ticket::ORDER_ID.eq(order_id))
        .order(Ticket::CREATED_AT.asc())
        .order(Ticket::ID.asc())
        .limit(20)
        .await
}

async fn issue(service: &Eventos, order: &PaidOrder, guests: &[Guest]) -> Result<Vec<IssuedTicket>> {
    let (order_id, event_id) = (order.id, order.event_id);
    let attendees = guests.iter().map(|guest| {
        NewAttendee { order_id, event_id, full_name: guest.full_name.clone(), email: guest.email.clone() }
            .set(Attendee::PHONE, guest.phone.clone())
    });
    let attendees: Vec<Attendee> = service.attendees().insert_many(attendees).returning::<Attendee>().await?;
    let tickets =
        attendees.iter().map(|attendee| NewTicket { event_id, order_id }.set(Ticket::ATTENDEE_ID, attendee.id));
    service.tickets().insert_many(tickets).returning::<IssuedTicket>().await
}
