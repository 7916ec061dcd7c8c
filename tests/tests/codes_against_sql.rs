//! The codes that `eventos_core::codes` makes against those that the database's triggers make, byte for
//! byte, on every PostgreSQL at hand.

use std::collections::HashSet;
use std::error::Error as _;
use std::sync::LazyLock;
use std::time::Instant;

use anyhow::{Context, Result};
use chrono::{DateTime, Utc};
use eventos_backend::Postgres;
use eventos_core::codes::{OrderNumber, QrPayload, Slug, TicketNumber};
use eventos_tests::sql;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use tokio::task::JoinSet;
use tokio_postgres::error::{DbError, SqlState};
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, Row};
use uuid::Uuid;

static EVERY_POSTGRES: LazyLock<Result<Vec<Postgres>>> = LazyLock::new(sql::every_postgres);

/// The organizer, the event and the order that other rows of a test refer to.
const OWNER: &str = "11111111-0000-4000-8000-000000000000";

#[tokio::test]
async fn slugs_of_names() -> Result<()> {
    let names = names();
    let rows: Vec<(Uuid, &str)> = ids().zip(names.iter().map(String::as_str)).collect();
    for client in clients("slugs_of_names").await? {
        assert_same_slugs(&client, "events", &rows).await?;
    }
    Ok(())
}

#[tokio::test]
async fn slugs_of_single_characters() -> Result<()> {
    // Between letters, so that a character that disappears differs from one that becomes a hyphen; and a
    // few to a name, so that all of them are tried.
    let characters = ('\u{1}'..='\u{1ffff}').chain(('\u{20000}'..=char::MAX).step_by(97));
    let characters: Vec<char> = characters.collect();
    let names: Vec<String> = characters
        .chunks(8)
        .map(|characters| characters.iter().flat_map(|character| ['x', *character]).chain(['x']).collect())
        .collect();
    let rows: Vec<(Uuid, &str)> = ids().zip(names.iter().map(String::as_str)).collect();
    for client in clients("slugs_of_single_characters").await? {
        assert_same_slugs(&client, "events", &rows).await?;
    }
    Ok(())
}

/// A database may sort and fold as Turkish does, where `I` is not the upper case of `i`.
#[tokio::test]
async fn slugs_under_any_collation() -> Result<()> {
    let names = names();
    let rows: Vec<(Uuid, &str)> = ids().zip(names.iter().map(String::as_str)).collect();
    for client in clients("slugs_under_any_collation").await? {
        let collations = client
            .query(
                "select format('%I', collname) from pg_collation
                 where collname in ('tr-TR-x-icu', 'und-x-icu', 'th-TH-x-icu', 'C', 'POSIX', 'ucs_basic', 'en_US.utf8')",
                &[],
            )
            .await?;
        assert!(collations.len() >= 3, "the collations C, POSIX and ucs_basic are always there");
        for (number, collation) in (1..).zip(&collations) {
            let table = format!("names_{number}");
            let collation: &str = collation.get(0);
            client
                .batch_execute(&format!(
                    "create table {table} (id uuid, name text collate {collation}, slug text collate {collation} default '');
                     create trigger generate_event_slug before insert on {table}
                       for each row execute function public.generate_event_slug();"
                ))
                .await?;
            assert_same_slugs(&client, &table, &rows).await?;
        }
    }
    Ok(())
}

#[tokio::test]
async fn slugs_that_callers_give() -> Result<()> {
    let given = any_of(prop_oneof!["[a-z0-9-]{1,6}", "[a-cA-C0é _-]{1,4}", "[a-z0-9]{98,102}", ".{1,3}"], 1_000);
    let given: HashSet<&String> = given.iter().filter(|given| !given.contains('\0')).collect();
    for client in clients("slugs_that_callers_give").await? {
        let insert =
            client.prepare(&format!("{} returning slug", insert_event("gen_random_uuid()", "'x'", "$1"))).await?;
        for given in &given {
            let kept = client.query_one(&insert, &[given]).await;
            let kept = kept.map(|row| row.get::<_, String>("slug"));
            match Slug::parse(given) {
                Ok(slug) => assert_eq!(kept?, slug.as_str()),
                Err(error) => {
                    let refused = kept.map_err(db_error).err().flatten();
                    let refused = refused.with_context(|| format!("{given:?} was taken: {error}"))?;
                    assert_eq!(refused.code(), &SqlState::CHECK_VIOLATION, "{given:?}");
                    assert_eq!(refused.column(), Some("slug"), "{given:?}");
                }
            }
        }
    }
    Ok(())
}

