//! A query as a request.

use std::borrow::Cow;
use std::sync::OnceLock;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde::ser::{SerializeMap, SerializeSeq};
use uuid::Uuid;

use super::request::{Method, Request};
use super::text::{array_literal, is_plain_name, push_element, push_encoded, push_name, push_quoted};
use crate::error::{Error, Result};
use crate::query::{
    self, Action, Answer, Comparison, Conflict, Embed, Explain, Expr, Is, Item, JsonKey, OnConflict, Operand, Operator,
    Path, PlanFormat, Query, Scope, SelectedColumn, Selection, SortKey, Step, Target,
};
use crate::schema::{TableDef, Value, Values, Via, is_writable_time, push_timestamp};

pub(crate) fn encode(query: &Query) -> Result<Request> {
    let mut request = Request::new(method(query), path(query)?);
    let mut parameters = Parameters::new();
    match &query.action {
        Action::Call { arguments, method, .. } => match method {
            query::Method::Get => parameters.arguments(arguments)?,
            query::Method::Post => request.body = Some(json(arguments)?),
        },
        Action::Insert { rows, conflict } => {
            parameters.conflict(conflict.as_ref());
            request.body = Some(match rows.as_slice() {
                [row] => json(&RowBody(row))?,
                rows => {
                    parameters.columns(rows);
                    json(&RowsBody(rows))?
                }
            });
        }
        Action::Update(values) => request.body = Some(json(&RowBody(values))?),
        Action::Read | Action::Delete => {}
    }
    if let Some(table) = query.table() {
        if !query.selection.is_empty() {
            parameters.select(table, &query.selection)?;
        }
        parameters.scope("", &query.scope)?;
    }
    if query.answer == Answer::AtMostOne && query.scope.limit.is_none() {
        parameters.push("limit", "2");
    }
    request.query = parameters.out;
    // A percent sign of the text itself is written as %25.
    if request.query.contains("%00") {
        return Err(Error::invalid_input("query", "text cannot hold the character U+0000"));
    }
    request.headers = headers(query, request.body.is_some())?;
    request.timeout = query.settings.timeout;
    request.is_repeatable |= query.settings.is_repeatable;
    Ok(request)
}

fn method(query: &Query) -> Method {
    match &query.action {
        Action::Read if query.answer == Answer::Total => Method::Head,
        Action::Read | Action::Call { method: query::Method::Get, .. } => Method::Get,
        Action::Insert { .. } | Action::Call { .. } => Method::Post,
        Action::Update(_) => Method::Patch,
        Action::Delete => Method::Delete,
    }
}

fn path(query: &Query) -> Result<Cow<'static, str>> {
    match (&query.target, &query.action) {
        // On their way paths are tidied, and these would lead elsewhere.
        (_, Action::Call { function, .. }) if matches!(&**function, "" | "." | "..") || function.contains('\0') => {
            Err(Error::invalid_input("function", "not a function's name"))
        }
        (_, Action::Call { function, .. }) => {
            let mut path = String::from("/rpc/");
            push_encoded(&mut path, function);
            Ok(path.into())
        }
        (Target::Table(table), _) => Ok(table.path.into()),
        (Target::Function, _) => Ok("/".into()),
    }
}

/// The parameters of a URL's query, in the order of writing.
struct Parameters {
    out: String,
}

impl Parameters {
    fn new() -> Parameters {
        Parameters { out: String::with_capacity(512) }
    }

    fn separate(&mut self) {
        if !self.out.is_empty() {
            self.out.push('&');
        }
    }

    fn push(&mut self, key: &str, value: &str) {
        self.separate();
        self.out.push_str(key);
        self.out.push('=');
        self.out.push_str(value);
    }

    fn key(&mut self, prefix: &str, name: &str) {
        self.separate();
        self.out.push_str(prefix);
        self.out.push_str(name);
        self.out.push('=');
    }

