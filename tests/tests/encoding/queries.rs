//! Reads, updates and deletes in the dynamic form: embeds at depth, filters, orders, bounds and forms of the answer.

use eventos_core::ErrorKind;
use eventos_core::query::Query;
use eventos_core::schema::{ColumnDef, SqlType, TABLES, TableDef, Write};
use postgrest_grammar::{
    Column, Condition, Count, Filter, JsonKey, JsonStep, MediaType, Method, Operator, Page, Request, Returning,
    SelectItem, Test,
};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use crate::meaning::{Field, Scope, scope_entries, selection};
use crate::{hostile, read};

#[derive(Clone, Copy, Debug)]
enum Verb {
    Read,
    ReadOne,
    Count,
    Csv,
    Update,
    Delete,
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_request_means_what_the_query_says((table, (fields, scope), verb, text) in queries()) {
        let (json, meaning, body) = asked(table, &fields, scope, verb, &text);
        let query = Query::from_json(&json).unwrap_or_else(|error| panic!("{json}: {error}"));
        let request = query.to_request().unwrap_or_else(|error| panic!("{json}: {error}"));
        prop_assert_eq!(without_idle_casts(read(&request)), meaning, "{} became {}", json, request.target());
        let sent: Option<Value> = request.body.as_deref().map(|body| serde_json::from_str(body).unwrap());
        prop_assert_eq!(sent, body);
    }
}

type Generated = (&'static TableDef, (Vec<Field>, Scope), Verb, String);

fn queries() -> impl Strategy<Value = Generated> {
    let verb = prop_oneof![
        6 => Just(Verb::Read),
        1 => Just(Verb::ReadOne),
        1 => Just(Verb::Count),
        1 => Just(Verb::Csv),
        2 => Just(Verb::Update),
        1 => Just(Verb::Delete),
    ];
    select(TABLES.to_vec()).prop_flat_map(move |table| {
        let verb = verb.clone().prop_filter("views are only read", move |verb| {
            !matches!(verb, Verb::Update | Verb::Delete) || text_to_write(table).is_some()
        });
        (Just(table), selection(table, 2), verb, hostile::text())
    })
}

/// A column that a client may change to any text.
fn text_to_write(table: &TableDef) -> Option<&'static ColumnDef> {
    table.columns.iter().find(|column| {
        let is_free = column.sql_type == SqlType::Text && column.labels.is_empty() && column.check.is_none();
        is_free && matches!(column.write, Write::Required | Write::Optional)
    })
}

/// The query in JSON, what it means, and the body that goes with it.
fn asked(
    table: &'static TableDef,
    fields: &[Field],
    mut scope: Scope,
    verb: Verb,
    text: &str,
) -> (String, Request, Option<Value>) {
    let mut meaning = Request::read("GET", &format!("/{}", table.name), &[]).unwrap();
    let mut entries = vec![format!("\"from\":{}", json!(table.name))];
    let mut body = None;
    match verb {
        Verb::Read => {}
        Verb::ReadOne => {
            entries.push("\"answer\":\"one\"".into());
            meaning.accept = vec![MediaType::Object { without_nulls: false }];
        }
        Verb::Count => {
            entries.push("\"answer\":\"count\",\"count\":\"planned\"".into());
            meaning.method = Method::Head;
            meaning.preferences.count = Some(Count::Planned);
        }
        Verb::Csv => {
            entries.push("\"answer\":\"csv\"".into());
            meaning.accept = vec![MediaType::Csv];
        }
        Verb::Update => {
            let values = json!({ text_to_write(table).unwrap().name: text });
            entries.push(format!("\"update\":{values}"));
            body = Some(values);
            meaning.method = Method::Patch;
            meaning.preferences.returning = Some(Returning::Representation);
        }
        Verb::Delete => {
            entries.push("\"delete\":true".into());
            meaning.method = Method::Delete;
            meaning.preferences.returning = Some(Returning::Representation);
        }
    }
    if matches!(verb, Verb::Update | Verb::Delete) {
        (scope.limit, scope.offset) = (None, None);
        // The generated conditions may leave no row out, and such a write is refused.
        scope.conditions.push(one_row(table));
    }
    let select: Vec<String> = fields.iter().map(|field| format!("{}:{}", json!(field.key), field.json)).collect();
    entries.push(format!("\"select\":{{{}}}", select.join(",")));
    entries.extend(scope_entries(&scope).into_iter().map(|(name, json)| format!("{}:{json}", json!(name))));
    meaning.select = fields.iter().map(|field| field.item.clone()).collect();
    apply(&scope, &mut Vec::new(), &mut meaning);
    (format!("{{{}}}", entries.join(",")), without_idle_casts(meaning.canonical()), body)
}

