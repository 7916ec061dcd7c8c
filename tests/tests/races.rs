//! Many at once, in transactions of their own, as a REST server opens them: no seat, ticket, payment or admission
//! is given out twice, and a fulfilment that is broken off leaves nothing behind.
//!
//! Most races start behind a lock: it is held until everybody waits for it, so that all of them are at the one
//! place where it matters who comes first.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]

use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use eventos_tests::{seeded, sql};
use serde_json::{Value, json};
use tokio::runtime::{Builder, Handle};
use tokio::task::{JoinHandle, JoinSet};
use tokio_postgres::{Client, SimpleQueryMessage};

// Selling -----------------------------------------------------------------------------------------

/// By the function and by inserts of their own; one seat each, and three, which fifty does not divide by.
#[tokio::test]
async fn fifty_seats_are_sold_once_to_two_hundred_buyers() {
    let stage = Stage::set().await;
    let mut sold = Vec::new();
    for (by_function, quantity) in [(true, 1), (false, 1), (true, 3), (false, 3)] {
        let event = stage.event(50).await;
        let orders = ids(stage.database(), 200).await;
        let buyers = stage.customers(200).await;
        let place = |(order, buyer): (&String, &String)| {
            let statement = if by_function {
                create_order(order, &event, quantity)
            } else {
                insert_order(order, buyer, &event, quantity)
            };
            member(buyer, statement)
        };
        let calls: Vec<Call> = orders.iter().zip(&buyers).map(place).collect();
        let lanes = calls.chunks(4).map(<[Call]>::to_vec).collect();
        let answers = stage.together(&lock_of("events", &event), lanes).await;

        let placed = count(&answers, "placed");
        let refused = if by_function {
            count(&answers, "sold_out")
        } else {
            answers.iter().filter(|answer| **answer == json!("orders_within_capacity")).count()
        };
        // What the last of them were told.
        let left = answers.iter().filter_map(|answer| answer["available"].as_u64()).min();
        assert_eq!(left, by_function.then_some(u64::from(50 % quantity)));
        let held = stage.number(&format!("select sum(quantity) from public.orders where event_id = '{event}'")).await;
        let available = stage.number(&format!("select public.available_seats('{event}')")).await;
        sold.push((placed, refused, held, available));

        // Whoever holds a seat gets its ticket, all at once.
        let is_placed = |(_, answer): &(&String, &Value)| answer["outcome"] == "placed";
        let placed_orders = orders.iter().zip(&answers).filter(is_placed).map(|(order, _)| order);
        let pay = |order: &String| service(fulfil(order, quantity, &format!("pi_{order}")));
        let payments = placed_orders.map(|order| vec![pay(order)]).collect();
        let answers = stage.together(&lock_of("events", &event), payments).await;
        assert_eq!(count(&answers, "fulfilled"), placed, "{answers:?}");
        let tickets = stage.number(&format!("select count(*) from public.tickets where event_id = '{event}'")).await;
        assert_eq!(tickets, held);
    }
    assert_eq!(sold, [(50, 150, 50, 0), (50, 150, 50, 0), (16, 184, 48, 2), (16, 184, 48, 2)]);
}

#[tokio::test]
async fn one_customer_holds_twenty_unpaid_seats_however_many_orders_come_at_once() {
    let stage = Stage::set().await;
    let event = stage.event(100).await;
    let buyer = stage.customers(1).await.remove(0);
    let orders = ids(stage.database(), 30).await;
    let place = |order: &String| vec![member(&buyer, create_order(order, &event, 2))];
    let answers = stage.together(&lock_of("events", &event), orders.iter().map(place).collect()).await;
    let held = stage.number(&format!("select sum(quantity) from public.orders where event_id = '{event}'")).await;
    assert_eq!((count(&answers, "placed"), count(&answers, "too_many_unpaid"), held), (10, 20, 20));
}

#[tokio::test]
async fn one_order_sent_twenty_times_at_once_is_placed_once() {
    let stage = Stage::set().await;
    let event = stage.event(100).await;
    let buyer = stage.customers(1).await.remove(0);
    let order = ids(stage.database(), 1).await.remove(0);
    let place = || vec![member(&buyer, create_order(&order, &event, 2))];
    let answers = stage.together(&lock_of("events", &event), (0..20).map(|_| place()).collect()).await;
    let orders = stage.number(&format!("select count(*) from public.orders where event_id = '{event}'")).await;
    assert_eq!((count(&answers, "placed"), firsts(&answers), orders), (20, 1, 1));
    assert!(answers.iter().all(|answer| answer["order"] == answers[0]["order"]), "{answers:?}");
}

// Holds that run out ------------------------------------------------------------------------------

