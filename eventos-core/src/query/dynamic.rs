//! The same queries from plain JSON, for callers without Rust's types: checked against the tables' declarations.
//!
//! ```
//! use eventos_core::query::Query;
//!
//! let query = Query::from_json(r#"{
//!     "from": "events",
//!     "select": { "name": 1, "venue": { "name": 1, "city": 1 } },
//!     "where": [["status", "eq", "published"], { "or": [["price_cents", "eq", 0], ["capacity", "gt", 500]] }],
//!     "order": ["start_at", "name.desc"],
//!     "limit": 10
//! }"#)?;
//! assert_eq!(
//!     query.to_request()?.target(),
//!     "/events?select=name,venue:venues!venue_id(name,city)&status=eq.published\
//!      &or=(price_cents.eq.0,capacity.gt.500)&order=start_at.asc,name.desc&limit=10"
//! );
//!
//! let error = Query::from_json(r#"{ "from": "events", "select": { "titel": 1, "nam": 1 } }"#).unwrap_err();
//! assert_eq!(error.to_string(), "events.titel: no such column or relation");
//! # Ok::<(), eventos_core::Error>(())
//! ```
//!
//! | field | what it holds |
//! |---|---|
//! | `from` | the table, or `call` a function with `args` by name and `method` `GET` or `POST` |
//! | `select` | an object: a name to `1`, an alias to `"column"`, `"column->>field"`, `"column::type"` or `"column.sum()"`, `"*": 1`, and a relation to an object like this one, with `$where`, `$order`, `$limit`, `$offset`, `$inner` and `$of` (the relation, where the key is an alias) |
//! | `where` | a list of conditions that all hold: `["column", "operator", value]`, `{"and": […]}`, `{"or": […]}`, `{"not": …}`, `["relation", "exists"]` |
//! | `order` | a list of `"column"`, `"column.desc"`, `"column.asc.nullsfirst"`, `"relation(column).desc"` (an embed's alias where it has one) |
//! | `limit`, `offset` | numbers of rows |
//! | `insert`, `upsert` | a row or a list of rows; with `on_conflict`, a list of columns, and `ignore_duplicates` |
//! | `update` | the columns to set; needs `where` or `every_row: true` |
//! | `delete` | `true`; needs `where` or `every_row: true` |
//! | `answer` | `rows`, `one`, `at_most_one`, `count`, `affected`, `csv` or `plan` |
//! | `plan` | with the answer `plan`: an object of `format` (`text` or `json`), `analyze`, `verbose`, `settings`, `buffers` and `wal` |
//! | `count` | `exact`, `planned` or `estimated` |
//! | `max_affected`, `rollback`, `repeatable`, `schema`, `headers`, `timeout_ms` | as the builders' methods of these names |
//!
//! A field that is null counts as left out where one value belongs; a list, an object or a flag that is null is refused, because a
//! condition that got lost would ask for every row.
//!
//! Operators are PostgREST's, with `like(any)` and its kind, `fts(english)` and its kind, and those that take text as
//! written: `contains`, `icontains`, `starts_with`, `istarts_with`, `ends_with`, `iends_with`. Containment in JSON is
//! `cs` and `cd`.

use std::borrow::Cow;
use std::time::Duration;

use super::filter::{self, Comparison, Expr, Is, Operand, Operator, Place, TextSearch, literal_pattern};
use super::path::{JsonKey, Path, Step};
use super::selection::{Aggregate, Embed, Item, SelectedColumn};
use super::{
    Action, Answer, Conflict, Count, Explain, Method, Nulls, OnConflict, PlanFormat, Query, Scope, SortKey, Target,
};
use crate::error::{Error, Result};
use crate::json::{self, Fields, Json, closest};
use crate::schema::{ColumnDef, RelationDef, SqlType, TABLES, TableDef, Value, Values, value_from_json};

