//! Purchases.

use chrono::{DateTime, Utc};

use super::declare::{labels, table};
use super::{Cents, EventId, OrderId, ProfileId, Rule};
use crate::codes::OrderNumber;

labels! {
    /// Where an order's payment stands.
    ///
    /// ```
    /// use eventos_core::PaymentStatus;
    ///
    /// assert_eq!(PaymentStatus::Paid.as_str(), "paid");
    /// assert_eq!("refunded".parse::<PaymentStatus>().unwrap(), PaymentStatus::Refunded);
    /// ```
    pub enum PaymentStatus {
        /// Not paid yet.
        Pending = "pending",
        /// Paid in full.
        Paid = "paid",
        /// The payment failed.
        Failed = "failed",
        /// Paid back.
        Refunded = "refunded",
    }
}

table! {
    /// A purchase of tickets for one event. Its customer and the event's organizer see it.
    pub struct Order = "orders", key "id", new
    /// The columns that a new order must bring. It starts unpaid.
    ///
    /// [`flows::purchase`](crate::flows::purchase) makes one at the event's own price.
    ///
    /// ```
    /// use eventos_core::{Cents, NewOrder, Order, query::from};
    ///
    /// # let customer_id = "22222222-2222-4222-8222-222222222222".parse()?;
    /// # let event_id = "e1111111-1111-4111-8111-111111111111".parse()?;
    /// let price = Cents::new(29_900);
    /// let order = NewOrder {
    ///     customer_id,
    ///     event_id,
    ///     quantity: 2,
    ///     unit_price_cents: price,
    ///     total_cents: Cents::new(59_800),
    /// };
    /// assert!(from::<Order>().insert(order.clone()).to_request().is_ok());
    ///
    /// let error = from::<Order>().insert(NewOrder { total_cents: price, ..order }).to_request().unwrap_err();
    /// assert_eq!(error.to_string(), "orders.total_cents: must be quantity × unit_price_cents");
    /// # Ok::<(), eventos_core::Error>(())
    /// ```
    NewOrder;
    columns {
        /// Primary key.
        ID id: OrderId, once;
        /// Who buys.
        CUSTOMER_ID customer_id: ProfileId, required;
        /// For which event.
        EVENT_ID event_id: EventId, required;
        /// The number that people quote, made by the database.
        ORDER_NUMBER order_number: OrderNumber, once;
        /// How many tickets, 1 to 20.
        QUANTITY quantity: i32, required in 1..=20;
        /// Price of one ticket in cents, 0 or more.
        UNIT_PRICE_CENTS unit_price_cents: Cents, required in 0..=2_147_483_647;
        /// The whole amount in cents: quantity × unit price.
        TOTAL_CENTS total_cents: Cents, required in 0..=2_147_483_647;
        /// Where the payment stands; pending at first.
        PAYMENT_STATUS payment_status: PaymentStatus, optional;
        /// Stripe's payment intent; no two orders share one.
        STRIPE_PAYMENT_INTENT_ID stripe_payment_intent_id: Option<String>, optional;
        /// When it was paid.
        PAID_AT paid_at: Option<DateTime<Utc>>, optional;
        /// When the row was made.
        CREATED_AT created_at: DateTime<Utc>, once;
        /// When the row last changed.
        UPDATED_AT updated_at: DateTime<Utc>, never;
    }
    relations {
        /// Who buys.
        CUSTOMER customer: One Profile by column "customer_id";
        /// For which event.
        EVENT event: One Event by column "event_id";
        /// The people it lets in.
        ATTENDEES attendees: Many Attendee by column "order_id";
        /// The tickets it paid for.
        TICKETS tickets: Many Ticket by column "order_id";
    }
    rules { Rule::Product { product: "total_cents", factors: ["quantity", "unit_price_cents"] } }
}
