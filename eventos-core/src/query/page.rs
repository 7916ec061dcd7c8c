//! All rows of a read, a page at a time, each page starting after the last row of the one before.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use super::filter::{Comparison, Expr, Is, Operand, Operator};
use super::path::{Path, Step};
use super::selection::{Item, SelectedColumn};
use super::{Action, Answer, Query, SortKey};
use crate::error::{Error, Result};
use crate::json::Json;
use crate::schema::{TableDef, Value};

/// The pages of a read. With a client, take them with `next_page`, as a stream, or collect them all.
///
/// Every page asks for the rows after the last one seen. The primary key is added to the order, and each row brings the
/// values that the next page starts after:
///
/// ```
/// use eventos_core::query::{Cursor, Query, from};
/// use eventos_core::{Event, Projection};
///
/// #[derive(Projection)]
/// #[projection(of = Event)]
/// struct Title { name: String }
///
/// let pages = from::<Event>().select::<Title>().order(Event::START_AT.asc()).pages(50);
/// assert_eq!(
///     pages.next_query()?.to_request()?.query,
///     "select=name,cursor_0:start_at,cursor_1:id&order=start_at.asc,id.asc&limit=50"
/// );
///
/// // A cursor is text for whoever keeps it: in a link, or for the next run of a job.
/// let cursor: Cursor = r#"["2025-06-15T13:00:00+00:00","e1111111-1111-4111-8111-111111111111"]"#.parse()?;
/// let later: Query = pages.after(cursor).next_query()?;
/// assert!(later.to_request()?.query.contains("start_at.gt."));
/// # Ok::<(), eventos_core::Error>(())
/// ```
///
/// With a client:
///
/// ```no_run
/// use eventos_core::{Eventos, Order};
///
/// # async fn run(eventos: Eventos) -> eventos_core::Result<()> {
/// let mut pages = eventos.orders().select::<Order>().order(Order::CREATED_AT.desc()).pages(500);
/// while let Some(orders) = pages.next_page().await? {
///     for order in orders {
///         println!("{} {}", order.order_number, order.total_cents);
///     }
/// }
/// let next_time = pages.cursor().map(ToString::to_string);
/// # Ok(())
/// # }
/// ```
#[must_use = "nothing is sent until a page is asked for"]
pub struct Pages<P, C = ()> {
    pub(crate) query: Query,
    pub(crate) client: C,
    pub(crate) size: u64,
    pub(crate) after: Option<Cursor>,
    pub(crate) remaining: Option<u64>,
    pub(crate) is_finished: bool,
    marker: PhantomData<fn() -> P>,
}

impl<P, C> Pages<P, C> {
    pub(super) fn new(query: Query, client: C, size: u64) -> Self {
        let remaining = query.scope.limit;
        Pages { query, client, size, after: None, remaining, is_finished: false, marker: PhantomData }
    }

    /// Starts after the row where an earlier walk over the same pages stopped.
    pub fn after(mut self, cursor: Cursor) -> Self {
        self.after = Some(cursor);
        self
    }

    /// Where the walk has come to; `None` before the first page.
    pub fn cursor(&self) -> Option<&Cursor> {
        self.after.as_ref()
    }

    /// The query for the next page.
    ///
    /// # Errors
    ///
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) for pages of no rows, an order by related rows or by a JSON value,
    /// aggregates, or a cursor of another order.
    pub fn next_query(&self) -> Result<Query> {
        let size = self.remaining.map_or(self.size, |remaining| remaining.min(self.size));
        page(&self.query, size, self.after.as_ref())
    }
}

impl<P, C: Clone> Clone for Pages<P, C> {
    fn clone(&self) -> Self {
        Pages {
            query: self.query.clone(),
            client: self.client.clone(),
            size: self.size,
            after: self.after.clone(),
            remaining: self.remaining,
            is_finished: self.is_finished,
            marker: PhantomData,
        }
    }
}

impl<P, C> fmt::Debug for Pages<P, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("query", &self.query).field("size", &self.size).finish_non_exhaustive()
    }
}

/// A place between two rows of an order, for carrying on later: the last row's values in the server's own text.
///
/// [`Pages::cursor`] gives it and [`Pages::after`] takes it. Its text is stable, and parsing anything else fails with
/// [`InvalidInput`](crate::ErrorKind::InvalidInput). It holds values of the rows: show it to nobody who may not see those.
///
/// ```
/// use eventos_core::query::Cursor;
///
/// let cursor: Cursor = r#"["Gala",null]"#.parse()?;
/// assert_eq!(cursor.to_string(), r#"["Gala",null]"#);
/// assert!("page 2".parse::<Cursor>().is_err());
/// # Ok::<(), eventos_core::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor(pub(crate) Vec<Option<String>>);

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&serde_json::to_string(&self.0).map_err(|_| fmt::Error)?)
    }
}

impl FromStr for Cursor {
    type Err = Error;

    fn from_str(text: &str) -> Result<Cursor> {
        let key = |key| match key {
            Json::Text(text) => Some(Some(text)),
            Json::Null => Some(None),
            _ => None,
        };
        let keys = match serde_json::from_str(text) {
            Ok(Json::List(keys)) => keys.into_iter().map(key).collect::<Option<_>>(),
            _ => None,
        };
        let wrong = || Error::invalid_input("cursor", "not a cursor: pass one on as `Pages::cursor` gave it");
        keys.map(Cursor).ok_or_else(wrong)
    }
}