impl Query {
    /// Reads a query from its [JSON form](self).
    ///
    /// ```
    /// use eventos_core::query::Query;
    ///
    /// let query = Query::from_json(r#"{
    ///     "from": "tickets",
    ///     "update": { "status": "cancelled" },
    ///     "where": [["event_id", "eq", "e1111111-1111-4111-8111-111111111111"], ["status", "eq", "active"]],
    ///     "answer": "affected"
    /// }"#)?;
    /// assert_eq!(query.to_request()?.body.as_deref(), Some(r#"{"status":"cancelled"}"#));
    ///
    /// let unfiltered = Query::from_json(r#"{ "from": "tickets", "delete": true }"#);
    /// assert!(unfiltered.is_err());
    /// # Ok::<(), eventos_core::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) for anything that the tables do not have or that does not fit
    /// together; the message names the place and, where a name is close to another, that one.
    pub fn from_json(json: &str) -> Result<Query> {
        Input::read(Fields::parse("query", json)?)?.into_query()
    }
}

struct Input {
    from: Option<String>,
    /// In the order in which they were written: the order of columns in a CSV answer.
    select: Option<Vec<(String, Json)>>,
    conditions: Vec<Json>,
    order: Vec<String>,
    limit: Option<u64>,
    offset: Option<u64>,
    insert: Option<Json>,
    upsert: Option<Json>,
    update: Option<Vec<(String, Json)>>,
    delete: bool,
    every_row: bool,
    on_conflict: Option<Vec<String>>,
    ignore_duplicates: bool,
    call: Option<String>,
    args: Vec<(String, Json)>,
    method: Option<String>,
    answer: Option<String>,
    plan: Option<Explain>,
    count: Option<String>,
    max_affected: Option<u64>,
    rollback: bool,
    repeatable: bool,
    schema: Option<String>,
    headers: Vec<(String, Json)>,
    timeout_ms: Option<u64>,
}

impl Input {
    fn read(mut fields: Fields) -> Result<Input> {
        let input = Input {
            from: fields.maybe_text("from")?,
            select: fields.maybe_object("select")?,
            conditions: fields.list("where")?,
            order: fields.texts("order")?,
            limit: fields.maybe_number("limit")?,
            offset: fields.maybe_number("offset")?,
            insert: fields.take("insert"),
            upsert: fields.take("upsert"),
            update: fields.maybe_object("update")?,
            delete: fields.flag("delete")?,
            every_row: fields.flag("every_row")?,
            on_conflict: fields.maybe_texts("on_conflict")?,
            ignore_duplicates: fields.flag("ignore_duplicates")?,
            call: fields.maybe_text("call")?,
            args: fields.object("args")?,
            method: fields.maybe_text("method")?,
            answer: fields.maybe_text("answer")?,
            plan: fields.take("plan").map(explain).transpose()?,
            count: fields.maybe_text("count")?,
            max_affected: fields.maybe_number("max_affected")?,
            rollback: fields.flag("rollback")?,
            repeatable: fields.flag("repeatable")?,
            schema: fields.maybe_text("schema")?,
            headers: fields.object("headers")?,
            timeout_ms: fields.maybe_number("timeout_ms")?,
        };
        fields.end()?;
        Ok(input)
    }
}

fn explain(json: Json) -> Result<Explain> {
    let mut fields = Fields::of("plan", json)?;
    let format = match fields.maybe_text("format")?.as_deref() {
        None | Some("text") => PlanFormat::Text,
        Some("json") => PlanFormat::Json,
        Some(_) => return Err(Error::invalid_input("plan.format", "expected text or json")),
    };
    let explain = Explain {
        format,
        analyze: fields.flag("analyze")?,
        verbose: fields.flag("verbose")?,
        settings: fields.flag("settings")?,
        buffers: fields.flag("buffers")?,
        wal: fields.flag("wal")?,
    };
    fields.end()?;
    Ok(explain)
}

