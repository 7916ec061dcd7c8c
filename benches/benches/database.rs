//! What the database does for a shop: check-ins by one call beside looking the ticket up and patching it, orders with and
//! without the guards that keep seats from being sold twice, and the statistics of a large event.
//!
//! Rounds of both sides take turns, so that they meet the same machine; criterion then reads the record.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, reason = "a benchmark")]

use std::time::{Duration, Instant};

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use eventos_backend::{Backend, Options, Rest};
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue};
use serde_json::{Value, json};
use tokio::runtime::Runtime;
use tokio_postgres::{Client, NoTls};
use uuid::Uuid;

const ORGANIZER: Uuid = Uuid::from_u128(0x0111_1111_1111_4111_8111_1111_1111_1111);
const EVENT: Uuid = Uuid::from_u128(0x0e11_1111_1111_4111_8111_1111_1111_1111);

fn backend() -> Backend {
    let rest = match eventos_backend::install_postgrest(|_| ()) {
        Ok(Some(binary)) => Rest::Postgrest(binary),
        _ => Rest::Lite,
    };
    Backend::start(Options::throwaway().seeds([]).rest(rest)).unwrap()
}

async fn connect(backend: &Backend) -> Client {
    let (client, connection) =
        tokio_postgres::connect(backend.endpoint().db_url.as_deref().unwrap(), NoTls).await.unwrap();
    tokio::spawn(connection);
    client
}

/// An organizer, customers, and an event on sale.
async fn stage(database: &Client) {
    let script = format!(
        "insert into auth.users (id, email) values ('{ORGANIZER}', 'organizer@example.com');
         insert into auth.users (id, email)
         select ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, n || '@example.com'
           from generate_series(1, 500) as n;
         insert into public.events (id, organizer_id, name, type, start_at, end_at, capacity, price_cents, status)
         values ('{EVENT}', '{ORGANIZER}', 'Large', 'conference', now() + '1 day', now() + '2 days', 10000, 5000, 'published')"
    );
    database.batch_execute(&script).await.unwrap();
}

/// So many tickets of the event, as if they had been sold: triggers would number them one by one.
async fn sell(database: &Client, tickets: usize) {
    let script = format!(
        "{}
         insert into public.orders (id, customer_id, event_id, order_number, quantity, unit_price_cents, total_cents, payment_status)
         select md5('order ' || n)::uuid, ('00000000-0000-4000-8000-' || lpad((1 + n % 500)::text, 12, '0'))::uuid, '{EVENT}',
                'ORD-20251013-' || upper(lpad(to_hex(n), 8, '0')), 1, 5000, 5000, 'paid' from generate_series(1, {tickets}) as n;
         insert into public.attendees (id, order_id, event_id, full_name, email)
         select md5('attendee ' || n)::uuid, md5('order ' || n)::uuid, '{EVENT}', 'Guest ' || n, n || '@example.com'
           from generate_series(1, {tickets}) as n;
         insert into public.tickets (id, event_id, order_id, attendee_id, ticket_number, qr_code)
         select md5('ticket ' || n)::uuid, '{EVENT}', md5('order ' || n)::uuid, md5('attendee ' || n)::uuid,
                'TKT-' || upper(lpad(to_hex(n), 8, '0')) || '-251013',
                encode(sha256(convert_to(n::text, 'UTF8')), 'base64')
           from generate_series(1, {tickets}) as n;
         {}",
        triggers("disable"),
        triggers("enable")
    );
    database.batch_execute(&script).await.unwrap();
    vacuum(database).await;
}

