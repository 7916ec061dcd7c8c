//! What must stay hidden: drafts, private events, orders, attendees, tickets and their codes.

use reqwest::RequestBuilder;

use crate::attempts::{Attempt, all_are_refused};
use crate::server::Server;
use crate::world::World;

#[tokio::test]
async fn strangers_read_nothing_that_is_hidden() {
    all_are_refused(READ).await;
}

#[rustfmt::skip]
const READ: &[Attempt] = &[
    ("read a draft", "visitor customer stranger rival", "GET events?id=eq.$draft", "", "nothing"),
    ("read a private event", "visitor customer stranger rival", "GET events?id=eq.$private", "", "nothing"),
    ("read a cancelled event", "visitor customer stranger rival", "GET events?id=eq.$cancelled", "", "nothing"),
    ("read an event that is over", "visitor stranger rival", "GET events?id=eq.$completed", "", "nothing"),
    ("find a draft by its name", "visitor customer stranger rival", "GET events?name=like.Hidden*", "", "nothing"),
    ("find a draft by its slug", "visitor customer stranger rival", "GET events?slug=eq.$draft_slug", "", "nothing"),
    ("find a draft by its capacity", "visitor customer stranger rival", "GET events?capacity=eq.7001", "", "nothing"),
    ("count a draft", "visitor customer stranger rival", "GET event_stats?event_id=eq.$draft", "", "nothing"),
    ("count a private event", "visitor customer stranger rival", "GET event_stats?event_id=eq.$private", "", "nothing"),
    ("count an event that is over", "visitor stranger rival", "GET event_stats?event_id=eq.$completed", "", "nothing"),
    ("find a draft's count by its name", "visitor customer stranger rival",
     "GET event_stats?event_name=like.Hidden*", "", "nothing"),
    ("count a draft inside of an embed", "visitor customer stranger rival",
     "GET events?id=in.($draft,$private,$cancelled)&select=name,event_stats(capacity)", "", "nothing"),
    ("ask for seats of a draft", "visitor customer stranger rival",
     "POST rpc/available_seats", r#"{"event_id": "$draft"}"#, "null"),
    ("ask for seats of a private event", "visitor customer stranger rival",
     "POST rpc/available_seats", r#"{"event_id": "$private"}"#, "null"),
    ("ask for seats of no event", "clients", "POST rpc/available_seats", r#"{"event_id": "$newest"}"#, "null"),
    ("ask for seats in a URL", "visitor customer stranger rival",
     "GET rpc/available_seats?event_id=$draft", "", "null"),

    ("read orders", "visitor", "GET orders", "", "42501"),
    ("read another's order", "stranger rival", "GET orders?id=eq.$paid", "", "nothing"),
    ("read another's order of one's customer", "organizer", "GET orders?id=eq.$elsewhere", "", "nothing"),
    ("read an order by its number", "stranger rival", "GET orders?order_number=eq.$paid_number", "", "nothing"),
    ("read an order by its payment", "stranger rival",
     "GET orders?stripe_payment_intent_id=eq.pi_$paid", "", "nothing"),
    ("read orders inside of an event", "visitor", "GET events?id=eq.$show&select=id,orders(id)", "", "42501"),
    ("read orders inside of an event, and it alone", "customer stranger rival",
     "GET events?id=eq.$draft&select=id,orders(id)", "", "nothing"),
    ("read attendees", "visitor", "GET attendees", "", "42501"),
    ("read another's attendees", "stranger rival", "GET attendees?order_id=eq.$paid", "", "nothing"),
    ("read tickets", "visitor", "GET tickets", "", "42501"),
    ("read another's tickets", "stranger rival", "GET tickets?order_id=eq.$paid", "", "nothing"),
    ("try a code", "stranger rival", "GET tickets?qr_code=eq.$code_in_url", "", "nothing"),
    ("read the tickets of another's event", "rival", "GET tickets?event_id=eq.$show", "", "nothing"),
    ("read what another's event brought in", "rival", "POST rpc/event_revenue", "", "nothing"),
    ("read what an event brought in as nobody", "visitor", "POST rpc/event_revenue", "", "42501"),
    ("read accounts", "clients", "GET users", "", "404"),
];

/// A refusal of the database may name the order or the event: not to whoever must not know it.
#[tokio::test]
async fn refusals_tell_strangers_nothing() {
    all_are_refused(MESSAGES).await;
}

#[rustfmt::skip]
const MESSAGES: &[Attempt] = &[
    ("order more seats than a draft has", "visitor customer stranger rival",
     "POST orders", r#"{"event_id": "$draft", "quantity": 20, "total_cents": 100000}"#, "42501"),
    ("order for a private event at its price", "visitor customer stranger rival",
     "POST orders", r#"{"event_id": "$private"}"#, "42501"),
    ("order for a draft through the function", "customer stranger rival",
     "POST rpc/create_order", r#"{"event_id": "$draft", "quantity": 20}"#, "outcome not_on_sale"),
    ("take another's order number", "stranger rival",
     "POST rpc/create_order", r#"{"order_id": "$paid"}"#, "23505 orders_pkey"),
    ("name too many attendees for another's order", "visitor stranger rival",
     "POST attendees", r#"[{}, {"id": "$newer"}]"#, "42501"),
    ("name attendees of another event for another's order", "visitor stranger rival",
     "POST attendees", r#"{"event_id": "$theirs"}"#, "42501"),
    ("take too many tickets of another's order", "visitor stranger rival",
     "POST tickets", r#"[{}, {"id": "$newer"}, {"id": "$newest"}]"#, "42501"),
    ("take tickets of another's unpaid order", "visitor stranger rival",
     "POST tickets", r#"{"order_id": "$pending"}"#, "42501"),
    ("put another's draft's slug on one's event", "rival",
     "PATCH events?id=eq.$theirs", r#"{"slug": "$draft_slug"}"#, "23505"),
    ("change another's ticket", "customer stranger rival",
     "PATCH tickets?id=eq.$used_ticket", r#"{"status": "cancelled"}"#, "nothing"),
];

/// An embed hides its rows as well, and a count counts none of them.
#[tokio::test]
async fn embeds_and_counts_are_empty_for_strangers() {
    let server = Server::at_hand().await;
    let world = World::create(&server.database).await;
    let mut wrong = Vec::new();
    for actor in ["stranger", "rival"] {
        let path = "GET events?id=eq.$show&select=name,orders(id,tickets(qr_code)),tickets(id),attendees(email)";
        let answer = server.ask(&world, actor, path, "").await;
        let rows = |name: &str| answer.body[0][name].as_array().map_or(usize::MAX, Vec::len);
        // The stranger holds an order of his own for the show, with one ticket and one guest.
        let own = usize::from(actor == "stranger");
        if [rows("orders"), rows("tickets"), rows("attendees")] != [own; 3] {
            wrong.push(format!("{actor}: {answer:?}"));
        }
        wrong.extend(world.told(actor, &answer.body.to_string()).map(|secret| format!("{actor} was told {secret}")));

        // What they paid themselves, and no more, is their own to sum up.
        let answer = server.ask(&world, actor, "POST rpc/event_revenue", r#"{"organizer_id": "$organizer"}"#).await;
        let sums: Vec<i64> =
            answer.body.as_array().unwrap().iter().filter_map(|row| row["revenue_cents"].as_i64()).collect();
        if sums != if actor == "stranger" { vec![40000, 10000] } else { vec![] } {
            wrong.push(format!("{actor} sums up: {answer:?}"));
        }
        for hidden in ["orders?customer_id=eq.$customer", "tickets?order_id=eq.$paid", "attendees?order_id=eq.$paid"] {
            let exact = |request: RequestBuilder| request.header("Prefer", "count=exact");
            let answer = server.ask_with(&world, actor, &format!("HEAD {hidden}"), "", exact).await;
            if (answer.status, answer.range.as_deref()) != (200, Some("*/0")) {
                wrong.push(format!("{actor} counts {hidden}: {answer:?}"));
            }
        }
    }
    world.remove(&server.database).await;
    assert_eq!(wrong, [] as [String; 0]);
}