#[tokio::test]
async fn order_and_ticket_numbers_in_every_time_zone() -> Result<()> {
    let rows: Vec<(Uuid, DateTime<Utc>)> = ids().zip(moments()).collect();
    for client in clients("numbers").await? {
        for zone in ["UTC", "America/Toronto", "Asia/Kathmandu", "Pacific/Kiritimati", "Pacific/Pago_Pago"] {
            for rows in rows.chunks(AT_ONCE / 2) {
                let ids: Vec<String> = rows.iter().map(|(id, _)| id.to_string()).collect();
                let micros: Vec<i64> = rows.iter().map(|(_, created_at)| created_at.timestamp_micros()).collect();
                client.batch_execute(&format!("begin; set local time zone '{zone}'")).await?;
                let orders = client.query(&insert_orders("order_number"), &[&ids, &micros]).await?;
                assert_eq!(orders.len(), rows.len());
                for (row, (id, created_at)) in orders.iter().zip(rows) {
                    let number = OrderNumber::generate(*id, *created_at);
                    assert_eq!(row.get::<_, &str>("order_number"), number.as_str(), "{created_at} in {zone}");
                }
                let tickets = client.query(&insert_tickets("made.id::uuid", "ticket_number"), &[&ids, &micros]).await?;
                assert_eq!(tickets.len(), rows.len());
                for (row, (id, created_at)) in tickets.iter().zip(rows) {
                    let number = TicketNumber::generate(*id, *created_at);
                    assert_eq!(row.get::<_, &str>("ticket_number"), number.as_str(), "{created_at} in {zone}");
                }
                client.batch_execute("rollback").await?;
            }
        }
    }
    Ok(())
}

#[tokio::test]
async fn qr_payloads_are_documented_and_never_repeat() -> Result<()> {
    let (ids, micros): (Vec<String>, Vec<i64>) = ids().map(|id| (id.to_string(), 0)).take(2_000).unzip();
    for client in clients("qr_payloads").await? {
        client.execute(&insert_orders("id"), &[&ids, &micros]).await?;
        let rows = client.query(&insert_tickets("made.id::uuid", "qr_code"), &[&ids, &micros]).await?;
        let codes: HashSet<&str> = rows.iter().map(|row| row.get("qr_code")).collect();
        assert_eq!(codes.len(), ids.len());
        for code in codes {
            assert_eq!(QrPayload::validate(code), Ok(()));
            assert_eq!(QrPayload::from_scan(code)?.as_str(), code);
        }
    }
    Ok(())
}

