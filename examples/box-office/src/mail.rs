//! Mailing a confirmation. A shop puts its mail provider here.

use eventos_core::flows::confirmation::OrderConfirmation;

/// Sends confirmations.
pub trait Mailer: Send + Sync {
    /// Takes a confirmation to be sent.
    fn send(&self, confirmation: &OrderConfirmation);
}

/// Prints whom it would mail, and about what; never the tickets' codes.
#[derive(Debug)]
pub struct Printed;

impl Mailer for Printed {
    fn send(&self, confirmation: &OrderConfirmation) {
        let to = confirmation.to.as_deref().unwrap_or("nobody: the customer's profile is gone");
        println!("mail to {to}: {} ({} tickets)", confirmation.subject, confirmation.tickets.len());
    }
}
