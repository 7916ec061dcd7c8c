//! Named projections: rows with what belongs to them, as screens show them.

use std::sync::Arc;

use crate::client::Client;
use crate::error::EventosError;
use crate::json::{FromJson, record};
use crate::query::{Expected, Form, typed};
use crate::shop::{BookedEvent, IssuedTicket, TicketHolder};
use crate::tables::{
    EventId, EventQuery, EventType, OrderId, OrderQuery, PaymentStatus, TicketId, TicketQuery, TicketStatus,
};
use crate::values::{Cents, Timestamp};

record! {
    /// An event on sale, as a visitor browses it.
    EventCard {
        id: EventId,
        name: String,
        slug: String,
        kind as "type": EventType,
        description: Option<String>,
        start_at: Timestamp,
        price_cents: Cents,
        capacity: i64,
        venue: Option<CardVenue>,
        organizer: Option<CardOrganizer>,
        stats: Option<Availability>,
    }
}

record! {
    CardVenue { name: String, city: String }
}

record! {
    CardOrganizer { full_name: Option<String>, company: Option<String> }
}

record! {
    Availability { tickets_sold: i64, tickets_available: i64 }
}

record! {
    /// An order with its tickets, as its customer sees it.
    OrderCard {
        id: OrderId,
        order_number: String,
        quantity: i64,
        total_cents: Cents,
        payment_status: PaymentStatus,
        created_at: Timestamp,
        event: Option<BookedEvent>,
        tickets: Vec<IssuedTicket>,
    }
}

record! {
    /// A ticket with its holder and its event, as its customer shows it.
    TicketCard {
        id: TicketId,
        ticket_number: String,
        /// What the QR code says: a secret that admits whoever shows it.
        qr_code: String,
        status: TicketStatus,
        checked_in_at: Option<Timestamp>,
        attendee: Option<TicketHolder>,
        event: Option<BookedEvent>,
    }
}

#[uniffi::export]
impl Client {
    /// Events as cards.
    pub async fn event_cards(
        self: Arc<Self>,
        query: EventQuery,
        expected: Expected,
    ) -> Result<Vec<EventCard>, EventosError> {
        self.cards(query.form(), expected).await
    }

    /// Orders as cards.
    pub async fn order_cards(
        self: Arc<Self>,
        query: OrderQuery,
        expected: Expected,
    ) -> Result<Vec<OrderCard>, EventosError> {
        self.cards(query.form(), expected).await
    }

    /// Tickets as cards.
    pub async fn ticket_cards(
        self: Arc<Self>,
        query: TicketQuery,
        expected: Expected,
    ) -> Result<Vec<TicketCard>, EventosError> {
        self.cards(query.form(), expected).await
    }
}

impl Client {
    async fn cards<T: FromJson>(&self, form: Form, expected: Expected) -> Result<Vec<T>, EventosError> {
        typed(self.rows(form.with("select", T::selection()), expected).await?)
    }
}
