//! Parts of queries in the dynamic JSON form, each with what it means.

use chrono::{DateTime, FixedOffset, SecondsFormat, TimeDelta, Utc};
use eventos_core::schema::{Arity, RelationDef, SqlType, TableDef, Via};
use postgrest_grammar::{
    Aggregate, Column, Condition, Direction, IsValue, Join, JsonKey, JsonStep, Nulls, Operator, OrderTerm, Quantifier,
    Search, SelectItem, Test,
};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value, json};

use crate::hostile;

/// A field of a selection.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    /// Its key and value in JSON.
    pub(crate) key: String,
    pub(crate) json: String,
    /// What it selects.
    pub(crate) item: SelectItem,
    /// For an embed, which relation and what applies to its rows.
    pub(crate) embed: Option<(&'static RelationDef, Scope)>,
}

/// Which rows, in which order, how many.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scope {
    pub(crate) conditions: Vec<(Value, Condition)>,
    pub(crate) order: Vec<(String, OrderTerm)>,
    pub(crate) limit: Option<u64>,
    pub(crate) offset: Option<u64>,
    /// The scopes of embeds within, by alias.
    pub(crate) embeds: Vec<(String, Scope)>,
}

/// A selection of `table`, with embeds down to `depth`, and what applies to the rows.
pub(crate) fn selection(table: &'static TableDef, depth: u32) -> BoxedStrategy<(Vec<Field>, Scope)> {
    let fields = if depth > 0 && !table.relations.is_empty() {
        let field = prop_oneof![3 => column_field(table), 2 => embed_field(table, depth)];
        prop::collection::vec(field, 1..5).boxed()
    } else {
        prop::collection::vec(column_field(table), 1..4).boxed()
    };
    let conditions = prop::collection::vec(condition(table), 0..3);
    let order = prop::collection::vec(sort_key(table), 0..3);
    let bounds = (prop::option::of(0..=i64::MAX as u64), prop::option::of(0..=i64::MAX as u64));
    let of_embeds = prop::collection::vec((any::<Index>(), any::<bool>(), any::<bool>()), 0..3);
    (fields, conditions, order, bounds, of_embeds)
        .prop_map(|(fields, conditions, order, (limit, offset), of_embeds)| {
            let fields = told_apart(fields);
            let mut scope = Scope { conditions, order, limit, offset, embeds: Vec::new() };
            for field in &fields {
                if let Some((_, within)) = &field.embed {
                    scope.embeds.push((field.key.clone(), within.clone()));
                }
            }
            for (which, exists, descending) in of_embeds {
                ask_of_embed(&fields, which, exists, descending, &mut scope);
            }
            (fields, scope)
        })
        .boxed()
}

/// No two fields with one key, and no alias that PostgREST takes for something else; those are refused, as `queries`
/// shows.
fn told_apart(fields: Vec<Field>) -> Vec<Field> {
    let mut kept: Vec<Field> = Vec::new();
    for field in fields {
        let is_taken = kept.iter().any(|other| other.key == field.key || table_of(other) == Some(field.key.as_str()));
        if !is_taken {
            kept.push(field);
        }
    }
    kept
}

fn table_of(field: &Field) -> Option<&str> {
    match &field.item {
        SelectItem::Embed { relation, .. } => Some(relation),
        SelectItem::Field { .. } | SelectItem::Spread { .. } => None,
    }
}

/// Asks whether there are related rows, and orders by a relation to one.
fn ask_of_embed(fields: &[Field], which: Index, exists: bool, descending: bool, scope: &mut Scope) {
    let embeds: Vec<(&Field, &RelationDef)> =
        fields.iter().filter_map(|field| field.embed.as_ref().map(|(relation, _)| (field, *relation))).collect();
    if embeds.is_empty() {
        return;
    }
    let (field, relation) = embeds[which.index(embeds.len())];
    let is_there = json!([field.key, "exists"]);
    let test = Condition::Column { column: Column::named(&field.key), negated: exists, test: Test::Is(IsValue::Null) };
    let is_there = if exists { is_there } else { json!({ "not": is_there }) };
    let related = match scope.conditions.pop() {
        Some(other) => tree("or", vec![(is_there, test), other], |of| Condition::Any { negated: false, of }),
        None => (is_there, test),
    };
    scope.conditions.push(related);
    if relation.arity == Arity::One && field.key == relation.name {
        let column = (relation.target)().columns[0].name;
        let (suffix, direction) = directions(descending);
        let term = OrderTerm {
            relation: Some(relation.name.to_owned()),
            column: Column::named(column),
            direction: Some(direction),
            nulls: None,
        };
        scope.order.push((format!("{}({column}){suffix}", relation.name), term));
    }
}