/// The customer holds all seats and pays for them around the moment when the hold runs out, and two others
/// buy around it.
#[tokio::test]
async fn seats_whose_hold_runs_out_while_they_are_paid_go_to_one() {
    const MOMENTS: [u64; 6] = [20, 50, 58, 62, 70, 100];
    let stage = Stage::set().await;
    let mut playing = JoinSet::new();
    for paid_after in MOMENTS {
        let mut rounds = Vec::new();
        for bought_after in MOMENTS {
            let (event, customers) = (stage.event(10).await, stage.customers(3).await);
            let orders = ids(stage.database(), 3).await;
            rounds.push(Round { event, customers, orders, paid_after, bought_after });
        }
        let lane = [Connection::take().await, Connection::take().await, Connection::take().await];
        playing.spawn(async move {
            let mut played = Vec::new();
            for round in rounds {
                let answers = round.play(&lane).await;
                played.push((round.event, answers));
            }
            played
        });
    }
    let played: Vec<_> = playing.join_all().await.into_iter().flatten().collect();
    let mut holders = 0;
    for (event, answers) in &played {
        assert_eq!((count(answers, "fulfilled"), count(answers, "sold_out")), (1, 2), "{answers:?}");
        assert_eq!(stage.seats(event).await, Seats { taken: 10, live_tickets: 10 });
        holders += count(&answers[..1], "fulfilled");
    }
    println!("of {} rounds the holder won {holders}", played.len());
    assert!(0 < holders && holders < played.len(), "the moments miss each other");
}

/// Three customers who want the same ten seats: the first has held them, for as long as `HOLD` from now.
struct Round {
    event: String,
    customers: Vec<String>,
    orders: Vec<String>,
    paid_after: u64,
    bought_after: u64,
}

impl Round {
    const HOLD: u64 = 60;

    async fn play(&self, [payer, buyer, rival]: &[Connection; 3]) -> [Value; 3] {
        let hold = insert_held_order(&self.orders[0], &self.customers[0], &self.event, Self::HOLD);
        payer.client().batch_execute(&hold).await.unwrap();
        let begun = Instant::now();
        tokio::join!(self.pay(0, payer, begun), self.buy(1, buyer, begun), self.buy(2, rival, begun)).into()
    }

    async fn pay(&self, who: usize, connection: &Connection, begun: Instant) -> Value {
        tokio::time::sleep_until((begun + Duration::from_millis(self.paid_after)).into()).await;
        connection.play(self.payment(who)).await
    }

    async fn buy(&self, who: usize, connection: &Connection, begun: Instant) -> Value {
        tokio::time::sleep_until((begun + Duration::from_millis(self.bought_after)).into()).await;
        let order = create_order(&self.orders[who], &self.event, 10);
        let placed = connection.play(member(&self.customers[who], order)).await;
        if placed["outcome"] != "placed" {
            return placed;
        }
        connection.play(self.payment(who)).await
    }

    fn payment(&self, who: usize) -> Call {
        service(fulfil(&self.orders[who], 10, &format!("pi_{}", self.orders[who])))
    }
}

/// All wait for the event's row while the hold runs out.
#[tokio::test]
async fn seats_whose_hold_runs_out_in_the_queue_go_to_one() {
    let stage = Stage::set().await;
    for round in 0..6 {
        let event = stage.event(10).await;
        let customers = stage.customers(3).await;
        let orders = ids(stage.database(), 3).await;
        stage.run(&insert_held_order(&orders[0], &customers[0], &event, 150)).await;
        let buy = |who: usize| member(&customers[who], create_order(&orders[who], &event, 10));
        let mut calls = vec![buy(1), buy(2)];
        calls.insert(round % 3, service(fulfil(&orders[0], 10, &format!("pi_{event}"))));
        let answers = stage.in_order(&lock_of("events", &event), Duration::from_millis(200), calls).await;
        let paid = count(&answers, "fulfilled");
        assert_eq!((paid + count(&answers, "placed"), count(&answers, "sold_out")), (1, 2), "{answers:?}");
        assert_eq!(stage.seats(&event).await, Seats { taken: 10, live_tickets: if paid == 1 { 10 } else { 0 } });
    }
}

// Paying ------------------------------------------------------------------------------------------

#[tokio::test]
async fn one_payment_told_twenty_times_at_once_makes_its_tickets_once() {
    let stage = Stage::set().await;
    let event = stage.event(100).await;
    let order = stage.order(&event, 3).await;
    let pay = || vec![service(fulfil(&order, 3, "pi_once"))];
    let answers = stage.together(&lock_of("orders", &order), (0..20).map(|_| pay()).collect()).await;
    let made = stage.made(&order).await;
    assert_eq!((count(&answers, "fulfilled"), firsts(&answers)), (20, 1));
    assert!(answers.iter().all(|answer| answer["tickets"] == answers[0]["tickets"]), "{answers:?}");
    assert_eq!(made, Made::all(3));
}

#[tokio::test]
async fn of_many_payments_for_one_order_one_counts() {
    let stage = Stage::set().await;
    for rivals in [2, 20] {
        let event = stage.event(100).await;
        let order = stage.order(&event, 3).await;
        let pay = |number: i32| vec![service(fulfil(&order, 3, &format!("pi_{order}_{number}")))];
        let answers = stage.together(&lock_of("orders", &order), (0..rivals).map(pay).collect()).await;
        let not_payable =
            answers.iter().filter(|answer| **answer == json!({ "outcome": "not_payable", "status": "paid" }));
        assert_eq!((count(&answers, "fulfilled"), not_payable.count()), (1, rivals as usize - 1), "{answers:?}");
        assert_eq!(stage.made(&order).await, Made::all(3));
        let kept = format!("select stripe_payment_intent_id from public.orders where id = '{order}'");
        let winner = answers.iter().find(|answer| answer["outcome"] == "fulfilled").unwrap();
        assert_eq!(winner["order"]["stripe_payment_intent_id"], stage.text(&kept).await);
    }
}

