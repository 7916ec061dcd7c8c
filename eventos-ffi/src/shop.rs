//! The shop: what is on sale, orders, payments, and what an organizer sees of them.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::client::Client;
use crate::error::EventosError;
use crate::tables::{
    EventId, EventStatus, EventType, Order, OrderId, PaymentStatus, ProfileId, TicketId, TicketStatus,
};
use crate::values::{Cents, Timestamp};

/// An event on sale, as a visitor browses it.
#[derive(Debug, Clone, PartialEq, Deserialize, uniffi::Record)]
pub struct EventCard {
    pub id: EventId,
    pub name: String,
    pub slug: String,
    #[serde(rename = "type")]
    pub kind: EventType,
    pub description: Option<String>,
    pub start_at: Timestamp,
    pub price_cents: Cents,
    pub capacity: i64,
    pub venue: Option<CardVenue>,
    pub organizer: Option<CardOrganizer>,
    pub stats: Option<Availability>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, uniffi::Record)]
pub struct CardVenue {
    pub name: String,
    pub city: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, uniffi::Record)]
pub struct CardOrganizer {
    pub full_name: Option<String>,
    pub company: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, uniffi::Record)]
pub struct Availability {
    pub tickets_sold: i64,
    pub tickets_available: i64,
}

/// What became of an order.
#[derive(Debug, Clone, PartialEq, Deserialize, uniffi::Enum)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Placement {
    Placed { order: Order },
    SoldOut { available: i64 },
    TooManyUnpaid { limit: i64 },
    NotOnSale,
}

/// What became of a cancellation.
#[derive(Debug, Clone, PartialEq, Deserialize, uniffi::Enum)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Cancellation {
    Cancelled,
    NotCancellable { status: PaymentStatus },
}

/// Somebody who will come.
#[derive(Debug, Clone, Serialize, uniffi::Record)]
pub struct Guest {
    pub full_name: String,
    pub email: String,
    #[uniffi(default = None)]
    pub phone: Option<String>,
}

/// What became of a payment.
#[derive(Debug, Clone, PartialEq, Deserialize, uniffi::Enum)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Fulfilment {
    Fulfilled { is_replay: bool, order: Box<PaidOrder>, tickets: Vec<IssuedTicket>, confirmation: Confirmation },
    NotPayable { status: PaymentStatus },
    EventCancelled,
    SoldOut { available: i64 },
}

#[derive(Debug, Clone, PartialEq, Deserialize, uniffi::Record)]
pub struct PaidOrder {
    pub id: OrderId,
    pub order_number: String,
    pub quantity: i64,
    pub total_cents: Cents,
    pub payment_status: PaymentStatus,
    pub stripe_payment_intent_id: Option<String>,
    pub event_id: EventId,
    pub event: Option<BookedEvent>,
    pub customer: Option<Buyer>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, uniffi::Record)]
pub struct BookedEvent {
    pub name: String,
    pub start_at: Timestamp,
    pub venue: Option<BookedVenue>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, uniffi::Record)]
pub struct BookedVenue {
    pub name: String,
    pub address: String,
    pub city: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, uniffi::Record)]
pub struct Buyer {
    pub email: String,
    pub full_name: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, uniffi::Record)]
pub struct IssuedTicket {
    pub id: TicketId,
    pub ticket_number: String,
    /// What the QR code says: a secret that admits whoever shows it.
    pub qr_code: String,
    pub status: TicketStatus,
    pub attendee: Option<TicketHolder>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, uniffi::Record)]
pub struct TicketHolder {
    pub full_name: String,
    pub email: String,
}

/// The e-mail to send for a paid order.
#[derive(Debug, Clone, PartialEq, Deserialize, uniffi::Record)]
pub struct Confirmation {
    pub to: Option<String>,
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// What became of a refund.
#[derive(Debug, Clone, PartialEq, Deserialize, uniffi::Enum)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Refund {
    Refunded { tickets: u64 },
    NotPaid { status: PaymentStatus },
    OtherPayment,
}