    fn arguments(&mut self, arguments: &serde_json::Map<String, serde_json::Value>) -> Result<()> {
        for (name, value) in arguments {
            let text = argument_text(name, value)?;
            if !is_plain_name(name) || is_reserved(name) || reads_as_filter(&text) {
                return Err(Error::invalid_input(
                    name.clone(),
                    "in a GET call the server would take this for a condition or an order: call with POST",
                ));
            }
            self.separate();
            push_encoded(&mut self.out, name);
            self.out.push('=');
            push_encoded(&mut self.out, &text);
        }
        Ok(())
    }

    fn conflict(&mut self, conflict: Option<&Conflict>) {
        if let Some(Conflict { columns, .. }) = conflict
            && !columns.is_empty()
        {
            self.key("", "on_conflict");
            self.names(columns.iter());
        }
    }

    /// Names every column that some row brings, so that the server takes those that others leave out as defaults.
    fn columns(&mut self, rows: &[Values]) {
        let columns = union_of_columns(rows);
        if !columns.is_empty() {
            self.key("", "columns");
            self.names(columns.into_iter());
        }
    }

    fn names<'a>(&mut self, names: impl Iterator<Item = &'a Cow<'static, str>>) {
        for (index, name) in names.enumerate() {
            if index > 0 {
                self.out.push(',');
            }
            push_name(&mut self.out, name);
        }
    }

    /// A projection's text is the same in every query, so it is written once.
    fn select(&mut self, table: &TableDef, selection: &Selection) -> Result<()> {
        self.key("", "select");
        if let Some(text) = selection.text().and_then(OnceLock::get) {
            self.out.push_str(text);
            return Ok(());
        }
        let start = self.out.len();
        self.items(table, selection)?;
        if let (Some(kept), Some(text)) = (selection.text(), self.out.get(start..)) {
            kept.get_or_init(|| text.to_owned());
        }
        Ok(())
    }

    fn items(&mut self, table: &TableDef, items: &[Item]) -> Result<()> {
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                self.out.push(',');
            }
            match item {
                Item::All => self.out.push('*'),
                Item::Column(column) => self.selected(column),
                Item::Embed(embed) => self.embed(table, embed)?,
            }
        }
        Ok(())
    }

    fn selected(&mut self, selected: &SelectedColumn) {
        if let Some(alias) = &selected.alias {
            push_name(&mut self.out, alias);
            self.out.push(':');
        }
        if let Some(column) = &selected.column {
            push_name(&mut self.out, column);
            self.steps(&selected.steps);
        }
        match (&selected.cast, selected.steps.last()) {
            (Some(cast), _) => {
                self.out.push_str("::");
                push_encoded(&mut self.out, cast);
            }
            // Before a closing parenthesis PostgREST takes a position for a field's name; a cast in between prevents it.
            (None, Some(Step::Json(JsonKey::Index(_)))) => self.out.push_str("::jsonb"),
            (None, Some(Step::Text(JsonKey::Index(_)))) => self.out.push_str("::text"),
            (None, _) => {}
        }
        if let Some(aggregate) = selected.aggregate {
            if selected.column.is_some() {
                self.out.push('.');
            }
            self.out.push_str(aggregate.as_str());
            self.out.push_str("()");
        }
    }

    /// `alias:table!hint(…)`: the hint is the foreign key's column, because constraint names differ between databases.
    fn embed(&mut self, table: &TableDef, embed: &Embed) -> Result<()> {
        let relation = table
            .relation(&embed.relation)
            .ok_or_else(|| Error::invalid_input(format!("{}.{}", table.name, embed.relation), "no such relation"))?;
        let target = (relation.target)();
        push_name(&mut self.out, &embed.alias);
        self.out.push(':');
        match relation.via {
            Via::ForeignKey(column) => {
                self.out.push_str(target.name);
                self.out.push('!');
                self.out.push_str(column);
            }
            Via::Function(function) => self.out.push_str(function),
        }
        if embed.is_inner {
            self.out.push_str("!inner");
        }
        self.out.push('(');
        self.items(target, &embed.items)?;
        self.out.push(')');
        Ok(())
    }

    fn steps(&mut self, steps: &[Step]) {
        for step in steps {
            let (arrow, key) = match step {
                Step::Json(key) => ("-%3E", key),
                Step::Text(key) => ("-%3E%3E", key),
            };
            self.out.push_str(arrow);
            match key {
                JsonKey::Index(index) => self.number(*index),
                JsonKey::Field(field) => push_json_field(&mut self.out, field),
            }
        }
    }

    fn scope(&mut self, prefix: &str, scope: &Scope) -> Result<()> {
        for expr in &scope.filters {
            self.filter(prefix, expr, false)?;
        }
        if !scope.order.is_empty() {
            self.key(prefix, "order");
            for (index, key) in scope.order.iter().enumerate() {
                if index > 0 {
                    self.out.push(',');
                }
                self.sort_key(key)?;
            }
        }
        for (name, rows) in [("limit", scope.limit), ("offset", scope.offset)] {
            if let Some(rows) = rows {
                self.key(prefix, name);
                self.number(rows.min(MOST_ROWS));
            }
        }
        for (alias, inner) in &scope.embeds {
            let mut inner_prefix = String::from(prefix);
            push_name(&mut inner_prefix, alias);
            inner_prefix.push('.');
            self.scope(&inner_prefix, inner)?;
        }
        Ok(())
    }

    fn number(&mut self, number: impl itoa::Integer) {
        self.out.push_str(itoa::Buffer::new().format(number));
    }

    fn sort_key(&mut self, key: &SortKey) -> Result<()> {
        if key.relation.is_some()
            && let Some(Step::Json(JsonKey::Index(_)) | Step::Text(JsonKey::Index(_))) = key.path.steps.last()
        {
            return Err(Error::invalid_input("order", "the server cannot order by an array's element of related rows"));
        }
        if let Some(relation) = &key.relation {
            push_name(&mut self.out, relation);
            self.out.push('(');
        }
        self.path(&key.path);
        if key.relation.is_some() {
            self.out.push(')');
        }
        self.out.push_str(if key.is_descending { ".desc" } else { ".asc" });
        match key.nulls {
            Some(query::Nulls::First) => self.out.push_str(".nullsfirst"),
            Some(query::Nulls::Last) => self.out.push_str(".nullslast"),
            None => {}
        }
        Ok(())
    }

    fn path(&mut self, path: &Path) {
        self.out.push_str(path.column);
        self.steps(&path.steps);
    }

    /// A condition as a parameter of its own: its value is read raw to the end, so it is encoded but never quoted.
    fn filter(&mut self, prefix: &str, expr: &Expr, is_negated: bool) -> Result<()> {
        match expr {
            Expr::Not(inner) => self.filter(prefix, inner, !is_negated),
            Expr::And(parts) if !is_negated => parts.iter().try_for_each(|part| self.filter(prefix, part, false)),
            Expr::And(parts) | Expr::Or(parts) => {
                let name = if matches!(expr, Expr::And(_)) { "and" } else { "or" };
                self.separate();
                self.out.push_str(prefix);
                self.out.push_str(if is_negated { "not." } else { "" });
                self.out.push_str(name);
                self.out.push('=');
                self.parts(parts)
            }
            Expr::Compare(comparison) => {
                self.separate();
                self.out.push_str(prefix);
                self.path(&comparison.path);
                self.out.push('=');
                self.comparison(comparison, is_negated, Place::Parameter)
            }
            Expr::Related(alias) => {
                self.separate();
                self.out.push_str(prefix);
                push_key(&mut self.out, alias);
                self.out.push('=');
                self.out.push_str(if is_negated { "is.null" } else { "not.is.null" });
                Ok(())
            }
        }
    }

    fn parts(&mut self, parts: &[Expr]) -> Result<()> {
        if parts.is_empty() {
            return Err(Error::invalid_input("filter", "no alternative in it: give `any` at least one condition"));
        }
        self.out.push('(');
        for (index, part) in parts.iter().enumerate() {
            if index > 0 {
                self.out.push(',');
            }
            self.node(part, false)?;
        }
        self.out.push(')');
        Ok(())
    }

    /// A condition inside a tree, where commas and parentheses end a value: it is quoted.
    fn node(&mut self, expr: &Expr, is_negated: bool) -> Result<()> {
        match expr {
            Expr::Not(inner) => self.node(inner, !is_negated),
            Expr::And(parts) | Expr::Or(parts) => {
                self.out.push_str(if is_negated { "not." } else { "" });
                self.out.push_str(if matches!(expr, Expr::And(_)) { "and" } else { "or" });
                self.parts(parts)
            }
            Expr::Compare(comparison) => {
                self.path(&comparison.path);
                self.out.push('.');
                self.comparison(comparison, is_negated, Place::Tree)
            }
            Expr::Related(alias) => {
                push_name(&mut self.out, alias);
                self.out.push_str(if is_negated { ".is.null" } else { ".not.is.null" });
                Ok(())
            }
        }
    }

    fn comparison(&mut self, comparison: &Comparison, is_negated: bool, place: Place) -> Result<()> {
        let Comparison { path, operator, operand } = comparison;
        self.out.push_str(if is_negated { "not." } else { "" });
        match operand {
            Operand::Is(is) => {
                self.operator(Operator::Is, "");
                self.out.push_str(Is::as_str(*is));
            }
            Operand::Value(value) => {
                self.operator(*operator, "");
                self.value(path, value, place)?;
            }
            Operand::Any(values) if *operator == Operator::In => match values.as_slice() {
                // A list of one empty text reads as an empty list.
                [Value::Text(text)] if text.is_empty() => {
                    self.operator(Operator::Eq, "");
                    self.text("", place)?;
                }
                values => {
                    self.out.push_str("in.(");
                    for (index, value) in values.iter().enumerate() {
                        if index > 0 {
                            self.out.push(',');
                        }
                        self.value(path, value, Place::Tree)?;
                    }
                    self.out.push(')');
                }
            },
            Operand::Any(values) => self.quantified(path, *operator, "(any)", values, place)?,
            Operand::All(values) => self.quantified(path, *operator, "(all)", values, place)?,
            Operand::Search(search) => {
                self.out.push_str(search.operator.as_str());
                if let Some(config) = &search.config {
                    if !is_plain_name(config) {
                        return Err(Error::invalid_input(
                            "text search",
                            "a configuration's name is letters, digits and _",
                        ));
                    }
                    self.out.push('(');
                    self.out.push_str(config);
                    self.out.push(')');
                }
                self.out.push('.');
                self.text(&search.query, place)?;
            }
        }
        Ok(())
    }

    fn quantified(
        &mut self,
        path: &Path,
        operator: Operator,
        quantifier: &str,
        values: &[Value],
        place: Place,
    ) -> Result<()> {
        self.operator(operator, quantifier);
        let texts = values.iter().map(|value| text_of(path, value)).collect::<Result<Vec<_>>>()?;
        self.text(&array_literal(texts.into_iter()), place)
    }

    fn operator(&mut self, operator: Operator, quantifier: &str) {
        self.out.push_str(operator.as_str());
        if !quantifier.is_empty() {
            self.out.push_str(quantifier);
        }
        self.out.push('.');
    }

    fn value(&mut self, path: &Path, value: &Value, place: Place) -> Result<()> {
        match value {
            Value::Integer(number) => self.number(*number),
            Value::Bool(flag) => self.out.push_str(if *flag { "true" } else { "false" }),
            Value::Uuid(id) => self.out.push_str(id.hyphenated().encode_lower(&mut Uuid::encode_buffer())),
            Value::Timestamp(instant) => {
                check_year(path, *instant)?;
                let quote = if matches!(place, Place::Tree) { "%22" } else { "" };
                self.out.push_str(quote);
                push_timestamp(&mut self.out, *instant);
                self.out.push_str(quote);
            }
            Value::Null | Value::Text(_) | Value::Json(_) => self.text(&text_of(path, value)?, place)?,
        }
        Ok(())
    }

    fn text(&mut self, text: &str, place: Place) -> Result<()> {
        match place {
            Place::Parameter => push_encoded(&mut self.out, text),
            Place::Tree => push_element(&mut self.out, text),
        }
        Ok(())
    }
}

