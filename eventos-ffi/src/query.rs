//! Queries as every table's records make them, in the core's JSON form, and what runs them.

use std::pin::Pin;
use std::sync::Arc;

use eventos_core::Eventos;
use eventos_core::query::{Cursor, Query};
use serde_json::{Map, Value, json};

use crate::client::Client;
use crate::error::EventosError;
use crate::json::FromJson;
use crate::tables::{Deletion, TableQuery};
use crate::values::Json;

/// In which direction rows are put in order.
#[derive(Debug, Clone, Copy, uniffi::Enum)]
pub enum Direction {
    Ascending,
    Descending,
}

impl Direction {
    pub(crate) fn suffix(self) -> &'static str {
        match self {
            Self::Ascending => "asc",
            Self::Descending => "desc",
        }
    }
}

/// How many rows there have to be.
#[derive(Debug, Clone, Copy, uniffi::Enum)]
pub enum Expected {
    AnyNumber,
    /// One exactly: none is `NotFound`, several are `ManyRows`.
    One,
    /// One or none: several are `ManyRows`.
    AtMostOne,
}

/// How rows are counted.
#[derive(Debug, Clone, Copy, uniffi::Enum)]
pub enum Count {
    Exact,
    Planned,
    Estimated,
}

/// A query in the core's JSON form, as far as it is set.
pub(crate) struct Form(Map<String, Value>);

impl Form {
    pub(crate) fn of(table: &str) -> Form {
        Form(Map::from_iter([("from".to_owned(), Value::from(table))]))
    }

    /// With another field.
    pub(crate) fn with(mut self, name: &str, value: impl Into<Value>) -> Form {
        self.0.insert(name.to_owned(), value.into());
        self
    }

    /// With a field where there is one.
    pub(crate) fn with_maybe(self, name: &str, value: Option<u64>) -> Form {
        value.into_iter().fold(self, |form, value| form.with(name, value))
    }

    fn query(self) -> Result<Query, EventosError> {
        Ok(Query::from_json(&Value::Object(self.0).to_string())?)
    }
}

/// An answer that is waited for. It is boxed once here, so that each export's own future stays small.
type Answer<T> = Pin<Box<dyn Future<Output = Result<T, EventosError>> + Send>>;

impl Client {
    pub(crate) fn ask(&self, form: Form) -> Answer<Value> {
        let eventos = self.eventos.clone();
        Box::pin(async move { Ok(eventos.fetch_json(&form.query()?).await?) })
    }

    /// The rows of a query, of the columns that are named or of all.
    pub(crate) fn rows(&self, form: Form, expected: Expected) -> Answer<Vec<Value>> {
        let asked = self.ask(match expected {
            Expected::AnyNumber => form,
            Expected::One => form.with("answer", "one"),
            Expected::AtMostOne => form.with("answer", "at_most_one"),
        });
        Box::pin(async move {
            Ok(match asked.await? {
                Value::Array(rows) => rows,
                Value::Null => Vec::new(),
                row => vec![row],
            })
        })
    }

    /// A page, and where the next one begins; nothing after the last one.
    pub(crate) fn page(&self, form: Form, size: u64, cursor: Option<String>) -> Answer<(Vec<Value>, Option<String>)> {
        let eventos = self.eventos.clone();
        Box::pin(async move { page(&eventos, &form.query()?, size, cursor).await })
    }
}

async fn page(
    eventos: &Eventos,
    query: &Query,
    size: u64,
    cursor: Option<String>,
) -> Result<(Vec<Value>, Option<String>), EventosError> {
    let cursor = cursor.map(|cursor| cursor.parse::<Cursor>()).transpose()?;
    let page = query.page(size, cursor.as_ref())?;
    let response = eventos.exchange(&page).await?;
    let (rows, cursor) = page.read_page(&response, eventos.max_rows())?;
    Ok((rows, cursor.map(|cursor| cursor.to_string())))
}

/// Rows as their type.
pub(crate) fn typed<T: FromJson>(rows: Vec<Value>) -> Result<Vec<T>, EventosError> {
    Ok(rows.into_iter().map(T::from_json).collect::<Result<_, _>>()?)
}

#[uniffi::export]
impl Client {
    /// How many rows a query has.
    pub async fn count(self: Arc<Self>, query: TableQuery, how: Count) -> Result<u64, EventosError> {
        let how = match how {
            Count::Exact => "exact",
            Count::Planned => "planned",
            Count::Estimated => "estimated",
        };
        let counted = self.ask(query.form().with("answer", "count").with("count", how)).await?;
        Ok(u64::from_json(counted)?)
    }

    /// The rows of a query as CSV.
    pub async fn csv(self: Arc<Self>, query: TableQuery) -> Result<String, EventosError> {
        Ok(String::from_json(self.ask(query.form().with("answer", "csv")).await?)?)
    }

    /// Removes the rows of a table of which a condition holds; how many they were.
    pub async fn delete(self: Arc<Self>, rows: Deletion) -> Result<u64, EventosError> {
        Ok(u64::from_json(self.ask(rows.form().with("answer", "affected")).await?)?)
    }

    /// The answer, as JSON, to a query in the core's JSON form: for what the typed ones do not have.
    pub async fn fetch_json(self: Arc<Self>, query: String) -> Result<Json, EventosError> {
        Ok(Json(self.eventos.fetch_json(&Query::from_json(&query)?).await?))
    }

    /// A page of so many rows after a cursor: JSON with `rows` and `cursor`, which is null after the last one.
    #[uniffi::method(default(cursor = None))]
    pub async fn page_json(
        self: Arc<Self>,
        query: String,
        size: u64,
        cursor: Option<String>,
    ) -> Result<Json, EventosError> {
        let (rows, cursor) = page(&self.eventos, &Query::from_json(&query)?, size, cursor).await?;
        Ok(Json(json!({ "rows": rows, "cursor": cursor })))
    }

    /// What a function of the database gives, called with arguments by name.
    pub async fn rpc(self: Arc<Self>, function: String, arguments: Json) -> Result<Json, EventosError> {
        let call = Map::from_iter([("call".to_owned(), Value::from(function)), ("args".to_owned(), arguments.0)]);
        Ok(Json(self.ask(Form(call)).await?))
    }
}