fn directions(descending: bool) -> (&'static str, Direction) {
    if descending { (".desc", Direction::Descending) } else { (".asc", Direction::Ascending) }
}

fn column_field(table: &'static TableDef) -> impl Strategy<Value = Field> {
    let plain = select(table.columns.iter().collect::<Vec<_>>()).prop_map(|column| {
        let item = SelectItem::column(Column::named(column.name));
        Field { key: column.name.to_owned(), json: "1".to_owned(), item, embed: None }
    });
    let all = Just(Field { key: "*".into(), json: "true".into(), item: SelectItem::all_columns(), embed: None });
    let aliased = (alias(), path(table), prop::option::of(select(&["text", "numeric"][..])), aggregate()).prop_map(
        |(alias, (_, path, column), cast, aggregate)| {
            let mut text = path;
            if let Some(cast) = cast {
                text = format!("{text}::{cast}");
            }
            if let Some(aggregate) = aggregate {
                text = format!("{text}.{aggregate}()");
            }
            let cast = cast.map(str::to_owned);
            let aggregate = aggregate.map(|function| Aggregate { function: function.to_owned(), cast: None });
            let item = SelectItem::Field { alias: Some(alias.clone()), column, cast, aggregate };
            Field { key: alias, json: json!(text).to_string(), item, embed: None }
        },
    );
    let count = alias().prop_map(|alias| {
        let aggregate = Some(Aggregate { function: "count".into(), cast: None });
        let item = SelectItem::Field { alias: Some(alias.clone()), column: Column::named("*"), cast: None, aggregate };
        Field { key: alias, json: "\"count()\"".into(), item, embed: None }
    });
    prop_oneof![3 => plain, 1 => all, 3 => aliased, 1 => count]
}

fn aggregate() -> impl Strategy<Value = Option<&'static str>> {
    prop_oneof![3 => Just(None), 1 => select(&["count", "sum", "avg", "min", "max"][..]).prop_map(Some)]
}

