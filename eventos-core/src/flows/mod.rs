//! What a ticket shop does, from the order to the door, each as one call.
//!
//! | flow | who calls it | what it does |
//! |---|---|---|
//! | [`listing`] | anyone | the events on sale |
//! | [`purchase`] | the customer | places an order at the event's price |
//! | [`fulfilment`] | the service, once the payment came | order paid, attendees and tickets made, and the confirmation to mail |
//! | [`refund`] | the service | the order paid back, its tickets void |
//! | `stripe` (feature) | the service | does what a webhook of Stripe says: fulfils, lets go, refunds |
//! | [`door_tokens`] | the organizer | lets the phones of staff check in at one event |
//! | [`check_in`] | the organizer, or staff with a door token | admits a ticket's holder, or says why not |
//! | [`dashboard`] | the organizer | one's events with sales and check-ins |
//! | [`revenue`] | the organizer | what one's events brought in |
//!
//! A refusal that a person at the till or the door must hear about is an answer, not an error. Answers can be written as
//! JSON, with their names in snake case and an `outcome` where there are several.
//!
//! [`dynamic`] has the same from JSON to JSON.
//!
//! Three clients take part: a visitor's or customer's and an organizer's, each with the anon key, and the service's, with
//! the service key, which belongs on a server alone.

mod answer;
mod function;

pub mod listing;
pub mod purchase;
pub mod fulfilment;
pub mod confirmation;
pub mod refund;
#[cfg(feature = "stripe")]
pub mod stripe;
pub mod door_tokens;
pub mod check_in;
pub mod dashboard;
pub mod revenue;
pub mod dynamic;