#[tokio::test]
async fn a_fulfilment_that_fails_at_any_table_leaves_nothing_behind() {
    let stage = Stage::set().await;
    let event = stage.event(100).await;
    let service = Connection::take().await;
    for moment in ["before", "after"] {
        for (table, verb, of_order) in
            [("orders", "update", "id"), ("attendees", "insert", "order_id"), ("tickets", "insert", "order_id")]
        {
            let order = stage.order(&event, 3).await;
            let pay = fulfil(&order, 3, &format!("pi_{order}"));
            let fault = format!(
                "create function eventos.fault_of_a_test() returns trigger language plpgsql as
                   'begin raise exception ''a fault'' using errcode = ''XX000''; end';
                 create trigger fault_of_a_test {moment} {verb} on public.{table} for each row
                   when (new.{of_order} = '{order}') execute function eventos.fault_of_a_test()"
            );
            stage.run(&fault).await;
            let failed = service.call(&Who::Service, &pay).await;
            let left = stage.made(&order).await;
            stage.run("drop function eventos.fault_of_a_test() cascade").await;
            assert_eq!((failed, left), (json!("XX000"), Made::nothing()), "{moment} {verb} on {table}");

            let answer = service.call(&Who::Service, &pay).await;
            assert_eq!((&answer["outcome"], &answer["is_replay"]), (&json!("fulfilled"), &json!(false)));
            assert_eq!(stage.made(&order).await, Made::all(3));
        }
    }
}

#[tokio::test]
async fn a_fulfilment_killed_at_any_instant_leaves_all_or_nothing() {
    const INSTANTS: u32 = 50;
    /// How many are let live first, to see how long one takes.
    const LIVE: u32 = 3;
    let stage = Stage::set().await;
    let event = stage.event(500).await;
    stage
        .run(&format!(
            "create function eventos.pause_of_a_test() returns trigger language plpgsql as
               'begin perform pg_sleep(0.003); return null; end';
             create trigger pause_of_a_test after update on public.orders for each row
               when (new.event_id = '{event}') execute function eventos.pause_of_a_test();
             create trigger pause_of_a_test after insert on public.attendees for each row
               when (new.event_id = '{event}') execute function eventos.pause_of_a_test();
             create trigger pause_of_a_test after insert on public.tickets for each row
               when (new.event_id = '{event}') execute function eventos.pause_of_a_test()"
        ))
        .await;
    let later = Connection::take().await;
    let mut run = Duration::MAX;
    let mut left = Vec::new();
    for attempt in 0..LIVE + INSTANTS {
        let order = stage.order(&event, 3).await;
        let pay = fulfil(&order, 3, &format!("pi_{order}"));
        let mut victim = Connection::open().await;
        let pid = victim.pid;
        // The first call of a connection would spend its time on plans.
        victim.call(&Who::Service, &fulfil(&event, 3, "pi_of_none")).await;
        let begun = Instant::now();
        let dying = tokio::spawn({
            let pay = pay.clone();
            async move {
                victim.call(&Who::Service, &pay).await;
                drop(victim.client.take());
            }
        });
        let Some(instant) = attempt.checked_sub(LIVE) else {
            dying.await.unwrap();
            run = run.min(begun.elapsed());
            continue;
        };
        // From its very beginning to a little after its end.
        tokio::time::sleep(run.mul_f64(1.2 * f64::from(instant) / f64::from(INSTANTS - 1))).await;
        stage.run(&format!("select pg_terminate_backend({pid})")).await;
        while stage.number(&format!("select count(*) from pg_stat_activity where pid = {pid}")).await > 0 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        dying.await.unwrap();
        let made = stage.made(&order).await;
        let answer = later.call(&Who::Service, &pay).await;
        assert_eq!(answer["is_replay"], made != Made::nothing(), "{answer}");
        assert_eq!(stage.made(&order).await, Made::all(3), "a later call makes what is missing");
        left.push(made);
    }
    stage.run("drop function eventos.pause_of_a_test() cascade").await;
    let whole = left.iter().filter(|made| **made == Made::all(3)).count();
    let nothing = left.iter().filter(|made| **made == Made::nothing()).count();
    println!("a run of {run:?}, killed at {INSTANTS} instants: {nothing} left nothing and {whole} all");
    assert_eq!(whole + nothing, INSTANTS as usize, "{left:?}");
    assert!(nothing >= 10, "{nothing} left nothing: the instants miss the run");
}

// At the door -------------------------------------------------------------------------------------

#[tokio::test]
async fn one_ticket_at_fifty_doors_at_once_lets_one_in() {
    let stage = Stage::set().await;
    let event = stage.event(100).await;
    let ticket = stage.ticket(&event).await;
    let scans = ids(stage.database(), 50).await;
    let scan = |(number, scan): (usize, &String)| vec![stage.scan(&event, &ticket, scan, number)];
    let answers = stage.together(&lock_of("tickets", &ticket.id), scans.iter().enumerate().map(scan).collect()).await;
    let logged = stage.number(&format!("select count(*) from eventos.scans where event_id = '{event}'")).await;
    let time = format!("select to_json(checked_in_at) #>> '{{}}' from public.tickets where id = '{}'", ticket.id);
    let time = stage.text(&time).await;

    assert_eq!((count(&answers, "admitted"), count(&answers, "already_used"), logged), (1, 49, 50));
    let number = answers.iter().position(|answer| answer["outcome"] == "admitted").unwrap();
    let at = &answers[number]["received_at"];
    assert_eq!(*at, time);
    let first = json!({ "at": at, "device": format!("phone-{number}"), "gate": format!("gate-{number}") });
    for late in answers.iter().filter(|answer| answer["outcome"] == "already_used") {
        assert_eq!(late["first_scan"], first);
    }
}