fn embed_field(table: &'static TableDef, depth: u32) -> BoxedStrategy<Field> {
    let relation = prop::sample::select(table.relations.iter().collect::<Vec<&'static RelationDef>>());
    relation
        .prop_flat_map(move |relation| {
            let alias = prop_oneof![2 => Just(relation.name.to_owned()), 1 => alias()];
            (Just(relation), alias, any::<bool>(), selection((relation.target)(), depth - 1))
        })
        .prop_map(|(relation, alias, is_inner, (fields, scope))| {
            let mut entries: Vec<String> =
                fields.iter().map(|field| format!("{}:{}", json!(field.key), field.json)).collect();
            entries.push(format!("\"$of\":{}", json!(relation.name)));
            if is_inner {
                entries.push("\"$inner\":true".into());
            }
            entries.extend(scope_entries(&scope).into_iter().map(|(name, json)| format!("\"${name}\":{json}")));
            let (target, hint) = match relation.via {
                Via::ForeignKey(column) => ((relation.target)().name, Some(column.to_owned())),
                Via::Function(function) => (function, None),
            };
            let item = SelectItem::Embed {
                alias: Some(alias.clone()),
                relation: target.to_owned(),
                hint,
                join: is_inner.then_some(Join::Inner),
                select: fields.into_iter().map(|field| field.item).collect(),
            };
            Field { key: alias, json: format!("{{{}}}", entries.join(",")), item, embed: Some((relation, scope)) }
        })
        .boxed()
}

/// The parts of a scope in JSON, by name.
pub(crate) fn scope_entries(scope: &Scope) -> Vec<(&'static str, Value)> {
    let mut entries = Vec::new();
    if !scope.conditions.is_empty() {
        entries.push(("where", scope.conditions.iter().map(|(json, _)| json.clone()).collect()));
    }
    if !scope.order.is_empty() {
        entries.push(("order", scope.order.iter().map(|(text, _)| json!(text)).collect()));
    }
    entries.extend(scope.limit.map(|rows| ("limit", json!(rows))));
    entries.extend(scope.offset.map(|rows| ("offset", json!(rows))));
    entries
}

/// A name for a result: words that are parameters elsewhere, and anything else.
fn alias() -> impl Strategy<Value = String> {
    let words = [
        "order", "limit", "offset", "select", "columns", "and", "or", "count", "inner", "tickets", "events", "x-", "-",
    ];
    let any = hostile::text().prop_filter("names a field", |text| {
        !text.is_empty() && !text.starts_with('$') && text != "*" && text != "not"
    });
    prop_oneof![2 => select(words.to_vec()).prop_map(str::to_owned), 1 => any]
}

fn sort_key(table: &'static TableDef) -> impl Strategy<Value = (String, OrderTerm)> {
    let nulls = prop_oneof![
        Just(("", None)),
        Just((".nullsfirst", Some(Nulls::First))),
        Just((".nullslast", Some(Nulls::Last))),
    ];
    let key = path(table).prop_filter("ends as a path", |(_, text, _)| {
        !text.ends_with(')') && [".asc", ".desc", ".nullsfirst", ".nullslast"].iter().all(|word| !text.ends_with(word))
    });
    (key, any::<bool>(), nulls).prop_map(|((_, text, column), descending, (suffix, nulls))| {
        let (direction_suffix, direction) = directions(descending);
        let term = OrderTerm { relation: None, column, direction: Some(direction), nulls };
        (format!("{text}{direction_suffix}{suffix}"), term)
    })
}

/// What a path leads to.
#[derive(Clone, Copy, Debug)]
struct Found {
    sql_type: SqlType,
    labels: &'static [&'static str],
}

/// A column, or a place in a JSON column: what it holds, its text and its meaning.
fn path(table: &'static TableDef) -> impl Strategy<Value = (Found, String, Column)> {
    select(table.columns.iter().collect::<Vec<_>>()).prop_flat_map(|column| {
        let longest = if column.sql_type == SqlType::Jsonb { 3 } else { 0 };
        (Just(column), prop::collection::vec(json_key(), 0..=longest), any::<bool>()).prop_map(
            |(column, keys, ends_as_text)| {
                let mut text = column.name.to_owned();
                let mut steps = Vec::new();
                for (index, (written, to)) in keys.iter().enumerate() {
                    let as_text = ends_as_text && index + 1 == keys.len();
                    text.push_str(if as_text { "->>" } else { "->" });
                    text.push_str(written);
                    steps.push(JsonStep { as_text, to: to.clone() });
                }
                let found = match steps.last() {
                    None => Found { sql_type: column.sql_type, labels: column.labels },
                    Some(step) if step.as_text => Found { sql_type: SqlType::Text, labels: &[] },
                    Some(_) => Found { sql_type: SqlType::Jsonb, labels: &[] },
                };
                (found, text, Column { name: column.name.to_owned(), json: steps })
            },
        )
    })
}

/// A member's name or an element's position. The dynamic form has no word for names that look like its arrows.
fn json_key() -> impl Strategy<Value = (String, JsonKey)> {
    let member = hostile::text()
        .prop_filter("a member's name", |text| {
            let is_position = text.parse::<i32>().is_ok();
            let is_arrow = text.contains("->") || text.starts_with('>') || text.ends_with(['-', ':']);
            !text.is_empty() && !is_position && !is_arrow && !text.contains("::") && !text.contains("()")
        })
        .prop_map(|name| (name.clone(), JsonKey::Member(name)));
    let element = any::<i32>().prop_map(|at| (at.to_string(), JsonKey::Element(at.to_string())));
    prop_oneof![3 => member, 1 => element]
}

