//! The codes that `eventos_core::codes` makes against those that the database's triggers make, byte for
//! byte, on every PostgreSQL at hand.

use std::collections::HashSet;
use std::error::Error as _;
use std::sync::LazyLock;

use anyhow::{Context, Result};
use chrono::{DateTime, Utc};
use eventos_backend::Postgres;
use eventos_core::codes::{OrderNumber, QrPayload, Slug, TicketNumber};
use eventos_tests::sql;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use tokio_postgres::Client;
use tokio_postgres::error::{DbError, SqlState};
use uuid::Uuid;

static EVERY_POSTGRES: LazyLock<Result<Vec<Postgres>>> = LazyLock::new(sql::every_postgres);

/// The organizer, the event and the order that other rows of a test refer to.
const OWNER: &str = "11111111-0000-4000-8000-000000000000";

#[tokio::test]
async fn slugs_of_names() -> Result<()> {
    let names = names();
    let rows: Vec<(Uuid, &str)> = ids().zip(names.iter().map(String::as_str)).collect();
    for client in clients("slugs_of_names", Migrations::All).await? {
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
    for client in clients("slugs_of_single_characters", Migrations::All).await? {
        assert_same_slugs(&client, "events", &rows).await?;
    }
    Ok(())
}

/// A database may sort and fold as Turkish does, where `I` is not the upper case of `i`.
#[tokio::test]
async fn slugs_under_any_collation() -> Result<()> {
    let names = names();
    let rows: Vec<(Uuid, &str)> = ids().zip(names.iter().map(String::as_str)).collect();
    for client in clients("slugs_under_any_collation", Migrations::All).await? {
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
    for client in clients("slugs_that_callers_give", Migrations::All).await? {
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
    let ids: Vec<String> = rows.iter().map(|(id, _)| id.to_string()).collect();
    let micros: Vec<i64> = rows.iter().map(|(_, created_at)| created_at.timestamp_micros()).collect();
    for client in clients("numbers", Migrations::All).await? {
        for zone in ["UTC", "America/Toronto", "Asia/Kathmandu", "Pacific/Kiritimati", "Pacific/Pago_Pago"] {
            client.batch_execute(&format!("begin; set local time zone '{zone}'")).await?;
            let orders = client.query(&insert_orders("order_number"), &[&ids, &micros]).await?;
            assert_eq!(orders.len(), rows.len());
            for (row, (id, created_at)) in orders.iter().zip(&rows) {
                let number = OrderNumber::generate(*id, *created_at);
                assert_eq!(row.get::<_, &str>("order_number"), number.as_str(), "{created_at} in {zone}");
            }
            let tickets = client.query(&insert_tickets("made.id::uuid", "ticket_number"), &[&ids, &micros]).await?;
            assert_eq!(tickets.len(), rows.len());
            for (row, (id, created_at)) in tickets.iter().zip(&rows) {
                let number = TicketNumber::generate(*id, *created_at);
                assert_eq!(row.get::<_, &str>("ticket_number"), number.as_str(), "{created_at} in {zone}");
            }
            client.batch_execute("rollback").await?;
        }
    }
    Ok(())
}

#[tokio::test]
async fn qr_payloads_are_documented_and_never_repeat() -> Result<()> {
    let (ids, micros): (Vec<String>, Vec<i64>) = ids().map(|id| (id.to_string(), 0)).take(2_000).unzip();
    for client in clients("qr_payloads", Migrations::All).await? {
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
/// here. A later migration makes numbers collision-proof.
#[tokio::test]
async fn colliding_prefixes_fail_in_the_base_migration() -> Result<()> {
    let ids: Vec<String> = (0..10_000_u128).map(|rest| Uuid::from_u128(0xabcd_0123 << 96 | rest).to_string()).collect();
    let micros: Vec<i64> = (0..10_000).map(|second| 1_760_313_600_000_000 + second * 1_000_000).collect();
    for client in clients("colliding_prefixes", Migrations::Base).await? {
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

#[derive(Clone, Copy)]
enum Migrations {
    Base,
    All,
}

/// A migrated database with one organizer, event and order, on every PostgreSQL at hand.
async fn clients(database: &str, wanted: Migrations) -> Result<Vec<Client>> {
    let every_postgres = EVERY_POSTGRES.as_ref().map_err(|error| anyhow::anyhow!("{error:?}"))?;
    let mut clients = Vec::new();
    for postgres in every_postgres {
        let client = sql::new_database(postgres, &format!("codes_{database}")).await?;
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
        clients.push(client);
    }
    Ok(clients)
}

async fn assert_same_slugs(client: &Client, table: &str, rows: &[(Uuid, &str)]) -> Result<()> {
    let (ids, names): (Vec<String>, Vec<&str>) = rows.iter().map(|(id, name)| (id.to_string(), *name)).unzip();
    let insert = if table == "events" {
        insert_event("given.id::uuid", "given.name", "''").replace("values (", "select ").replace("'draft')", "'draft'")
    } else {
        format!("insert into {table} (id, name) select given.id::uuid, given.name")
    };
    let given = "from unnest($1::text[], $2::text[]) with ordinality as given (id, name, place) order by place";
    let inserted = client.query(&format!("{insert} {given} returning slug"), &[&ids, &names]).await?;
    assert_eq!(inserted.len(), rows.len());
    for (row, (id, name)) in inserted.iter().zip(rows) {
        assert_eq!(row.get::<_, &str>("slug"), Slug::generate(name, *id).as_str(), "{name:?}");
    }
    Ok(())
}

fn insert_event(id: &str, name: &str, slug: &str) -> String {
    format!(
        "insert into public.events (id, organizer_id, name, slug, type, start_at, end_at, capacity, price_cents, status)
         values ({id}, '{OWNER}', {name}, {slug}, 'conference', now(), now() + interval '1 hour', 10000, 0, 'draft')"
    )
}

fn insert_order(id: &str, created_at: &str) -> String {
    format!(
        "insert into public.orders (id, customer_id, event_id, quantity, unit_price_cents, total_cents, created_at)
         select {id}, '{OWNER}', '{OWNER}', 1, 0, 0, {created_at}"
    )
}

/// Takes the ids as texts, and the moments of their making in microseconds since 1970.
fn insert_orders(returned: &str) -> String {
    format!("{} {MADE} returning {returned}", insert_order("made.id::uuid", CREATED_AT))
}

fn insert_tickets(order_id: &str, returned: &str) -> String {
    format!(
        "insert into public.tickets (id, event_id, order_id, created_at)
         select made.id::uuid, '{OWNER}', {order_id}, {CREATED_AT} {MADE} returning {returned}"
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
