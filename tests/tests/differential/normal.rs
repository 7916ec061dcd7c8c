//! Requests in a form that is equal for those which mean the same to our tables.

use chrono::{DateTime, SecondsFormat, Utc};
use eventos_core::wire;
use postgrest_grammar::{Condition, Operator, Request, SelectItem, Test};
use serde_json::Value;

/// What a request of ours means, and its body.
pub(crate) fn ours(request: &wire::Request) -> (Request, Option<Value>) {
    let headers: Vec<(&str, &str)> =
        request.headers.iter().map(|(name, value)| (name.as_ref(), value.as_ref())).collect();
    let body = request.body.as_deref().map(|body| serde_json::from_str(body).unwrap());
    meant(request.method.as_str(), &request.target(), &headers, body)
}

/// What a request means, and its body. The server must not ignore any part of it.
pub(crate) fn meant(
    method: &str,
    target: &str,
    headers: &[(&str, &str)],
    body: Option<Value>,
) -> (Request, Option<Value>) {
    let request =
        Request::read(method, target, headers).unwrap_or_else(|refusal| panic!("{method} {target}: {refusal}"));
    assert_eq!(request.ignored, [""; 0], "{target}");
    let mut request = request.canonical();
    request.select.iter_mut().for_each(without_default_names);
    request.filters.iter_mut().for_each(|filter| condition(&mut filter.condition));
    request.filters.sort();
    // Columns that every row brings need not be named.
    if request.columns.as_ref().is_some_and(|columns| rows(&body).all(|row| columns.iter().eq(row.keys()))) {
        request.columns = None;
    }
    // One row alone or in a list is one row.
    let body = match body {
        Some(Value::Array(rows)) if rows.len() == 1 => rows.into_iter().next(),
        other => other,
    };
    (request, body)
}

fn rows(body: &Option<Value>) -> impl Iterator<Item = &serde_json::Map<String, Value>> {
    let rows = match body {
        Some(Value::Array(rows)) => rows.as_slice(),
        Some(row) => std::slice::from_ref(row),
        None => &[],
    };
    rows.iter().filter_map(Value::as_object)
}

/// An aggregate without an alias is called like its function.
fn without_default_names(item: &mut SelectItem) {
    match item {
        SelectItem::Field { alias, aggregate: Some(aggregate), .. } => {
            *alias = alias.take().filter(|alias| *alias != aggregate.function);
        }
        SelectItem::Field { alias, column, .. } => {
            let last = column.json.last().map(|step| &step.to);
            *alias = alias
                .take()
                .filter(|alias| !matches!(last, Some(postgrest_grammar::JsonKey::Member(member)) if member == alias));
        }
        SelectItem::Embed { select, .. } | SelectItem::Spread { select, .. } => {
            select.iter_mut().for_each(without_default_names);
        }
    }
}

/// Times in UTC, and JSON without spaces.
fn condition(condition: &mut Condition) {
    match condition {
        Condition::All { of, .. } | Condition::Any { of, .. } => of.iter_mut().for_each(self::condition),
        Condition::Column { test: Test::Compare(Operator::Contains | Operator::ContainedBy, document), .. } => {
            if let Ok(value) = serde_json::from_str::<Value>(document) {
                *document = value.to_string();
            }
        }
        Condition::Column { test: Test::Compare(_, text), .. } => {
            if let Ok(instant) = DateTime::parse_from_rfc3339(text) {
                *text = instant.with_timezone(&Utc).to_rfc3339_opts(SecondsFormat::AutoSi, true);
            }
        }
        Condition::Column { .. } => {}
    }
}
