//! Who may see and change what: role × table × verb, over HTTP with real tokens.
//!
//! The two matrices below are the whole story. Every attempt is made on rows of its own, and one
//! that must not succeed must also leave the database as it was.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]

use std::collections::BTreeMap;
use std::fmt::Write as _;

use eventos_backend::{Backend, Endpoint, Options};
use eventos_tests::sql;
use reqwest::{Method, StatusCode};
use serde_json::Value;
use tokio_postgres::Client;

/// The order of the columns of both matrices.
const ACTORS: [&str; 6] = ["visitor", "customer", "other_customer", "organizer", "other_organizer", "service"];

/// A row by table and label, and who sees it: `+` sees it, `-` finds nothing, `!` is refused.
#[rustfmt::skip]
const READS: &[(&str, &str, &str)] = &[
    //                              visitor
    //                              | customer
    //                              | | other customer
    //                              | | | organizer
    //                              | | | | other organizer
    //                              | | | | | service
    ("profiles",    "organizer",   "+ + + + + +"),
    ("venues",      "used",        "+ + + + + +"),
    ("events",      "published",   "+ + + + + +"),
    ("events",      "draft",       "- - - + - +"),
    ("events",      "private",     "- - - + - +"),
    ("events",      "completed",   "- + - + - +"), // the customer holds an order for it
    ("event_stats", "published",   "+ + + + + +"),
    ("event_stats", "draft",       "- - - + - +"),
    ("event_stats", "private",     "- - - + - +"),
    ("event_stats", "completed",   "- + - + - +"),
    ("orders",      "paid",        "! + - + - +"),
    ("orders",      "pending",     "! + - + - +"),
    ("orders",      "elsewhere",   "! - + - + +"), // the other customer's, at the other organizer's
    ("attendees",   "guest",       "! + - + - +"),
    ("tickets",     "ticket",      "! + - + - +"),
];