#[tokio::test]
async fn one_scan_sent_twenty_times_at_once_has_one_answer() {
    let stage = Stage::set().await;
    let event = stage.event(100).await;
    let ticket = stage.ticket(&event).await;
    let scan = ids(stage.database(), 1).await.remove(0);
    let send = |_| vec![stage.scan(&event, &ticket, &scan, 1)];
    let mut answers = stage.together(&lock_of("tickets", &ticket.id), (0..20).map(send).collect()).await;
    let logged = stage.number(&format!("select count(*) from eventos.scans where event_id = '{event}'")).await;
    assert_eq!((count(&answers, "admitted"), firsts(&answers), logged), (20, 1, 1));
    answers.iter_mut().for_each(|answer| answer["is_replay"] = Value::Null);
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
}

#[tokio::test]
async fn an_admission_taken_back_lets_one_in_again() {
    let stage = Stage::set().await;
    for undo_is_first in [true, false] {
        let event = stage.event(100).await;
        let ticket = stage.ticket(&event).await;
        let scans = ids(stage.database(), 10).await;
        let admitted = Connection::take().await.play(stage.scan(&event, &ticket, &scans[0], 0)).await;
        assert_eq!(admitted["outcome"], "admitted");
        let undo = stage.undo(&scans[0]);
        let mut calls: Vec<Call> = (1..10).map(|number| stage.scan(&event, &ticket, &scans[number], number)).collect();
        calls.insert(if undo_is_first { 0 } else { 9 }, undo);
        let answers = stage.in_order(&lock_of("tickets", &ticket.id), Duration::ZERO, calls).await;
        let readmitted = usize::from(undo_is_first);
        assert_eq!(count(&answers, "undone"), 1);
        assert_eq!((count(&answers, "admitted"), count(&answers, "already_used")), (readmitted, 9 - readmitted));
        let admitted = answers.iter().find(|answer| answer["outcome"] == "admitted").unwrap_or(&admitted);
        for late in answers.iter().filter(|answer| answer["outcome"] == "already_used") {
            assert_eq!(late["first_scan"]["at"], admitted["received_at"], "{late}");
        }
        assert_eq!(
            stage.door(&event, &ticket).await,
            (String::from(if undo_is_first { "used" } else { "active" }), readmitted as i64)
        );
    }
}

#[tokio::test]
async fn an_admission_is_taken_back_once_and_not_with_the_next_one() {
    let stage = Stage::set().await;
    let event = stage.event(100).await;
    let ticket = stage.ticket(&event).await;
    let scans = ids(stage.database(), 11).await;
    Connection::take().await.play(stage.scan(&event, &ticket, &scans[0], 0)).await;
    // Taken back ten times while ten others scan, in no order.
    let calls = (1..11).flat_map(|number| [stage.undo(&scans[0]), stage.scan(&event, &ticket, &scans[number], number)]);
    let answers = stage.together(&lock_of("tickets", &ticket.id), calls.map(|call| vec![call]).collect()).await;
    assert_eq!(count(&answers, "undone"), 10, "{answers:?}");
    let undone: Vec<Value> = answers.iter().filter(|answer| answer["outcome"] == "undone").cloned().collect();
    assert_eq!(firsts(&undone), 1);
    let admitted = count(&answers, "admitted");
    assert!(admitted <= 1 && admitted + count(&answers, "already_used") == 10, "{answers:?}");
    let status = String::from(if admitted == 1 { "used" } else { "active" });
    assert_eq!(stage.door(&event, &ticket).await, (status, admitted as i64));
}

/// Whoever comes first: the order ends refunded, and with no live ticket.
#[tokio::test]
async fn a_refund_leaves_no_ticket_that_a_scan_at_the_same_moment_could_use() {
    let stage = Stage::set().await;
    let event = stage.event(500).await;
    for (refund_is_first, scanned) in [(true, "refunded"), (false, "admitted")] {
        let ticket = stage.ticket(&event).await;
        let scans = ids(stage.database(), 2).await;
        let scan = |number: usize| stage.scan(&event, &ticket, &scans[number], number);
        let mut calls = vec![scan(0)];
        calls.insert(usize::from(!refund_is_first), service(refund(&ticket.order)));
        let answers = stage.in_order(&lock_of("tickets", &ticket.id), Duration::ZERO, calls).await;
        assert_eq!(
            (count(&answers, scanned), firsts(&answers)),
            (if refund_is_first { 2 } else { 1 }, 2),
            "{answers:?}"
        );
        assert_eq!(stage.order_and_live_tickets(&ticket).await, ("refunded".into(), 0));
        let late = Connection::take().await.play(scan(1)).await;
        assert_eq!(late["outcome"], "refunded");
    }
}