/// PostgreSQL counts rows in 64 bits with a sign.
const MOST_ROWS: u64 = i64::MAX.unsigned_abs();

/// Where a value stands, which decides how it is written.
#[derive(Clone, Copy)]
enum Place {
    Parameter,
    Tree,
}

fn text_of<'a>(path: &Path, value: &'a Value) -> Result<Cow<'a, str>> {
    if let Value::Timestamp(instant) = value {
        check_year(path, *instant)?;
    }
    value
        .to_text()
        .ok_or_else(|| Error::invalid_input(path.column, "null compares with nothing: ask `is_null` instead"))
}

/// PostgreSQL reads other years in ways of its own, or not at all.
fn check_year(path: &Path, instant: DateTime<Utc>) -> Result<()> {
    if is_writable_time(instant) {
        return Ok(());
    }
    Err(Error::invalid_input(path.column, "the year must be 1 to 9999"))
}

/// Words that PostgREST takes for parameters of its own where a filter's column would stand.
fn is_reserved(name: &str) -> bool {
    matches!(name, "select" | "columns" | "order" | "limit" | "offset" | "on_conflict" | "and" | "or")
}

fn push_key(out: &mut String, name: &str) {
    if is_reserved(name) { push_quoted(out, name) } else { push_name(out, name) }
}

