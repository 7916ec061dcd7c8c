//! Mailing a confirmation. A shop puts its mail provider here.

use eventos_core::OrderId;
use eventos_core::flows::confirmation::OrderConfirmation;

/// Sends confirmations.
pub trait Mailer: Send + Sync {
    /// Takes the confirmation of an order, to be sent once however often it comes: a webhook whose answer was lost comes again.
    ///
    /// Mail providers take the order's id as an idempotency key.
    fn send_once(&self, order: OrderId, confirmation: &OrderConfirmation);
}

/// Prints whom it would mail, and about what; never the tickets' codes.
#[derive(Debug)]
pub struct Printed;

impl Mailer for Printed {
    fn send_once(&self, order: OrderId, confirmation: &OrderConfirmation) {
        let to = confirmation.to.as_deref().unwrap_or("nobody: the customer's profile is gone");
        println!("mail to {to}, once for {order}: {} ({} tickets)", confirmation.subject, confirmation.tickets.len());
    }
}
