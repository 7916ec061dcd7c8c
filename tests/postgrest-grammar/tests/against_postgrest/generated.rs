//! Generated requests: the reader and the server must agree whether one is acceptable, and on what it finds.

use std::cell::Cell;
use std::collections::BTreeSet;

use postgrest_grammar::{JsonKey, Request, SelectItem};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::server::{Answer, Server};
use crate::{ids_by_reader, ids_of, server_for};

const CASES: u32 = 3000;

/// So many of them at least must have an answer with rows, or the test would compare next to nothing.
const COMPARED: u32 = CASES / 10;

const SAMPLE: [&str; 3] = ["id", "t", "j"];
const PART: [&str; 4] = ["id", "sample_id", "order", "j"];

/// Texts from which values are put together; most of the sample's texts are among their combinations.
const PIECES: [&str; 21] =
    ["a", "b", "abc", " ", ",", ")", "(", "\"", "\\", "*", "%", "_", "{", "}", "+", ";", ".", "null", "é", "&", "="];

#[test]
fn filters_find_what_the_reader_says() {
    let queries = prop_oneof![filter(), tree_parameter(), soup("or=(", FILTER_TOKENS)];
    for_each(queries, "filters_find_what_the_reader_says", |query, postgrest| {
        let path = format!("/sample?select=id&{query}");
        let answer = postgrest.get(&path);
        let read = Request::read("GET", &path, &[]);
        match (answer.status, read) {
            (200, Ok(request)) => {
                let expected = ids_by_reader(&request);
                if let Some(expected) = &expected {
                    prop_assert_eq!(&ids_of(&answer), expected, "{}", path);
                }
                Ok(expected.is_some_and(|ids| !ids.is_empty()))
            }
            // Arrays of arrays are the one thing that the server takes and the reader does not.
            (200, Err(refusal)) => {
                let known = refusal.reason().contains("one dimension");
                prop_assert!(known, "{}: {}", path, refusal);
                Ok(false)
            }
            (_, read) => agree_on_error(&path, &answer, read.is_ok()),
        }
    });
}

#[test]
fn selections_answer_with_the_names_that_the_reader_says() {
    let name = "selections_answer_with_the_names_that_the_reader_says";
    for_each(selection_parameter(), name, |query, postgrest| {
        let path = format!("/part?{query}&limit=1");
        let answer = postgrest.get(&path);
        match (answer.status, Request::read("GET", &path, &[])) {
            (200, Ok(request)) => {
                let Some(first) = answer.body.get(0).and_then(|row| row.as_object()) else {
                    return Ok(false);
                };
                let names: BTreeSet<String> = first.keys().cloned().collect();
                prop_assert_eq!(names, answered_names(&request.select, &PART), "{}", path);
                for (embed, names) in embeds(&request.select, first) {
                    prop_assert_eq!(names, answered_names(embed, &SAMPLE), "{}", path);
                }
                Ok(true)
            }
            (_, read) => agree_on_error(&path, &answer, read.is_ok()),
        }
    });
}

#[test]
fn orders_are_refused_by_both_or_neither() {
    for_each(order_parameter(), "orders_are_refused_by_both_or_neither", |query, postgrest| {
        let path = format!("/sample?{query}&limit=1");
        let answer = postgrest.get(&path);
        let read = Request::read("GET", &path, &[]);
        prop_assert_eq!(read.is_ok(), answer.code() != "PGRST100", "{}: {}", path, answer.body);
        Ok(read.is_ok())
    });
}

/// Runs `check` on generated queries; it tells whether an answer with rows could be compared.
fn for_each(
    queries: impl Strategy<Value = String>,
    test: &str,
    check: impl Fn(String, &Server) -> Result<bool, TestCaseError>,
) {
    let Some(postgrest) = server_for(test) else {
        return;
    };
    let compared = Cell::new(0);
    let config = Config { cases: CASES, failure_persistence: None, ..Config::default() };
    TestRunner::new(config)
        .run(&queries, |query| {
            compared.set(compared.get() + u32::from(check(query, &postgrest)?));
            Ok(())
        })
        .unwrap();
    println!("{test}: {} of {CASES} answers had rows to compare", compared.get());
    assert!(compared.get() >= COMPARED, "too few to prove anything: {}", compared.get());
}

