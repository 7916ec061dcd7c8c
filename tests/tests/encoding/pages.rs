//! Pages of a read visit each row exactly once and in order, whatever the order, the directions and the nulls.
//!
//! A host answers from a table in memory: it reads each request as PostgREST would and evaluates what it asks.

use std::cmp::Ordering;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, Utc};
use eventos_core::host::{BoxFuture, Host};
use eventos_core::query::{Order, Pages};
use eventos_core::schema::Attendee;
use eventos_core::wire::{Request, Response};
use eventos_core::{AttendeeId, Eventos, Projection, Result};
use postgrest_grammar::{Condition, Direction, IsValue, Nulls, Operator, OrderTerm, SelectItem, Test};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::{hostile, read};

#[derive(Projection, Debug, Clone, PartialEq)]
#[projection(of = Attendee)]
struct Guest {
    id: AttendeeId,
    full_name: String,
    phone: Option<String>,
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn pages_visit_each_row_once_and_in_order(
        guests in guests(),
        keys in prop::collection::vec((0..3_usize, any::<bool>(), prop::option::of(any::<bool>())), 0..3),
        size in 1..5_u64,
        limit in prop::option::of(0..15_u64),
        offset in prop::option::of(0..4_u64),
    ) {
        let table = Arc::new(Table { guests, requests: Mutex::default() });
        let eventos = Eventos::builder("https://example.supabase.co", "key").host(table.clone()).build().unwrap();
        let mut select = eventos.attendees().select::<Guest>();
        for key in &keys {
            select = select.order(order(key));
        }
        select = offset.into_iter().fold(select, |select, rows| select.offset(rows));
        let in_one = run(async { select.clone().await }).unwrap();
        select = limit.into_iter().fold(select, |select, rows| select.limit(rows));
        let in_pages = run(select.clone().pages(size).collect()).unwrap();

        // Rows that the caller's order leaves equal come by their key, and without a last one the server's order is free.
        let mut expected = in_one;
        let is_ordered = |a: &Guest, b: &Guest| compared(a, b, &keys).then(a.id.cmp(&b.id));
        if offset.is_none() {
            expected.sort_by(is_ordered);
        } else {
            expected = table.guests.clone();
            expected.sort_by(is_ordered);
            expected = expected.split_off(usize::try_from(offset.unwrap_or(0)).unwrap().min(expected.len()));
        }
        expected.truncate(limit.map_or(usize::MAX, |rows| usize::try_from(rows).unwrap()));
        prop_assert_eq!(&in_pages, &expected, "{:?}", table.requests.lock().unwrap());

        // A walk goes on from a cursor that was written down.
        let mut first: Pages<Guest, Eventos> = select.clone().pages(size);
        if let Some(page) = run(first.next_page()).unwrap() {
            let cursor = first.cursor().unwrap().to_string().parse().unwrap();
            let rest = run(select.pages(size).after(cursor).collect()).unwrap();
            let left = limit.map_or(usize::MAX, |rows| usize::try_from(rows).unwrap());
            let whole: Vec<Guest> = page.into_iter().chain(rest).take(left).collect();
            prop_assert_eq!(whole, expected);
        }
    }
}

fn order((column, descending, nulls): &(usize, bool, Option<bool>)) -> Order<Attendee> {
    let order = match (column, descending) {
        (0, false) => Attendee::PHONE.asc(),
        (0, true) => Attendee::PHONE.desc(),
        (1, false) => Attendee::FULL_NAME.asc(),
        (1, true) => Attendee::FULL_NAME.desc(),
        (_, false) => Attendee::ID.asc(),
        (_, true) => Attendee::ID.desc(),
    };
    match nulls {
        None => order,
        Some(true) => order.nulls_first(),
        Some(false) => order.nulls_last(),
    }
}

fn compared(a: &Guest, b: &Guest, keys: &[(usize, bool, Option<bool>)]) -> Ordering {
    let text = |guest: &Guest, column: usize| match column {
        0 => guest.phone.clone(),
        1 => Some(guest.full_name.clone()),
        _ => Some(guest.id.to_string()),
    };
    keys.iter()
        .map(|(column, descending, nulls_first)| {
            by_one_key(text(a, *column), text(b, *column), *descending, nulls_first.unwrap_or(*descending))
        })
        .find(|ordering| ordering.is_ne())
        .unwrap_or(Ordering::Equal)
}

fn by_one_key(a: Option<String>, b: Option<String>, descending: bool, nulls_first: bool) -> Ordering {
    match (a, b) {
        (None, None) => Ordering::Equal,
        (None, Some(_)) if nulls_first => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (Some(_), None) => by_one_key(None, Some(String::new()), descending, nulls_first).reverse(),
        (Some(a), Some(b)) if descending => b.cmp(&a),
        (Some(a), Some(b)) => a.cmp(&b),
    }
}