/// The customer takes the second ticket himself, and the payment is told again, which makes it as well.
#[tokio::test]
async fn a_refund_leaves_no_ticket_that_is_made_at_the_same_moment() {
    let stage = Stage::set().await;
    let event = stage.event(500).await;
    for round in 0..9 {
        let ticket = stage.ticket(&event).await;
        let again = fulfil(&ticket.order, 2, &format!("pi_{}", ticket.order));
        let mut calls = vec![take_ticket(&event, &ticket), service(again)];
        calls.insert(round % 3, service(refund(&ticket.order)));
        let mut answers = stage.in_order(&lock_of("orders", &ticket.order), Duration::ZERO, calls).await;
        let refunded = answers.remove(round % 3);
        let [taken, told] = answers.try_into().unwrap();
        assert_eq!((&refunded["outcome"], &refunded["is_replay"]), (&json!("refunded"), &json!(false)));
        // Both may have been first; whoever was not met a refunded order, or one that has its tickets.
        let taken = taken["outcome"].as_str().or(taken.as_str()).unwrap().to_owned();
        assert!(["made", "tickets_paid", "tickets_within_order"].contains(&&*taken), "{taken}");
        assert!(["fulfilled", "not_payable"].contains(&told["outcome"].as_str().unwrap()), "{told}");
        assert_eq!(stage.order_and_live_tickets(&ticket).await, ("refunded".into(), 0));
    }
}

/// The same without a lock to wait for: whatever the moment brings.
#[tokio::test]
async fn refunds_scans_and_fulfilments_in_any_order_end_without_a_live_ticket() {
    let stage = Stage::set().await;
    let event = stage.event(500).await;
    let mut admitted = 0;
    for round in 0..12 {
        let ticket = stage.ticket(&event).await;
        let scans = ids(stage.database(), 4).await;
        let refund = service(refund(&ticket.order));
        let mut calls: Vec<Call> = (0..4).map(|number| stage.scan(&event, &ticket, &scans[number], number)).collect();
        calls.push(take_ticket(&event, &ticket));
        calls.push(service(fulfil(&ticket.order, 2, &format!("pi_{}", ticket.order))));
        calls.insert(round % 7, refund);
        let answers = stage.together("", calls.into_iter().map(|call| vec![call]).collect()).await;
        admitted += count(&answers, "admitted");
        assert!(count(&answers, "admitted") <= 1, "{answers:?}");
        assert_eq!(stage.order_and_live_tickets(&ticket).await, ("refunded".into(), 0), "{answers:?}");
    }
    println!("{admitted} of 12 were let in before their refund");
}

// Calls -------------------------------------------------------------------------------------------

/// Who calls, as a request's token says.
#[derive(Clone, Debug)]
enum Who {
    Visitor,
    Member(String),
    Service,
}

/// A statement that gives an answer in JSON, and whose it is.
#[derive(Clone, Debug)]
struct Call {
    who: Who,
    statement: String,
}

fn service(statement: String) -> Call {
    Call { who: Who::Service, statement }
}

fn member(id: &str, statement: String) -> Call {
    Call { who: Who::Member(id.to_owned()), statement }
}

fn create_order(order: &str, event: &str, quantity: u32) -> String {
    format!("select public.create_order('{order}', '{event}', {quantity})")
}

/// As a client inserts it that does not call the function.
fn insert_order(order: &str, customer: &str, event: &str, quantity: u32) -> String {
    format!(
        "insert into public.orders (id, customer_id, event_id, quantity, unit_price_cents, total_cents)
         values ('{order}', '{customer}', '{event}', {quantity}, 5000, {})
         returning '{{\"outcome\": \"placed\"}}'",
        5000 * quantity
    )
}

/// For an administrator: an order for ten seats that are held for so many milliseconds from now.
fn insert_held_order(order: &str, customer: &str, event: &str, milliseconds: u64) -> String {
    format!(
        "insert into public.orders (id, customer_id, event_id, quantity, unit_price_cents, total_cents, created_at)
         values ('{order}', '{customer}', '{event}', 10, 5000, 50000,
                 clock_timestamp() - interval '15 minutes' + interval '{milliseconds} milliseconds')"
    )
}

fn fulfil(order: &str, quantity: u32, intent: &str) -> String {
    let guest =
        |number| json!({ "full_name": format!("Guest {number}"), "email": format!("guest-{number}@example.com") });
    let guests: Value = (1..=quantity).map(guest).collect();
    format!("select public.fulfil_order('{order}', '{guests}', '{intent}')")
}

fn refund(order: &str) -> String {
    format!("select public.refund_order('{order}')")
}

/// As a customer takes the second ticket of a paid order himself.
fn take_ticket(event: &str, ticket: &Ticket) -> Call {
    let statement = format!(
        "insert into public.tickets (event_id, order_id, attendee_id) values ('{event}', '{}', '{}')
         returning '{{\"outcome\": \"made\"}}'",
        ticket.order, ticket.spare_guest
    );
    Call { who: Who::Member(ticket.customer.clone()), statement }
}

/// What holds everybody up who wants this row, as long as its transaction lasts.
fn lock_of(table: &str, id: &str) -> String {
    format!("select from public.{table} where id = '{id}' for no key update")
}

/// How many answers have this outcome.
fn count(answers: &[Value], outcome: &str) -> usize {
    answers.iter().filter(|answer| answer["outcome"] == outcome).count()
}

