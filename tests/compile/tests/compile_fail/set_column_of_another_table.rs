use eventos_core::query::from;
use eventos_core::{Event, Order, PaymentStatus};

fn main() {
    let _ = from::<Event>().update().set(Order::PAYMENT_STATUS, PaymentStatus::Paid);
}
