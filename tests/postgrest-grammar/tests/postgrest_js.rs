//! What the requests of `@supabase/postgrest-js` mean, as captured in `tests/differential`.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, in its helpers too"
)]

use postgrest_grammar::{Condition, Operator, Quantifier, Refusal, Request, Test};
use serde_json::Value;

#[test]
fn every_right_request_is_understood_to_its_end() {
    let mut right = 0;
    for case in cases() {
        if case.get("wrong").is_none() {
            let name = text(&case, "name");
            let request = read(&case).unwrap_or_else(|refusal| panic!("{name}: {refusal}"));
            assert_eq!(request.ignored, [""; 0], "{name}");
            right += 1;
        }
    }
    assert!(right > 60, "{right} cases");
}

/// The evidence for each claim that postgrest-js encodes something wrongly: what the server reads instead.
#[test]
fn every_wrong_request_means_something_else() {
    let values = |values: &[&str]| Test::In(values.iter().map(|&value| value.into()).collect());
    let each = |values: &[&str]| {
        let values = values.iter().map(|&value| Some(value.into())).collect();
        Test::CompareEach(Operator::Like, Quantifier::Any, values)
    };
    let mut wrong = 0;
    for case in cases() {
        let Some(claim) = case.get("wrong") else {
            continue;
        };
        wrong += 1;
        let read = read(&case);
        let name = text(&case, "name");
        let test = || match read.clone().unwrap().filters.pop().unwrap().condition {
            Condition::Column { test, .. } => test,
            other => panic!("{other:?}"),
        };
        match name.as_str() {
            "wrong_in_quote" => assert_eq!(test(), values(&["\"a\"b", "c\""])),
            "wrong_in_backslash" => assert_eq!(test(), values(&["ab,c"])),
            "wrong_in_quoted_text" => assert_eq!(test(), values(&["a", "b"])),
            "wrong_in_empty_text" => assert_eq!(test(), values(&[])),
            "wrong_in_leading_space" => assert_eq!(test(), values(&["a", "b"])),
            "wrong_like_any_comma" => assert_eq!(test(), each(&["a", "b%"])),
            "wrong_like_any_escape" => assert_eq!(test(), each(&["100%"])),
            "wrong_contains_json_array" => {
                assert_eq!(test(), Test::Compare(Operator::Contains, "{wifi}".into()));
            }
            "wrong_contains_array_comma" => {
                assert_eq!(test(), Test::Compare(Operator::Contains, "{a,b}".into()));
            }
            "wrong_or_injection" => {
                let filter = read.unwrap().filters.pop().unwrap();
                assert!(matches!(filter.condition, Condition::Any { of, .. } if of.len() == 2));
            }
            "wrong_rpc_get_array_comma" => {
                assert_eq!(read.unwrap().arguments, [("tags".into(), "{a,b}".into())]);
            }
            "wrong_maybe_single" => assert!(read.unwrap().accept.is_empty()),
            "wrong_or_comma"
            | "wrong_not_in_text"
            | "wrong_embed_named_order"
            | "wrong_limit_on_update"
            | "wrong_rpc_get_operator" => assert!(read.is_err(), "{name}: {claim}"),
            other => panic!("{other} says that {claim}, which is not shown here"),
        }
    }
    assert_eq!(wrong, 17);
}

fn cases() -> Vec<Value> {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../differential/postgrest-js.json");
    let captured: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    captured["cases"].as_array().unwrap().clone()
}

fn read(case: &Value) -> Result<Request, Refusal> {
    let headers: Vec<(&str, &str)> = case["headers"]
        .as_object()
        .unwrap()
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str().unwrap()))
        .collect();
    Request::read(&text(case, "method"), &text(case, "path"), &headers)
}

fn text(case: &Value, member: &str) -> String {
    case[member].as_str().unwrap().to_owned()
}