/// A condition on rows of `table`: a comparison, or a tree of them.
pub(crate) fn condition(table: &'static TableDef) -> BoxedStrategy<(Value, Condition)> {
    comparison(table)
        .prop_recursive(3, 8, 3, |inner| {
            let parts = prop::collection::vec(inner.clone(), 1..4);
            prop_oneof![
                parts.clone().prop_map(|parts| tree("and", parts, |of| Condition::All { negated: false, of })),
                parts.prop_map(|parts| tree("or", parts, |of| Condition::Any { negated: false, of })),
                inner.prop_map(|(json, condition)| (json!({ "not": json }), negated(condition))),
            ]
        })
        .boxed()
}

fn tree(word: &str, parts: Vec<(Value, Condition)>, of: fn(Vec<Condition>) -> Condition) -> (Value, Condition) {
    let (json, conditions): (Vec<Value>, Vec<Condition>) = parts.into_iter().unzip();
    (json!({ word: json }), of(conditions))
}

fn negated(mut condition: Condition) -> Condition {
    let (Condition::Column { negated, .. } | Condition::All { negated, .. } | Condition::Any { negated, .. }) =
        &mut condition;
    *negated = !*negated;
    condition
}

fn comparison(table: &'static TableDef) -> BoxedStrategy<(Value, Condition)> {
    path(table)
        .prop_flat_map(|(found, text, column)| (Just(text), Just(column), test(found)))
        .prop_map(|(text, column, (operator, value, test))| {
            (json!([text, operator, value]), Condition::Column { column, negated: false, test })
        })
        .boxed()
}

type Tested = (String, Value, Test);

fn test(found: Found) -> BoxedStrategy<Tested> {
    let of_any = prop_oneof![4 => compared(found), 3 => listed(found), 2 => quantified(found), 1 => is()];
    match found.sql_type {
        SqlType::Text => prop_oneof![3 => of_any, 1 => pattern(), 1 => search()].boxed(),
        SqlType::Jsonb => prop_oneof![3 => of_any, 1 => contained(found)].boxed(),
        _ => of_any.boxed(),
    }
}

const COMPARISONS: [(&str, Operator); 6] = [
    ("eq", Operator::Eq),
    ("neq", Operator::Neq),
    ("gt", Operator::Gt),
    ("gte", Operator::Gte),
    ("lt", Operator::Lt),
    ("lte", Operator::Lte),
];

fn compared(found: Found) -> BoxedStrategy<Tested> {
    let compare = (select(&COMPARISONS[..]), value(found))
        .prop_map(|((word, operator), (json, text))| (word.to_owned(), json, Test::Compare(operator, text)));
    let distinct = value(found).prop_map(|(json, text)| ("isdistinct".to_owned(), json, Test::DistinctFrom(text)));
    prop_oneof![4 => compare, 1 => distinct].boxed()
}

fn listed(found: Found) -> impl Strategy<Value = Tested> {
    prop::collection::vec(value(found), 0..4).prop_map(|values| {
        let (json, texts): (Vec<Value>, Vec<String>) = values.into_iter().unzip();
        // PostgREST has no list of one empty text; equality says the same.
        let test = if texts == [""] { Test::Compare(Operator::Eq, String::new()) } else { Test::In(texts) };
        ("in".to_owned(), Value::Array(json), test)
    })
}

fn quantified(found: Found) -> BoxedStrategy<Tested> {
    let operators: Vec<(&str, Operator)> =
        COMPARISONS.into_iter().filter(|(_, operator)| *operator != Operator::Neq).collect();
    (select(operators), quantifier(), prop::collection::vec(value(found), 0..4))
        .prop_map(|((word, operator), (suffix, quantifier), values)| {
            let (json, texts): (Vec<Value>, Vec<String>) = values.into_iter().unzip();
            let each = Test::CompareEach(operator, quantifier, texts.into_iter().map(Some).collect());
            (format!("{word}{suffix}"), Value::Array(json), each)
        })
        .boxed()
}