/// How many answers are no replay of another.
fn firsts(answers: &[Value]) -> usize {
    answers.iter().filter(|answer| answer["is_replay"] == false).count()
}

/// A connection to the database, which serves one request after another as a REST server's does.
struct Connection {
    client: Option<Client>,
    pid: i32,
}

/// Opening one takes longer than most races, so they serve race after race.
static IDLE: Mutex<Vec<Connection>> = Mutex::new(Vec::new());

impl Connection {
    async fn take() -> Self {
        if let Some(idle) = IDLE.lock().unwrap_or_else(PoisonError::into_inner).pop() {
            return idle;
        }
        Self::open().await
    }

    async fn open() -> Self {
        let opening = driver().spawn(async { sql::connect(database_url()).await });
        let client = opening.await.unwrap().unwrap();
        let pid = client.query_one("select pg_backend_pid()", &[]).await.unwrap().get(0);
        Self { client: Some(client), pid }
    }

    fn client(&self) -> &Client {
        self.client.as_ref().unwrap()
    }

    async fn play(&self, call: Call) -> Value {
        self.call(&call.who, &call.statement).await
    }

    /// The answer; or, as a text, which constraint was broken, or else the code of the error.
    async fn call(&self, who: &Who, statement: &str) -> Value {
        let (role, claims) = match who {
            Who::Visitor => ("anon", json!({ "role": "anon" })),
            Who::Member(id) => ("authenticated", json!({ "role": "authenticated", "sub": id })),
            Who::Service => ("service_role", json!({ "role": "service_role" })),
        };
        let request = format!(
            "begin isolation level read committed;
             select set_config('role', '{role}', true), set_config('request.jwt.claims', '{claims}', true);
             {statement};
             commit"
        );
        match self.client().simple_query(&request).await {
            Ok(messages) => {
                let rows = messages.iter().filter_map(|message| match message {
                    SimpleQueryMessage::Row(row) => row.get(0),
                    _ => None,
                });
                let answer = rows.last().unwrap_or_default();
                serde_json::from_str(answer).unwrap_or_else(|error| panic!("{answer}: {error}"))
            }
            Err(error) => {
                let _ = self.client().batch_execute("rollback").await;
                let code = error.as_db_error().map(|error| error.constraint().unwrap_or(error.code().code()));
                json!(code.unwrap_or("no answer"))
            }
        }
    }
}

impl Drop for Connection {
    /// For the next race, unless it was killed, or a test failed in the middle of something.
    fn drop(&mut self) {
        let pid = self.pid;
        let client = self.client.take().filter(|client| !client.is_closed() && !thread::panicking());
        if let Some(client) = client {
            IDLE.lock().unwrap_or_else(PoisonError::into_inner).push(Self { client: Some(client), pid });
        }
    }
}

/// What drives the connections, longer than any test's own runtime.
fn driver() -> &'static Handle {
    static DRIVER: OnceLock<Handle> = OnceLock::new();
    DRIVER.get_or_init(|| {
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        let handle = runtime.handle().clone();
        thread::spawn(move || runtime.block_on(std::future::pending::<()>()));
        handle
    })
}

// Rows --------------------------------------------------------------------------------------------

/// An organizer whose events are raced for, and a turn: one race at a time has the server.
struct Stage {
    connection: Connection,
    organizer: String,
    door: String,
    _turn: Turn,
}

impl Drop for Stage {
    /// Removes the rows again, after a failure too. The log only grows, for everyone but its owner.
    fn drop(&mut self) {
        let events = format!("(select id from public.events where organizer_id = '{}')", self.organizer);
        let removal = format!(
            "begin;
             set local statement_timeout = '20s';
             drop function if exists eventos.fault_of_a_test, eventos.pause_of_a_test cascade;
             alter table eventos.scans disable trigger refuse_change;
             alter table eventos.undone_scans disable trigger refuse_change;
             delete from eventos.undone_scans
              where scan_id in (select scan_id from eventos.scans where event_id in {events});
             delete from eventos.scans where event_id in {events};
             alter table eventos.scans enable trigger refuse_change;
             alter table eventos.undone_scans enable trigger refuse_change;
             delete from public.tickets where event_id in {events};
             delete from public.attendees where event_id in {events};
             delete from public.orders where event_id in {events};
             delete from eventos.door_tokens where event_id in {events};
             delete from public.events where organizer_id = '{0}';
             delete from auth.users where id = '{0}' or email like '%@{0}.example.com';
             commit",
            self.organizer
        );
        let removing = thread::spawn(move || {
            driver().block_on(async {
                let connection = Connection::take().await;
                let removed = connection.client().batch_execute(&removal).await;
                if removed.is_err() {
                    let _ = connection.client().batch_execute("rollback").await;
                }
                removed
            })
        });
        if let Err(error) = removing.join().unwrap() {
            eprintln!("rows were left behind: {error:?}");
        }
    }
}

