//! Orders: nobody but the service says what was paid, and nobody takes more seats than there are.

use serde_json::json;

use crate::attempts::{Attempt, all_are_refused};
use crate::server::{MEMBERS, Server};
use crate::world::World;

#[tokio::test]
async fn an_order_is_placed_unpaid_at_the_price_and_for_a_public_event() {
    all_are_refused(PLACED_WRONGLY).await;
}

#[rustfmt::skip]
const PLACED_WRONGLY: &[Attempt] = &[
    ("place an order as nobody", "visitor", "POST orders", "", "42501"),
    ("place an order that is paid", "clients", "POST orders", r#"{"payment_status": "paid"}"#, "42501"),
    ("place an order that was refunded", "clients", "POST orders", r#"{"payment_status": "refunded"}"#, "42501"),
    ("place an order that failed", "clients", "POST orders", r#"{"payment_status": "failed"}"#, "42501"),
    ("say when it was paid", "clients", "POST orders", r#"{"paid_at": "2030-01-01T00:00:00Z"}"#, "42501"),
    ("squat the payment intent of another", "clients",
     "POST orders", r#"{"stripe_payment_intent_id": "pi_$strange"}"#, "42501"),
    ("squat a payment intent to come", "clients", "POST orders", r#"{"stripe_payment_intent_id": "pi_$new"}"#, "42501"),
    ("pay nothing", "clients", "POST orders", r#"{"unit_price_cents": 0, "total_cents": 0}"#, "42501"),
    ("pay a cent less", "clients", "POST orders", r#"{"unit_price_cents": 4999, "total_cents": 9998}"#, "42501"),
    ("pay a negative price", "clients",
     "POST orders", r#"{"unit_price_cents": -5000, "total_cents": -10000}"#, "42501"),
    ("pay for one of two", "members", "POST orders", r#"{"total_cents": 5000}"#, "23514"),
    ("order nothing", "members", "POST orders", r#"{"quantity": 0, "total_cents": 0}"#, "23514"),
    ("order less than nothing", "members", "POST orders", r#"{"quantity": -1, "total_cents": -5000}"#, "23514"),
    ("order 21 tickets", "members", "POST orders", r#"{"quantity": 21, "total_cents": 105000}"#,
     "23514 violates check constraint"),
    ("order for somebody else", "visitor customer organizer rival",
     "POST orders", r#"{"customer_id": "$stranger"}"#, "42501"),
    ("order for a draft", "clients", "POST orders", r#"{"event_id": "$draft"}"#, "42501"),
    ("order for a private event", "clients", "POST orders", r#"{"event_id": "$private"}"#, "42501"),
    ("order for a cancelled event", "clients", "POST orders", r#"{"event_id": "$cancelled"}"#, "42501"),
    ("order for a completed event", "clients", "POST orders", r#"{"event_id": "$completed"}"#, "42501"),
    ("order for an event that is none", "clients", "POST orders", r#"{"event_id": "$newest"}"#, "42501"),
    ("choose an order number", "clients", "POST orders", r#"{"order_number": "ORD-20300101-00000000"}"#, "42501"),
    ("date an order back", "clients", "POST orders", r#"{"created_at": "2001-01-01T00:00:00Z"}"#, "42501"),
    ("hold seats for years", "clients", "POST orders", r#"{"created_at": "2040-01-01T00:00:00Z"}"#, "42501"),
    ("take an id that is taken", "members", "POST orders", r#"{"id": "$strange"}"#, "23505"),
];

#[tokio::test]
async fn seats_are_never_oversold_by_one_request() {
    all_are_refused(OVERSOLD).await;
}

#[rustfmt::skip]
const OVERSOLD: &[Attempt] = &[
    ("order past the capacity", "members",
     "POST orders", r#"{"event_id": "$small", "quantity": 3, "total_cents": 15000}"#, "23514 orders_within_capacity"),
    ("order past the capacity in a batch", "members", "POST orders",
     r#"[{"event_id": "$small"}, {"id": "$newer", "event_id": "$small", "quantity": 1, "total_cents": 5000}]"#,
     "23514 orders_within_capacity"),
    ("order past the capacity beside conflicts", "members", "IGNORE orders",
     r#"[{"event_id": "$small"}, {"id": "$newer", "event_id": "$small", "quantity": 1, "total_cents": 5000}]"#,
     "23514 orders_within_capacity"),
    ("hold 21 unpaid seats in a batch", "members", "POST orders",
     r#"[{"quantity": 20, "total_cents": 100000}, {"id": "$newer", "quantity": 1, "total_cents": 5000}]"#,
     "23514 orders_unpaid_seats"),
    ("hold 21 unpaid seats with those from before", "customer",
     "POST orders", r#"{"quantity": 19, "total_cents": 95000}"#, "23514 orders_unpaid_seats"),
    ("hold 21 unpaid seats through the function", "customer",
     "POST rpc/create_order", r#"{"quantity": 19}"#, "outcome too_many_unpaid"),
    ("order past the capacity through the function", "members",
     "POST rpc/create_order", r#"{"event_id": "$small", "quantity": 3}"#, "outcome sold_out"),
    ("hide one wrong order in a batch", "members",
     "POST orders", r#"[{"event_id": "$show"}, {"id": "$newer", "event_id": "$draft"}]"#, "42501"),
];

#[tokio::test]
async fn an_order_stays_as_it_was_placed() {
    all_are_refused(CHANGED).await;
}

#[rustfmt::skip]
const CHANGED: &[Attempt] = &[
    ("mark an order paid", "clients", "PATCH orders?id=eq.$pending", r#"{"payment_status": "paid"}"#, "42501"),
    ("mark all orders paid", "clients", "PATCH orders", r#"{"payment_status": "paid"}"#, "42501"),
    ("say when it was paid", "clients",
     "PATCH orders?id=eq.$pending", r#"{"paid_at": "2030-01-01T00:00:00Z"}"#, "42501"),
    ("take another's payment intent", "clients",
     "PATCH orders?id=eq.$pending", r#"{"stripe_payment_intent_id": "pi_$paid"}"#, "42501"),
    ("set a payment intent", "clients",
     "PATCH orders?id=eq.$pending", r#"{"stripe_payment_intent_id": "pi_$new"}"#, "42501"),
    ("drop a payment intent", "clients", "PATCH orders?id=eq.$paid", r#"{"stripe_payment_intent_id": null}"#, "42501"),
    ("move an order to another event", "clients", "PATCH orders?id=eq.$pending", r#"{"event_id": "$theirs"}"#, "42501"),
    ("want more for the money", "clients",
     "PATCH orders?id=eq.$paid", r#"{"quantity": 5, "unit_price_cents": 4000}"#, "42501"),
    ("pay less", "clients", "PATCH orders?id=eq.$pending", r#"{"unit_price_cents": 1, "total_cents": 2}"#, "42501"),
    ("give an order away", "clients", "PATCH orders?id=eq.$pending", r#"{"customer_id": "$stranger"}"#, "42501"),
    ("take an order", "clients", "PATCH orders?id=eq.$strange", r#"{"customer_id": "$self"}"#, "42501"),
    ("undo a refund", "clients", "PATCH orders?id=eq.$refunded", r#"{"payment_status": "paid"}"#, "42501"),
    ("renew a hold", "clients", "PATCH orders?id=eq.$pending", r#"{"created_at": "2040-01-01T00:00:00Z"}"#, "42501"),
    ("renumber an order", "clients",
     "PATCH orders?id=eq.$pending", r#"{"order_number": "ORD-20300101-00000000"}"#, "42501"),
    ("delete an order", "clients", "DELETE orders?id=eq.$pending", "", "42501"),
    ("delete all orders", "clients", "DELETE orders?id=not.is.null", "", "42501"),
];

#[tokio::test]
async fn the_functions_of_orders_do_no_more_than_their_caller_may() {
    all_are_refused(THROUGH_FUNCTIONS).await;
}

#[rustfmt::skip]
const THROUGH_FUNCTIONS: &[Attempt] = &[
    ("confirm a payment", "clients", "POST rpc/fulfil_order", "", "42501"),
    ("confirm a payment without one", "clients", "POST rpc/fulfil_order", r#"{"attendees": []}"#, "42501"),
    ("refund an order", "clients", "POST rpc/refund_order", "", "42501"),
    ("refund an order with its payment", "clients",
     "POST rpc/refund_order", r#"{"payment_intent_id": "pi_$paid"}"#, "42501"),
    ("cancel an order as nobody", "visitor", "POST rpc/cancel_order", "", "42501"),
    ("cancel another's order", "stranger organizer rival", "POST rpc/cancel_order", "", "outcome unknown_order"),
    ("cancel another's paid order", "stranger organizer rival",
     "POST rpc/cancel_order", r#"{"order_id": "$paid"}"#, "outcome unknown_order"),
    ("cancel an order that is none", "members",
     "POST rpc/cancel_order", r#"{"order_id": "$new"}"#, "outcome unknown_order"),
    ("cancel a paid order", "customer", "POST rpc/cancel_order", r#"{"order_id": "$paid"}"#, "outcome not_cancellable"),
    ("cancel a refunded order", "customer",
     "POST rpc/cancel_order", r#"{"order_id": "$refunded"}"#, "outcome not_cancellable"),

    ("place an order as nobody", "visitor", "POST rpc/create_order", "", "42501"),
    ("place an order as somebody", "visitor", "POST rpc/create_order", r#"{"customer_id": "$customer"}"#, "42501"),
    ("place an order for somebody else", "customer organizer rival",
     "POST rpc/create_order", r#"{"customer_id": "$stranger"}"#, "42501"),
    ("place an order for no customer", "members", "POST rpc/create_order", r#"{"customer_id": null}"#, "22004"),
    ("place another's order again", "stranger organizer rival",
     "POST rpc/create_order", r#"{"order_id": "$pending", "quantity": 2}"#, "23505 orders_pkey"),
    ("place another's order again in his name", "stranger rival",
     "POST rpc/create_order", r#"{"order_id": "$pending", "quantity": 2, "customer_id": "$customer"}"#, "42501"),
    ("place one's order again for more", "customer",
     "POST rpc/create_order", r#"{"order_id": "$pending", "quantity": 3}"#, "23505 orders_pkey"),
    ("place one's order again for another event", "customer",
     "POST rpc/create_order", r#"{"order_id": "$pending", "event_id": "$theirs", "quantity": 2}"#, "23505 orders_pkey"),
    ("order nothing", "members", "POST rpc/create_order", r#"{"quantity": 0}"#, "23514"),
    ("order less than nothing", "members", "POST rpc/create_order", r#"{"quantity": -1}"#, "23514"),
    ("order 21 tickets", "members", "POST rpc/create_order", r#"{"quantity": 21}"#, "23514"),
    ("order more than can be counted", "members", "POST rpc/create_order", r#"{"quantity": 2147483647}"#, "22003"),
    ("choose a price", "clients", "POST rpc/create_order", r#"{"unit_price_cents": 0}"#, "PGRST202"),
];

#[tokio::test]
async fn events_that_are_not_on_sale_and_those_that_are_none_answer_alike() {
    let server = Server::at_hand().await;
    let world = World::create(&server.database).await;
    let before = server.digest(&world).await;
    let mut answers = Vec::new();
    for actor in MEMBERS {
        for event in ["$draft", "$private", "$cancelled", "$completed", "$newest"] {
            let body = format!(r#"{{"order_id": "$new", "event_id": "{event}", "quantity": 1}}"#);
            answers.push((actor, event, server.ask(&world, actor, "POST rpc/create_order", &body).await));
        }
    }
    let after = server.digest(&world).await;
    world.remove(&server.database).await;
    assert_eq!(before, after);
    for (actor, event, answer) in answers {
        assert_eq!((answer.status, answer.body), (200, json!({ "outcome": "not_on_sale" })), "{actor} {event}");
    }
}

#[tokio::test]
async fn twenty_unpaid_seats_are_the_most_until_one_lets_go_of_some() {
    let server = Server::at_hand().await;
    let world = World::create(&server.database).await;
    let order =
        |id: &str, quantity: u32| format!(r#"{{"order_id": "{id}", "event_id": "$show", "quantity": {quantity}}}"#);
    let mut told = Vec::new();
    for (function, body) in [
        ("create_order", order("$new", 20)),
        ("create_order", order("$newer", 1)),
        ("cancel_order", r#"{"order_id": "$new"}"#.into()),
        ("create_order", order("$newer", 20)),
        ("create_order", order("$newest", 1)),
        ("create_order", order("$newer", 20)),
    ] {
        let answer = server.ask(&world, "rival", &format!("POST rpc/{function}"), &body).await;
        told.push((answer.body["outcome"].as_str().unwrap_or_default().to_owned(), answer.body["is_replay"].clone()));
    }
    world.remove(&server.database).await;
    let told: Vec<String> = told.iter().map(|(outcome, is_replay)| format!("{outcome} {is_replay}")).collect();
    assert_eq!(
        told,
        [
            "placed false",
            "too_many_unpaid null",
            "cancelled null",
            "placed false",
            "too_many_unpaid null",
            "placed true"
        ]
    );
}