/// An attempt, and what comes of it: `+` changes the row, `-` finds none to change, `!` is refused,
/// `x` breaks a rule that holds for everyone.
///
/// `$label` stands for the id of that row, `$self` for the caller's own, `$new` for a fresh one.
/// Visitors and the service role have no account: their `$self` is the organizer's.
#[rustfmt::skip]
const WRITES: &[(&str, &str, &str, &str, &str)] = &[
    //                                                                   visitor
    //                                                                   | customer
    //                                                                   | | other customer
    //                                                                   | | | organizer
    //                                                                   | | | | other organizer
    //                                                                   | | | | | service
    ("change one's own profile",                                        "! + + + + +",
     "PATCH", "profiles?id=eq.$self", r#"{"company": "New"}"#),
    ("change the organizer's profile",                                  "! - - + - +",
     "PATCH", "profiles?id=eq.$organizer", r#"{"company": "New"}"#),
    ("take another's e-mail",                                           "! ! ! ! ! +",
     "PATCH", "profiles?id=eq.$self", r#"{"email": "victim@example.com"}"#),
    ("re-date a profile",                                               "! ! ! ! ! +",
     "PATCH", "profiles?id=eq.$self", r#"{"created_at": "2001-01-01T00:00:00Z"}"#),
    ("create the profile of an account that has one",                   "! ! ! x ! x",
     "POST", "profiles", r#"{"id": "$organizer", "email": "$organizer@example.com"}"#),
    ("delete the profile of someone who holds an order",                "! ! ! ! ! x",
     "DELETE", "profiles?id=eq.$customer", ""),

    ("add a venue",                                                     "! ! ! + + +",
     "POST", "venues", r#"{"id": "$new", "name": "Hall", "address": "1 King St W", "capacity": 100}"#),
    ("add a venue as the organizer's",                                  "! ! ! + ! +",
     "POST", "venues", r#"{"id": "$new", "name": "Hall", "address": "1 King St W", "capacity": 100, "created_by": "$organizer"}"#),
    ("add a venue for 9 people",                                        "! ! ! x x x",
     "POST", "venues", r#"{"id": "$new", "name": "Hall", "address": "1 King St W", "capacity": 9}"#),
    ("change a venue that the organizer entered",                       "! - - + - +", // both hold events there
     "PATCH", "venues?id=eq.$used", r#"{"name": "New"}"#),
    ("change a venue that nobody entered",                              "! - - - - +", // the organizer's event is there
     "PATCH", "venues?id=eq.$old", r#"{"name": "New"}"#),
    ("take over a venue",                                               "! ! ! ! ! +",
     "PATCH", "venues?id=eq.$old", r#"{"created_by": "$self"}"#),
    ("delete a venue that the organizer entered",                       "! - - + - +",
     "DELETE", "venues?id=eq.$unused", ""),
    ("delete a venue in use",                                           "! - - x - x",
     "DELETE", "venues?id=eq.$used", ""),

    ("create an event of one's own",                                    "! + + + + +",
     "POST", "events", r#"{"id": "$new", "organizer_id": "$self", "name": "New", "type": "seminar", "start_at": "2030-01-01T09:00:00Z", "end_at": "2030-01-01T17:00:00Z", "capacity": 10, "price_cents": 0}"#),
    ("create an event of the organizer's",                              "! ! ! + ! +",
     "POST", "events", r#"{"id": "$new", "organizer_id": "$organizer", "name": "New", "type": "seminar", "start_at": "2030-01-01T09:00:00Z", "end_at": "2030-01-01T17:00:00Z", "capacity": 10, "price_cents": 0}"#),
    ("create an event with a slug that is none",                        "! x x x x x",
     "POST", "events", r#"{"id": "$new", "organizer_id": "$self", "name": "New", "slug": "Not A Slug", "type": "seminar", "start_at": "2030-01-01T09:00:00Z", "end_at": "2030-01-01T17:00:00Z", "capacity": 10, "price_cents": 0}"#),
    ("create an event that was created long ago",                       "! ! ! ! ! +",
     "POST", "events", r#"{"id": "$new", "organizer_id": "$self", "name": "New", "type": "seminar", "start_at": "2030-01-01T09:00:00Z", "end_at": "2030-01-01T17:00:00Z", "capacity": 10, "price_cents": 0, "created_at": "2001-01-01T00:00:00Z"}"#),
    ("change an event's price",                                         "! - - + - +",
     "PATCH", "events?id=eq.$published", r#"{"price_cents": 1}"#),
    ("publish a draft",                                                 "! - - + - +",
     "PATCH", "events?id=eq.$draft", r#"{"status": "published"}"#),
    ("end an event before it starts",                                   "! - - x - x",
     "PATCH", "events?id=eq.$published", r#"{"end_at": "2001-01-01T00:00:00Z"}"#),
    ("give an event away",                                              "! - - ! - +",
     "PATCH", "events?id=eq.$published", r#"{"organizer_id": "$other_organizer"}"#),
    ("give an event a slug that is none",                               "! - - x - x",
     "PATCH", "events?id=eq.$published", r#"{"slug": "Not A Slug"}"#),
    ("re-date an event",                                                "! ! ! ! ! +",
     "PATCH", "events?id=eq.$published", r#"{"created_at": "2001-01-01T00:00:00Z"}"#),
    ("delete an event that nobody ordered",                             "! - - + - +",
     "DELETE", "events?id=eq.$draft", ""),
    ("delete an event with orders",                                     "! - - x - x",
     "DELETE", "events?id=eq.$published", ""),

    ("order two tickets",                                               "! + + + + +",
     "POST", "orders", r#"{"id": "$new", "customer_id": "$self", "event_id": "$published", "quantity": 2, "unit_price_cents": 5000, "total_cents": 10000}"#),
    ("order as the other customer",                                     "! ! + ! ! +",
     "POST", "orders", r#"{"id": "$new", "customer_id": "$other_customer", "event_id": "$published", "quantity": 2, "unit_price_cents": 5000, "total_cents": 10000}"#),
    ("place an order that is paid already",                             "! ! ! ! ! +",
     "POST", "orders", r#"{"id": "$new", "customer_id": "$self", "event_id": "$published", "quantity": 2, "unit_price_cents": 5000, "total_cents": 10000, "payment_status": "paid"}"#),
    ("place an order with a payment intent",                            "! ! ! ! ! +",
     "POST", "orders", r#"{"id": "$new", "customer_id": "$self", "event_id": "$published", "quantity": 2, "unit_price_cents": 5000, "total_cents": 10000, "stripe_payment_intent_id": "pi_$new"}"#),
    ("order for nothing",                                               "! ! ! ! ! +",
     "POST", "orders", r#"{"id": "$new", "customer_id": "$self", "event_id": "$published", "quantity": 2, "unit_price_cents": 0, "total_cents": 0}"#),
    ("order at the price, to a smaller total",                          "! x x x x x",
     "POST", "orders", r#"{"id": "$new", "customer_id": "$self", "event_id": "$published", "quantity": 2, "unit_price_cents": 5000, "total_cents": 5000}"#),
    ("order no ticket",                                                 "! x x x x x",
     "POST", "orders", r#"{"id": "$new", "customer_id": "$self", "event_id": "$published", "quantity": 0, "unit_price_cents": 5000, "total_cents": 0}"#),
    ("order more tickets than are left",                                "! x x x x x",
     "POST", "orders", r#"{"id": "$new", "customer_id": "$self", "event_id": "$published", "quantity": 6, "unit_price_cents": 5000, "total_cents": 30000}"#),
    ("order all tickets that are left",                                 "! + + + + +",
     "POST", "orders", r#"{"id": "$new", "customer_id": "$self", "event_id": "$published", "quantity": 5, "unit_price_cents": 5000, "total_cents": 25000}"#),
    ("order for a draft",                                               "! ! ! ! ! +",
     "POST", "orders", r#"{"id": "$new", "customer_id": "$self", "event_id": "$draft", "quantity": 1, "unit_price_cents": 5000, "total_cents": 5000}"#),
    ("order for a private event",                                       "! ! ! ! ! +",
     "POST", "orders", r#"{"id": "$new", "customer_id": "$self", "event_id": "$private", "quantity": 1, "unit_price_cents": 5000, "total_cents": 5000}"#),
    ("order for an event that is over",                                 "! ! ! ! ! +",
     "POST", "orders", r#"{"id": "$new", "customer_id": "$self", "event_id": "$completed", "quantity": 1, "unit_price_cents": 5000, "total_cents": 5000}"#),
    ("mark a pending order paid",                                       "! ! ! ! ! +",
     "PATCH", "orders?id=eq.$pending", r#"{"payment_status": "paid", "paid_at": "2030-01-01T00:00:00Z"}"#),
    ("mark a paid order refunded",                                      "! ! ! ! ! +",
     "PATCH", "orders?id=eq.$paid", r#"{"payment_status": "refunded"}"#),
    ("change the quantity of a pending order",                          "! ! ! ! ! +",
     "PATCH", "orders?id=eq.$pending", r#"{"quantity": 3, "total_cents": 15000}"#),
    ("raise the quantity of a pending order beyond what is left",       "! ! ! ! ! x",
     "PATCH", "orders?id=eq.$pending", r#"{"quantity": 7, "total_cents": 35000}"#),
    ("change the price of a pending order",                             "! ! ! ! ! +",
     "PATCH", "orders?id=eq.$pending", r#"{"unit_price_cents": 1, "total_cents": 1}"#),
    ("move a pending order to another event",                           "! ! ! ! ! +",
     "PATCH", "orders?id=eq.$pending", r#"{"event_id": "$theirs"}"#),
    ("take another's payment intent",                                   "! ! ! ! ! x",
     "PATCH", "orders?id=eq.$pending", r#"{"stripe_payment_intent_id": "pi_$paid"}"#),
    ("delete a pending order",                                          "! ! ! ! ! +",
     "DELETE", "orders?id=eq.$pending", ""),

    ("name an attendee for a paid order",                               "! + ! ! ! +",
     "POST", "attendees", r#"{"id": "$new", "order_id": "$unnamed", "event_id": "$published", "full_name": "Ann", "email": "ann@example.com"}"#),
    ("name an attendee more than an order has tickets",                 "! x ! ! ! x",
     "POST", "attendees", r#"{"id": "$new", "order_id": "$paid", "event_id": "$published", "full_name": "Ann", "email": "ann@example.com"}"#),
    ("name an attendee for a pending order",                            "! ! ! ! ! +",
     "POST", "attendees", r#"{"id": "$new", "order_id": "$pending", "event_id": "$published", "full_name": "Ann", "email": "ann@example.com"}"#),
    ("name an attendee for another's event",                            "! ! ! ! ! x",
     "POST", "attendees", r#"{"id": "$new", "order_id": "$paid", "event_id": "$theirs", "full_name": "Ann", "email": "ann@example.com"}"#),
    ("correct an attendee's name",                                      "! + - - - +",
     "PATCH", "attendees?id=eq.$guest", r#"{"full_name": "Ann"}"#),
    ("move an attendee to another order",                               "! ! ! ! ! +",
     "PATCH", "attendees?id=eq.$guest", r#"{"order_id": "$pending"}"#),
    ("delete an attendee",                                              "! ! ! ! ! +",
     "DELETE", "attendees?id=eq.$guest", ""),

    ("take the ticket of a paid order",                                 "! + ! ! ! +",
     "POST", "tickets", r#"{"id": "$new", "event_id": "$published", "order_id": "$paid", "attendee_id": "$spare"}"#),
    ("take the ticket of a pending order",                              "! ! ! ! ! x",
     "POST", "tickets", r#"{"id": "$new", "event_id": "$published", "order_id": "$pending", "attendee_id": "$spare"}"#),
    ("take the ticket of a pending order for nobody",                   "! ! ! ! ! x",
     "POST", "tickets", r#"{"id": "$new", "event_id": "$published", "order_id": "$pending"}"#),
    ("take the ticket of one order for an attendee of another",         "! ! ! ! ! x",
     "POST", "tickets", r#"{"id": "$new", "event_id": "$published", "order_id": "$unnamed", "attendee_id": "$spare"}"#),
    ("take a ticket for nobody",                                        "! ! ! ! ! +",
     "POST", "tickets", r#"{"id": "$new", "event_id": "$published", "order_id": "$paid"}"#),
    ("take more tickets than are paid for",                             "! x ! ! ! x",
     "POST", "tickets", r#"[{"id": "$new", "event_id": "$published", "order_id": "$paid", "attendee_id": "$spare"}, {"id": "$newer", "event_id": "$published", "order_id": "$paid", "attendee_id": "$spare"}]"#),
    ("take a ticket for another event",                                 "! ! ! ! ! x",
     "POST", "tickets", r#"{"id": "$new", "event_id": "$theirs", "order_id": "$paid", "attendee_id": "$spare"}"#),
    ("take a ticket with a chosen code",                                "! ! ! ! ! +",
     "POST", "tickets", r#"{"id": "$new", "event_id": "$published", "order_id": "$paid", "attendee_id": "$spare", "qr_code": "chosen $new"}"#),
    ("take a ticket with a chosen number",                              "! ! ! ! ! +",
     "POST", "tickets", r#"{"id": "$new", "event_id": "$published", "order_id": "$paid", "attendee_id": "$spare", "ticket_number": "chosen $new"}"#),
    ("take a ticket that is used already",                              "! ! ! ! ! +",
     "POST", "tickets", r#"{"id": "$new", "event_id": "$published", "order_id": "$paid", "attendee_id": "$spare", "status": "used"}"#),
    ("check a ticket in",                                               "! - - + - +",
     "PATCH", "tickets?id=eq.$ticket", r#"{"status": "used", "checked_in_at": "2030-01-01T09:00:00Z"}"#),
    ("make a used ticket active again",                                 "! - - x - +",
     "PATCH", "tickets?id=eq.$entered", r#"{"status": "active", "checked_in_at": null}"#),
    ("cancel a ticket",                                                 "! - - x - +",
     "PATCH", "tickets?id=eq.$ticket", r#"{"status": "cancelled"}"#),
    ("give a ticket another code",                                      "! ! ! ! ! +",
     "PATCH", "tickets?id=eq.$ticket", r#"{"qr_code": "chosen $new"}"#),
    ("move a ticket to another event",                                  "! ! ! ! ! x",
     "PATCH", "tickets?id=eq.$ticket", r#"{"event_id": "$theirs"}"#),
    ("delete a ticket",                                                 "! ! ! ! ! +",
     "DELETE", "tickets?id=eq.$ticket", ""),
];

#[tokio::test]
async fn each_role_sees_and_changes_what_it_may() {
    let server = Server::at_hand().await;
    let mut wrong = String::new();

    let world = World::create(&server.database).await;
    for (table, label, expected) in READS {
        let key = if *table == "event_stats" { "event_id" } else { "id" };
        let path = format!("{table}?select={key}&{key}=eq.${label}");
        for (actor, expected) in ACTORS.iter().zip(expected.split(' ')) {
            let answer = server.ask(&world, actor, Method::GET, &path, "").await;
            if answer.outcome() != expected {
                writeln!(wrong, "{actor} reads {table} {label}: {answer:?}, not {expected}").unwrap();
            }
        }
    }
    world.remove(&server.database).await;

    for (what, expected, method, path, body) in WRITES {
        for (actor, expected) in ACTORS.iter().zip(expected.split(' ')) {
            let world = World::create(&server.database).await;
            let before = world.digest(&server.database).await;
            let method = method.parse().unwrap();
            let answer = server.ask(&world, actor, method, path, body).await;
            let changed = world.digest(&server.database).await != before;
            if answer.outcome() != expected || changed != (expected == "+") {
                let change = if changed { "changed" } else { "unchanged" };
                writeln!(wrong, "{actor}: {what}: {answer:?} and {change}, not {expected}").unwrap();
            }
            world.remove(&server.database).await;
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[tokio::test]
async fn stats_are_true_for_everyone_who_sees_the_event() {
    let server = Server::at_hand().await;
    let world = World::create(&server.database).await;
    let mut told = Vec::new();
    for actor in ACTORS {
        let path = "events?id=eq.$published&select=event_stats(event_name,capacity,tickets_sold,\
                    tickets_available,tickets_active,tickets_used,tickets_cancelled)";
        told.push((actor, server.ask(&world, actor, Method::GET, path, "").await.body));
    }
    world.remove(&server.database).await;

    for (actor, stats) in told {
        assert_eq!(
            stats,
            serde_json::json!([{ "event_stats": {
                "event_name": "Published", "capacity": 10, "tickets_sold": 1, "tickets_available": 9,
                "tickets_active": 1, "tickets_used": 0, "tickets_cancelled": 0,
            } }]),
            "{actor}"
        );
    }
}

#[tokio::test]
async fn nobody_changes_when_a_row_was_created() {
    let server = Server::at_hand().await;
    let world = World::create(&server.database).await;
    let mut seen = Vec::new();
    for (table, label) in [
        ("profiles", "customer"),
        ("venues", "used"),
        ("events", "published"),
        ("orders", "paid"),
        ("attendees", "guest"),
        ("tickets", "ticket"),
    ] {
        let path = format!("{table}?id=eq.${label}&select=created_at,updated_at");
        let before = server.ask(&world, "service", Method::GET, &path, "").await.body;
        let body = r#"{"created_at": "2001-01-01T00:00:00Z"}"#;
        server.ask(&world, "service", Method::PATCH, &path, body).await;
        let after = server.ask(&world, "service", Method::GET, &path, "").await.body;
        seen.push((table, before, after));
    }
    world.remove(&server.database).await;

    for (table, before, after) in seen {
        assert_eq!(after[0]["created_at"], before[0]["created_at"], "{table}");
        assert_ne!(after[0]["updated_at"], before[0]["updated_at"], "{table}");
    }
}

/// The server under test: the one that the environment names, else an embedded one.
struct Server {
    endpoint: Endpoint,
    database: Client,
    http: reqwest::Client,
    _backend: Option<Backend>,
}

impl Server {
    async fn at_hand() -> Self {
        let named = Endpoint::from_env().unwrap();
        let backend = match &named {
            Some(_) => None,
            None => Some(Backend::start(Options::throwaway().seeds([])).unwrap()),
        };
        let endpoint = named.or_else(|| backend.as_ref().map(|backend| backend.endpoint().clone())).unwrap();
        let url = endpoint.db_url.as_deref();
        let database = sql::connect(url.expect("this test looks into the database: set EVENTOS_DB_URL")).await.unwrap();
        Self { endpoint, database, http: reqwest::Client::new(), _backend: backend }
    }

    /// Sends a request as `actor`, with the labels in `path` and `body` replaced by ids.
    async fn ask(&self, world: &World, actor: &str, method: Method, path: &str, body: &str) -> Answer {
        let myself = if matches!(actor, "visitor" | "service") { "organizer" } else { actor };
        let fill = |text: &str| world.fill(&text.replace("$self", &format!("${myself}")));
        let (key, token) = match actor {
            "visitor" => (&self.endpoint.anon_key, None),
            "service" => (&self.endpoint.service_key, None),
            _ => {
                let id = world.id(actor);
                let email = format!("{id}@example.com");
                (&self.endpoint.anon_key, Some(self.endpoint.user_token(id, &email).unwrap()))
            }
        };
        let mut request = self
            .http
            .request(method, format!("{}/rest/v1/{}", self.endpoint.url, fill(path)))
            .header("apikey", key)
            .header("Prefer", "return=representation")
            .bearer_auth(token.as_ref().unwrap_or(key));
        if !body.is_empty() {
            request = request.header("Content-Type", "application/json").body(fill(body));
        }
        let response = request.send().await.unwrap();
        let status = response.status();
        let text = response.text().await.unwrap();
        Answer { status, body: serde_json::from_str(&text).unwrap_or(Value::String(text)) }
    }
}

#[derive(Debug)]
struct Answer {
    status: StatusCode,
    body: Value,
}

impl Answer {
    /// As the matrices write it.
    fn outcome(&self) -> &'static str {
        let rows = self.body.as_array().map(Vec::len);
        let code = self.body["code"].as_str().unwrap_or_default();
        match (self.status.as_u16(), rows, code) {
            (200 | 201, Some(1..), _) => "+",
            (200, Some(0), _) => "-",
            // In words that tell of no row.
            (401 | 403, None, "42501") if self.is_plain_refusal() => "!",
            // A check, a unique key, a reference (23001 on PostgreSQL 18).
            (400 | 409, None, "23514" | "23505" | "23503" | "23001") => "x",
            _ => "?",
        }
    }

    fn is_plain_refusal(&self) -> bool {
        let message = self.body["message"].as_str().unwrap_or_default();
        message.starts_with("permission denied for ")
            || message.starts_with("new row violates row-level security policy for table ")
    }
}

/// Rows of every table that know each other, under labels.
struct World {
    ids: BTreeMap<&'static str, String>,
}

impl World {
    async fn create(database: &Client) -> Self {
        let query = "select gen_random_uuid()::text from generate_series(1, $1)";
        let fresh = database.query(query, &[&(LABELS.len() as i32)]).await.unwrap();
        let ids = LABELS.into_iter().zip(fresh.iter().map(|row| row.get(0))).collect();
        let world = Self { ids };
        world.run(database, ROWS).await;
        world
    }

    async fn remove(self, database: &Client) {
        self.run(database, REMOVAL).await;
    }

    async fn run(&self, database: &Client, script: &str) {
        database.batch_execute(&self.fill(script)).await.unwrap_or_else(|error| panic!("{error:?}"));
    }

    /// All that the rows hold, in short.
    async fn digest(&self, database: &Client) -> String {
        database.query_one(&self.fill(DIGEST), &[]).await.unwrap().get(0)
    }

    fn id(&self, label: &str) -> &str {
        &self.ids[label]
    }

    /// `text` with ids for labels, the longest labels first, as one may begin like another.
    fn fill(&self, text: &str) -> String {
        let all: Vec<&str> = self.ids.values().map(String::as_str).collect();
        let mut text = text.replace("$ids", &format!("'{{{}}}'", all.join(",")));
        let mut labels: Vec<_> = self.ids.iter().collect();
        labels.sort_by_key(|(label, _)| std::cmp::Reverse(label.len()));
        for (label, id) in labels {
            text = text.replace(&format!("${label}"), id);
        }
        text
    }
}

const LABELS: [&str; 23] = [
    "customer",
    "other_customer",
    "organizer",
    "other_organizer",
    "used",
    "unused",
    "old",
    "published",
    "draft",
    "private",
    "completed",
    "theirs",
    "paid",
    "unnamed",
    "pending",
    "past",
    "elsewhere",
    "guest",
    "spare",
    "ticket",
    "entered",
    "new",
    "newer",
];

const ROWS: &str = r#"
insert into auth.users (id, email)
select id::uuid, id || '@example.com'
  from unnest(array['$customer', '$other_customer', '$organizer', '$other_organizer']) as id;

insert into public.venues (id, name, address, capacity, created_by) values
  ('$used', 'Used', '1 King St W', 100, '$organizer'),
  ('$unused', 'Unused', '2 King St W', 100, '$organizer'),
  ('$old', 'Old', '3 King St W', 100, null);

insert into public.events (id, organizer_id, venue_id, name, type, start_at, end_at, capacity, price_cents, status, visibility)
select id::uuid, organizer::uuid, venue::uuid, name, 'seminar', now() + '1 day', now() + '2 days', 10, 5000, status, visibility
  from (values
    ('$published', '$organizer', '$used', 'Published', 'published', 'public'),
    ('$draft', '$organizer', '$old', 'Draft', 'draft', 'public'),
    ('$private', '$organizer', '$used', 'Private', 'published', 'private'),
    ('$completed', '$organizer', '$used', 'Completed', 'completed', 'public'),
    ('$theirs', '$other_organizer', '$used', 'Theirs', 'published', 'public')
  ) as event (id, organizer, venue, name, status, visibility);

insert into public.orders (id, customer_id, event_id, quantity, unit_price_cents, total_cents, payment_status, stripe_payment_intent_id) values
  ('$paid', '$customer', '$published', 2, 5000, 10000, 'paid', 'pi_$paid'),
  ('$unnamed', '$customer', '$published', 2, 5000, 10000, 'paid', 'pi_$unnamed'),
  ('$pending', '$customer', '$published', 1, 5000, 5000, 'pending', null),
  ('$past', '$customer', '$completed', 1, 5000, 5000, 'paid', null),
  ('$elsewhere', '$other_customer', '$theirs', 1, 5000, 5000, 'paid', null);

insert into public.attendees (id, order_id, event_id, full_name, email) values
  ('$guest', '$paid', '$published', 'Guest', 'guest@example.com'),
  ('$spare', '$paid', '$published', 'Spare', 'spare@example.com');

insert into public.tickets (id, event_id, order_id, attendee_id, status) values
  ('$ticket', '$published', '$paid', '$guest', 'active'),
  ('$entered', '$completed', '$past', null, 'used');
"#;

const DIGEST: &str = r#"
select coalesce(md5(string_agg(line, e'\n' order by line)), '') from (
  select profiles::text from public.profiles where id = any ($ids)
  union all select venues::text from public.venues where id = any ($ids) or created_by = any ($ids)
  union all select events::text from public.events where id = any ($ids) or organizer_id = any ($ids)
  union all select orders::text from public.orders where id = any ($ids) or event_id = any ($ids)
  union all select attendees::text from public.attendees where id = any ($ids) or event_id = any ($ids)
  union all select tickets::text from public.tickets where id = any ($ids) or event_id = any ($ids)
) as rows (line)
"#;

const REMOVAL: &str = r#"
delete from public.tickets where event_id = any ($ids);
delete from public.attendees where event_id = any ($ids);
delete from public.orders where event_id = any ($ids);
delete from public.events where id = any ($ids) or organizer_id = any ($ids);
delete from public.venues where id = any ($ids) or created_by = any ($ids);
delete from auth.users where id = any ($ids);
"#;