/// As long as it lasts, the other tests of this program wait.
struct Turn(#[expect(dead_code, reason = "its end is what matters")] MutexGuard<'static, ()>);

impl Turn {
    fn wait() -> Self {
        static TURN: Mutex<()> = Mutex::new(());
        Self(TURN.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// A ticket, what it hangs on, and one more guest of its order who has none yet.
struct Ticket {
    id: String,
    code: String,
    order: String,
    customer: String,
    spare_guest: String,
}

/// What there is of an order.
#[derive(Debug, PartialEq)]
struct Made {
    status: String,
    is_paid: bool,
    attendees: i64,
    tickets: i64,
}

impl Made {
    fn nothing() -> Self {
        Self { status: "pending".into(), is_paid: false, attendees: 0, tickets: 0 }
    }

    fn all(quantity: i64) -> Self {
        Self { status: "paid".into(), is_paid: true, attendees: quantity, tickets: quantity }
    }
}

/// The seats of an event that are paid for or held, and the tickets that let somebody in.
#[derive(Debug, PartialEq)]
struct Seats {
    taken: i64,
    live_tickets: i64,
}

impl Stage {
    async fn set() -> Self {
        let turn = Turn::wait();
        let connection = Connection::take().await;
        let [organizer, door] = ids(connection.client(), 2).await.try_into().unwrap();
        let stage = Self { connection, organizer, door, _turn: turn };
        stage
            .run(&format!("insert into auth.users (id, email) values ('{0}', '{0}@example.com')", stage.organizer))
            .await;
        stage
    }

    /// As the owner of the tables, whom row level security does not hold.
    fn database(&self) -> &Client {
        self.connection.client()
    }

    async fn run(&self, script: &str) {
        self.database().batch_execute(script).await.unwrap_or_else(|error| panic!("{script}: {error:?}"));
    }

    async fn number(&self, query: &str) -> i64 {
        self.database().query_one(query, &[]).await.unwrap_or_else(|error| panic!("{query}: {error:?}")).get(0)
    }

    async fn text(&self, query: &str) -> String {
        self.database().query_one(query, &[]).await.unwrap_or_else(|error| panic!("{query}: {error:?}")).get(0)
    }

    /// An event on sale.
    async fn event(&self, capacity: u32) -> String {
        let id = ids(self.database(), 1).await.remove(0);
        let door = format!("door_{}_{id}", self.door);
        self.run(&format!(
            "insert into public.events
               (id, organizer_id, name, type, start_at, end_at, capacity, price_cents, status, visibility)
             values ('{id}', '{}', 'Race', 'seminar', now() + '1 day', now() + '2 days', {capacity}, 5000,
                     'published', 'public');
             insert into eventos.door_tokens (event_id, token_hash, label, expires_at)
             values ('{id}', sha256(convert_to('{door}', 'UTF8')), 'Race', now() + '1 day')",
            self.organizer
        ))
        .await;
        id
    }

    async fn customers(&self, number: i32) -> Vec<String> {
        let customers = ids(self.database(), number).await;
        let rows = format!(
            "insert into auth.users (id, email)
             select id::uuid, id || '@{}.example.com' from unnest('{{{}}}'::text[]) as id",
            self.organizer,
            customers.join(",")
        );
        self.run(&rows).await;
        customers
    }

    /// A pending order of a customer of its own.
    async fn order(&self, event: &str, quantity: u32) -> String {
        let customer = self.customers(1).await.remove(0);
        let order = ids(self.database(), 1).await.remove(0);
        self.run(&insert_order(&order, &customer, event, quantity)).await;
        order
    }

    /// The first of the two tickets of a paid order.
    async fn ticket(&self, event: &str) -> Ticket {
        let customer = self.customers(1).await.remove(0);
        let [id, order, guest, spare_guest] = ids(self.database(), 4).await.try_into().unwrap();
        self.run(&format!(
            "insert into public.orders (id, customer_id, event_id, quantity, unit_price_cents, total_cents,
                                        payment_status, stripe_payment_intent_id)
             values ('{order}', '{customer}', '{event}', 2, 5000, 10000, 'paid', 'pi_{order}');
             insert into public.attendees (id, order_id, event_id, full_name, email)
             values ('{guest}', '{order}', '{event}', 'Guest 1', 'guest-1@example.com'),
                    ('{spare_guest}', '{order}', '{event}', 'Guest 2', 'guest-2@example.com');
             insert into public.tickets (id, event_id, order_id, attendee_id)
             values ('{id}', '{event}', '{order}', '{guest}')"
        ))
        .await;
        let code = self.text(&format!("select qr_code from public.tickets where id = '{id}'")).await;
        Ticket { id, code, order, customer, spare_guest }
    }

    /// A scan by a phone of staff.
    fn scan(&self, event: &str, ticket: &Ticket, scan: &str, number: usize) -> Call {
        let statement = format!(
            "select public.check_in('{event}', '{}', '{scan}', device => 'phone-{number}', gate => 'gate-{number}',
                                    door_token => 'door_{}_{event}')",
            ticket.code, self.door
        );
        Call { who: Who::Visitor, statement }
    }

    /// The organizer takes a scan back.
    fn undo(&self, scan: &str) -> Call {
        let statement = format!("select public.undo_check_in('{scan}', 'a race')");
        Call { who: Who::Member(self.organizer.clone()), statement }
    }

    async fn made(&self, order: &str) -> Made {
        let query = "select payment_status, paid_at is not null and stripe_payment_intent_id is not null,
                            (select count(*) from public.attendees where order_id = orders.id),
                            (select count(*) from public.tickets where order_id = orders.id and status = 'active')
                       from public.orders where id = $1::text::uuid";
        let row = self.database().query_one(query, &[&order]).await.unwrap();
        Made { status: row.get(0), is_paid: row.get(1), attendees: row.get(2), tickets: row.get(3) }
    }

    async fn seats(&self, event: &str) -> Seats {
        let query = "select (select coalesce(sum(quantity), 0) from public.orders
                              where event_id = events.id
                                and (payment_status = 'paid' or payment_status = 'pending'
                                     and created_at > clock_timestamp() - interval '15 minutes')),
                            (select count(*) from public.tickets
                              where event_id = events.id and status in ('active', 'used'))
                       from public.events where id = $1::text::uuid";
        let row = self.database().query_one(query, &[&event]).await.unwrap();
        Seats { taken: row.get(0), live_tickets: row.get(1) }
    }

    /// A ticket's status, and how many admissions with it were not taken back.
    async fn door(&self, event: &str, ticket: &Ticket) -> (String, i64) {
        let status = self.text(&format!("select status from public.tickets where id = '{}'", ticket.id)).await;
        let admitted = self
            .number(&format!(
                "select count(*) from eventos.scans
                  where event_id = '{event}' and outcome = 'admitted'
                    and not exists (select from eventos.undone_scans as undone where undone.scan_id = scans.scan_id)"
            ))
            .await;
        (status, admitted)
    }

    async fn order_and_live_tickets(&self, ticket: &Ticket) -> (String, i64) {
        let order = &ticket.order;
        let status = self.text(&format!("select payment_status from public.orders where id = '{order}'")).await;
        let live = "select count(*) from public.tickets where status in ('active', 'used') and order_id";
        (status, self.number(&format!("{live} = '{order}'")).await)
    }

    /// Plays each lane's calls one after another on a connection of its own, and all lanes at once: the first calls
    /// of all wait for what `lock` locks. The answers come in the order of the calls.
    async fn together(&self, lock: &str, lanes: Vec<Vec<Call>>) -> Vec<Value> {
        let queue = Queue::before(self, lock).await;
        let connections = connections(lanes.len()).await;
        let pids: Vec<i32> = connections.iter().map(|connection| connection.pid).collect();
        let playing: Vec<JoinHandle<Vec<Value>>> = connections
            .into_iter()
            .zip(lanes)
            .map(|(connection, calls)| {
                tokio::spawn(async move {
                    let mut answers = Vec::new();
                    for call in calls {
                        answers.push(connection.play(call).await);
                    }
                    answers
                })
            })
            .collect();
        queue.holds(&pids).await;
        queue.open().await;
        answers_of(playing).await.into_iter().flatten().collect()
    }

    /// Plays the calls on a connection each, which wait for what `lock` locks in their order, and for so long at
    /// least.
    async fn in_order(&self, lock: &str, at_least: Duration, calls: Vec<Call>) -> Vec<Value> {
        let queue = Queue::before(self, lock).await;
        let connections = connections(calls.len()).await;
        let begun = Instant::now();
        let mut playing = Vec::new();
        for (connection, call) in connections.into_iter().zip(calls) {
            let pid = connection.pid;
            playing.push(tokio::spawn(async move { connection.play(call).await }));
            queue.holds(&[pid]).await;
        }
        tokio::time::sleep_until((begun + at_least).into()).await;
        queue.open().await;
        answers_of(playing).await
    }
}

async fn answers_of<T>(playing: Vec<JoinHandle<T>>) -> Vec<T> {
    let mut answers = Vec::new();
    for lane in playing {
        answers.push(tokio::time::timeout(LONGEST_RACE, lane).await.expect("somebody waits for ever").unwrap());
    }
    answers
}

const LONGEST_RACE: Duration = Duration::from_secs(30);

/// A lock that is held until it opens.
struct Queue<'a> {
    stage: &'a Stage,
    holder: Connection,
    is_open: bool,
}