impl Input {
    fn into_query(self) -> Result<Query> {
        let target = self.target()?;
        let action = self.action(target)?;
        let is_read = matches!(action, Action::Read);
        if matches!(action, Action::Update(_) | Action::Delete) && self.conditions.is_empty() && !self.every_row {
            return Err(Error::invalid_input(
                "where",
                "this write would touch every row: add conditions, or `every_row: true`",
            ));
        }
        self.refuse_ignored(target)?;
        let mut scope = Scope { limit: self.limit, offset: self.offset, ..Scope::default() };
        let mut selection = Vec::new();
        if let Target::Table(table) = target {
            match &self.select {
                Some(select) => selection = items(table, select, &mut scope)?,
                None if is_read => selection.push(Item::All),
                None => {}
            }
            scope.filters = conditions(table, &self.conditions)?;
            scope.order = self.order.iter().map(|key| sort_key(table, &selection, key)).collect::<Result<_>>()?;
        }
        if !is_read && (scope.limit.is_some() || scope.offset.is_some()) {
            return Err(Error::invalid_input("limit", "only reads take it: a write is bounded with `max_affected`"));
        }
        let (answer, count) = self.answer(is_read, target, !selection.is_empty())?;
        let mut query = Query::new(target, action, answer);
        query.selection = selection.into();
        query.scope = scope;
        query.count = count;
        query.settings.schema = self.schema.map(Cow::Owned);
        for (name, value) in self.headers {
            let Json::Text(value) = value else { return Err(Error::invalid_input("headers", "each has a text")) };
            if query.settings.headers.iter().any(|(given, _)| *given == name) {
                return Err(Error::invalid_input("headers", format!("{name} is given twice")));
            }
            query.settings.headers.push((Cow::Owned(name), Cow::Owned(value)));
        }
        query.settings.timeout = self.timeout_ms.map(Duration::from_millis);
        query.settings.max_affected = self.max_affected;
        query.settings.is_rolled_back = self.rollback;
        query.settings.is_repeatable = self.repeatable;
        query.settings.is_every_row_meant = self.every_row;
        Ok(query)
    }

    /// What would have no effect is more than a slip where it was meant to leave rows out.
    fn refuse_ignored(&self, target: Target) -> Result<()> {
        let is_call = matches!(target, Target::Function);
        let is_insert = self.insert.is_some() || self.upsert.is_some();
        let is_filtered_write = self.update.is_some() || self.delete;
        let is_read = !is_call && !is_insert && !is_filtered_write;
        for (name, is_set, is_taken, takers) in [
            ("select", self.select.is_some(), !is_call, "a call takes arguments alone: `args`"),
            ("order", !self.order.is_empty(), !is_call, "a call takes arguments alone: `args`"),
            ("answer", self.answer.is_some(), !is_call, "a call takes arguments alone: `args`"),
            (
                "where",
                !self.conditions.is_empty(),
                is_read || is_filtered_write,
                "it bounds a read, an update or a delete",
            ),
            ("every_row", self.every_row, is_filtered_write, "only an update or a delete takes it"),
            ("max_affected", self.max_affected.is_some(), is_filtered_write, "only an update or a delete takes it"),
            ("insert", self.insert.is_some(), !is_call, "a call takes arguments alone: `args`"),
            ("upsert", self.upsert.is_some(), !is_call, "a call takes arguments alone: `args`"),
            ("update", self.update.is_some(), !is_call, "a call takes arguments alone: `args`"),
            ("delete", self.delete, !is_call, "a call takes arguments alone: `args`"),
            ("on_conflict", self.on_conflict.is_some(), is_insert, "only an insert or an upsert takes it"),
            ("ignore_duplicates", self.ignore_duplicates, is_insert, "only an insert or an upsert takes it"),
            ("plan", self.plan.is_some(), self.answer.as_deref() == Some("plan"), "only the answer `plan` takes it"),
            ("args", !self.args.is_empty(), is_call, "only a call takes it"),
            ("method", self.method.is_some(), is_call, "only a call takes it"),
        ] {
            if is_set && !is_taken {
                return Err(Error::invalid_input(name, takers));
            }
        }
        let options = self.select.iter().flatten().map(|(name, _)| name);
        match options.into_iter().find(|name| name.starts_with('$')) {
            Some(option) => {
                let problem = "only an embed takes options: name the query's own without `$` beside `select`";
                Err(Error::invalid_input(format!("select.{option}"), problem))
            }
            None => Ok(()),
        }
    }

    fn target(&self) -> Result<Target> {
        match (&self.from, &self.call) {
            (Some(name), None) => Ok(Target::Table(table(name)?)),
            (None, Some(_)) => Ok(Target::Function),
            _ => Err(Error::invalid_input("query", "name one table with `from`, or one function with `call`")),
        }
    }