/// A field that looks like a number would be read as an element's position, so it is quoted like any unusual one.
fn push_json_field(out: &mut String, field: &str) {
    if field.starts_with(|first: char| first.is_ascii_digit()) {
        push_quoted(out, field)
    } else {
        push_name(out, field)
    }
}

fn argument_text<'a>(name: &str, value: &'a serde_json::Value) -> Result<Cow<'a, str>> {
    use serde_json::Value as Json;
    Ok(match value {
        Json::Null => {
            return Err(Error::invalid_input(
                name.to_owned(),
                "a GET call cannot pass null: leave it out, or call with POST",
            ));
        }
        Json::String(text) => Cow::Borrowed(text.as_str()),
        Json::Array(elements) => {
            let texts = elements.iter().map(|element| argument_text(name, element)).collect::<Result<Vec<_>>>()?;
            Cow::Owned(array_literal(texts.into_iter()))
        }
        other => Cow::Owned(other.to_string()),
    })
}

/// Whether a text begins like a filter: `eq.`, `not.`, `like(any).`, `fts(english).` and their kind.
fn reads_as_filter(text: &str) -> bool {
    let Some((operator, _)) = text.split_once('.') else { return false };
    let name = operator.split_once('(').map_or(operator, |(name, _)| name);
    name == "not" || Operator::ALL.iter().any(|known| known.as_str() == name)
}