fn quantifier() -> impl Strategy<Value = (&'static str, Quantifier)> {
    select(&[("(any)", Quantifier::Any), ("(all)", Quantifier::All)][..])
}

fn is() -> impl Strategy<Value = Tested> {
    let values = [
        (Value::Null, IsValue::Null),
        (json!("null"), IsValue::Null),
        (json!(true), IsValue::True),
        (json!(false), IsValue::False),
        (json!("unknown"), IsValue::Unknown),
    ];
    select(values.to_vec()).prop_map(|(json, value)| ("is".to_owned(), json, Test::Is(value)))
}

fn pattern() -> BoxedStrategy<Tested> {
    const PATTERNS: [(&str, Operator); 4] = [
        ("like", Operator::Like),
        ("ilike", Operator::Ilike),
        ("match", Operator::Match),
        ("imatch", Operator::Imatch),
    ];
    (select(&PATTERNS[..]), hostile::text())
        .prop_map(|((word, operator), text)| {
            let is_like = matches!(operator, Operator::Like | Operator::Ilike);
            let pattern = if is_like { text.replace('*', "%") } else { text.clone() };
            (word.to_owned(), json!(text), Test::Compare(operator, pattern))
        })
        .boxed()
}

fn search() -> impl Strategy<Value = Tested> {
    const SEARCHES: [(&str, Search); 4] =
        [("fts", Search::Query), ("plfts", Search::Plain), ("phfts", Search::Phrase), ("wfts", Search::Web)];
    let config = prop::option::of(select(&["english", "simple", "my_words"][..]));
    (select(&SEARCHES[..]), config, hostile::text()).prop_map(|((word, search), config, text)| {
        let operator = config.map_or_else(|| word.to_owned(), |config| format!("{word}({config})"));
        (operator, json!(text), Test::Search(search, config.map(str::to_owned), text))
    })
}

fn contained(found: Found) -> impl Strategy<Value = Tested> {
    (select(&[("cs", Operator::Contains), ("cd", Operator::ContainedBy)][..]), value(found))
        .prop_map(|((word, operator), (json, text))| (word.to_owned(), json, Test::Compare(operator, text)))
}

/// A value in JSON, and the text that PostgreSQL gets.
fn value(found: Found) -> BoxedStrategy<(Value, String)> {
    match found.sql_type {
        SqlType::Text if !found.labels.is_empty() => {
            select(found.labels).prop_map(|label| (json!(label), label.to_owned())).boxed()
        }
        SqlType::Text => hostile::text().prop_map(|text| (json!(text), text)).boxed(),
        SqlType::Integer | SqlType::BigInt => {
            any::<i64>().prop_map(|number| (json!(number), number.to_string())).boxed()
        }
        SqlType::Uuid => any::<u128>()
            .prop_map(|bits| {
                let id = uuid::Uuid::from_u128(bits);
                (json!(id.to_string().to_uppercase()), id.to_string())
            })
            .boxed(),
        SqlType::Jsonb => hostile::document().prop_map(|document| (document.clone(), document.to_string())).boxed(),
        SqlType::Timestamptz => time().boxed(),
    }
}

/// A time in any zone; PostgreSQL gets it in UTC, cut to the microsecond.
fn time() -> impl Strategy<Value = (Value, String)> {
    (-2_000_000_000_i64..4_000_000_000, 0..1_000_000_u32, -14_i32..=14).prop_map(|(seconds, micros, hours)| {
        let instant = DateTime::<Utc>::from_timestamp(seconds, micros * 1_000).unwrap();
        let written = instant.with_timezone(&FixedOffset::east_opt(hours * 3_600).unwrap());
        let finer = written + TimeDelta::nanoseconds(999);
        let format = if micros == 0 { "%Y-%m-%dT%H:%M:%SZ" } else { "%Y-%m-%dT%H:%M:%S%.6fZ" };
        (json!(finer.to_rfc3339_opts(SecondsFormat::Nanos, false)), instant.format(format).to_string())
    })
}
