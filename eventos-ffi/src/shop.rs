//! The shop: what is on sale, orders, payments, and what an organizer sees of them.

use std::sync::Arc;

use serde_json::Value;

use crate::cards::EventCard;
use crate::client::Client;
use crate::error::EventosError;
use crate::json::{ToJson, object, outcome, record};
use crate::tables::{EventId, EventStatus, Order, OrderId, PaymentStatus, ProfileId, TicketId, TicketStatus};
use crate::values::{Cents, Timestamp};

outcome! {
    /// What became of an order.
    Placement {
        Placed = "placed" { order: Order },
        SoldOut = "sold_out" { available: i64 },
        TooManyUnpaid = "too_many_unpaid" { limit: i64 },
        NotOnSale = "not_on_sale",
    }
}

outcome! {
    /// What became of a cancellation.
    Cancellation {
        Cancelled = "cancelled",
        NotCancellable = "not_cancellable" { status: PaymentStatus },
    }
}

/// Somebody who will come.
#[derive(Debug, Clone, uniffi::Record)]
pub struct Guest {
    pub full_name: String,
    pub email: String,
    #[uniffi(default = None)]
    pub phone: Option<String>,
}

impl ToJson for Guest {
    fn to_json(self) -> Value {
        let Guest { full_name, email, phone } = self;
        object! { full_name, email, phone }
    }
}

outcome! {
    /// What became of a payment.
    Fulfilment {
        Fulfilled = "fulfilled" { is_replay: bool, order: Box<PaidOrder>, tickets: Vec<IssuedTicket>, confirmation: Confirmation },
        NotPayable = "not_payable" { status: PaymentStatus },
        EventCancelled = "event_cancelled",
        SoldOut = "sold_out" { available: i64 },
    }
}

record! {
    /// An order that is paid.
    PaidOrder {
        id: OrderId,
        order_number: String,
        quantity: i64,
        total_cents: Cents,
        payment_status: PaymentStatus,
        stripe_payment_intent_id: Option<String>,
        event_id: EventId,
        event: Option<BookedEvent>,
        customer: Option<Buyer>,
    }
}

record! {
    /// The event of an order or a ticket.
    BookedEvent {
        name: String,
        start_at: Timestamp,
        venue: Option<BookedVenue>,
    }
}

record! {
    /// Where it is.
    BookedVenue {
        name: String,
        address: String,
        city: String,
    }
}

record! {
    /// Whose order it is.
    Buyer {
        email: String,
        full_name: Option<String>,
    }
}

record! {
    /// A ticket of an order.
    IssuedTicket {
        id: TicketId,
        ticket_number: String,
        /// What the QR code says: a secret that admits whoever shows it.
        qr_code: String,
        status: TicketStatus,
        attendee: Option<TicketHolder>,
    }
}

record! {
    /// Whom a ticket admits.
    TicketHolder {
        full_name: String,
        email: String,
    }
}

record! {
    /// The e-mail to send for a paid order.
    Confirmation {
        to: Option<String>,
        subject: String,
        text: String,
        html: String,
    }
}

outcome! {
    /// What became of a refund.
    Refund {
        Refunded = "refunded" { tickets: u64 },
        NotPaid = "not_paid" { status: PaymentStatus },
        OtherPayment = "other_payment",
    }
}

record! {
    /// An event with its sales, as its organizer sees it.
    OrganizedEvent {
        id: EventId,
        name: String,
        slug: String,
        status: EventStatus,
        start_at: Timestamp,
        capacity: i64,
        venue: Option<OrganizedVenue>,
        stats: Option<Sales>,
    }
}

record! {
    /// Where an organizer’s event is.
    OrganizedVenue {
        name: String,
        address: String,
    }
}

record! {
    /// How an event sells and fills.
    Sales {
        capacity: i64,
        tickets_sold: i64,
        tickets_available: i64,
        tickets_active: i64,
        tickets_used: i64,
        /// A line for a person: `75 / 500 sold (425 remaining)`.
        sales: String,
        /// A line for a person: `50 checked in / 75 sold (67%)`.
        check_ins: String,
    }
}

record! {
    /// What one event brought in.
    EventRevenue {
        event_id: EventId,
        event_name: String,
        orders: u64,
        tickets: i64,
        revenue_cents: Cents,
        /// For a person: `$598.00`.
        revenue: String,
    }
}

#[uniffi::export]
impl Client {
    /// The next events on sale, by when they start.
    pub async fn upcoming(self: Arc<Self>, limit: u64) -> Result<Vec<EventCard>, EventosError> {
        self.flow("listing.upcoming", object! { limit }).await
    }

    /// Places an order, which holds its seats for 15 minutes. A repeat is recognised by the order's id.
    pub async fn place_order(
        self: Arc<Self>,
        order_id: OrderId,
        customer_id: ProfileId,
        event_id: EventId,
        quantity: i32,
    ) -> Result<Placement, EventosError> {
        let quantity = i64::from(quantity);
        self.flow("purchase.place", object! { order_id, customer_id, event_id, quantity }).await
    }

    /// Lets go of an order that is not paid, and of its seats.
    pub async fn cancel_order(self: Arc<Self>, order_id: OrderId) -> Result<Cancellation, EventosError> {
        self.flow("purchase.cancel", object! { order_id }).await
    }

    /// How many seats can be ordered now; nothing for an event that the caller may not see.
    pub async fn available_seats(self: Arc<Self>, event_id: EventId) -> Result<Option<i64>, EventosError> {
        self.flow("purchase.available_seats", object! { event_id }).await
    }

    /// Confirms a payment. The service does it.
    pub async fn fulfil_order(
        self: Arc<Self>,
        order_id: OrderId,
        payment_intent_id: String,
        paid_at: Timestamp,
        attendees: Vec<Guest>,
    ) -> Result<Fulfilment, EventosError> {
        self.flow("fulfilment.fulfil", object! { order_id, payment_intent_id, paid_at, attendees }).await
    }

    /// Marks an order paid back, its tickets void with it. The service does it.
    pub async fn refund_order(self: Arc<Self>, order_id: OrderId) -> Result<Refund, EventosError> {
        self.flow("refund", object! { order_id }).await
    }

    /// The events of an organizer with their sales.
    pub async fn dashboard(self: Arc<Self>, organizer_id: ProfileId) -> Result<Vec<OrganizedEvent>, EventosError> {
        self.flow("dashboard", object! { organizer_id }).await
    }

    /// What the events of an organizer brought in.
    pub async fn revenue(self: Arc<Self>, organizer_id: ProfileId) -> Result<Vec<EventRevenue>, EventosError> {
        self.flow("revenue", object! { organizer_id }).await
    }
}