fn union_of_columns(rows: &[Values]) -> Vec<&Cow<'static, str>> {
    let mut columns: Vec<&Cow<'static, str>> = Vec::new();
    for (name, _) in rows.iter().flatten() {
        if !columns.contains(&name) {
            columns.push(name);
        }
    }
    columns
}

struct RowBody<'a>(&'a [(Cow<'static, str>, Value)]);

impl Serialize for RowBody<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

struct RowsBody<'a>(&'a [Values]);

impl Serialize for RowsBody<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.0.len()))?;
        for row in self.0 {
            list.serialize_element(&RowBody(row))?;
        }
        list.end()
    }
}

fn json(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|problem| Error::invalid_input("body", problem.to_string()))
}

fn headers(query: &Query, has_body: bool) -> Result<Vec<(Cow<'static, str>, Cow<'static, str>)>> {
    // Room for the key and the token, which the client adds.
    let mut headers: Vec<(Cow<'static, str>, Cow<'static, str>)> = Vec::with_capacity(6);
    headers.push(("accept".into(), accept(query)));
    if has_body {
        headers.push(("content-type".into(), "application/json".into()));
    }
    let preferences = preferences(query);
    if !preferences.is_empty() {
        headers.push(("prefer".into(), preferences.into()));
    }
    if let Some(schema) = &query.settings.schema {
        check_header("schema", schema)?;
        let is_read = matches!(method(query), Method::Get | Method::Head);
        headers.push(((if is_read { "accept-profile" } else { "content-profile" }).into(), schema.clone()));
    }
    for (name, value) in &query.settings.headers {
        check_header_name(name)?;
        check_header(name, value)?;
        headers.push((name.to_ascii_lowercase().into(), value.clone()));
    }
    Ok(headers)
}

