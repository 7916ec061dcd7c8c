//! The door: who may scan, take back, issue tokens and look people up, and what a token does not open.

use serde_json::{Value, json};

use crate::attempts::{Attempt, all_are_refused, fault};
use crate::server::Server;
use crate::world::World;

#[tokio::test]
async fn only_the_organizer_and_tokens_of_the_event_scan() {
    all_are_refused(SCANS).await;
}

#[rustfmt::skip]
const SCANS: &[Attempt] = &[
    ("scan one's own ticket, or another's", "visitor customer stranger rival",
     "POST rpc/check_in", "", "outcome not_authorized"),
    ("scan at no event", "visitor customer stranger organizer rival",
     "POST rpc/check_in", r#"{"event_id": "$newest"}"#, "outcome not_authorized"),
    ("scan at another's event from one's own door", "organizer",
     "POST rpc/check_in", r#"{"event_id": "$theirs"}"#, "outcome not_authorized"),
    ("scan with another event's token", "clients",
     "POST rpc/check_in", r#"{"door_token": "door_$rival_door"}"#, "outcome not_authorized"),
    ("scan with one's token at another event", "clients",
     "POST rpc/check_in", r#"{"event_id": "$theirs", "door_token": "door_$door"}"#, "outcome not_authorized"),
    ("scan with an expired token", "clients",
     "POST rpc/check_in", r#"{"door_token": "door_$expired_door"}"#, "outcome not_authorized"),
    ("scan with a revoked token", "clients",
     "POST rpc/check_in", r#"{"door_token": "door_$revoked_door"}"#, "outcome not_authorized"),
    ("scan with a token that is none", "clients",
     "POST rpc/check_in", r#"{"door_token": "door_$newest"}"#, "outcome not_authorized"),
    ("scan with a token's id", "clients", "POST rpc/check_in", r#"{"door_token": "$door"}"#, "outcome not_authorized"),
    ("scan with an empty token", "clients", "POST rpc/check_in", r#"{"door_token": ""}"#, "outcome not_authorized"),
    ("scan with a pattern for a token", "clients",
     "POST rpc/check_in", r#"{"door_token": "door_%"}"#, "outcome not_authorized"),
    ("scan nothing", "clients", "POST rpc/check_in", r#"{"code": null, "door_token": "door_$door"}"#, "22004"),
    ("scan at no time", "clients", "POST rpc/check_in", r#"{"scanned_at": null, "door_token": "door_$door"}"#, "22004"),
    ("scan with half a window", "clients",
     "POST rpc/check_in", r#"{"opens_at": "2001-01-01T00:00:00Z", "door_token": "door_$door"}"#, "22023"),

    ("use a scan's id from another phone", "clients", "POST rpc/check_in",
     r#"{"code": "$used_code", "scan_id": "$scan", "door_token": "door_$second_door"}"#, "outcome scan_id_reused"),
    ("use a phone's scan id as the organizer", "organizer",
     "POST rpc/check_in", r#"{"code": "$used_code", "scan_id": "$scan"}"#, "outcome scan_id_reused"),
    ("use a scan's id for another code", "clients",
     "POST rpc/check_in", r#"{"scan_id": "$scan", "door_token": "door_$door"}"#, "outcome scan_id_reused"),
    ("use a scan's id at another event", "clients", "POST rpc/check_in",
     r#"{"event_id": "$theirs", "code": "$used_code", "scan_id": "$scan", "door_token": "door_$rival_door"}"#,
     "outcome scan_id_reused"),
];

#[tokio::test]
async fn a_scan_is_taken_back_by_its_own_phone_or_the_organizer() {
    all_are_refused(UNDONE).await;
}

#[rustfmt::skip]
const UNDONE: &[Attempt] = &[
    ("take a scan back", "visitor customer stranger rival", "POST rpc/undo_check_in", "", "outcome unknown_scan"),
    ("take a scan back as its device, without a token", "visitor customer stranger rival",
     "POST rpc/undo_check_in", r#"{"device": "phone-1"}"#, "outcome unknown_scan"),
    ("take a scan back from another device", "clients",
     "POST rpc/undo_check_in", r#"{"device": "phone-2", "door_token": "door_$door"}"#, "outcome unknown_scan"),
    ("take a scan back from no device", "clients",
     "POST rpc/undo_check_in", r#"{"door_token": "door_$door"}"#, "outcome unknown_scan"),
    ("take a scan back with another token", "clients",
     "POST rpc/undo_check_in", r#"{"device": "phone-1", "door_token": "door_$second_door"}"#, "outcome unknown_scan"),
    ("take a scan back with another event's token", "clients",
     "POST rpc/undo_check_in", r#"{"device": "phone-1", "door_token": "door_$rival_door"}"#, "outcome unknown_scan"),
    ("take a scan back with an expired token", "clients",
     "POST rpc/undo_check_in", r#"{"device": "phone-1", "door_token": "door_$expired_door"}"#, "outcome unknown_scan"),
    ("take a scan back with a revoked token", "clients",
     "POST rpc/undo_check_in", r#"{"device": "phone-1", "door_token": "door_$revoked_door"}"#, "outcome unknown_scan"),
    ("take a scan back with a token that is none", "clients",
     "POST rpc/undo_check_in", r#"{"device": "phone-1", "door_token": "door_$newest"}"#, "outcome unknown_scan"),
    ("take a scan back that is none", "clients",
     "POST rpc/undo_check_in", r#"{"scan_id": "$newest", "door_token": "door_$door"}"#, "outcome unknown_scan"),
    ("take a scan back without a reason", "organizer", "POST rpc/undo_check_in", r#"{"reason": " "}"#, "22023"),
];

#[tokio::test]
async fn tokens_are_issued_listed_and_revoked_by_the_organizer_of_their_event() {
    all_are_refused(TOKENS).await;
}

#[rustfmt::skip]
const TOKENS: &[Attempt] = &[
    ("issue a token", "visitor customer stranger rival", "POST rpc/issue_door_token", "", "42501"),
    ("issue a token for a draft", "visitor customer stranger rival",
     "POST rpc/issue_door_token", r#"{"event_id": "$draft"}"#, "42501"),
    ("issue a token for no event", "clients", "POST rpc/issue_door_token", r#"{"event_id": "$newest"}"#, "42501"),
    ("issue a token with a token", "clients",
     "POST rpc/issue_door_token", r#"{"door_token": "door_$door"}"#, "PGRST202"),
    ("issue a token for good", "organizer",
     "POST rpc/issue_door_token", r#"{"expires_at": "2099-01-01T00:00:00Z"}"#, "22023"),
    ("issue a token for ever", "organizer", "POST rpc/issue_door_token", r#"{"expires_at": "infinity"}"#, "22023"),
    ("issue a token of yesterday", "organizer",
     "POST rpc/issue_door_token", r#"{"expires_at": "2001-01-01T00:00:00Z"}"#, "22023"),
    ("issue a token with half a window", "organizer",
     "POST rpc/issue_door_token", r#"{"opens_at": "2001-01-01T00:00:00Z"}"#, "23514"),
    ("list tokens", "customer stranger rival", "POST rpc/door_tokens", "", "nothing"),
    ("list tokens as nobody", "visitor", "POST rpc/door_tokens", "", "42501"),
    ("list tokens with a token", "clients", "POST rpc/door_tokens", r#"{"door_token": "door_$door"}"#, "PGRST202"),
    ("revoke a token", "customer stranger rival", "POST rpc/revoke_door_token", "", "outcome unknown_token"),
    ("revoke a token as nobody", "visitor", "POST rpc/revoke_door_token", "", "42501"),
    ("revoke a token of another event", "organizer",
     "POST rpc/revoke_door_token", r#"{"token_id": "$rival_door"}"#, "outcome unknown_token"),
];

#[tokio::test]
async fn lists_and_counts_of_a_door_are_its_own() {
    all_are_refused(LISTS).await;
}

#[rustfmt::skip]
const LISTS: &[Attempt] = &[
    ("count at the door", "visitor customer stranger rival", "POST rpc/door_stats", "", "42501"),
    ("count at a draft's door", "visitor customer stranger rival",
     "POST rpc/door_stats", r#"{"event_id": "$draft"}"#, "42501"),
    ("count at no door", "clients", "POST rpc/door_stats", r#"{"event_id": "$newest"}"#, "42501"),
    ("count with another event's token", "clients",
     "POST rpc/door_stats", r#"{"door_token": "door_$rival_door"}"#, "42501"),
    ("count with an expired token", "clients",
     "POST rpc/door_stats", r#"{"door_token": "door_$expired_door"}"#, "42501"),
    ("count with a revoked token", "clients",
     "POST rpc/door_stats", r#"{"door_token": "door_$revoked_door"}"#, "42501"),
    ("look people up", "visitor customer stranger rival", "POST rpc/door_attendees", "", "42501"),
    ("look people up with another event's token", "clients",
     "POST rpc/door_attendees", r#"{"door_token": "door_$rival_door"}"#, "42501"),
    ("look people up with an expired token", "clients",
     "POST rpc/door_attendees", r#"{"door_token": "door_$expired_door"}"#, "42501"),
    ("look people up with a revoked token", "clients",
     "POST rpc/door_attendees", r#"{"door_token": "door_$revoked_door"}"#, "42501"),
    ("look people up with a token that is none", "clients",
     "POST rpc/door_attendees", r#"{"door_token": "door_$newest"}"#, "42501"),
];

/// It is no key and no token of the API: a phone of staff reads no table with it.
#[tokio::test]
async fn a_door_token_opens_nothing_but_its_door() {
    let server = Server::at_hand().await;
    let world = World::create(&server.database).await;
    let before = server.digest(&world).await;
    let token = world.fill("door_$door");
    let mut told = Vec::new();
    for table in ["orders", "attendees", "tickets", "profiles", "events"] {
        let as_bearer =
            |request: reqwest::RequestBuilder| with_header(request, "authorization", &format!("Bearer {token}"));
        let as_key = |request: reqwest::RequestBuilder| with_header(request, "apikey", &token);
        told.push(server.ask_with(&world, "visitor", &format!("GET {table}"), "", as_bearer).await);
        told.push(server.ask_with(&world, "visitor", &format!("GET {table}"), "", as_key).await);
    }
    let after = server.digest(&world).await;
    world.remove(&server.database).await;
    assert_eq!(before, after);
    for answer in told {
        assert_eq!(answer.status, 401, "{answer:?}");
    }
}

/// Replaces a header of a request.
fn with_header(request: reqwest::RequestBuilder, name: &'static str, value: &str) -> reqwest::RequestBuilder {
    request.headers([(name.parse().unwrap(), value.parse().unwrap())].into_iter().collect())
}

/// Not the first answer, and nothing of it.
#[tokio::test]
async fn a_reused_scan_id_tells_nothing_of_the_first_scan() {
    let server = Server::at_hand().await;
    let world = World::create(&server.database).await;
    let mut told = Vec::new();
    for (actor, body) in [
        (
            "visitor",
            r#"{"event_id": "$theirs", "code": "$used_code", "scan_id": "$scan", "door_token": "door_$rival_door"}"#,
        ),
        ("rival", r#"{"event_id": "$theirs", "code": "$used_code", "scan_id": "$scan"}"#),
        ("visitor", r#"{"scan_id": "$scan", "door_token": "door_$door"}"#),
    ] {
        told.push(server.ask(&world, actor, "POST rpc/check_in", body).await.body);
    }
    let expected = json!({ "outcome": "scan_id_reused", "scan_id": world.id("scan") });
    world.remove(&server.database).await;
    assert_eq!(told, [expected.clone(), expected.clone(), expected]);
}

/// The door learns that the ticket is for elsewhere: not whose it is, and not where, unless everybody may know.
#[tokio::test]
async fn a_ticket_of_anothers_event_tells_nothing_of_its_holder() {
    let server = Server::at_hand().await;
    for (actor, token) in [("rival", "null"), ("visitor", r#""door_$rival_door""#)] {
        let world = World::create(&server.database).await;
        world
            .run(
                &server.database,
                "insert into public.orders
                   (id, customer_id, event_id, quantity, unit_price_cents, total_cents, payment_status)
                 values ('$newest', '$customer', '$private', 1, 5000, 5000, 'paid');
                 insert into public.tickets (id, event_id, order_id) values ('$newest', '$private', '$newest')",
            )
            .await;
        let private_code =
            world.read(&server.database, "select qr_code from public.tickets where id = '$newest'").await;
        let mut told = Vec::new();
        for (scan, code) in [("$new", "$ticket_code"), ("$newer", private_code.as_str())] {
            let body =
                format!(r#"{{"event_id": "$theirs", "code": "{code}", "scan_id": "{scan}", "door_token": {token}}}"#);
            let answer = server.ask(&world, actor, "POST rpc/check_in", &body).await.body;
            let secret = world.told(actor, &answer.to_string()).map(str::to_owned);
            told.push((answer, secret));
        }
        let show = world.id("show").to_owned();
        let unused = "select string_agg(status, ' ') from public.tickets where id in ('$ticket', '$newest')";
        let unused = world.read(&server.database, unused).await;
        world.remove(&server.database).await;

        for (answer, secret) in &told {
            assert_eq!((&answer["outcome"], secret), (&json!("wrong_event"), &None), "{answer}");
            assert_eq!((&answer["ticket"], &answer["attendee"]), (&Value::Null, &Value::Null), "{answer}");
        }
        let actuals: Vec<&Value> = told.iter().map(|(answer, _)| &answer["actual"]).collect();
        assert_eq!(actuals, [&json!({ "id": show, "name": "Show", "status": "published" }), &Value::Null], "{actor}");
        assert_eq!(unused, "active active");
    }
}

/// The token's window is its organizer's word; the call may only narrow it.
#[tokio::test]
async fn a_phone_does_not_open_its_door_earlier_than_its_token() {
    let server = Server::at_hand().await;
    let world = World::create(&server.database).await;
    let tomorrow = "update eventos.door_tokens
                       set opens_at = now() + interval '20 hours', closes_at = now() + interval '22 hours'
                     where id = '$door'";
    world.run(&server.database, tomorrow).await;
    let mut told = Vec::new();
    for (scan, window) in [
        ("$new", ""),
        ("$newer", r#", "opens_at": "2001-01-01T00:00:00Z", "closes_at": "2099-01-01T00:00:00Z""#),
        ("$newest", r#", "scanned_at": "2099-01-01T00:00:00Z""#),
    ] {
        let body = format!(r#"{{"scan_id": "{scan}", "door_token": "door_$door"{window}}}"#);
        told.push(server.ask(&world, "visitor", "POST rpc/check_in", &body).await.body["outcome"].clone());
    }
    let status = world.read(&server.database, "select status from public.tickets where id = '$ticket'").await;
    world.remove(&server.database).await;
    assert_eq!(told, ["outside_window"; 3]);
    assert_eq!(status, "active");
}

/// After 15 minutes, and a second time, there is nothing to take back.
#[tokio::test]
async fn an_admission_is_taken_back_once_and_in_time() {
    let server = Server::at_hand().await;
    let world = World::create(&server.database).await;
    world
        .run(
            &server.database,
            "insert into eventos.scans
               (scan_id, event_id, caller, code_hash, ticket_id, outcome, scanned_at, received_at, answer)
             select '$newest', event_id, 'user:$organizer', sha256(''), id, 'admitted',
                    now() - interval '16 minutes', now() - interval '16 minutes', '{}'
               from public.tickets where id = '$ticket';
             update public.tickets set status = 'used', checked_in_at = now() - interval '16 minutes'
              where id = '$ticket'",
        )
        .await;
    let undo = r#"{"scan_id": "$scan", "reason": "fraud", "device": "phone-1", "door_token": "door_$door"}"#;
    let scan_again = r#"{"code": "$used_code", "door_token": "door_$second_door"}"#;
    let mut wrong = Vec::new();
    for (actor, request, body, answer) in [
        ("organizer", "POST rpc/undo_check_in", r#"{"scan_id": "$newest", "reason": "late"}"#, "outcome too_late"),
        ("visitor", "POST rpc/undo_check_in", undo, "outcome undone"),
        ("organizer", "POST rpc/check_in", scan_again, "outcome admitted"),
        // That scan is the second phone's: the first one's stays taken back, and nothing else with it.
        ("visitor", "POST rpc/undo_check_in", undo, "outcome undone"),
        ("customer", "POST rpc/undo_check_in", r#"{"scan_id": "$new", "reason": "mine"}"#, "outcome unknown_scan"),
    ] {
        let said = server.ask(&world, actor, request, body).await;
        // Whoever is at the door may know the ticket's number.
        wrong.extend(fault(&world, "organizer", &said, answer).map(|fault| format!("{actor}: {body}: {fault}")));
    }
    let used = "select string_agg(status, ' ') from public.tickets where id in ('$ticket', '$used_ticket')";
    let used = world.read(&server.database, used).await;
    world.remove(&server.database).await;
    assert_eq!(wrong, [] as [String; 0]);
    assert_eq!(used, "used used");
}