/// The name under which the value of the order's key number `index` comes back with each row.
pub(crate) fn cursor_column(index: usize) -> String {
    format!("cursor_{index}")
}

impl Query {
    /// The query for a page of `size` rows of this read, after the row where `after` stands.
    ///
    /// For callers without Rust's types: each row of the answer brings the values that the next cursor is made of, as
    /// `cursor_0`, `cursor_1` and so on; see [`read_page`](Query::read_page). Ask until a page comes back empty.
    ///
    /// ```
    /// use eventos_core::query::Query;
    ///
    /// let all = Query::from_json(r#"{ "from": "events", "select": { "name": 1 }, "order": ["start_at"] }"#)?;
    /// assert_eq!(
    ///     all.page(50, None)?.to_request()?.query,
    ///     "select=name,cursor_0:start_at,cursor_1:id&order=start_at.asc,id.asc&limit=50"
    /// );
    /// # Ok::<(), eventos_core::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Pages::next_query`], and [`InvalidInput`](crate::ErrorKind::InvalidInput) where this is no read of rows.
    pub fn page(&self, size: u64, after: Option<&Cursor>) -> Result<Query> {
        if !matches!(self.action, Action::Read) || self.answer != Answer::Rows {
            return Err(Error::invalid_input("pages", "only a read of rows has pages"));
        }
        page(self, size, after)
    }
}

fn page(query: &Query, size: u64, after: Option<&Cursor>) -> Result<Query> {
    if size == 0 {
        return Err(Error::invalid_input("pages", "a page holds at least 1 row"));
    }
    let mut query = query.clone();
    if let Some(table) = query.table()
        && !query.scope.order.iter().any(|key| key.relation.is_none() && key.path == Path::column(table.key))
    {
        query.scope.order.push(SortKey::new(Path::column(table.key), false));
    }
    let is_aggregate = |item: &Item| matches!(item, Item::Column(column) if column.aggregate.is_some());
    if query.selection.iter().any(is_aggregate) {
        return Err(Error::invalid_input("pages", "aggregates have no pages: ask for all of them with one query"));
    }
    for (index, key) in query.scope.order.iter().enumerate() {
        if key.relation.is_some() || matches!(key.path.steps.last(), Some(Step::Json(_))) {
            return Err(Error::invalid_input("pages", "order by columns of the table itself, or JSON read as text"));
        }
        query.selection.push(Item::Column(SelectedColumn {
            alias: Some(Cow::Owned(cursor_column(index))),
            column: Some(Cow::Borrowed(key.path.column)),
            steps: Cow::Owned(key.path.steps.clone()),
            cast: None,
            aggregate: None,
        }));
    }
    query.scope.limit = Some(size);
    if let Some(Cursor(values)) = after {
        if values.len() != query.scope.order.len() {
            return Err(Error::invalid_input("cursor", "it belongs to pages in another order"));
        }
        query.scope.offset = None;
        let beyond = rows_after(query.table(), &query.scope.order, values);
        query.scope.filters.push(beyond);
    }
    Ok(query)
}

/// Rows after the one with these values: greater in the first key, or equal there and greater in the second, and so on.
fn rows_after(table: Option<&TableDef>, order: &[SortKey], values: &[Option<String>]) -> Expr {
    let mut alternatives = Vec::new();
    let mut equal: Vec<Expr> = Vec::new();
    for (key, value) in order.iter().zip(values) {
        for beyond in beyond(key, value.as_deref(), may_be_null(table, &key.path)) {
            alternatives.push(joined(equal.clone(), beyond, Expr::And));
        }
        equal.push(match value {
            Some(value) => compare(key, Operator::Eq, value),
            None => is_null(key),
        });
    }
    match alternatives.pop() {
        Some(last) => joined(alternatives, last, Expr::Or),
        None => Expr::Or(alternatives),
    }
}

fn joined(mut parts: Vec<Expr>, last: Expr, join: fn(Vec<Expr>) -> Expr) -> Expr {
    if parts.is_empty() {
        return last;
    }
    parts.push(last);
    join(parts)
}

/// What comes after a value in one key, nulls included where there may be any: an index does not serve `or … is null`.
fn beyond(key: &SortKey, value: Option<&str>, may_be_null: bool) -> Vec<Expr> {
    let operator = if key.is_descending { Operator::Lt } else { Operator::Gt };
    match (value, key.is_nulls_first()) {
        (Some(value), false) if may_be_null => vec![compare(key, operator, value), is_null(key)],
        (Some(value), _) => vec![compare(key, operator, value)],
        (None, true) => vec![Expr::Not(Box::new(is_null(key)))],
        (None, false) => vec![],
    }
}

fn may_be_null(table: Option<&TableDef>, path: &Path) -> bool {
    let column = table.and_then(|table| table.column(path.column));
    !path.steps.is_empty() || column.is_none_or(|column| column.is_nullable)
}

fn compare(key: &SortKey, operator: Operator, value: &str) -> Expr {
    let operand = Operand::Value(Value::Text(Cow::Owned(value.to_owned())));
    Expr::Compare(Comparison { path: key.path.clone(), operator, operand })
}

fn is_null(key: &SortKey) -> Expr {
    Expr::Compare(Comparison { path: key.path.clone(), operator: Operator::Is, operand: Operand::Is(Is::Null) })
}