    fn action(&self, target: Target) -> Result<Action> {
        let Target::Table(table) = target else {
            let method = match self.method.as_deref() {
                None | Some("POST") => Method::Post,
                Some("GET") => Method::Get,
                Some(_) => return Err(Error::invalid_input("method", "expected GET or POST")),
            };
            let function = Cow::Owned(self.call.clone().unwrap_or_default());
            return Ok(Action::Call { function, arguments: json::object(self.args.clone()), method });
        };
        match (&self.insert, &self.upsert, &self.update, self.delete) {
            (None, None, None, false) => Ok(Action::Read),
            (Some(new), None, None, false) => {
                let conflict = match &self.on_conflict {
                    Some(_) => Some(self.conflict(table)?),
                    None => None,
                };
                Ok(Action::Insert { rows: rows(table, new)?, conflict })
            }
            (None, Some(new), None, false) => {
                Ok(Action::Insert { rows: rows(table, new)?, conflict: Some(self.conflict(table)?) })
            }
            (None, None, Some(values), false) => Ok(Action::Update(row(table, values)?)),
            (None, None, None, true) => Ok(Action::Delete),
            _ => Err(Error::invalid_input("query", "ask for one of `insert`, `upsert`, `update` and `delete`")),
        }
    }

    fn conflict(&self, table: &'static TableDef) -> Result<Conflict> {
        let names = self.on_conflict.as_deref().unwrap_or_default();
        let columns = names.iter().map(|name| Ok(Cow::Borrowed(column(table, name)?.name))).collect::<Result<_>>()?;
        let resolution = if self.ignore_duplicates { OnConflict::Ignore } else { OnConflict::Merge };
        Ok(Conflict { columns, resolution })
    }

    fn answer(&self, is_read: bool, target: Target, is_selecting: bool) -> Result<(Answer, Option<Count>)> {
        let count = match self.count.as_deref() {
            None => None,
            Some("exact") => Some(Count::Exact),
            Some("planned") => Some(Count::Planned),
            Some("estimated") => Some(Count::Estimated),
            Some(_) => return Err(Error::invalid_input("count", "expected exact, planned or estimated")),
        };
        if matches!(target, Target::Function) {
            return Ok((Answer::Value, count));
        }
        let answer = match (self.answer.as_deref(), is_read) {
            (None, true) => Answer::Rows,
            (None, false) if is_selecting => Answer::Rows,
            (None, false) => Answer::Done,
            (Some("rows"), _) => Answer::Rows,
            (Some("one"), _) => Answer::One,
            (Some("at_most_one"), true) => Answer::AtMostOne,
            (Some("count"), true) => return Ok((Answer::Total, count.or(Some(Count::Exact)))),
            (Some("csv"), true) => Answer::Csv,
            (Some("plan"), true) => Answer::Plan(self.plan.unwrap_or_default()),
            (Some("affected"), false) => return Ok((Answer::Affected, Some(Count::Exact))),
            (Some(other), _) => {
                let kind = if is_read { "a read" } else { "a write" };
                return Err(Error::invalid_input("answer", format!("{kind} cannot answer {other}")));
            }
        };
        if !is_read && !is_selecting && answer != Answer::Done {
            return Err(Error::invalid_input("select", "say which columns of the written rows to give back"));
        }
        Ok((answer, count))
    }
}

fn table(name: &str) -> Result<&'static TableDef> {
    TABLES
        .into_iter()
        .find(|table| table.name == name)
        .ok_or_else(|| unknown(name.to_owned(), "table", name, TABLES.iter().map(|table| table.name)))
}