/// As autovacuum does in time. Rows that some transaction under way may not see are left for the next run.
async fn vacuum(database: &Client) {
    let is_left = "select relallvisible < relpages from pg_class where oid = 'public.tickets'::regclass";
    let mut tries = 0..100;
    loop {
        database.batch_execute("vacuum analyze public.tickets").await.unwrap();
        if !database.query_one(is_left, &[]).await.unwrap().get::<_, bool>(0) {
            return;
        }
        tries.next().expect("a transaction has been under way for 10 s");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// Switches our triggers off, and on again; foreign keys stay checked.
fn triggers(able: &str) -> String {
    ["orders", "attendees", "tickets"].map(|table| format!("alter table public.{table} {able} trigger user;")).concat()
}

const CLIENTS: usize = 16;
const EACH: usize = 4;

fn check_in(criterion: &mut Criterion) {
    let (runtime, backend) = (Runtime::new().unwrap(), backend());
    let endpoint = backend.endpoint();
    let token = endpoint.user_token(&ORGANIZER.to_string(), "organizer@example.com").unwrap();
    let mut headers = HeaderMap::new();
    headers.insert("apikey", HeaderValue::from_str(&endpoint.anon_key).unwrap());
    headers.insert(AUTHORIZATION, HeaderValue::from_str(&format!("Bearer {token}")).unwrap());
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    let http = reqwest::Client::builder().default_headers(headers).build().unwrap();
    let rest = format!("{}/rest/v1", endpoint.url);

    let rounds = runtime.block_on(async {
        let database = connect(&backend).await;
        stage(&database).await;
        sell(&database, CLIENTS * EACH * 2).await;
        let codes: Vec<String> = database
            .query("select qr_code from public.tickets order by id", &[])
            .await
            .unwrap()
            .iter()
            .map(|row| row.get(0))
            .collect();
        let (ours, theirs) = codes.split_at(CLIENTS * EACH);
        let mut rounds = Vec::new();
        for _ in 0..40 {
            let reset = "update public.tickets set status = 'active', checked_in_at = null where status = 'used'";
            database.batch_execute(reset).await.unwrap();
            let start = Instant::now();
            at_once(ours, |code| by_call(http.clone(), rest.clone(), code)).await;
            let between = Instant::now();
            at_once(theirs, |code| by_look_up_and_patch(http.clone(), rest.clone(), code)).await;
            rounds.push((between - start, between.elapsed()));
        }
        rounds
    });
    report(criterion, "check_in", &format!("{CLIENTS} clients"), "look_up_and_patch", CLIENTS * EACH, &rounds);
}

async fn by_call(http: reqwest::Client, rest: String, code: String) {
    let body = json!({ "event_id": EVENT, "code": code, "scan_id": Uuid::new_v4() });
    let answer = http.post(format!("{rest}/rpc/check_in")).body(body.to_string()).send().await.unwrap();
    let answer: Value = serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap();
    assert_eq!(answer.get("outcome").and_then(Value::as_str), Some("admitted"), "{answer}");
}

/// The specification's check-in, with the look-up that tells who comes and why somebody does not.
async fn by_look_up_and_patch(http: reqwest::Client, rest: String, code: String) {
    let code = code.replace('+', "%2B");
    let select = "id,ticket_number,status,attendees(full_name,email),events(name,status),orders(payment_status)";
    let found = http.get(format!("{rest}/tickets?select={select}&qr_code=eq.{code}")).send().await.unwrap();
    let found: Value = serde_json::from_slice(&found.bytes().await.unwrap()).unwrap();
    assert_eq!(found.as_array().map(Vec::len), Some(1), "{found}");
    let patch = format!("{rest}/tickets?qr_code=eq.{code}&event_id=eq.{EVENT}&status=eq.active&select=id");
    let body = json!({ "status": "used", "checked_in_at": "2025-06-15T12:45:00Z" });
    let answer =
        http.patch(patch).header("prefer", "return=representation").body(body.to_string()).send().await.unwrap();
    let answer: Value = serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap();
    assert_eq!(answer.as_array().map(Vec::len), Some(1), "{answer}");
}

/// Every code once, by so many clients at the same time.
async fn at_once<F: Future<Output = ()> + Send + 'static>(codes: &[String], call: impl Fn(String) -> F) {
    let clients = codes.chunks(EACH).map(|own| {
        let calls: Vec<F> = own.iter().map(|code| call(code.clone())).collect();
        tokio::spawn(async move {
            for call in calls {
                call.await;
            }
        })
    });
    for client in clients.collect::<Vec<_>>() {
        client.await.unwrap();
    }
}

fn orders(criterion: &mut Criterion) {
    let (runtime, backend) = (Runtime::new().unwrap(), backend());
    for clients in [1, 8, 32] {
        let rounds = runtime.block_on(async {
            let database = connect(&backend).await;
            if clients == 1 {
                stage(&database).await;
            }
            let mut connections = Vec::new();
            for _ in 0..clients {
                connections.push(std::sync::Arc::new(connect(&backend).await));
            }
            let mut rounds = Vec::new();
            for _ in 0..30 {
                let mut took = [Duration::ZERO; 2];
                for (took, guards) in took.iter_mut().zip(["enable", "disable"]) {
                    let script =
                        format!("delete from public.orders; alter table public.orders {guards} trigger hold_seats");
                    database.batch_execute(&script).await.unwrap();
                    let start = Instant::now();
                    let buyers: Vec<_> = connections.iter().cloned().map(|buyer| tokio::spawn(buy(buyer))).collect();
                    for buyer in buyers {
                        buyer.await.unwrap();
                    }
                    *took = start.elapsed();
                }
                rounds.push((took[0], took[1]));
            }
            database.batch_execute("alter table public.orders enable trigger hold_seats").await.unwrap();
            rounds
        });
        report(criterion, "orders", &format!("{clients:>2} clients"), "unguarded", clients * BOUGHT, &rounds);
    }
}

const BOUGHT: usize = 8;

/// Orders one after the other, each as another customer and in a transaction of its own, as PostgREST does it.
async fn buy(connection: std::sync::Arc<Client>) {
    for _ in 0..BOUGHT {
        let order = Uuid::new_v4();
        let customer = format!("00000000-0000-4000-8000-{:012}", 1 + order.as_u128() % 500);
        let script = format!(
            "begin;
             set local role authenticated;
             select set_config('request.jwt.claims', '{{\"sub\": \"{customer}\", \"role\": \"authenticated\"}}', true);
             insert into public.orders (id, customer_id, event_id, quantity, unit_price_cents, total_cents)
             values ('{order}', '{customer}', '{EVENT}', 1, 5000, 5000);
             commit"
        );
        connection.batch_execute(&script).await.unwrap();
    }
}

fn event_stats(criterion: &mut Criterion) {
    let (runtime, backend) = (Runtime::new().unwrap(), backend());
    let database = runtime.block_on(connect(&backend));
    runtime.block_on(async {
        stage(&database).await;
        sell(&database, 10_000).await;
    });
    for others in [0, 1_000_000] {
        runtime.block_on(others_tickets(&database, others));
        let query = format!("select * from public.event_stats where event_id = '{EVENT}'");
        runtime.block_on(database.batch_execute("set role anon")).unwrap();
        runtime.block_on(uses_an_index(&database, &query));
        let statement = runtime.block_on(database.prepare(&query)).unwrap();
        let row = if others == 0 { "alone" } else { "among 1,000,000 of others" };
        let mut group = criterion.benchmark_group("event_stats");
        group.bench_function(BenchmarkId::new("eventos", row), |bench| {
            bench.iter(|| {
                let stats = runtime.block_on(database.query_one(&statement, &[])).unwrap();
                assert_eq!(stats.get::<_, i64>("tickets_sold"), 10_000);
            });
        });
        group.finish();
        runtime.block_on(database.batch_execute("reset role")).unwrap();
    }
}

async fn uses_an_index(database: &Client, query: &str) {
    let plan = database.query(&format!("explain {query}"), &[]).await.unwrap();
    let plan: Vec<String> = plan.iter().map(|row| row.get(0)).collect();
    let leads = plan.iter().any(|line| line.contains("Index") && line.contains("tickets"));
    assert!(leads && !plan.iter().any(|line| line.contains("Seq Scan on tickets")), "{plan:#?}");
}

/// Tickets of a hundred other events.
async fn others_tickets(database: &Client, tickets: usize) {
    if tickets == 0 {
        return;
    }
    let script = format!(
        "{}
         insert into public.events (id, organizer_id, name, slug, type, start_at, end_at, capacity, price_cents, status)
         select md5('event ' || n)::uuid, '{ORGANIZER}', 'Other ' || n, 'other-' || n, 'conference', now(), now() + '1 day',
                10000, 5000, 'published' from generate_series(0, 99) as n;
         insert into public.tickets (id, event_id, order_id, ticket_number, qr_code)
         select gen_random_uuid(), md5('event ' || n % 100)::uuid, md5('order 1')::uuid, 'other ' || n, 'other ' || n
           from generate_series(1, {tickets}) as n;
         {}",
        triggers("disable"),
        triggers("enable")
    );
    for statement in script.split(';') {
        database.batch_execute(statement).await.unwrap();
    }
    vacuum(database).await;
}

/// Hands the record of both sides' rounds to criterion.
fn report(
    criterion: &mut Criterion,
    group: &str,
    row: &str,
    peer: &str,
    operations: usize,
    rounds: &[(Duration, Duration)],
) {
    let mut group = criterion.benchmark_group(group);
    group.throughput(Throughput::Elements(operations as u64));
    for (name, took) in [
        ("eventos", rounds.iter().map(|round| round.0).collect::<Vec<_>>()),
        (peer, rounds.iter().map(|round| round.1).collect()),
    ] {
        let mut record = took.iter().cycle();
        group.bench_function(BenchmarkId::new(name, row), |bench| {
            bench.iter_custom(|wanted| (0..wanted).filter_map(|_| record.next()).sum());
        });
    }
    group.finish();
}

criterion_group!(benches, check_in, orders, event_stats);
criterion_main!(benches);