/// The one row with this key.
fn one_row(table: &TableDef) -> (Value, Condition) {
    let id = "e1111111-1111-4111-8111-111111111111";
    let test = Test::Compare(Operator::Eq, id.into());
    (json!([table.key, "eq", id]), Condition::Column { column: Column::named(table.key), negated: false, test })
}

/// Without the casts that change nothing: PostgREST reads a position in JSON as one only where no parenthesis follows,
/// so the last one of an embed is cast to the type that it has.
fn without_idle_casts(mut request: Request) -> Request {
    request.select.iter_mut().for_each(drop_idle_casts);
    request
}

fn drop_idle_casts(item: &mut SelectItem) {
    match item {
        SelectItem::Field { column, cast, .. } => {
            if let Some(JsonStep { as_text, to: JsonKey::Element(_) }) = column.json.last() {
                let own = if *as_text { "text" } else { "jsonb" };
                *cast = cast.take().filter(|cast| cast != own);
            }
        }
        SelectItem::Embed { select, .. } | SelectItem::Spread { select, .. } => {
            select.iter_mut().for_each(drop_idle_casts);
        }
    }
}

fn apply(scope: &Scope, path: &mut Vec<String>, meaning: &mut Request) {
    let filters =
        scope.conditions.iter().map(|(_, condition)| Filter { path: path.clone(), condition: condition.clone() });
    meaning.filters.extend(filters);
    if !scope.order.is_empty() {
        meaning.orders.insert(path.clone(), scope.order.iter().map(|(_, term)| term.clone()).collect());
    }
    meaning.pages.insert(path.clone(), Page { offset: scope.offset.unwrap_or(0), limit: scope.limit });
    for (alias, within) in &scope.embeds {
        path.push(alias.clone());
        apply(within, path, meaning);
        path.pop();
    }
}

/// What has no words in PostgREST's grammar, or would mean something else there, is refused before it is sent.
#[test]
fn what_cannot_be_said_is_refused() {
    for (json, subject) in [
        // `not` before a tree negates it, wherever it stands in the key.
        (
            r#"{"from":"events","select":{"not":{"$of":"tickets","id":1,"$where":[{"or":[["status","eq","used"],["status","eq","active"]]}]}}}"#,
            "not",
        ),
        // A key leads to the first embed of that alias *or* table.
        (
            r#"{"from":"events","select":{"mine":{"$of":"tickets","id":1},"tickets":{"id":1,"$where":[["status","eq","used"]]}}}"#,
            "tickets",
        ),
        (r#"{"from":"events","select":{"name":1,"$where":[["status","eq","draft"]]}}"#, "select.$where"),
        (r#"{"from":"events","where":[["name","fts(a).b)","x"]]}"#, "text search"),
        (r#"{"from":"events","where":[["name","eq","a\u0000b"]]}"#, "U+0000"),
        (r#"{"from":"events","where":[["name","in",["a\u0000b"]]]}"#, "U+0000"),
        (r#"{"from":"events","select":{"a\u0000b":"name"}}"#, "U+0000"),
        (r#"{"from":"venues","where":[["amenities->>a\u0000b","eq","x"]]}"#, "U+0000"),
        (r#"{"from":"events","select":{"":"name"}}"#, "select"),
        (r#"{"from":"events","where":[{"or":[]}]}"#, "filter"),
        // All of no conditions is every row.
        (r#"{"from":"events","delete":true,"where":[{"and":[]}]}"#, "every_row"),
        (r#"{"from":"events","update":{"name":"x"},"where":[{"and":[{"and":[]}]}]}"#, "every_row"),
        (r#"{"call":"f","where":[["a","eq",1]]}"#, "where"),
        (r#"{"call":"f","select":{"a":1}}"#, "select"),
        // The closing parenthesis after a position makes it a member's name, and an order takes no cast.
        (r#"{"from":"events","select":{"venue":{"id":1}},"order":["venue(amenities->0)"]}"#, "order"),
        (r#"{"from":"events","select":{"name":1},"order":["venue(name)"]}"#, "venue"),
    ] {
        let error = match Query::from_json(json).and_then(|query| query.to_request()) {
            Ok(request) => panic!("{json} became {}", request.target()),
            Err(error) => error,
        };
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{json}: {error}");
        assert!(error.to_string().contains(subject), "{json}: {error}");
    }
}