fn column(table: &'static TableDef, name: &str) -> Result<&'static ColumnDef> {
    table.column(name).ok_or_else(|| {
        unknown(format!("{}.{name}", table.name), "column", name, table.columns.iter().map(|column| column.name))
    })
}

fn relation(table: &'static TableDef, name: &str) -> Result<&'static RelationDef> {
    table.relation(name).ok_or_else(|| {
        unknown(
            format!("{}.{name}", table.name),
            "relation",
            name,
            table.relations.iter().map(|relation| relation.name),
        )
    })
}

fn rows(table: &'static TableDef, new: &Json) -> Result<Vec<Values>> {
    match new {
        Json::Object(values) => Ok(vec![row(table, values)?]),
        Json::List(list) => list
            .iter()
            .map(|new| match new {
                Json::Object(values) => row(table, values),
                _ => Err(Error::invalid_input(table.name, "a row is an object")),
            })
            .collect(),
        _ => Err(Error::invalid_input(table.name, "insert a row, an object, or a list of rows")),
    }
}

fn row(table: &'static TableDef, values: &[(String, Json)]) -> Result<Values> {
    let mut row = Values::with_capacity(values.len());
    for (name, json) in values {
        let column = column(table, name)?;
        let subject = format!("{}.{name}", table.name);
        if row.iter().any(|(given, _)| *given == column.name) {
            return Err(Error::invalid_input(subject, "is given twice"));
        }
        row.push((Cow::Borrowed(column.name), value_from_json(column.sql_type, json, &subject)?));
    }
    Ok(row)
}

fn items(table: &'static TableDef, fields: &[(String, Json)], scope: &mut Scope) -> Result<Vec<Item>> {
    let mut items = Vec::with_capacity(fields.len());
    for (name, choice) in fields.iter().filter(|(name, _)| !name.starts_with('$')) {
        if name.is_empty() {
            return Err(Error::invalid_input(format!("{}.select", table.name), "give the field a name"));
        }
        match choice {
            Json::Object(inner) => items.push(embed(table, name, inner, scope)?),
            Json::Text(text) => items.push(Item::Column(selected(table, name, text)?)),
            Json::Bool(false) | Json::Null => {}
            one if *one == Json::Bool(true) || one.as_number() == Some(1) => items.push(plain(table, name)?),
            _ => {
                let subject = format!("{}.{name}", table.name);
                return Err(Error::invalid_input(subject, "select it with 1, a string, or an object for a relation"));
            }
        }
    }
    if items.is_empty() {
        return Err(Error::invalid_input(table.name, "select at least one column"));
    }
    Ok(items)
}

fn plain(table: &'static TableDef, name: &str) -> Result<Item> {
    if name == "*" {
        return Ok(Item::All);
    }
    if let Some(column) = table.column(name) {
        return Ok(Item::column(column.name));
    }
    let subject = format!("{}.{name}", table.name);
    if table.relation(name).is_some() {
        return Err(Error::invalid_input(subject, "a relation is selected with an object of its columns"));
    }
    let names =
        table.columns.iter().map(|column| column.name).chain(table.relations.iter().map(|relation| relation.name));
    Err(unknown(subject, "column or relation", name, names))
}

fn embed(table: &'static TableDef, name: &str, fields: &[(String, Json)], scope: &mut Scope) -> Result<Item> {
    let option = |option: &str| fields.iter().find(|(name, _)| name == option).map(|(_, choice)| choice);
    let of = match option("$of") {
        None => name,
        Some(Json::Text(of)) => of,
        Some(_) => return Err(Error::invalid_input(format!("{name}.$of"), "expected a relation's name")),
    };
    let relation = relation(table, of)?;
    let target = (relation.target)();
    let mut own = Scope::default();
    let items = items(target, fields, &mut own)?;
    let mut is_inner = false;
    for (option, choice) in fields.iter().filter(|(option, _)| option.starts_with('$')) {
        let wrong = |expected: &str| Error::invalid_input(format!("{name}.{option}"), format!("expected {expected}"));
        match (option.as_str(), choice) {
            ("$of", _) => {}
            ("$inner", Json::Bool(flag)) => is_inner = *flag,
            ("$inner", _) => return Err(wrong("true or false")),
            ("$limit", rows) => own.limit = Some(rows.as_number().ok_or_else(|| wrong("a number of rows"))?),
            ("$offset", rows) => own.offset = Some(rows.as_number().ok_or_else(|| wrong("a number of rows"))?),
            ("$where", Json::List(list)) => own.filters = conditions(target, list)?,
            ("$where", _) => return Err(wrong("a list of conditions")),
            ("$order", Json::List(list)) => {
                own.order = list
                    .iter()
                    .map(|key| sort_key(target, &items, key.as_str().ok_or_else(|| wrong("a list of strings"))?))
                    .collect::<Result<_>>()?;
            }
            ("$order", _) => return Err(wrong("a list of columns")),
            (other, _) => {
                let known = ["$where", "$order", "$limit", "$offset", "$inner", "$of"];
                return Err(unknown(format!("{name}.{other}"), "option", other, known.into_iter()));
            }
        }
    }
    if !own.is_empty() {
        *scope.embed(Cow::Owned(name.to_owned())) = own;
    }
    Ok(Item::Embed(Embed {
        relation: Cow::Borrowed(relation.name),
        alias: Cow::Owned(name.to_owned()),
        is_inner,
        items: Cow::Owned(items),
    }))
}

/// `column`, `column->>field`, `column::type`, `column.sum()`, `count()`.
fn selected(table: &'static TableDef, alias: &str, text: &str) -> Result<SelectedColumn> {
    let subject = || format!("{}.{alias}", table.name);
    let (rest, aggregate) = match text.strip_suffix("()") {
        Some(rest) => {
            let (rest, name) = rest.rsplit_once('.').unwrap_or(("", rest));
            (
                rest,
                Some(aggregate(name).ok_or_else(|| {
                    unknown(subject(), "aggregate", name, ["count", "sum", "avg", "min", "max"].into_iter())
                })?),
            )
        }
        None => (text, None),
    };
    let (rest, cast) = match rest.split_once("::") {
        Some((rest, cast)) => (rest, Some(cast)),
        None => (rest, None),
    };
    if cast
        .is_some_and(|cast| cast.is_empty() || !cast.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_'))
    {
        return Err(Error::invalid_input(subject(), "cast to a type's name, such as `price_cents::text`"));
    }
    let is_bare_count = rest.is_empty() && aggregate == Some(Aggregate::Count);
    let (column, steps) = if is_bare_count {
        (None, Vec::new())
    } else {
        let path = path(table, rest)?;
        (Some(Cow::Borrowed(path.column)), path.steps)
    };
    Ok(SelectedColumn {
        alias: Some(Cow::Owned(alias.to_owned())),
        column,
        steps: Cow::Owned(steps),
        cast: cast.map(|cast| Cow::Owned(cast.to_owned())),
        aggregate,
    })
}

fn aggregate(name: &str) -> Option<Aggregate> {
    [Aggregate::Count, Aggregate::Sum, Aggregate::Avg, Aggregate::Min, Aggregate::Max]
        .into_iter()
        .find(|aggregate| aggregate.as_str() == name)
}

/// `column`, or `column->field->0->>field`.
fn path(table: &'static TableDef, text: &str) -> Result<Path> {
    let (name, mut rest) = match text.find("->") {
        Some(at) => text.split_at(at),
        None => (text, ""),
    };
    let column = column(table, name)?;
    let mut path = Path::column(column.name);
    let wrong = |problem: &'static str| Error::invalid_input(format!("{}.{text}", table.name), problem);
    if !rest.is_empty() && column.sql_type != SqlType::Jsonb {
        return Err(wrong("only JSON columns have fields"));
    }
    while !rest.is_empty() {
        if matches!(path.steps.last(), Some(Step::Text(_))) {
            return Err(wrong("`->>` gives text, which has no fields: it comes last"));
        }
        let (is_text, after) = match (rest.strip_prefix("->>"), rest.strip_prefix("->")) {
            (Some(after), _) => (true, after),
            (None, Some(after)) => (false, after),
            (None, None) => return Err(wrong("write `column->field->>field`")),
        };
        let (field, next) = match after.find("->") {
            Some(at) => after.split_at(at),
            None => (after, ""),
        };
        if field.is_empty() {
            return Err(wrong("a field's name is missing"));
        }
        let key = match field.parse() {
            Ok(index) => JsonKey::Index(index),
            Err(_) => JsonKey::Field(Cow::Owned(field.to_owned())),
        };
        path.steps.push(if is_text { Step::Text(key) } else { Step::Json(key) });
        rest = next;
    }
    Ok(path)
}

fn sort_key(table: &'static TableDef, items: &[Item], text: &str) -> Result<SortKey> {
    let (text, nulls) = match (text.strip_suffix(".nullsfirst"), text.strip_suffix(".nullslast")) {
        (Some(text), _) => (text, Some(Nulls::First)),
        (None, Some(text)) => (text, Some(Nulls::Last)),
        (None, None) => (text, None),
    };
    let (text, is_descending) = match (text.strip_suffix(".desc"), text.strip_suffix(".asc")) {
        (Some(text), _) => (text, true),
        (None, Some(text)) => (text, false),
        (None, None) => (text, false),
    };
    let (relation, path) = match text.strip_suffix(')').and_then(|text| text.split_once('(')) {
        Some((name, inner)) => {
            let embed = items.iter().find_map(|item| match item {
                Item::Embed(embed) if embed.alias == name => Some(embed),
                _ => None,
            });
            let relation = relation(table, embed.map_or(name, |embed| &embed.relation))?;
            (Some(Cow::Owned(name.to_owned())), path((relation.target)(), inner)?)
        }
        None => (None, path(table, text)?),
    };
    Ok(SortKey { relation, path, is_descending, nulls })
}

fn conditions(table: &'static TableDef, list: &[Json]) -> Result<Vec<Expr>> {
    list.iter().map(|condition| expr(table, condition)).collect()
}

fn expr(table: &'static TableDef, condition: &Json) -> Result<Expr> {
    let wrong = || {
        Error::invalid_input(
            "where",
            r#"a condition is ["column", "operator", value], {"and": […]}, {"or": […]} or {"not": …}"#,
        )
    };
    match condition {
        Json::Object(tree) => {
            let mut entries = tree.iter();
            match (entries.next(), entries.next()) {
                (Some((key, Json::List(parts))), None) if key == "and" => Ok(Expr::And(conditions(table, parts)?)),
                (Some((key, Json::List(parts))), None) if key == "or" => Ok(Expr::Or(conditions(table, parts)?)),
                (Some((key, inner)), None) if key == "not" => Ok(match expr(table, inner)? {
                    Expr::Not(inner) => *inner,
                    inner => Expr::Not(Box::new(inner)),
                }),
                _ => Err(wrong()),
            }
        }
        Json::List(parts) => match parts.as_slice() {
            [Json::Text(name), Json::Text(operator)] if operator == "exists" => {
                Ok(Expr::Related(Cow::Owned(name.clone())))
            }
            [Json::Text(name), Json::Text(operator), value] => comparison(table, name, operator, value),
            _ => Err(wrong()),
        },
        _ => Err(wrong()),
    }
}

fn comparison(table: &'static TableDef, name: &str, operator: &str, value: &Json) -> Result<Expr> {
    let path = path(table, name)?;
    let column = column(table, path.column)?;
    let subject = format!("{}.{name}", table.name);
    let sql_type = match path.steps.last() {
        None => column.sql_type,
        Some(Step::Json(_)) => SqlType::Jsonb,
        Some(Step::Text(_)) => SqlType::Text,
    };
    let labels = if path.steps.is_empty() { column.labels } else { &[] };
    let typed = Typed { sql_type, labels, subject: &subject };
    if let Some((place, base)) = literal_operator(operator) {
        let (operator, pattern) = literal_pattern(place, base, typed.text(value)?);
        typed.require(operator)?;
        let operand = Operand::Value(Value::Text(Cow::Owned(pattern)));
        return Ok(Expr::Compare(Comparison { path, operator, operand }));
    }
    let (base, parameter) = match operator.strip_suffix(')').and_then(|operator| operator.split_once('(')) {
        Some((base, parameter)) => (base, Some(parameter)),
        None => (operator, None),
    };
    let operator =
        Operator::ALL.iter().copied().find(|known| known.as_str() == base).ok_or_else(|| {
            unknown(subject.clone(), "operator", base, Operator::ALL.iter().map(|known| known.as_str()))
        })?;
    typed.require(operator)?;
    let operand = typed.operand(operator, parameter, value)?;
    Ok(Expr::Compare(Comparison { path, operator, operand }))
}

fn literal_operator(operator: &str) -> Option<(Place, Operator)> {
    Some(match operator {
        "contains" => (Place::Anywhere, Operator::Like),
        "icontains" => (Place::Anywhere, Operator::Ilike),
        "starts_with" => (Place::Start, Operator::Like),
        "istarts_with" => (Place::Start, Operator::Ilike),
        "ends_with" => (Place::End, Operator::Like),
        "iends_with" => (Place::End, Operator::Ilike),
        _ => return None,
    })
}

/// What a condition compares with, by the type of what it compares.
struct Typed<'a> {
    sql_type: SqlType,
    labels: &'static [&'static str],
    subject: &'a str,
}

impl Typed<'_> {
    fn require(&self, operator: Operator) -> Result<()> {
        if filter::accepts(self.sql_type, operator) {
            return Ok(());
        }
        Err(self.wrong(format!("{} does not compare {} values", operator.as_str(), self.sql_type.as_str())))
    }

    fn operand(&self, operator: Operator, parameter: Option<&str>, value: &Json) -> Result<Operand> {
        use Operator as Op;
        Ok(match (operator, parameter) {
            (Op::Is, None) => Operand::Is(self.is(value)?),
            (Op::In, None) => Operand::Any(self.list(value)?),
            (Op::Fts | Op::PlainFts | Op::PhraseFts | Op::WebFts, config) => Operand::Search(Box::new(TextSearch {
                operator,
                config: config.map(|config| Cow::Owned(config.to_owned())),
                query: self.text(value)?.to_owned(),
            })),
            (
                Op::Eq | Op::Gt | Op::Gte | Op::Lt | Op::Lte | Op::Like | Op::Ilike | Op::Match | Op::Imatch,
                Some("any"),
            ) => Operand::Any(self.list(value)?),
            (
                Op::Eq | Op::Gt | Op::Gte | Op::Lt | Op::Lte | Op::Like | Op::Ilike | Op::Match | Op::Imatch,
                Some("all"),
            ) => Operand::All(self.list(value)?),
            (Op::Like | Op::Ilike | Op::Match | Op::Imatch, None) => {
                Operand::Value(Value::Text(Cow::Owned(self.text(value)?.to_owned())))
            }
            (_, None) => Operand::Value(self.value(value)?),
            (_, Some(parameter)) => {
                return Err(self.wrong(format!("{} does not take ({parameter})", operator.as_str())));
            }
        })
    }

    fn is(&self, value: &Json) -> Result<Is> {
        match value {
            Json::Null => Ok(Is::Null),
            Json::Bool(true) => Ok(Is::True),
            Json::Bool(false) => Ok(Is::False),
            Json::Text(text) if text == "null" => Ok(Is::Null),
            Json::Text(text) if text == "unknown" => Ok(Is::Unknown),
            _ => Err(self.wrong("`is` compares with null, true, false or \"unknown\"")),
        }
    }

    fn list(&self, value: &Json) -> Result<Vec<Value>> {
        let list = value.as_array().ok_or_else(|| self.wrong("expected a list of values"))?;
        list.iter().map(|value| self.value(value)).collect()
    }

    fn value(&self, value: &Json) -> Result<Value> {
        if *value == Json::Null && self.sql_type != SqlType::Jsonb {
            return Err(self.wrong("null compares with nothing: use `is`"));
        }
        if let (Json::Text(label), false) = (value, self.labels.is_empty())
            && !self.labels.contains(&label.as_str())
        {
            return Err(unknown(self.subject.to_owned(), "value", label, self.labels.iter().copied()));
        }
        value_from_json(self.sql_type, value, self.subject)
    }

    fn text<'v>(&self, value: &'v Json) -> Result<&'v str> {
        value.as_str().ok_or_else(|| self.wrong("expected a string"))
    }

    fn wrong(&self, problem: impl Into<Cow<'static, str>>) -> Error {
        Error::invalid_input(self.subject.to_owned(), problem)
    }
}