impl<'a> Queue<'a> {
    async fn before(stage: &'a Stage, lock: &str) -> Self {
        let holder = Connection::take().await;
        holder.client().batch_execute(&format!("begin; {lock}")).await.unwrap();
        Self { stage, holder, is_open: lock.is_empty() }
    }

    /// Until each of these waits for a lock; or for a while, as some need not wait.
    async fn holds(&self, pids: &[i32]) {
        let waiting = "select count(*) from pg_stat_activity where pid = any ($1) and wait_event_type = 'Lock'";
        let longest = if self.is_open { Duration::ZERO } else { Duration::from_secs(1) };
        let begun = Instant::now();
        while begun.elapsed() < longest {
            let count: i64 = self.stage.database().query_one(waiting, &[&pids]).await.unwrap().get(0);
            if count == pids.len() as i64 {
                return;
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }

    async fn open(self) {
        self.holder.client().batch_execute("commit").await.unwrap();
    }
}

async fn connections(number: usize) -> Vec<Connection> {
    let mut connections = Vec::new();
    for _ in 0..number {
        connections.push(Connection::take().await);
    }
    connections
}

async fn ids(database: &Client, number: i32) -> Vec<String> {
    let query = "select gen_random_uuid()::text from generate_series(1, $1)";
    database.query(query, &[&number]).await.unwrap().iter().map(|row| row.get(0)).collect()
}

fn database_url() -> &'static str {
    seeded::server().unwrap().db_url.as_deref().expect("this test races in the database: set EVENTOS_DB_URL")
}
