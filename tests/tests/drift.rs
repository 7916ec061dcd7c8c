//! The tables that `eventos-core` declares are the tables that a migrated database has: names, types, nullability,
//! defaults, enumerations, limits and foreign keys, in both directions.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]

use std::collections::BTreeSet;

use eventos_backend::Endpoint;
use eventos_core::schema::{Arity, ColumnDef, TABLES, TableDef, Via, Write};
use eventos_tests::sql::{self, every_postgres, migrations, new_database};
use tokio_postgres::Client;

#[tokio::test]
async fn what_the_core_declares_is_what_the_database_has() {
    if let Some(url) = Endpoint::from_env().unwrap().and_then(|endpoint| endpoint.db_url) {
        compare(&sql::connect(&url).await.unwrap()).await;
        return;
    }
    for postgres in every_postgres().unwrap() {
        let client = new_database(&postgres, "drift").await.unwrap();
        for migration in migrations().unwrap() {
            sql::apply(&client, &migration).await.unwrap();
        }
        compare(&client).await;
    }
}

async fn compare(client: &Client) {
    let mut drift = Vec::new();
    for table in TABLES {
        drift.extend(columns(client, table).await);
        drift.extend(enumerations_and_limits(client, table).await);
    }
    drift.extend(relations(client).await);
    assert!(drift.is_empty(), "the declarations and the database differ:\n  {}", drift.join("\n  "));
}

async fn columns(client: &Client, table: &TableDef) -> Vec<String> {
    let is_view = table.columns.iter().all(|column| column.write == Write::Never);
    let found: Vec<String> = client
        .query(
            "select attname::text, format_type(atttypid, atttypmod), attnotnull, atthasdef
               from pg_attribute
              where attrelid = ('public.' || $1)::regclass and attnum > 0 and not attisdropped
              order by attnum",
            &[&table.name],
        )
        .await
        .unwrap()
        .iter()
        .map(|row| {
            let (name, sql_type, is_required, has_default) =
                (row.get::<_, &str>(0), row.get::<_, &str>(1), row.get::<_, bool>(2), row.get::<_, bool>(3));
            let nullability = if is_required || is_view { "not null" } else { "null" };
            let filling = if has_default || is_view { "filled" } else { "bare" };
            format!("{}.{name} {sql_type} {nullability} {filling}", table.name)
        })
        .collect();
    let declared: Vec<String> = table.columns.iter().map(|column| as_in_the_catalog(table, column)).collect();
    differences(&declared, &found)
}

/// A column that a new row may leave out has a default or may be null.
fn as_in_the_catalog(table: &TableDef, column: &ColumnDef) -> String {
    let nullability = if column.is_nullable { "null" } else { "not null" };
    // created_by is the one column that may be null and has a default: the caller.
    let is_filled = column.write != Write::Required && (!column.is_nullable || column.name == "created_by");
    let filling = if is_filled { "filled" } else { "bare" };
    format!("{}.{} {} {nullability} {filling}", table.name, column.name, column.sql_type.as_str())
}

async fn enumerations_and_limits(client: &Client, table: &TableDef) -> Vec<String> {
    let checks: Vec<String> = client
        .query(
            "select pg_get_constraintdef(oid) from pg_constraint
              where conrelid = ('public.' || $1)::regclass and contype = 'c'",
            &[&table.name],
        )
        .await
        .unwrap()
        .iter()
        .map(|row| row.get(0))
        .collect();
    let mut drift = Vec::new();
    for column in table.columns.iter().filter(|column| column.write != Write::Never) {
        let list = checks.iter().find(|check| check.contains(&format!("({} = ANY (ARRAY[", column.name)));
        let found: BTreeSet<&str> = list.map(|list| list.split('\'').skip(1).step_by(2).collect()).unwrap_or_default();
        let declared: BTreeSet<&str> = column.labels.iter().copied().collect();
        if found != declared {
            drift.push(format!("{}.{} takes {found:?}, declared {declared:?}", table.name, column.name));
        }
        for (bound, number) in
            [(">=", column.limits.map(|limits| limits.0)), ("<=", column.limits.map(|limits| limits.1))]
        {
            let start = format!("({} {bound} ", column.name);
            let found = checks.iter().find_map(|check| {
                let (_, rest) = check.split_once(&start)?;
                rest.split_once(')')?.0.parse::<i64>().ok()
            });
            let declared = number.filter(|number| *number != i64::from(i32::MAX));
            // A total is never negative because neither of its factors is.
            let is_product = table.name == "orders" && column.name == "total_cents";
            if found != declared && !is_product {
                drift.push(format!("{}.{} {bound} {found:?}, declared {declared:?}", table.name, column.name));
            }
        }
    }
    drift
}

async fn relations(client: &Client) -> Vec<String> {
    let mut found = BTreeSet::new();
    let keys = client
        .query(
            "select conrelid::regclass::text, attname::text, confrelid::regclass::text
               from pg_constraint join pg_attribute on attrelid = conrelid and attnum = conkey[1]
              where contype = 'f' and connamespace = 'public'::regnamespace
                and confrelid in (select oid from pg_class where relnamespace = 'public'::regnamespace)",
            &[],
        )
        .await
        .unwrap();
    for key in &keys {
        let (from, column, to) = (key.get::<_, &str>(0), key.get::<_, &str>(1), key.get::<_, &str>(2));
        found.insert(format!("{from} -> {to} by {column}"));
        found.insert(format!("{to} ->> {from} by {column}"));
    }
    let functions = client
        .query(
            "select proname::text, proargtypes[0]::regtype::text, prorettype::regtype::text, prorows
               from pg_proc
              where pronamespace = 'public'::regnamespace and pronargs = 1 and proretset
                and proargtypes[0] in (select reltype from pg_class where relnamespace = 'public'::regnamespace)",
            &[],
        )
        .await
        .unwrap();
    for function in &functions {
        let (name, from, to) = (function.get::<_, &str>(0), function.get::<_, &str>(1), function.get::<_, &str>(2));
        let arrow = if function.get::<_, f32>(3) == 1.0 { "->" } else { "->>" };
        found.insert(format!("{from} {arrow} {to} by {name}()"));
    }
    let declared: BTreeSet<String> = TABLES
        .iter()
        .flat_map(|table| table.relations.iter().map(move |relation| (table, relation)))
        .map(|(table, relation)| {
            let arrow = if relation.arity == Arity::One { "->" } else { "->>" };
            let via = match relation.via {
                Via::ForeignKey(column) => column.to_owned(),
                Via::Function(function) => format!("{function}()"),
            };
            format!("{} {arrow} {} by {via}", table.name, (relation.target)().name)
        })
        .collect();
    differences(&declared.into_iter().collect::<Vec<_>>(), &found.into_iter().collect::<Vec<_>>())
}

fn differences(declared: &[String], found: &[String]) -> Vec<String> {
    let missing = declared.iter().filter(|line| !found.contains(line)).map(|line| format!("declared only: {line}"));
    let extra =
        found.iter().filter(|line| !declared.contains(line)).map(|line| format!("in the database only: {line}"));
    missing.chain(extra).collect()
}
