//! Profiles, venues and events: nobody rewrites or removes what is another's, or says that it was made at
//! another time.

use crate::attempts::{Attempt, all_are_refused};

#[tokio::test]
async fn a_profile_is_its_owners() {
    all_are_refused(PROFILES).await;
}

#[rustfmt::skip]
const PROFILES: &[Attempt] = &[
    ("squat another's e-mail", "clients",
     "PATCH profiles?id=eq.$self", r#"{"email": "$strange@example.com"}"#, "42501"),
    ("squat another's e-mail in a new profile", "members",
     "POST profiles", r#"{"email": "$nobody@example.com"}"#, "42501"),
    ("make another's profile", "customer stranger rival", "POST profiles", r#"{"id": "$nobody"}"#, "42501"),
    ("make a profile for no account", "clients", "POST profiles", r#"{"id": "$new"}"#, "42501"),
    ("make a profile as nobody", "visitor", "POST profiles", "", "42501"),
    ("make a second profile", "members", "POST profiles", "", "23505"),
    ("rename another", "customer stranger rival",
     "PATCH profiles?id=eq.$organizer", r#"{"full_name": "Fraud"}"#, "nothing"),
    ("rename another as nobody", "visitor", "PATCH profiles?id=eq.$organizer", r#"{"full_name": "Fraud"}"#, "42501"),
    ("become another", "clients", "PATCH profiles?id=eq.$self", r#"{"id": "$nobody"}"#, "42501"),
    ("re-date a profile", "clients",
     "PATCH profiles?id=eq.$self", r#"{"created_at": "2001-01-01T00:00:00Z"}"#, "42501"),
    ("touch a profile", "clients", "PATCH profiles?id=eq.$self", r#"{"updated_at": "2001-01-01T00:00:00Z"}"#, "42501"),
    ("date a profile back", "members", "POST profiles", r#"{"created_at": "2001-01-01T00:00:00Z"}"#, "42501"),
    ("delete a profile", "clients", "DELETE profiles?id=eq.$self", "", "42501"),
    ("delete another's profile", "clients", "DELETE profiles?id=eq.$organizer", "", "42501"),
];

#[tokio::test]
async fn a_venue_is_changed_by_whoever_entered_it() {
    all_are_refused(VENUES).await;
}

#[rustfmt::skip]
const VENUES: &[Attempt] = &[
    ("add a venue without an event", "visitor customer stranger", "POST venues", "", "42501"),
    ("add a venue as another's", "visitor customer stranger rival",
     "POST venues", r#"{"created_by": "$organizer"}"#, "42501"),
    ("add a venue as nobody's", "clients", "POST venues", r#"{"created_by": null}"#, "42501"),
    ("rewrite another's venue", "customer stranger rival",
     "PATCH venues?id=eq.$hall", r#"{"name": "Ours"}"#, "nothing"),
    ("rewrite another's venue as nobody", "visitor", "PATCH venues?id=eq.$hall", r#"{"name": "Ours"}"#, "42501"),
    ("rewrite the venue of one's own event that nobody entered", "members",
     "PATCH venues?id=eq.$old_hall", r#"{"name": "Ours"}"#, "nothing"),
    ("take over a venue", "clients", "PATCH venues?id=eq.$hall", r#"{"created_by": "$self"}"#, "42501"),
    ("take over a venue that nobody entered", "clients",
     "PATCH venues?id=eq.$old_hall", r#"{"created_by": "$self"}"#, "42501"),
    ("delete another's venue", "customer stranger rival", "DELETE venues?id=eq.$spare_hall", "", "nothing"),
    ("delete another's venue as nobody", "visitor", "DELETE venues?id=eq.$spare_hall", "", "42501"),
    ("delete a venue that nobody entered", "members", "DELETE venues?id=eq.$old_hall", "", "nothing"),
    ("delete a venue in use", "organizer", "DELETE venues?id=eq.$hall", "", "23503"),
    ("re-date a venue", "clients", "PATCH venues?id=eq.$hall", r#"{"created_at": "2001-01-01T00:00:00Z"}"#, "42501"),
    ("touch a venue", "clients", "PATCH venues?id=eq.$hall", r#"{"updated_at": "2001-01-01T00:00:00Z"}"#, "42501"),
    ("date a venue back", "clients", "POST venues", r#"{"created_at": "2001-01-01T00:00:00Z"}"#, "42501"),
];

#[tokio::test]
async fn an_event_is_its_organizers() {
    all_are_refused(EVENTS).await;
}

#[rustfmt::skip]
const EVENTS: &[Attempt] = &[
    ("create an event as nobody", "visitor", "POST events", "", "42501"),
    ("create an event in another's name", "customer stranger rival",
     "POST events", r#"{"organizer_id": "$organizer"}"#, "42501"),
    ("take a slug that is taken", "members", "POST events", r#"{"slug": "$draft_slug"}"#, "23505"),
    ("date an event back", "clients", "POST events", r#"{"created_at": "2001-01-01T00:00:00Z"}"#, "42501"),
    ("reprice another's event", "customer stranger rival",
     "PATCH events?id=eq.$show", r#"{"price_cents": 0}"#, "nothing"),
    ("reprice another's event as nobody", "visitor", "PATCH events?id=eq.$show", r#"{"price_cents": 0}"#, "42501"),
    ("publish another's draft", "customer stranger rival",
     "PATCH events?id=eq.$draft", r#"{"status": "published"}"#, "nothing"),
    ("show another's private event", "customer stranger rival",
     "PATCH events?id=eq.$private", r#"{"visibility": "public"}"#, "nothing"),
    ("make room at another's event", "customer stranger rival",
     "PATCH events?id=eq.$small", r#"{"capacity": 1000}"#, "nothing"),
    ("take an event over", "customer stranger rival",
     "PATCH events?id=eq.$show", r#"{"organizer_id": "$self"}"#, "nothing"),
    ("give an event away", "organizer", "PATCH events?id=eq.$draft", r#"{"organizer_id": "$rival"}"#, "42501"),
    ("swap an event that was ordered for another", "organizer",
     "PATCH events?id=eq.$show", r#"{"id": "$newest"}"#, "23503"),
    ("re-date an event", "clients", "PATCH events?id=eq.$show", r#"{"created_at": "2001-01-01T00:00:00Z"}"#, "42501"),
    ("touch an event", "clients", "PATCH events?id=eq.$show", r#"{"updated_at": "2001-01-01T00:00:00Z"}"#, "42501"),
    ("delete another's event", "customer stranger rival", "DELETE events?id=eq.$draft", "", "nothing"),
    ("delete another's event as nobody", "visitor", "DELETE events?id=eq.$draft", "", "42501"),
    ("delete an event that was ordered", "organizer", "DELETE events?id=eq.$show", "", "23503"),
];
