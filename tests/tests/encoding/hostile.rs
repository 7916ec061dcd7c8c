//! Texts that mean something wherever they get through: in URLs, in PostgREST's grammar, in array literals, in patterns,
//! in JSON.

use proptest::prelude::*;
use proptest::sample::select;

const PIECES: &[&str] = &[
    "a",
    "B",
    "0",
    "-1",
    "",
    " ",
    "  ",
    ",",
    "(",
    ")",
    "\"",
    "\"\"",
    "\\",
    "\\\\",
    "'",
    "%",
    "%25",
    "%00",
    "_",
    "*",
    "+",
    "&",
    "=",
    ";",
    "#",
    "?",
    "/",
    ":",
    "::",
    "!",
    ".",
    "..",
    "-",
    "->",
    "->>",
    "{",
    "}",
    "{}",
    "[",
    "]",
    "null",
    "NULL",
    "true",
    "not",
    "not.",
    "eq.",
    "is.null",
    "in.(",
    "and(",
    "or=(",
    ").or(",
    "select",
    "order",
    "limit",
    "and",
    "or",
    "\n",
    "\t",
    "\r",
    "$",
    "^",
    "|",
    "~",
    "<",
    ">",
    "@",
    "`",
    "{\"a\":1}",
    "é",
    "ß",
    "日",
    "🎟",
    "\u{200b}",
    "\u{feff}",
];

/// Any text that PostgreSQL can hold.
pub(crate) fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::collection::vec(select(PIECES), 0..5).prop_map(|pieces| pieces.concat()),
        1 => any::<String>().prop_map(|text| text.replace('\0', "")),
    ]
}

/// Any JSON document, with such texts as names and values.
pub(crate) fn document() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(serde_json::Value::from),
        any::<i32>().prop_map(serde_json::Value::from),
        text().prop_map(serde_json::Value::from),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(serde_json::Value::from),
            prop::collection::btree_map(text(), inner, 0..3)
                .prop_map(|fields| serde_json::Value::Object(fields.into_iter().collect())),
        ]
    })
}