/// The server errs: is it about the grammar, where the reader must err too, or about names, where it must not?
fn agree_on_error(path: &str, answer: &Answer, read: bool) -> Result<bool, TestCaseError> {
    match answer.code() {
        "PGRST100" => prop_assert!(!read, "{}: {}", path, answer.body),
        "42703" | "PGRST200" => prop_assert!(read, "{}: {}", path, answer.body),
        // The others depend on the types of columns and on PostgreSQL's patterns.
        code => prop_assert!(!code.is_empty(), "{}: {}", path, answer.status),
    }
    Ok(false)
}

fn filter() -> impl Strategy<Value = String> {
    (operator(), value(), any::<bool>())
        .prop_map(|(operator, value, encode_all)| format!("t={operator}.{}", encoded(&value, encode_all)))
}

fn operator() -> impl Strategy<Value = String> {
    let operator = prop::sample::select(vec![
        "eq",
        "neq",
        "gt",
        "lte",
        "like",
        "in",
        "is",
        "isdistinct",
        "eq(any)",
        "like(all)",
        "eq(all)",
        "neq(any)",
        "e",
    ]);
    (prop::sample::select(vec!["", "not."]), operator).prop_map(|(not, operator)| format!("{not}{operator}"))
}

fn value() -> impl Strategy<Value = String> {
    let text = prop::collection::vec(prop::sample::select(&PIECES[..]), 0..4).prop_map(|pieces| pieces.concat());
    let sampled = prop::sample::select(crate::sample::TEXTS.iter().flatten().copied().collect::<Vec<_>>());
    let text = prop_oneof![text, sampled.prop_map(str::to_owned)];
    let element = (text.clone(), any::<bool>()).prop_map(|(text, quote)| if quote { quoted(&text) } else { text });
    let elements = prop::collection::vec(element.clone(), 0..3).prop_map(|elements| elements.join(","));
    prop_oneof![
        text,
        element,
        elements.clone().prop_map(|elements| format!("({elements})")),
        elements.clone().prop_map(|elements| format!("{{{elements}}}")),
        elements.prop_map(|elements| quoted(&format!("{{{elements}}}"))),
    ]
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn tree_parameter() -> impl Strategy<Value = String> {
    let leaf = (operator(), value()).prop_map(|(operator, value)| format!("t.{operator}.{value}"));
    let tree = leaf.prop_recursive(2, 6, 3, |inner| {
        (prop::sample::select(vec!["and", "or", "not.and", "not.or"]), prop::collection::vec(inner, 1..3))
            .prop_map(|(operator, children)| format!("{operator}({})", children.join(",")))
    });
    let key = prop::sample::select(vec!["or", "and", "not.or", "not.and"]);
    (key, prop::collection::vec(tree, 1..3), any::<bool>())
        .prop_map(|(key, trees, encode_all)| format!("{key}=({})", encoded(&trees.join(","), encode_all)))
}

const FILTER_TOKENS: &[&str] = &[
    "t", "id", ".", ".eq.", ".in.(", "(", ")", ",", "and(", "or(", "not.", "\"", "\\", " ", "1", "abc", "{", "}",
    ".is.null",
];

/// Selections of the table `part` and of the row of `sample` that each part belongs to.
fn selection_parameter() -> impl Strategy<Value = String> {
    let within = prop::collection::vec(selected_field(), 0..3).prop_map(|items| items.join(","));
    let embed = (
        one_of(&["", "", "x:", "\"y z\":", "x::"]),
        one_of(&["sample", "sample", "sample", "...sample", "count"]),
        one_of(&["", "", "!inner", "!left", "!sample_id", "!sample_id!inner", "!left!inner!left"]),
        within,
        one_of(&[")", ")", ")", ") ", ""]),
    )
        .prop_map(|(alias, relation, parameters, within, end)| format!("{alias}{relation}{parameters}({within}{end}"));
    let item = prop_oneof![2 => selected_field(), 1 => embed];
    let separator = one_of(&[",", ",", ",", ", ", " ,", ""]);
    (prop::collection::vec(item, 0..4), separator, any::<bool>())
        .prop_map(|(items, separator, encode_all)| format!("select={}", encoded(&items.join(&separator), encode_all)))
}

fn selected_field() -> impl Strategy<Value = String> {
    let step = one_of(&["->k", "->>k", "->0", "->>-1", "->a b", "->\"a b\"", "->0x", "->-", "->>", "->k-l", "->!@#"]);
    (
        one_of(&["", "", "", "x:", "\"y z\":", " x :", "x::", ":"]),
        one_of(&["id", "j", "j", "*", "\"id\"", " id", "j ", "count()", "i-d", "1", "\"", "."]),
        prop::collection::vec(step, 0..3).prop_map(|steps| steps.concat()),
        one_of(&["", "", "", "::text", "::text::int", "::", ":: text "]),
        one_of(&["", "", "", "", ".count()", ".max()", ".sum()", ".x()", ".count"]),
        one_of(&["", "", "", "::text", ")"]),
    )
        .prop_map(|(alias, column, json, cast, aggregate, end)| format!("{alias}{column}{json}{cast}{aggregate}{end}"))
}

fn one_of(choices: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop::sample::select(choices).prop_map(str::to_owned)
}

fn order_parameter() -> impl Strategy<Value = String> {
    let term = (
        one_of(&["id", "t", "j->k", "j->>0", " id ", "\"t\"", "j->0x", "part(id)", "", "i-"]),
        one_of(&["", "", ".asc", ".desc", " .asc", ".asc.desc", ".as"]),
        one_of(&["", "", ".nullsfirst", ".nullslast", ".nulls", ".nullslast.asc", " ", ")"]),
    )
        .prop_map(|(column, direction, nulls)| format!("{column}{direction}{nulls}"));
    (prop::collection::vec(term, 1..3), any::<bool>())
        .prop_map(|(terms, encode_all)| format!("order={}", encoded(&terms.join(","), encode_all)))
}

fn soup(start: &'static str, tokens: &'static [&'static str]) -> impl Strategy<Value = String> {
    (prop::collection::vec(prop::sample::select(tokens), 0..7), any::<bool>())
        .prop_map(move |(tokens, encode_all)| format!("{start}{}", encoded(&tokens.concat(), encode_all)))
}

/// Percent-encodes what a request line cannot carry; with `all`, everything but letters and digits.
fn encoded(text: &str, all: bool) -> String {
    text.bytes()
        .map(|byte| {
            let plain = byte.is_ascii_alphanumeric() || (!all && b".,()*+;&=_:!-".contains(&byte));
            if plain { char::from(byte).to_string() } else { format!("%{byte:02X}") }
        })
        .collect()
}

/// What is selected of each embed, and the members of the row that the answer shows there.
fn embeds<'a>(
    select: &'a [SelectItem],
    answer: &serde_json::Map<String, serde_json::Value>,
) -> Vec<(&'a [SelectItem], BTreeSet<String>)> {
    let mut embeds = Vec::new();
    for item in select {
        if let SelectItem::Embed { alias, relation, select, .. } = item {
            let shown = answer.get(alias.as_ref().unwrap_or(relation));
            if let Some(row) = shown.and_then(|row| row.as_object()) {
                embeds.push((select.as_slice(), row.keys().cloned().collect()));
            }
        }
    }
    embeds
}

/// The members of the objects that a selection answers with.
fn answered_names(select: &[SelectItem], columns: &[&str]) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for item in select {
        match item {
            SelectItem::Field { alias: Some(alias), .. } => drop(names.insert(alias.clone())),
            SelectItem::Field { aggregate: Some(aggregate), .. } => drop(names.insert(aggregate.function.clone())),
            SelectItem::Field { column, .. } if column.name == "*" => {
                names.extend(columns.iter().map(|&column| column.to_owned()));
            }
            SelectItem::Field { column, .. } => drop(names.insert(name_of(column))),
            SelectItem::Embed { alias, relation, select, .. } => {
                if !select.is_empty() {
                    names.insert(alias.as_ref().unwrap_or(relation).clone());
                }
            }
            SelectItem::Spread { select, .. } => names.extend(answered_names(select, &SAMPLE)),
        }
    }
    names
}

/// The last member of a json path names the value; positions do not.
fn name_of(column: &postgrest_grammar::Column) -> String {
    let mut keys = column.json.iter().rev();
    match keys.next().map(|step| &step.to) {
        None => column.name.clone(),
        Some(JsonKey::Member(member)) => member.clone(),
        Some(JsonKey::Element(_)) => keys
            .find_map(|step| match &step.to {
                JsonKey::Member(member) => Some(member.clone()),
                JsonKey::Element(_) => None,
            })
            .unwrap_or_else(|| column.name.clone()),
    }
}