/// An event with its sales, as its organizer sees it.
#[derive(Debug, Clone, PartialEq, Deserialize, uniffi::Record)]
pub struct OrganizedEvent {
    pub id: EventId,
    pub name: String,
    pub slug: String,
    pub status: EventStatus,
    pub start_at: Timestamp,
    pub capacity: i64,
    pub venue: Option<OrganizedVenue>,
    pub stats: Option<Sales>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, uniffi::Record)]
pub struct OrganizedVenue {
    pub name: String,
    pub address: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, uniffi::Record)]
pub struct Sales {
    pub capacity: i64,
    pub tickets_sold: i64,
    pub tickets_available: i64,
    pub tickets_active: i64,
    pub tickets_used: i64,
    /// A line for a person: `75 / 500 sold (425 remaining)`.
    pub sales: String,
    /// A line for a person: `50 checked in / 75 sold (67%)`.
    pub check_ins: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, uniffi::Record)]
pub struct EventRevenue {
    pub event_id: EventId,
    pub event_name: String,
    pub orders: u64,
    pub tickets: i64,
    pub revenue_cents: Cents,
    /// For a person: `$598.00`.
    pub revenue: String,
}

#[uniffi::export]
impl Client {
    /// The next events on sale, by when they start.
    pub async fn upcoming(self: Arc<Self>, limit: u64) -> Result<Vec<EventCard>, EventosError> {
        self.flow("listing.upcoming", json!({ "limit": limit })).await
    }

    /// Places an order, which holds its seats for 15 minutes. A repeat is recognised by the order's id.
    pub async fn place_order(
        self: Arc<Self>,
        order_id: OrderId,
        customer_id: ProfileId,
        event_id: EventId,
        quantity: i32,
    ) -> Result<Placement, EventosError> {
        let order =
            json!({ "order_id": order_id, "customer_id": customer_id, "event_id": event_id, "quantity": quantity });
        self.flow("purchase.place", order).await
    }

    /// Lets go of an order that is not paid, and of its seats.
    pub async fn cancel_order(self: Arc<Self>, order_id: OrderId) -> Result<Cancellation, EventosError> {
        self.flow("purchase.cancel", json!({ "order_id": order_id })).await
    }

    /// How many seats can be ordered now; nothing for an event that the caller may not see.
    pub async fn available_seats(self: Arc<Self>, event_id: EventId) -> Result<Option<i64>, EventosError> {
        self.flow("purchase.available_seats", json!({ "event_id": event_id })).await
    }

    /// Confirms a payment. The service does it.
    pub async fn fulfil_order(
        self: Arc<Self>,
        order_id: OrderId,
        payment_intent_id: String,
        paid_at: Timestamp,
        attendees: Vec<Guest>,
    ) -> Result<Fulfilment, EventosError> {
        let payment = json!({
            "order_id": order_id, "payment_intent_id": payment_intent_id, "paid_at": paid_at, "attendees": attendees,
        });
        self.flow("fulfilment.fulfil", payment).await
    }

    /// Marks an order paid back, its tickets void with it. The service does it.
    pub async fn refund_order(self: Arc<Self>, order_id: OrderId) -> Result<Refund, EventosError> {
        self.flow("refund", json!({ "order_id": order_id })).await
    }

    /// The events of an organizer with their sales.
    pub async fn dashboard(self: Arc<Self>, organizer_id: ProfileId) -> Result<Vec<OrganizedEvent>, EventosError> {
        self.flow("dashboard", json!({ "organizer_id": organizer_id })).await
    }

    /// What the events of an organizer brought in.
    pub async fn revenue(self: Arc<Self>, organizer_id: ProfileId) -> Result<Vec<EventRevenue>, EventosError> {
        self.flow("revenue", json!({ "organizer_id": organizer_id })).await
    }
}
