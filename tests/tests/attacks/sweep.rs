//! Every column that a client might write, as the catalog lists them, against one table of who may.

use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use tokio_postgres::Client;

use crate::server::{Answer, Server};
use crate::world::World;

/// The order of the outcomes below. The stranger stands for all who have an account and nothing to do with a row.
const ACTORS: [&str; 4] = ["visitor", "customer", "stranger", "organizer"];

/// A column, a value for it, and what comes of inserting a row with it and of updating one to it.
///
/// `+` the row has the value, `=` the row is found and keeps its own, `-` no row is found, `!` it is refused,
/// `x` the caller may, and a rule that holds for everyone is broken, `~` nobody may: it is a view that takes no rows.
#[rustfmt::skip]
const RULES: &[(&str, &str, &str, &str)] = &[
    //                                                                     insert     update
    //                                                                     visitor    visitor
    //                                                                     | customer | customer
    //                                                                     | | strang | | stranger
    //                                                                     | | | org. | | | organizer
    // Everybody has a profile already.
    ("profiles.id",                     r#""$self""#,                     "! x x x", "! ! ! !"),
    ("profiles.email",                  r#""$self@example.com""#,         "! x x x", "! ! ! !"),
    ("profiles.full_name",              r#""New""#,                       "! x x x", "! + + +"),
    ("profiles.phone",                  r#""New""#,                       "! x x x", "! + + +"),
    ("profiles.company",                r#""New""#,                       "! x x x", "! + + +"),
    ("profiles.created_at",             r#""2001-01-01T00:00:00Z""#,      "! ! ! !", "! ! ! !"),
    ("profiles.updated_at",             r#""2001-01-01T00:00:00Z""#,      "! ! ! !", "! ! ! !"),

    ("venues.id",                       r#""$newer""#,                    "! ! ! +", "! - - +"),
    ("venues.name",                     r#""New""#,                       "! ! ! +", "! - - +"),
    ("venues.address",                  r#""New""#,                       "! ! ! +", "! - - +"),
    ("venues.city",                     r#""New""#,                       "! ! ! +", "! - - +"),
    ("venues.postal_code",              r#""New""#,                       "! ! ! +", "! - - +"),
    ("venues.capacity",                 "50",                             "! ! ! +", "! - - +"),
    ("venues.amenities",                r#"{"wifi": true}"#,              "! ! ! +", "! - - +"),
    ("venues.contact_email",            r#""new@example.com""#,           "! ! ! +", "! - - +"),
    ("venues.contact_phone",            r#""New""#,                       "! ! ! +", "! - - +"),
    ("venues.created_by",               r#""$self""#,                     "! ! ! +", "! ! ! !"),
    ("venues.created_by",               r#""$rival""#,                    "! ! ! !", "! ! ! !"),
    ("venues.created_at",               r#""2001-01-01T00:00:00Z""#,      "! ! ! !", "! ! ! !"),
    ("venues.updated_at",               r#""2001-01-01T00:00:00Z""#,      "! ! ! !", "! ! ! !"),

    ("events.id",                       r#""$newer""#,                    "! + + +", "! - - +"), // nobody ordered it
    ("events.organizer_id",             r#""$self""#,                     "! + + +", "! - - +"),
    ("events.organizer_id",             r#""$rival""#,                    "! ! ! !", "! - - !"),
    ("events.venue_id",                 r#""$spare_hall""#,               "! + + +", "! - - +"),
    ("events.name",                     r#""New name""#,                  "! + + +", "! - - +"),
    ("events.slug",                     r#""new-$newer""#,                "! + + +", "! - - +"),
    ("events.slug",                     r#""No Slug""#,                   "! x x x", "! - - x"),
    ("events.type",                     r#""workshop""#,                  "! + + +", "! - - +"),
    ("events.description",              r#""New""#,                       "! + + +", "! - - +"),
    ("events.start_at",                 r#""2001-01-01T00:00:00Z""#,      "! + + +", "! - - +"),
    ("events.end_at",                   r#""2041-01-01T00:00:00Z""#,      "! + + +", "! - - +"),
    ("events.capacity",                 "50",                             "! + + +", "! - - +"),
    ("events.price_cents",              "700",                            "! + + +", "! - - +"),
    ("events.status",                   r#""published""#,                 "! + + +", "! - - +"),
    ("events.visibility",               r#""private""#,                   "! + + +", "! - - +"),
    ("events.created_at",               r#""2001-01-01T00:00:00Z""#,      "! ! ! !", "! ! ! !"),
    ("events.updated_at",               r#""2001-01-01T00:00:00Z""#,      "! ! ! !", "! ! ! !"),

    ("orders.id",                       r#""$newer""#,                    "! + + +", "! ! ! !"),
    ("orders.customer_id",              r#""$self""#,                     "! + + +", "! ! ! !"),
    ("orders.customer_id",              r#""$stranger""#,                 "! ! + !", "! ! ! !"),
    ("orders.event_id",                 r#""$theirs""#,                   "! + + +", "! ! ! !"),
    ("orders.order_number",             r#""ORD-20300101-00000000""#,     "! ! ! !", "! ! ! !"),
    ("orders.quantity",                 "2",                              "! + + +", "! ! ! !"),
    ("orders.unit_price_cents",         "5000",                           "! + + +", "! ! ! !"),
    ("orders.unit_price_cents",         "0",                              "! ! ! !", "! ! ! !"),
    ("orders.total_cents",              "10000",                          "! + + +", "! ! ! !"),
    ("orders.payment_status",           r#""pending""#,                   "! + + +", "! ! ! !"),
    ("orders.payment_status",           r#""paid""#,                      "! ! ! !", "! ! ! !"),
    ("orders.stripe_payment_intent_id", r#""pi_$newer""#,                 "! ! ! !", "! ! ! !"),
    ("orders.paid_at",                  r#""2001-01-01T00:00:00Z""#,      "! ! ! !", "! ! ! !"),
    ("orders.created_at",               r#""2001-01-01T00:00:00Z""#,      "! ! ! !", "! ! ! !"),
    ("orders.updated_at",               r#""2001-01-01T00:00:00Z""#,      "! ! ! !", "! ! ! !"),

    ("attendees.id",                    r#""$newer""#,                    "! + ! !", "! ! ! !"),
    ("attendees.order_id",              r#""$paid""#,                     "! + ! !", "! ! ! !"),
    ("attendees.event_id",              r#""$show""#,                     "! + ! !", "! ! ! !"),
    ("attendees.full_name",             r#""New""#,                       "! + ! !", "! + - -"),
    ("attendees.email",                 r#""new@example.com""#,           "! + ! !", "! + - -"),
    ("attendees.phone",                 r#""New""#,                       "! + ! !", "! + - -"),
    ("attendees.created_at",            r#""2001-01-01T00:00:00Z""#,      "! ! ! !", "! ! ! !"),
    ("attendees.updated_at",            r#""2001-01-01T00:00:00Z""#,      "! ! ! !", "! ! ! !"),

    ("tickets.id",                      r#""$newer""#,                    "! + ! !", "! ! ! !"),
    ("tickets.event_id",                r#""$show""#,                     "! + ! !", "! ! ! !"),
    ("tickets.order_id",                r#""$paid""#,                     "! + ! !", "! ! ! !"),
    ("tickets.attendee_id",             r#""$spare""#,                    "! + ! !", "! ! ! !"),
    ("tickets.ticket_number",           r#""TKT-00000000-300101""#,       "! ! ! !", "! ! ! !"),
    ("tickets.qr_code",                 r#""chosen""#,                    "! ! ! !", "! ! ! !"),
    ("tickets.status",                  r#""active""#,                    "! + ! !", "! - - +"),
    ("tickets.status",                  r#""used""#,                      "! ! ! !", "! - - +"),
    ("tickets.status",                  r#""cancelled""#,                 "! ! ! !", "! - - x"),
    ("tickets.status",                  r#""refunded""#,                  "! ! ! !", "! - - x"),
    ("tickets.checked_in_at",           r#""2001-01-01T00:00:00Z""#,      "! ! ! !", "! - - ="),
    ("tickets.created_at",              r#""2001-01-01T00:00:00Z""#,      "! ! ! !", "! ! ! !"),
    ("tickets.updated_at",              r#""2001-01-01T00:00:00Z""#,      "! ! ! !", "! ! ! !"),

    ("event_stats.event_id",            r#""$newer""#,                    "~ ~ ~ ~", "~ ~ ~ ~"),
    ("event_stats.event_name",          r#""New""#,                       "~ ~ ~ ~", "~ ~ ~ ~"),
    ("event_stats.capacity",            "50",                             "~ ~ ~ ~", "~ ~ ~ ~"),
    ("event_stats.tickets_sold",        "0",                              "~ ~ ~ ~", "~ ~ ~ ~"),
    ("event_stats.tickets_available",   "50",                             "~ ~ ~ ~", "~ ~ ~ ~"),
    ("event_stats.tickets_active",      "0",                              "~ ~ ~ ~", "~ ~ ~ ~"),
    ("event_stats.tickets_used",        "0",                              "~ ~ ~ ~", "~ ~ ~ ~"),
    ("event_stats.tickets_cancelled",   "0",                              "~ ~ ~ ~", "~ ~ ~ ~"),
];

/// The row of each table that one of the actors may change, if anybody, and what comes of deleting it.
const ROWS: [(&str, &str, &str); 7] = [
    ("profiles", "id=eq.$self", "! ! ! !"),
    ("venues", "id=eq.$spare_hall", "! - - +"),
    ("events", "id=eq.$draft", "! - - +"),
    ("orders", "id=eq.$pending", "! ! ! !"),
    ("attendees", "id=eq.$guest", "! ! ! !"),
    ("tickets", "id=eq.$ticket", "! ! ! !"),
    ("event_stats", "event_id=eq.$draft", "~ ~ ~ ~"),
];

#[tokio::test]
async fn each_column_is_written_by_those_it_is_for() {
    let server = Server::at_hand().await;
    let unruled = without_a_rule(&server.database).await;
    assert!(unruled.is_empty(), "say in RULES who may write these, or that nobody may: {unruled:?}");

    let mut sweep = Sweep::begin(&server).await;
    for (column, value, insert, update) in RULES {
        let (table, column) = column.split_once('.').unwrap();
        let (_, row, _) = ROWS.iter().find(|(known, ..)| *known == table).unwrap();
        let body = format!(r#"{{"{column}": {value}}}"#);
        sweep.attempt(&format!("POST {table}"), &body, column, value, insert).await;
        sweep.attempt(&format!("PATCH {table}?{row}"), &body, column, value, update).await;
    }
    for (table, row, delete) in ROWS {
        sweep.attempt(&format!("DELETE {table}?{row}"), "", "", "null", delete).await;
    }
    let wrong = sweep.end().await;
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// What would be found if somebody added a column or a table and forgot to say whose it is.
#[tokio::test]
async fn a_column_without_a_rule_is_found() {
    let server = Server::at_hand().await;
    server
        .database
        .batch_execute(
            "begin;
             alter table public.venues add column rating integer;
             create table public.coupons (code text);
             create view public.prices as select price_cents from public.events;
             create table eventos.internal (secret text)",
        )
        .await
        .unwrap();
    let found = without_a_rule(&server.database).await;
    server.database.batch_execute("rollback").await.unwrap();
    assert_eq!(found, ["coupons.code", "prices.price_cents", "venues.rating"]);
}

/// The columns of what the API serves that RULES does not name, and the names in it that are no column.
async fn without_a_rule(database: &Client) -> Vec<String> {
    let columns = "select format('%s.%s', table_name, column_name) from information_schema.columns
                    where table_schema = 'public' order by 1";
    let rows = database.query(columns, &[]).await.unwrap();
    let found: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
    let is_ruled = |column: &&String| RULES.iter().any(|(ruled, ..)| ruled == column);
    let unruled = found.iter().filter(|column| !is_ruled(column)).cloned();
    let stale = RULES.iter().map(|(ruled, ..)| (*ruled).to_owned()).filter(|ruled| !found.contains(ruled));
    unruled.chain(stale).collect()
}

struct Sweep<'a> {
    server: &'a Server,
    world: World,
    before: String,
    wrong: String,
}

impl<'a> Sweep<'a> {
    async fn begin(server: &'a Server) -> Self {
        let world = World::create(&server.database).await;
        let before = server.digest(&world).await;
        Self { server, world, before, wrong: String::new() }
    }

    /// Sends the request as each actor, and holds what comes of it against `expected`.
    async fn attempt(&mut self, request: &str, body: &str, column: &str, value: &str, expected: &str) {
        for (actor, expected) in ACTORS.iter().zip(expected.split(' ')) {
            let answer = self.server.ask(&self.world, actor, request, body).await;
            let wanted: Value = serde_json::from_str(&self.world.fill_for(actor, value)).unwrap();
            let outcome = outcome(&answer, column, &wanted);
            let changed = self.server.digest(&self.world).await != self.before;
            // A value that the row has already changes nothing.
            let changes_well = if expected == "+" { changed || request.starts_with("PATCH") } else { !changed };
            if outcome != expected || !changes_well {
                let change = if changed { "changed" } else { "unchanged" };
                writeln!(self.wrong, "{actor}: {request} {body}: {answer:?} and {change}, not {expected}").unwrap();
            }
            if changed {
                let next = World::create(&self.server.database).await;
                std::mem::replace(&mut self.world, next).remove(&self.server.database).await;
                self.before = self.server.digest(&self.world).await;
            }
        }
    }

    async fn end(self) -> String {
        self.world.remove(&self.server.database).await;
        self.wrong
    }
}

/// As RULES writes it.
fn outcome(answer: &Answer, column: &str, wanted: &Value) -> &'static str {
    let rows = answer.body.as_array();
    let code = answer.body["code"].as_str().unwrap_or_default();
    match (answer.status, rows.map(Vec::len), code) {
        (200 | 201, Some(1), _) if column.is_empty() || is_same(&answer.body[0][column], wanted) => "+",
        (200 | 201, Some(1), _) => "=",
        (200, Some(0), _) => "-",
        (401 | 403, None, "42501") => "!",
        (400 | 409, None, "23514" | "23505" | "23503" | "23001") => "x",
        (500, None, "55000") => "~",
        _ => "?",
    }
}

/// A time is the same in any zone and notation.
fn is_same(value: &Value, wanted: &Value) -> bool {
    let time = |value: &Value| value.as_str().and_then(|text| text.parse::<DateTime<Utc>>().ok());
    value == wanted || time(value).is_some() && time(value) == time(wanted)
}

#[test]
fn an_outcome_tells_a_kept_value_from_a_written_one() {
    let told = |body: Value| outcome(&Answer { status: 200, range: None, body }, "at", &json!("2001-01-01T00:00:00Z"));
    assert_eq!(told(json!([{ "at": "2001-01-01T01:00:00+01:00" }])), "+");
    assert_eq!(told(json!([{ "at": null }])), "=");
    assert_eq!(told(json!([])), "-");
    assert_eq!(told(json!([{ "at": 1 }, { "at": 2 }])), "?");
}