/// `no such column`, and the name that was probably meant.
fn unknown(subject: String, kind: &str, name: &str, known: impl Iterator<Item = &'static str>) -> Error {
    let problem = match closest(name, known) {
        Some(known) => format!("no such {kind}: did you mean {known}?"),
        None => format!("no such {kind}"),
    };
    Error::invalid_input(subject, problem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_was_meant() {
        for (json, message) in [
            (r#"{"from":"event"}"#, "event: no such table: did you mean events?"),
            (r#"{"from":"events","select":{"naem":1}}"#, "events.naem: no such column or relation: did you mean name?"),
            (
                r#"{"from":"events","where":[["stauts","eq","draft"]]}"#,
                "events.stauts: no such column: did you mean status?",
            ),
            (
                r#"{"from":"events","where":[["status","eq","publishd"]]}"#,
                "events.status: no such value: did you mean published?",
            ),
            (r#"{"from":"events","where":[["name","equals","x"]]}"#, "events.name: no such operator"),
            (
                r#"{"from":"events","where":[["capacity","like","x"]]}"#,
                "events.capacity: like does not compare integer values",
            ),
            (r#"{"from":"events","where":[["id","eq","e1"]]}"#, "events.id: not a UUID: 8-4-4-4-12 hexadecimal digits"),
            (
                r#"{"from":"events","delete":true}"#,
                "where: this write would touch every row: add conditions, or `every_row: true`",
            ),
            (
                r#"{"from":"events","select":{"venue":1}}"#,
                "events.venue: a relation is selected with an object of its columns",
            ),
        ] {
            assert_eq!(Query::from_json(json).unwrap_err().to_string(), message);
        }
    }
}