/// Ids of one day that begin with the same eight digits get the same number. Within its four functions the
/// base migration cannot look for a free one: the second insert fails on the unique constraint, as asserted
/// here. The later migrations find others, as the tests below assert.
#[tokio::test]
async fn colliding_prefixes_fail_in_the_base_migration() -> Result<()> {
    let ids = colliding_ids(0, 10_000);
    let micros = one_day(10_000);
    for (_, client) in migrated("colliding_prefixes", Migrations::Base).await? {
        for (inserts, constraint) in [
            (insert_orders("order_number as number"), "orders_order_number_key"),
            (insert_tickets(&format!("'{OWNER}'"), "ticket_number as number"), "tickets_ticket_number_key"),
        ] {
            let refused = client.query(&inserts, &[&ids, &micros]).await.err().and_then(db_error);
            let refused = refused.context("10,000 colliding rows were taken")?;
            assert_eq!((refused.code(), refused.constraint()), (&SqlState::UNIQUE_VIOLATION, Some(constraint)));

            let skipping = inserts.replace(" returning", " on conflict do nothing returning");
            let taken = client.query(&skipping, &[&ids, &micros]).await?;
            let taken: Vec<&str> = taken.iter().map(|row| row.get("number")).collect();
            assert_eq!(taken.len(), 1, "one of 10,000 has the number: {taken:?}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn colliding_prefixes_in_one_statement() -> Result<()> {
    let ids = colliding_ids(0, 10_000);
    let micros = one_day(10_000);
    for (_, client) in migrated("one_statement", Migrations::All).await? {
        let slugs = in_one_transaction(&client, &insert_events(), &[&colliding_ids(0, 500)]).await?;
        let orders = in_one_transaction(&client, &insert_orders("order_number"), &[&ids, &micros]).await?;
        let tickets = insert_tickets("made.id::uuid", "ticket_number");
        let tickets = in_one_transaction(&client, &tickets, &[&ids, &micros]).await?;

        assert_distinct_and_documented(&slugs, &orders, &tickets)?;
        let first = [slugs.first(), orders.first(), tickets.first()].map(|code| code.map(String::as_str));
        assert_eq!(first, [Some("host-abcd0123"), Some("ORD-20251013-ABCD0123"), Some("TKT-ABCD0123-251013")]);
    }
    Ok(())
}

/// The codes that an insert returns. What it locks is in memory that all connections share, so it is not much.
async fn in_one_transaction(client: &Client, insert: &str, given: &[&(dyn ToSql + Sync)]) -> Result<Vec<String>> {
    client.batch_execute("begin").await?;
    let codes = texts(&client.query(insert, given).await?);
    let locks = "select count(*) from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()";
    let locks: i64 = client.query_one(locks, &[]).await?.get(0);
    assert!(locks < 400, "{locks} locks for {} codes", codes.len());
    client.batch_execute("commit").await?;
    Ok(codes)
}

/// Each of eight connections makes as many rows as its transaction may number by their ids, several times over, and
/// lingers before it commits: nobody sees the others' rows.
#[tokio::test]
async fn colliding_prefixes_in_eight_transactions_at_the_same_time() -> Result<()> {
    const CONNECTIONS: u32 = 8;
    const ROWS: u32 = 2_500;
    let micros = one_day(ROWS.into());
    for (postgres, _) in migrated("eight_connections", Migrations::All).await? {
        let mut buyers = Vec::new();
        for number in 0..CONNECTIONS {
            let client = sql::connect_to(postgres, "codes_eight_connections_all").await?;
            let micros = micros.clone();
            buyers.push(async move {
                let ids = colliding_ids(number, ROWS);
                client.batch_execute("begin").await?;
                let slugs = texts(&client.query(&insert_events(), &[&colliding_ids(number, 300)]).await?);
                let orders = texts(&client.query(&insert_orders("order_number"), &[&ids, &micros]).await?);
                let tickets = insert_tickets("made.id::uuid", "ticket_number");
                let tickets = texts(&client.query(&tickets, &[&ids, &micros]).await?);
                client.batch_execute("select pg_sleep(0.1); commit").await?;
                Ok::<_, tokio_postgres::Error>((slugs, orders, tickets))
            });
        }
        let started = Instant::now();
        let (mut slugs, mut orders, mut tickets) = (Vec::new(), Vec::new(), Vec::new());
        for made in buyers.into_iter().collect::<JoinSet<_>>().join_all().await {
            let made = made.map_err(|error| anyhow::anyhow!("{:?}", db_error(error)))?;
            slugs.extend(made.0);
            orders.extend(made.1);
            tickets.extend(made.2);
        }
        println!("PostgreSQL {}: {:?}", postgres.version(), started.elapsed());
        assert_distinct_and_documented(&slugs, &orders, &tickets)?;
    }
    Ok(())
}

/// Each of eight connections makes the orders of the same prefixes, one by one: most meet another that begins, or
/// commits, at that very moment.
#[tokio::test]
async fn colliding_prefixes_in_many_short_transactions() -> Result<()> {
    const CONNECTIONS: u32 = 8;
    const PREFIXES: u32 = 1_000;
    for (postgres, _) in migrated("short_transactions", Migrations::All).await? {
        let mut buyers = Vec::new();
        for number in 0..CONNECTIONS {
            let client = sql::connect_to(postgres, "codes_short_transactions_all").await?;
            buyers.push(async move {
                let insert = client.prepare(&insert_orders("order_number")).await?;
                let mut orders = Vec::new();
                for prefix in 0..PREFIXES {
                    let id = Uuid::from_u128(u128::from(prefix) << 96 | u128::from(number)).to_string();
                    orders.extend(texts(&client.query(&insert, &[&vec![id], &one_day(1)]).await?));
                }
                Ok::<_, tokio_postgres::Error>(orders)
            });
        }
        let mut orders = Vec::new();
        for made in buyers.into_iter().collect::<JoinSet<_>>().join_all().await {
            orders.extend(made.map_err(|error| anyhow::anyhow!("{:?}", db_error(error)))?);
        }
        assert_eq!(orders.len(), (CONNECTIONS * PREFIXES) as usize);
        assert_distinct_and_documented(&[], &orders, &[])?;
    }
    Ok(())
}

fn assert_distinct_and_documented(slugs: &[String], orders: &[String], tickets: &[String]) -> Result<()> {
    for (codes, count) in [(slugs, slugs.len()), (orders, orders.len()), (tickets, tickets.len())] {
        assert_eq!(codes.iter().collect::<HashSet<_>>().len(), count);
    }
    for slug in slugs {
        Slug::validate(slug)?;
        assert!(slug.strip_prefix("host-").is_some_and(|digits| digits.len() == 8), "{slug}");
    }
    for number in orders {
        OrderNumber::validate(number)?;
        assert!(number.starts_with("ORD-20251013-"), "{number}");
    }
    for number in tickets {
        TicketNumber::validate(number)?;
        assert!(number.ends_with("-251013"), "{number}");
    }
    Ok(())
}

fn texts(rows: &[Row]) -> Vec<String> {
    rows.iter().map(|row| row.get(0)).collect()
}

/// Ids that begin with the same eight digits, other ones for each `series`.
fn colliding_ids(series: u32, count: u32) -> Vec<String> {
    let id = |rest| Uuid::from_u128(0xabcd_0123 << 96 | u128::from(series) << 32 | u128::from(rest));
    (0..count).map(|rest| id(rest).to_string()).collect()
}

/// So many seconds of one day, in microseconds since 1970.
fn one_day(count: i64) -> Vec<i64> {
    (0..count).map(|second| 1_760_313_600_000_000 + second * 1_000_000).collect()
}

/// How many codes of one transaction have their id's digits with all migrations.
const AT_ONCE: usize = 200;

#[derive(Clone, Copy, Debug)]
enum Migrations {
    Base,
    All,
}

/// A database with the base migration and one with all, on every PostgreSQL at hand, with one organizer, event and
/// order each.
async fn clients(database: &str) -> Result<Vec<Client>> {
    let mut clients = migrated(database, Migrations::Base).await?;
    clients.extend(migrated(database, Migrations::All).await?);
    Ok(clients.into_iter().map(|(_, client)| client).collect())
}

async fn migrated(database: &str, wanted: Migrations) -> Result<Vec<(&'static Postgres, Client)>> {
    let every_postgres = EVERY_POSTGRES.as_ref().map_err(|error| anyhow::anyhow!("{error:?}"))?;
    let mut clients = Vec::new();
    for postgres in every_postgres {
        let name = format!("codes_{database}_{wanted:?}").to_lowercase();
        let client = sql::new_database(postgres, &name).await?;
        for migration in sql::migrations()? {
            if matches!(wanted, Migrations::All) || migration.name == sql::BASE {
                sql::apply(&client, &migration).await?;
            }
        }
        client
            .batch_execute(&format!(
                "insert into auth.users (id, email) values ('{OWNER}', 'sarah@example.com');
                 insert into public.profiles (id, email) values ('{OWNER}', 'sarah@example.com') on conflict do nothing;
                 {};
                 {}",
                insert_event(&format!("'{OWNER}'"), "'Host'", "''"),
                insert_order(&format!("'{OWNER}'"), "now()"),
            ))
            .await
            .with_context(|| format!("on PostgreSQL {}", postgres.version()))?;
        clients.push((postgres, client));
    }
    Ok(clients)
}

async fn assert_same_slugs(client: &Client, table: &str, rows: &[(Uuid, &str)]) -> Result<()> {
    let insert = if table == "events" {
        insert_event("given.id::uuid", "given.name", "''").replace("values (", "select ").replace("'draft')", "'draft'")
    } else {
        format!("insert into {table} (id, name) select given.id::uuid, given.name")
    };
    let given = "from unnest($1::text[], $2::text[]) with ordinality as given (id, name, place) order by place";
    let insert = client.prepare(&format!("{insert} {given} returning slug")).await?;
    for rows in rows.chunks(AT_ONCE) {
        let (ids, names): (Vec<String>, Vec<&str>) = rows.iter().map(|(id, name)| (id.to_string(), *name)).unzip();
        let inserted = client.query(&insert, &[&ids, &names]).await?;
        assert_eq!(inserted.len(), rows.len());
        for (row, (id, name)) in inserted.iter().zip(rows) {
            assert_eq!(row.get::<_, &str>("slug"), Slug::generate(name, *id).as_str(), "{name:?}");
        }
    }
    Ok(())
}

fn insert_event(id: &str, name: &str, slug: &str) -> String {
    format!(
        "insert into public.events (id, organizer_id, name, slug, type, start_at, end_at, capacity, price_cents, status)
         values ({id}, '{OWNER}', {name}, {slug}, 'conference', now(), now() + interval '1 hour', 10000, 0, 'draft')"
    )
}

/// Events of one name; takes the ids as texts.
fn insert_events() -> String {
    let insert =
        insert_event("made.id::uuid", "'Host'", "''").replace("values (", "select ").replace("'draft')", "'draft'");
    format!("{insert} from unnest($1::text[]) with ordinality as made (id, place) order by place returning slug")
}

/// It failed, so that it holds no seat and any number of them fits an event.
fn insert_order(id: &str, created_at: &str) -> String {
    format!(
        "insert into public.orders (id, customer_id, event_id, quantity, unit_price_cents, total_cents,
                                    payment_status, created_at)
         select {id}, '{OWNER}', '{OWNER}', 1, 0, 0, 'failed', {created_at}"
    )
}

/// Takes the ids as texts, and the moments of their making in microseconds since 1970.
fn insert_orders(returned: &str) -> String {
    format!("{} {MADE} returning {returned}", insert_order("made.id::uuid", CREATED_AT))
}

/// They are cancelled, as live ones are for orders that are paid.
fn insert_tickets(order_id: &str, returned: &str) -> String {
    format!(
        "insert into public.tickets (id, event_id, order_id, status, created_at)
         select made.id::uuid, '{OWNER}', {order_id}, 'cancelled', {CREATED_AT} {MADE} returning {returned}"
    )
}

const MADE: &str = "from unnest($1::text[], $2::bigint[]) with ordinality as made (id, micros, place) order by place";

/// In two steps, because an interval is cut to a double's precision and holds no 300,000 years of microseconds.
const CREATED_AT: &str = "timestamptz 'epoch' + made.micros / 1000000 * interval '1 second'
                          + made.micros % 1000000 * interval '1 microsecond'";

fn db_error(error: tokio_postgres::Error) -> Option<DbError> {
    error.source().and_then(|source| source.downcast_ref::<DbError>()).cloned()
}

/// Ids that begin differently, with digits of all kinds.
fn ids() -> impl Iterator<Item = Uuid> {
    (1..u32::MAX).map(|number| {
        let prefix = number.wrapping_mul(0x9e37_79b1);
        Uuid::from_u128(u128::from(prefix) << 96 | u128::from(number))
    })
}

/// Names as people write them, and names as no one does.
fn names() -> Vec<String> {
    let words = prop_oneof![
        "[A-Za-z0-9]{1,12}",
        "[À-ɏ]{1,8}",
        "[Ḁ-ỿ]{1,8}",
        "[a-z][\u{300}-\u{362}]{1,3}",
        "[⅐-↋㋌-㏿Ａ-ｚ𝐀-𝟋]{1,4}",
        "[А-я一-龥🀀-🿿]{1,4}",
        "[!-/:-@]{1,3}",
        "[ \t\n\u{a0}\u{200b}\u{2003}—]{1,3}",
        "[a-z]{70,90}",
    ];
    let sentences = proptest::collection::vec((words, "[ -]?"), 0..24)
        .prop_map(|words| words.into_iter().map(|(word, joint)| word + &joint).collect::<String>());
    let names = prop_oneof![3 => sentences, 1 => any::<String>(), 1 => "[A-Za-z ½é-]{70,100}"];
    let examples = [
        "Café Zürich — Straße Ærø",
        "C++/C# Night",
        "İstanbul ﬁn №5 ½",
        "AI & Machine Learning Summit 2025",
        "IıİiI QUIZ",
        "",
    ];
    let mut all: Vec<String> = examples.map(str::to_owned).into();
    all.extend(any_of(names, 5_000).into_iter().filter(|name| !name.contains('\0')));
    all
}

/// The first and last moments of days, far years, and any moment between.
fn moments() -> Vec<DateTime<Utc>> {
    let midnight = 1_760_313_600_000_000_i64;
    let any =
        any_of(prop_oneof![0..4_102_444_800_000_000_i64, -210_000_000_000_000_000..8_000_000_000_000_000_000_i64], 500);
    [midnight - 1, midnight, -1, 0, -62_135_596_800_000_001, -62_135_596_800_000_000, 253_402_300_800_000_000]
        .into_iter()
        .chain((-14..15).map(|hour| midnight + hour * 3_600_000_000))
        .chain(any)
        .filter_map(DateTime::from_timestamp_micros)
        .collect()
}

/// So many values of a strategy, the same in every run.
fn any_of<T: std::fmt::Debug>(strategy: impl Strategy<Value = T>, count: usize) -> Vec<T> {
    let mut runner = TestRunner::deterministic();
    (0..count).filter_map(|_| Some(strategy.new_tree(&mut runner).ok()?.current())).collect()
}
