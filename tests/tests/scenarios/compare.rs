//! Expected against observed, place by place.

use serde_json::Value;

/// Each place where the two differ, as a line; none where they are equal.
pub(crate) fn differences(expected: &Value, observed: &Value) -> Vec<String> {
    let mut found = Vec::new();
    compare(String::new(), expected, observed, &mut found);
    found
}

fn compare(place: String, expected: &Value, observed: &Value, found: &mut Vec<String>) {
    match (expected, observed) {
        (Value::Object(wanted), Value::Object(seen)) => {
            for (name, value) in wanted {
                let place = join(&place, name);
                match seen.get(name) {
                    Some(observed) => compare(place, value, observed, found),
                    None => found.push(format!("{place}: expected {}, but there is none", short(value))),
                }
            }
            for (name, value) in seen.iter().filter(|(name, _)| !wanted.contains_key(*name)) {
                found.push(format!("{}: nothing expected, but there is {}", join(&place, name), short(value)));
            }
        }
        (Value::Array(wanted), Value::Array(seen)) => {
            for index in 0..wanted.len().max(seen.len()) {
                let place = format!("{place}[{index}]");
                match (wanted.get(index), seen.get(index)) {
                    (Some(wanted), Some(seen)) => compare(place, wanted, seen, found),
                    (Some(wanted), None) => {
                        found.push(format!("{place}: expected {}, but there is none", short(wanted)))
                    }
                    (None, Some(seen)) => {
                        found.push(format!("{place}: nothing expected, but there is {}", short(seen)))
                    }
                    (None, None) => {}
                }
            }
        }
        (expected, observed) if expected == observed => {}
        (expected, observed) => {
            found.push(format!("{place}:\n      expected {expected}\n      observed {observed}"));
        }
    }
}

/// A value as one line that can be taken in at a glance.
fn short(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(300) {
        Some((end, _)) => format!("{} …", &text[..end]),
        None => text,
    }
}

fn join(place: &str, name: &str) -> String {
    if place.is_empty() { name.to_owned() } else { format!("{place}.{name}") }
}

/// Each place where a value does not meet a pattern, as a line.
///
/// Objects of a pattern name what must be there, lists all that is there, in order. An object with a key that begins
/// with `$` is one of the README's matchers.
pub(crate) fn unmet(pattern: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    meet(String::new(), pattern, value, &mut found);
    found
}

fn meet(place: String, pattern: &Value, value: &Value, found: &mut Vec<String>) {
    match (pattern, value) {
        (Value::Object(pattern), value) if pattern.keys().any(|name| name.starts_with('$')) => {
            if !pattern.iter().all(|(matcher, operand)| is_matched(matcher, operand, value)) {
                found.push(format!("{place}: expected {}, observed {value}", Value::from(pattern.clone())));
            }
        }
        (Value::Object(pattern), Value::Object(fields)) => {
            for (name, pattern) in pattern {
                let place = join(&place, name);
                match fields.get(name) {
                    Some(value) => meet(place, pattern, value, found),
                    None => found.push(format!("{place}: expected {pattern}, but there is none")),
                }
            }
        }
        (Value::Array(patterns), Value::Array(values)) if patterns.len() == values.len() => {
            for (index, (pattern, value)) in patterns.iter().zip(values).enumerate() {
                meet(format!("{place}[{index}]"), pattern, value, found);
            }
        }
        (pattern, value) if pattern == value => {}
        (pattern, value) => found.push(format!("{place}: expected {pattern}, observed {value}")),
    }
}

fn is_matched(matcher: &str, operand: &Value, value: &Value) -> bool {
    match (matcher, operand) {
        ("$contains", Value::Array(patterns)) => value.as_array().is_some_and(|values| {
            patterns.iter().all(|pattern| values.iter().any(|value| unmet(pattern, value).is_empty()))
        }),
        ("$at_least", Value::Number(least)) => value.as_f64() >= least.as_f64() && value.is_number(),
        ("$starts_with", Value::String(start)) => value.as_str().is_some_and(|text| text.starts_with(start)),
        ("$type", Value::String(name)) => {
            let text = value.as_str();
            match name.as_str() {
                "uuid" => text.is_some_and(|text| uuid::Uuid::try_parse(text).is_ok()),
                "time" => text.is_some_and(|text| chrono::DateTime::parse_from_rfc3339(text).is_ok()),
                "order_number" => text.is_some_and(|text| eventos_core::codes::OrderNumber::validate(text).is_ok()),
                "ticket_number" => text.is_some_and(|text| eventos_core::codes::TicketNumber::validate(text).is_ok()),
                "qr_payload" => text.is_some_and(|text| eventos_core::codes::QrPayload::validate(text).is_ok()),
                "slug" => text.is_some_and(|text| eventos_core::codes::Slug::validate(text).is_ok()),
                _ => false,
            }
        }
        _ => false,
    }
}

/// Copies of a value, each with another value in one place, and that place.
pub(crate) fn mutants(value: &Value) -> Vec<(String, Value)> {
    let mut places = Vec::new();
    collect(String::new(), value, &mut places);
    places
        .into_iter()
        .map(|(pointer, other)| {
            let mut mutant = value.clone();
            if let Some(place) = mutant.pointer_mut(&pointer) {
                *place = other;
            }
            (pointer, mutant)
        })
        .collect()
}

fn collect(pointer: String, value: &Value, places: &mut Vec<(String, Value)>) {
    match value {
        Value::Array(list) if !list.is_empty() => {
            for (index, value) in list.iter().enumerate() {
                collect(format!("{pointer}/{index}"), value, places);
            }
        }
        Value::Object(fields) if !fields.is_empty() => {
            for (name, value) in fields {
                collect(format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1")), value, places);
            }
        }
        leaf => places.push((pointer, other_than(leaf))),
    }
}

fn other_than(leaf: &Value) -> Value {
    match leaf {
        Value::Null => Value::from("something"),
        Value::Bool(flag) => Value::from(!flag),
        Value::Number(number) => Value::from(number.as_i64().unwrap_or_default() + 1_000_000_000_000),
        Value::String(text) => Value::from(format!("{text}~")),
        Value::Array(_) => Value::from(vec!["something"]),
        Value::Object(_) => serde_json::json!({ "something": 1 }),
    }
}
