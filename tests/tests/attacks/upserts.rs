//! Upserts: an insert that meets another's row neither changes nor shows it.

use crate::attempts::{Attempt, all_are_refused};

#[tokio::test]
async fn no_upsert_reaches_over_anothers_row() {
    all_are_refused(UPSERTS).await;
}

#[rustfmt::skip]
const UPSERTS: &[Attempt] = &[
    ("merge over another's order", "visitor stranger organizer rival",
     "MERGE orders", r#"{"id": "$pending"}"#, "42501"),
    ("merge over one's own order", "customer",
     "MERGE orders", r#"{"id": "$pending", "quantity": 1, "total_cents": 5000}"#, "42501"),
    ("merge over one's own order, paid", "customer",
     "MERGE orders", r#"{"id": "$pending", "payment_status": "paid"}"#, "42501"),
    ("merge over an order by its number", "clients",
     "MERGE orders?on_conflict=order_number", r#"{"order_number": "$pending_number"}"#, "42501"),
    ("merge over an order by its payment", "clients",
     "MERGE orders?on_conflict=stripe_payment_intent_id", r#"{"stripe_payment_intent_id": "pi_$strange"}"#, "42501"),
    ("merge over another's venue", "visitor customer stranger rival", "MERGE venues", r#"{"id": "$hall"}"#, "42501"),
    ("merge over a venue that nobody entered", "clients", "MERGE venues", r#"{"id": "$old_hall"}"#, "42501"),
    ("merge over another's venue as its owner", "visitor customer stranger rival",
     "MERGE venues", r#"{"id": "$hall", "created_by": "$organizer"}"#, "42501"),
    ("merge over another's event", "visitor customer stranger rival", "MERGE events", r#"{"id": "$show"}"#, "42501"),
    ("merge over another's event in his name", "visitor customer stranger rival",
     "MERGE events", r#"{"id": "$show", "organizer_id": "$organizer"}"#, "42501"),
    ("merge over another's event by its slug", "visitor customer stranger rival",
     "MERGE events?on_conflict=slug", r#"{"slug": "$draft_slug"}"#, "42501"),
    ("merge over an attendee", "clients", "MERGE attendees", r#"{"id": "$guest"}"#, "42501"),
    ("merge over another's attendee", "clients", "MERGE attendees", r#"{"id": "$strange_guest"}"#, "42501"),
    ("merge over a ticket", "clients", "MERGE tickets", r#"{"id": "$used_ticket"}"#, "42501"),
    ("merge over a ticket by its code", "clients",
     "MERGE tickets?on_conflict=qr_code", r#"{"qr_code": "$used_code"}"#, "42501"),
    ("merge over another's profile", "visitor customer stranger rival",
     "MERGE profiles", r#"{"id": "$organizer"}"#, "42501"),
    ("merge another's e-mail over one's profile", "clients",
     "MERGE profiles", r#"{"email": "$nobody@example.com"}"#, "42501"),

    ("put over another's order", "clients", "PUT orders?id=eq.$strange", r#"{"id": "$strange"}"#, "42501"),
    ("put over another's event", "visitor customer stranger rival",
     "PUT events?id=eq.$show", r#"{"id": "$show"}"#, "42501"),
    ("put over another's venue", "visitor customer stranger rival",
     "PUT venues?id=eq.$hall", r#"{"id": "$hall"}"#, "42501"),
    ("put over a ticket", "clients", "PUT tickets?id=eq.$used_ticket", r#"{"id": "$used_ticket"}"#, "42501"),

    ("insert beside another's order", "members", "IGNORE orders", r#"{"id": "$strange"}"#, "nothing"),
    ("insert beside another's venue", "organizer rival", "IGNORE venues", r#"{"id": "$old_hall"}"#, "nothing"),
    ("insert beside another's event", "members", "IGNORE events", r#"{"id": "$theirs"}"#, "nothing"),
    ("insert beside another's draft by its slug", "members",
     "IGNORE events?on_conflict=slug", r#"{"slug": "$draft_slug"}"#, "nothing"),
    ("insert beside another's attendee", "customer", "IGNORE attendees", r#"{"id": "$strange_guest"}"#, "nothing"),
    ("insert beside another's ticket", "customer", "IGNORE tickets", r#"{"id": "$strange_ticket"}"#, "nothing"),
    ("insert beside one's own profile", "members", "IGNORE profiles", "", "nothing"),
    ("insert as nobody", "visitor", "IGNORE orders", r#"{"id": "$strange"}"#, "42501"),
];