fn guests() -> impl Strategy<Value = Vec<Guest>> {
    // Few different values, so that many rows are equal in one key.
    let names = prop::collection::vec(hostile::text(), 1..4);
    let phones = prop::collection::vec(prop::option::of(hostile::text()), 1..4);
    (names, phones, prop::collection::btree_map(0..200_u8, any::<(prop::sample::Index, prop::sample::Index)>(), 0..12))
        .prop_map(|(names, phones, rows)| {
            rows.into_iter()
                .map(|(id, (name, phone))| Guest {
                    id: AttendeeId::new(Uuid::from_u128(u128::from(id))),
                    full_name: name.get(&names).clone(),
                    phone: phone.get(&phones).clone(),
                })
                .collect()
        })
}

fn run<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
}

/// The table `attendees`, behind a server that understands what pages ask.
struct Table {
    guests: Vec<Guest>,
    requests: Mutex<Vec<String>>,
}

impl Host for Table {
    fn send<'a>(&'a self, _: &'a str, request: &'a Request) -> BoxFuture<'a, Result<Response>> {
        self.requests.lock().unwrap().push(request.target());
        let body = self.answer(request).to_string().into_bytes();
        Box::pin(std::future::ready(Ok(Response { status: 200, headers: Vec::new(), body })))
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(std::future::pending())
    }

    fn now(&self) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH
    }

    fn fill_random(&self, bytes: &mut [u8]) -> Result<()> {
        bytes.fill(0);
        Ok(())
    }
}

impl Table {
    fn answer(&self, request: &Request) -> Value {
        let asked = read(request);
        let mut rows: Vec<Value> = self
            .guests
            .iter()
            .map(|guest| json!({ "id": guest.id, "full_name": guest.full_name, "phone": guest.phone }))
            .filter(|row| asked.filters.iter().all(|filter| holds(&filter.condition, row) == Some(true)))
            .collect();
        if let Some(terms) = asked.orders.get(&Vec::new()) {
            rows.sort_by(|a, b| by_terms(a, b, terms));
        }
        let page = asked.pages.get(&Vec::new()).copied().unwrap_or_default();
        let rows = rows.into_iter().skip(usize::try_from(page.offset).unwrap_or(usize::MAX));
        let limit = page.limit.map_or(usize::MAX, |rows| usize::try_from(rows).unwrap_or(usize::MAX));
        rows.take(limit).map(|row| selected(&asked.select, &row)).collect()
    }
}

fn selected(items: &[SelectItem], row: &Value) -> Value {
    let mut shown = Map::new();
    for item in items {
        match item {
            SelectItem::Field { alias, column, cast: None, aggregate: None } => {
                shown.insert(alias.clone().unwrap_or_else(|| column.name.clone()), row[&column.name].clone());
            }
            other => panic!("this table cannot select {other:?}"),
        }
    }
    Value::Object(shown)
}

fn by_terms(a: &Value, b: &Value, terms: &[OrderTerm]) -> Ordering {
    let text = |row: &Value, term: &OrderTerm| row[&term.column.name].as_str().map(str::to_owned);
    terms
        .iter()
        .map(|term| {
            let descending = term.direction == Some(Direction::Descending);
            by_one_key(text(a, term), text(b, term), descending, term.nulls == Some(Nulls::First))
        })
        .find(|ordering| ordering.is_ne())
        .unwrap_or(Ordering::Equal)
}

/// SQL's logic of three values: `None` is unknown.
fn holds(condition: &Condition, row: &Value) -> Option<bool> {
    let negated_if = |negated: &bool, held: Option<bool>| held.map(|held| held != *negated);
    match condition {
        Condition::All { negated, of } => negated_if(negated, and(of.iter().map(|part| holds(part, row)))),
        Condition::Any { negated, of } => {
            let none = and(of.iter().map(|part| holds(part, row).map(|held| !held)));
            negated_if(negated, none.map(|none| !none))
        }
        Condition::Column { column, negated, test } => {
            let value = row[&column.name].as_str();
            let held = match test {
                Test::Is(IsValue::Null) => Some(value.is_none()),
                Test::Compare(operator, other) => value.map(|value| match operator {
                    Operator::Eq => value == other,
                    Operator::Gt => value > other.as_str(),
                    Operator::Lt => value < other.as_str(),
                    other => panic!("this table does not know {other:?}"),
                }),
                other => panic!("this table does not know {other:?}"),
            };
            negated_if(negated, held)
        }
    }
}

fn and(parts: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let parts: Vec<Option<bool>> = parts.collect();
    if parts.contains(&Some(false)) {
        return Some(false);
    }
    (!parts.contains(&None)).then_some(true)
}