fn accept(query: &Query) -> Cow<'static, str> {
    match query.answer {
        Answer::One => "application/vnd.pgrst.object+json".into(),
        Answer::Csv => "text/csv".into(),
        Answer::Plan(explain) => plan_media_type(explain).into(),
        _ => "application/json".into(),
    }
}

fn plan_media_type(explain: Explain) -> String {
    let format = match explain.format {
        PlanFormat::Text => "text",
        PlanFormat::Json => "json",
    };
    let options: Vec<&str> = [
        (explain.analyze, "analyze"),
        (explain.verbose, "verbose"),
        (explain.settings, "settings"),
        (explain.buffers, "buffers"),
        (explain.wal, "wal"),
    ]
    .into_iter()
    .filter_map(|(is_on, name)| is_on.then_some(name))
    .collect();
    match options.as_slice() {
        [] => format!("application/vnd.pgrst.plan+{format}; for=\"application/json\""),
        options => {
            format!("application/vnd.pgrst.plan+{format}; for=\"application/json\"; options={}", options.join("|"))
        }
    }
}

fn preferences(query: &Query) -> String {
    let mut preferences: Vec<Cow<'static, str>> = Vec::new();
    if matches!(query.action, Action::Insert { .. } | Action::Update(_) | Action::Delete) {
        preferences.push((if query.selection.is_empty() { "return=minimal" } else { "return=representation" }).into());
    }
    if let Action::Insert { rows, conflict } = &query.action {
        match conflict.as_ref().map(|conflict| conflict.resolution) {
            Some(OnConflict::Merge) => preferences.push("resolution=merge-duplicates".into()),
            Some(OnConflict::Ignore) => preferences.push("resolution=ignore-duplicates".into()),
            None => {}
        }
        let columns = union_of_columns(rows).len();
        if rows.iter().any(|row| row.len() != columns) {
            preferences.push("missing=default".into());
        }
    }
    if let Some(count) = query.count {
        preferences.push(format!("count={}", count.as_str()).into());
    }
    if query.settings.is_rolled_back {
        preferences.push("tx=rollback".into());
    }
    if let Some(rows) = query.settings.max_affected {
        preferences.push(format!("handling=strict, max-affected={rows}").into());
    }
    preferences.join(", ")
}

pub(crate) fn check_header(name: &str, value: &str) -> Result<()> {
    let is_valid = value.bytes().all(|byte| byte == b'\t' || (32..127).contains(&byte));
    if is_valid {
        return Ok(());
    }
    Err(Error::invalid_input(name.to_owned(), "a header holds printable ASCII alone: no line breaks, no accents"))
}

fn check_header_name(name: &str) -> Result<()> {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    if !name.is_empty() && name.bytes().all(is_token) {
        return Ok(());
    }
    Err(Error::invalid_input("header", "a header's name is letters, digits and hyphens"))
}
