//! Paying an order back. The service does it, after Stripe has.

use serde::Serialize;

use crate::client::Eventos;
use crate::error::{ErrorKind, Result};
use crate::schema::{Order, OrderId, PaymentStatus, Ticket, TicketStatus};

/// What became of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Refund {
    /// The order is paid back, and its tickets let nobody in any more.
    Refunded {
        /// How many tickets were still good or used before.
        tickets: u64,
    },
    /// The order was never paid, so there is nothing to pay back.
    NotPaid {
        /// Where its payment stands.
        status: PaymentStatus,
    },
}

/// Marks a paid order as paid back, and its tickets with it. Doing it again changes nothing more.
///
/// It moves no money: pay the customer back with Stripe first.
///
/// ```no_run
/// use eventos_core::flows::refund::{Refund, refund};
/// use eventos_core::{Eventos, OrderId};
///
/// # async fn run(service: Eventos, order_id: OrderId) -> eventos_core::Result<()> {
/// match refund(&service, order_id).await? {
///     Refund::Refunded { tickets } => println!("{tickets} tickets let nobody in any more"),
///     Refund::NotPaid { status } => println!("nothing to pay back: the order is {status}"),
///     _ => {}
/// }
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// [`NotFound`](ErrorKind::NotFound) for an unknown order; else as
/// [any query](crate::query#errors).
pub async fn refund(service: &Eventos, order_id: OrderId) -> Result<Refund> {
    let refunded = service
        .orders()
        .update()
        .set(Order::PAYMENT_STATUS, PaymentStatus::Refunded)
        .filter(Order::ID.eq(order_id) & Order::PAYMENT_STATUS.in_([PaymentStatus::Paid, PaymentStatus::Refunded]))
        .returning::<Order>()
        .expect_one()
        .await;
    if let Err(error) = refunded {
        if error.kind() != ErrorKind::NotAffected {
            return Err(error);
        }
        let order = service.orders().select::<Order>().filter(Order::ID.eq(order_id)).single().await?;
        return Ok(Refund::NotPaid { status: order.payment_status });
    }
    let tickets = service
        .tickets()
        .update()
        .set(Ticket::STATUS, TicketStatus::Refunded)
        .filter(Ticket::ORDER_ID.eq(order_id) & Ticket::STATUS.in_([TicketStatus::Active, TicketStatus::Used]))
        .affected()
        .await?;
    Ok(Refund::Refunded { tickets })
}
