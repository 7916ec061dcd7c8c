//! Calls of functions: by GET the arguments stand in the query, where PostgREST reads filters first.

use eventos_core::ErrorKind;
use eventos_core::query::{Call, Method};
use postgrest_grammar::{Target, array_elements};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::{hostile, read};

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arguments_by_get_arrive_or_are_refused(function in function(), arguments in arguments()) {
        let call = Call::<Value>::new(function.clone(), Value::Object(arguments.clone())).unwrap().method(Method::Get);
        match call.to_request() {
            Ok(request) => {
                let read = read(&request);
                prop_assert_eq!(read.target, Target::Function(function));
                prop_assert_eq!(read.filters, vec![], "{}", request.target());
                prop_assert_eq!(read.arguments.len(), arguments.len(), "{}", request.target());
                for (name, text) in read.arguments {
                    prop_assert!(says(&arguments[&name], &text), "{} is {} in {}", name, text, request.target());
                }
            }
            Err(error) => prop_assert_eq!(error.kind(), ErrorKind::InvalidInput),
        }
    }

    #[test]
    fn arguments_by_post_arrive(function in function(), arguments in arguments()) {
        let call = Call::<Value>::new(function.clone(), Value::Object(arguments.clone())).unwrap();
        match call.to_request() {
            Ok(request) => {
                prop_assert_eq!(read(&request).target, Target::Function(function));
                let body: Value = serde_json::from_str(request.body.as_deref().unwrap()).unwrap();
                prop_assert_eq!(body, Value::Object(arguments));
            }
            Err(error) => {
                prop_assert_eq!(error.kind(), ErrorKind::InvalidInput);
                prop_assert!(["", ".", ".."].contains(&function.as_str()) , "{}", function);
            }
        }
    }
}

/// Ordinary arguments are not refused, and those that are say how to go on.
#[test]
fn a_refused_argument_names_the_way_out() {
    let call = |arguments: Value| Call::<Value>::new("search", arguments).unwrap().method(Method::Get).to_request();
    for plain in ["eqx", "summit & gala", "e.g. this", "1.5", "in Toronto", "{a}", "not here", "", "a.eq.b"] {
        assert!(call(json!({ "term": plain })).is_ok(), "{plain}");
    }
    for filter in [
        "eq.1",
        "not.x",
        "in.Paris",
        "is.it",
        "not.eq.1",
        "like(any).{a}",
        "fts(english).a",
        "isdistinct.x",
        "gte.",
        "sl.x",
    ] {
        let error = call(json!({ "term": filter })).unwrap_err();
        assert!(error.to_string().contains("POST"), "{filter}: {error}");
    }
    for parameter in ["select", "order", "limit", "offset", "and", "or", "columns", "on_conflict", "a.order", "a->b"] {
        let error = call(json!({ parameter: "1" })).unwrap_err();
        assert!(error.to_string().contains("POST"), "{parameter}: {error}");
    }
}

fn function() -> impl Strategy<Value = String> {
    prop_oneof![3 => Just("seats_left".to_owned()), 1 => hostile::text()]
}

fn arguments() -> impl Strategy<Value = Map<String, Value>> {
    let name = prop_oneof![4 => "[a-z][a-z_]{0,5}", 1 => hostile::text()];
    let scalar = prop_oneof![
        any::<i32>().prop_map(Value::from),
        any::<bool>().prop_map(Value::from),
        hostile::text().prop_map(Value::from)
    ];
    let list = prop::collection::vec(hostile::text(), 0..3).prop_map(Value::from);
    let value = prop_oneof![4 => scalar, 1 => list, 1 => hostile::document()];
    prop::collection::btree_map(name, value, 0..3).prop_map(|arguments| arguments.into_iter().collect())
}

/// Whether PostgreSQL reads this text as that value.
fn says(value: &Value, text: &str) -> bool {
    match value {
        Value::Null => false,
        Value::String(expected) => expected == text,
        Value::Array(elements) => match array_elements(text) {
            Some(read) => {
                read.len() == elements.len()
                    && read
                        .iter()
                        .zip(elements)
                        .all(|(read, element)| read.as_ref().is_some_and(|read| says(element, read)))
            }
            // The reader knows no arrays in arrays; what is in them is quoted text to it.
            None => false,
        },
        other => serde_json::from_str::<Value>(text).is_ok_and(|read| read == *other),
    }
}
