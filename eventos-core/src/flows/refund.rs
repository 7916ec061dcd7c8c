//! Paying an order back. The service does it, after Stripe has.

use serde::{Deserialize, Serialize};

use super::answer::Holds;
use super::function::{Call, Function, typed};
use super::purchase::unknown_order;
use crate::client::Eventos;
use crate::error::Result;
use crate::schema::{OrderId, PaymentStatus};

static REFUND_ORDER: Function = Function::new("refund_order", "20251108000000_orders_as_functions.sql", REFUND)
    .refusing(&[("unknown_order", unknown_order)]);

/// What became of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Refund {
    /// The order is paid back, and its tickets let nobody in any more.
    Refunded {
        /// How many tickets were still good or used before: none where it was paid back before.
        tickets: u64,
    },
    /// The order was never paid, so there is nothing to pay back.
    NotPaid {
        /// Where its payment stands.
        status: PaymentStatus,
    },
    /// Another payment paid the order: this one's refund takes nothing from it.
    OtherPayment,
}

/// Marks a paid order as paid back, and its tickets with it, both or neither. Doing it again changes nothing more.
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
/// [`NotFound`](crate::ErrorKind::NotFound) for an unknown order; else as
/// [any query](crate::query#errors).
pub async fn refund(service: &Eventos, order_id: OrderId) -> Result<Refund> {
    typed(refunding(order_id)?.make(service).await?)
}

pub(super) fn refunding(order_id: OrderId) -> Result<Call> {
    REFUND_ORDER.with(serde_json::json!({ "order_id": order_id }))
}

const REFUND: Holds = Holds::outcome(&[
    ("refunded", &[("tickets", Holds::Whole)]),
    ("not_paid", &[("status", Holds::Text)]),
    ("other_payment", &[]),
]);

/// The same for the payment that was paid back: told before the payment itself, it keeps the order from being paid.
#[cfg(feature = "stripe")]
pub(super) async fn refund_payment(service: &Eventos, order_id: OrderId, payment_intent_id: &str) -> Result<Refund> {
    let arguments = serde_json::json!({ "order_id": order_id, "payment_intent_id": payment_intent_id });
    typed(REFUND_ORDER.with(arguments)?.make(service).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_answer_as_their_types_say() {
        REFUND_ORDER.assert_answers::<Refund>();
    }
}
