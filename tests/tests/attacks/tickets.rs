//! Tickets and attendees: as many as were paid for, for the event and the people that they were paid for,
//! and each lets one person in once.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::attempts::{Attempt, all_are_refused, fault};
use crate::server::Server;
use crate::world::World;

#[tokio::test]
async fn attendees_fit_the_paid_order_of_whoever_names_them() {
    all_are_refused(ATTENDEES).await;
}

#[rustfmt::skip]
const ATTENDEES: &[Attempt] = &[
    ("name an attendee for another's order", "visitor stranger organizer rival", "POST attendees", "", "42501"),
    ("name an attendee for an unpaid order", "clients", "POST attendees", r#"{"order_id": "$pending"}"#, "42501"),
    ("name an attendee for a refunded order", "clients", "POST attendees", r#"{"order_id": "$refunded"}"#, "42501"),
    ("name an attendee for no order", "clients", "POST attendees", r#"{"order_id": "$newest"}"#, "42501"),
    ("name an attendee for another event", "clients", "POST attendees", r#"{"event_id": "$theirs"}"#, "42501"),
    ("name an attendee for a draft", "clients", "POST attendees", r#"{"event_id": "$draft"}"#, "42501"),
    ("name more attendees than there are tickets", "customer",
     "POST attendees", r#"[{}, {"id": "$newer"}]"#, "23514 attendees_within_order"),
    ("date an attendee back", "clients", "POST attendees", r#"{"created_at": "2001-01-01T00:00:00Z"}"#, "42501"),

    ("move an attendee to another order", "clients",
     "PATCH attendees?id=eq.$guest", r#"{"order_id": "$pending"}"#, "42501"),
    ("move an attendee to another event", "clients",
     "PATCH attendees?id=eq.$guest", r#"{"event_id": "$theirs"}"#, "42501"),
    ("rename another's attendee as nobody", "visitor",
     "PATCH attendees?id=eq.$guest", r#"{"full_name": "Me"}"#, "42501"),
    ("rename another's attendee", "stranger organizer rival",
     "PATCH attendees?id=eq.$guest", r#"{"full_name": "Me"}"#, "nothing"),
    ("rename an attendee of a refunded order", "customer",
     "PATCH attendees?id=eq.$refunded_guest", r#"{"full_name": "Me"}"#, "42501"),
    ("re-date an attendee", "clients",
     "PATCH attendees?id=eq.$guest", r#"{"created_at": "2001-01-01T00:00:00Z"}"#, "42501"),
    ("touch an attendee", "clients",
     "PATCH attendees?id=eq.$guest", r#"{"updated_at": "2001-01-01T00:00:00Z"}"#, "42501"),
    ("delete an attendee", "clients", "DELETE attendees?id=eq.$guest", "", "42501"),
];

#[tokio::test]
async fn nobody_mints_a_ticket() {
    all_are_refused(MINTED).await;
}

#[rustfmt::skip]
const MINTED: &[Attempt] = &[
    ("take a ticket of another's order", "visitor stranger organizer rival", "POST tickets", "", "42501"),
    ("take a ticket of an unpaid order", "clients", "POST tickets", r#"{"order_id": "$pending"}"#, "42501"),
    ("take a ticket of a refunded order", "clients",
     "POST tickets", r#"{"order_id": "$refunded", "attendee_id": "$refunded_guest"}"#, "42501"),
    ("take a ticket of no order", "clients", "POST tickets", r#"{"order_id": "$newest"}"#, "42501"),
    ("take a ticket for another event", "clients", "POST tickets", r#"{"event_id": "$theirs"}"#, "42501"),
    ("take a ticket for the draft", "clients", "POST tickets", r#"{"event_id": "$draft"}"#, "42501"),
    ("take a ticket for nobody", "clients", "POST tickets", r#"{"attendee_id": null}"#, "42501"),
    ("take a ticket for another's attendee", "clients",
     "POST tickets", r#"{"attendee_id": "$strange_guest"}"#, "42501"),
    ("take more tickets than were paid for", "customer", "POST tickets",
     r#"[{}, {"id": "$newer", "attendee_id": "$spare"}, {"id": "$newest", "attendee_id": "$guest"}]"#,
     "23514 tickets_within_order"),
    ("choose a code", "clients", "POST tickets", r#"{"qr_code": "chosen"}"#, "42501"),
    ("copy a code", "clients", "POST tickets", r#"{"qr_code": "$ticket_code"}"#, "42501"),
    ("choose a number", "clients", "POST tickets", r#"{"ticket_number": "TKT-00000000-300101"}"#, "42501"),
    ("take a ticket that is used", "clients", "POST tickets", r#"{"status": "used"}"#, "42501"),
    ("take a ticket that is cancelled", "clients", "POST tickets", r#"{"status": "cancelled"}"#, "42501"),
    ("take a ticket that was checked in", "clients",
     "POST tickets", r#"{"checked_in_at": "2030-01-01T00:00:00Z"}"#, "42501"),
    ("date a ticket back", "clients", "POST tickets", r#"{"created_at": "2001-01-01T00:00:00Z"}"#, "42501"),
];

#[tokio::test]
async fn a_ticket_is_used_once_and_by_the_organizer_of_its_event() {
    all_are_refused(CHANGED).await;
}

#[rustfmt::skip]
const CHANGED: &[Attempt] = &[
    ("check a ticket in as nobody", "visitor", "PATCH tickets?id=eq.$ticket", r#"{"status": "used"}"#, "42501"),
    ("check one's own ticket in, or another's", "customer stranger rival",
     "PATCH tickets?id=eq.$ticket", r#"{"status": "used"}"#, "nothing"),
    ("set a used ticket back", "customer stranger rival",
     "PATCH tickets?id=eq.$used_ticket", r#"{"status": "active"}"#, "nothing"),
    ("set a used ticket back", "organizer",
     "PATCH tickets?id=eq.$used_ticket", r#"{"status": "active"}"#, "23514 tickets_checked_in_once"),
    ("set a used ticket back, and its time", "organizer", "PATCH tickets?id=eq.$used_ticket",
     r#"{"status": "active", "checked_in_at": null}"#, "23514 tickets_checked_in_once"),
    ("cancel a ticket", "organizer",
     "PATCH tickets?id=eq.$ticket", r#"{"status": "cancelled"}"#, "23514 tickets_checked_in_once"),
    ("refund a ticket", "organizer",
     "PATCH tickets?id=eq.$ticket", r#"{"status": "refunded"}"#, "23514 tickets_checked_in_once"),
    ("cancel a used ticket", "organizer",
     "PATCH tickets?id=eq.$used_ticket", r#"{"status": "cancelled"}"#, "23514 tickets_checked_in_once"),
    ("set a refunded ticket back", "organizer",
     "PATCH tickets?id=eq.$refunded_ticket", r#"{"status": "active"}"#, "23514 tickets_checked_in_once"),
    ("use a refunded ticket", "organizer",
     "PATCH tickets?id=eq.$refunded_ticket", r#"{"status": "used"}"#, "23514 tickets_checked_in_once"),
    ("set a refunded ticket back", "customer stranger rival",
     "PATCH tickets?id=eq.$refunded_ticket", r#"{"status": "active"}"#, "nothing"),
    ("set all tickets back", "organizer",
     "PATCH tickets?event_id=eq.$show", r#"{"status": "active"}"#, "23514 tickets_checked_in_once"),
    ("give a ticket another code", "clients", "PATCH tickets?id=eq.$ticket", r#"{"qr_code": "chosen"}"#, "42501"),
    ("give a ticket another number", "clients",
     "PATCH tickets?id=eq.$ticket", r#"{"ticket_number": "TKT-00000000-300101"}"#, "42501"),
    ("move a ticket to another event", "clients", "PATCH tickets?id=eq.$ticket", r#"{"event_id": "$theirs"}"#, "42501"),
    ("move a ticket to another order", "clients",
     "PATCH tickets?id=eq.$refunded_ticket", r#"{"order_id": "$paid"}"#, "42501"),
    ("give a ticket to another", "clients",
     "PATCH tickets?id=eq.$ticket", r#"{"attendee_id": "$strange_guest"}"#, "42501"),
    ("re-date a ticket", "clients",
     "PATCH tickets?id=eq.$ticket", r#"{"created_at": "2001-01-01T00:00:00Z"}"#, "42501"),
    ("delete a ticket", "clients", "DELETE tickets?id=eq.$ticket", "", "42501"),
];

/// An update that sets the time besides finds its row and leaves the time as it is.
#[tokio::test]
async fn the_servers_time_is_the_time_of_a_check_in() {
    let server = Server::at_hand().await;
    let world = World::create(&server.database).await;
    let chosen = r#"{"status": "used", "checked_in_at": "2001-01-01T00:00:00Z"}"#;
    let before = server.digest(&world).await;
    let again = server.ask(&world, "organizer", "PATCH tickets?id=eq.$used_ticket", chosen).await;
    let unchanged = server.digest(&world).await;
    let alone = r#"{"checked_in_at": "2001-01-01T00:00:00Z"}"#;
    let on_time_alone = server.ask(&world, "organizer", "PATCH tickets?id=eq.$ticket", alone).await;
    let still_unchanged = server.digest(&world).await;
    let checked_in = server.ask(&world, "organizer", "PATCH tickets?id=eq.$ticket", chosen).await;
    world.remove(&server.database).await;

    assert_eq!((again.status, on_time_alone.status), (200, 200));
    assert_eq!([unchanged, still_unchanged], [before.clone(), before]);
    assert_eq!(checked_in.body[0]["status"], "used");
    let at: DateTime<Utc> = checked_in.body[0]["checked_in_at"].as_str().unwrap().parse().unwrap();
    assert!((Utc::now() - at).num_minutes().abs() < 5, "{checked_in:?}");
}

#[tokio::test]
async fn the_tickets_of_an_order_that_the_service_refunds_admit_nobody() {
    let server = Server::at_hand().await;
    let world = World::create(&server.database).await;
    let refund = server.ask(&world, "service", "POST rpc/refund_order", "").await;
    let statuses = "select string_agg(status, ' ') from public.tickets where order_id = '$paid'";
    let statuses = world.read(&server.database, statuses).await;
    let admitted = "select count(*)::text from eventos.scans where event_id = '$show' and outcome = 'admitted'";
    let before = world.read(&server.database, admitted).await;

    let mut wrong = Vec::new();
    let used_scan = r#"{"code": "$used_code", "scan_id": "$newer"}"#;
    for (who, request, body, refusal) in [
        ("organizer", "POST rpc/check_in", "", "outcome refunded"),
        ("organizer", "POST rpc/check_in", used_scan, "outcome refunded"),
        ("organizer", "POST rpc/undo_check_in", "", "outcome not_admitted"),
        ("organizer", "PATCH tickets?id=eq.$ticket", r#"{"status": "used"}"#, "23514 tickets_checked_in_once"),
        ("organizer", "PATCH tickets?id=eq.$ticket", r#"{"status": "active"}"#, "23514 tickets_checked_in_once"),
        ("customer", "POST tickets", "", "42501"),
        ("customer", "POST attendees", "", "42501"),
        ("service", "PATCH tickets?id=eq.$ticket", r#"{"status": "active"}"#, "23514 tickets_paid"),
        ("service", "POST tickets", "", "23514 tickets_paid"),
    ] {
        let answer = server.ask(&world, who, request, body).await;
        wrong.extend(fault(&world, who, &answer, refusal).map(|fault| format!("{who}: {request}: {fault}")));
    }
    let after = world.read(&server.database, admitted).await;
    world.remove(&server.database).await;
    assert_eq!(refund.body, json!({ "outcome": "refunded", "tickets": 2, "is_replay": false }));
    assert_eq!((statuses.as_str(), before), ("refunded refunded", after));
    assert_eq!(wrong, [] as [String; 0]);
}

/// What holds for the service too: the rules of rows know no role.
#[tokio::test]
async fn not_even_the_service_makes_tickets_that_fit_no_paid_order() {
    let server = Server::at_hand().await;
    let mut wrong = Vec::new();
    for (what, request, body, refusal) in [
        (
            "of an unpaid order",
            "POST tickets",
            r#"{"order_id": "$pending", "attendee_id": null}"#,
            "23514 tickets_paid",
        ),
        ("for another event", "POST tickets", r#"{"event_id": "$theirs"}"#, "23514 tickets_of_their_order"),
        (
            "for another's attendee",
            "POST tickets",
            r#"{"attendee_id": "$strange_guest"}"#,
            "23514 tickets_of_their_attendee",
        ),
        ("too many", "POST tickets", r#"[{}, {"id": "$newer"}, {"id": "$newest"}]"#, "23514 tickets_within_order"),
        ("for too many attendees", "POST attendees", r#"[{}, {"id": "$newer"}]"#, "23514 attendees_within_order"),
        (
            "for attendees of another event",
            "POST attendees",
            r#"{"event_id": "$theirs"}"#,
            "23514 attendees_of_their_order",
        ),
        ("by moving one", "PATCH tickets?id=eq.$ticket", r#"{"event_id": "$theirs"}"#, "23514 tickets_of_their_order"),
        (
            "by moving an attendee",
            "PATCH attendees?id=eq.$guest",
            r#"{"event_id": "$theirs"}"#,
            "23514 attendees_of_their_order",
        ),
        (
            "past the capacity",
            "PATCH orders?id=eq.$crowd",
            r#"{"quantity": 11, "total_cents": 55000}"#,
            "23514 orders_within_capacity",
        ),
    ] {
        let world = World::create(&server.database).await;
        let before = server.digest(&world).await;
        let answer = server.ask(&world, "service", request, body).await;
        wrong.extend(fault(&world, "service", &answer, refusal).map(|fault| format!("{what}: {fault}")));
        if server.digest(&world).await != before {
            wrong.push(format!("{what}: rows changed: {answer:?}"));
        }
        world.remove(&server.database).await;
    }
    assert_eq!(wrong, [] as [String; 0]);
}

/// So that the refusals above are not those of a shop that sells nothing.
#[tokio::test]
async fn who_paid_gets_what_was_paid_for() {
    let server = Server::at_hand().await;
    let world = World::create(&server.database).await;
    let ticket = server.ask(&world, "customer", "POST tickets", "").await;
    let attendee = server.ask(&world, "customer", "POST attendees", r#"{"id": "$newer"}"#).await;
    let order = server.ask(&world, "customer", "POST orders", "").await;
    let check_in = r#"{"scan_id": "$newest", "scanned_at": "2001-01-01T00:00:00Z"}"#;
    let scan = server.ask(&world, "organizer", "POST rpc/check_in", check_in).await;
    let checked_in_at = "select to_json(checked_in_at) #>> '{}' from public.tickets where id = '$ticket'";
    let checked_in_at = world.read(&server.database, checked_in_at).await;
    world.remove(&server.database).await;

    for made in [ticket, attendee, order] {
        assert_eq!((made.status, made.body.as_array().map(Vec::len)), (201, Some(1)), "{made:?}");
    }
    assert_eq!(scan.body["outcome"], "admitted", "{scan:?}");
    let time = |text: &Value| text.as_str().unwrap().parse::<DateTime<Utc>>().unwrap();
    assert_eq!(time(&scan.body["scanned_at"]), time(&json!("2001-01-01T00:00:00Z")));
    assert_eq!(time(&scan.body["received_at"]), time(&json!(checked_in_at)));
    assert!((Utc::now() - time(&scan.body["received_at"])).num_minutes().abs() < 5);
}
