//! Queries as every table's objects make them: an immutable form in the core's JSON, and what runs it.

use std::sync::Arc;

use eventos_core::query::{Cursor, Query};
use eventos_core::{Error, Eventos};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use crate::error::EventosError;

/// In which direction rows are put in order.
#[derive(Debug, Clone, Copy, uniffi::Enum)]
pub enum Direction {
    Ascending,
    Descending,
}

/// How rows are counted.
#[derive(Debug, Clone, Copy, uniffi::Enum)]
pub enum Count {
    Exact,
    Planned,
    Estimated,
}

impl Count {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Planned => "planned",
            Self::Estimated => "estimated",
        }
    }
}

/// A query under way: what is set so far.
#[derive(Clone)]
pub(crate) struct Form {
    eventos: Eventos,
    form: Map<String, Value>,
}

impl Form {
    pub(crate) fn of(eventos: &Eventos, table: &str) -> Form {
        Form { eventos: eventos.clone(), form: Map::from_iter([("from".to_owned(), Value::from(table))]) }
    }

    /// The same with another field.
    pub(crate) fn with(&self, name: &str, value: impl Into<Value>) -> Form {
        let mut form = self.clone();
        form.form.insert(name.to_owned(), value.into());
        form
    }

    /// The same with one more entry in a list.
    pub(crate) fn and(&self, name: &str, value: Value) -> Form {
        let mut form = self.clone();
        if let Value::Array(list) = form.form.entry(name).or_insert_with(|| Value::Array(Vec::new())) {
            list.push(value);
        }
        form
    }

    pub(crate) fn ordered(&self, column: &str, direction: Direction) -> Form {
        let direction = match direction {
            Direction::Ascending => "asc",
            Direction::Descending => "desc",
        };
        self.and("order", Value::from(format!("{column}.{direction}")))
    }

    fn query(&self) -> Result<Query, EventosError> {
        Ok(Query::from_json(&Value::Object(self.form.clone()).to_string())?)
    }

    /// The answer, as its type.
    pub(crate) async fn fetch<T: DeserializeOwned>(&self) -> Result<T, EventosError> {
        typed(self.eventos.fetch_json(&self.query()?).await?)
    }

    /// A page, and where the next one begins; nothing after the last one.
    pub(crate) async fn page<T: DeserializeOwned>(
        &self,
        size: u64,
        cursor: Option<String>,
    ) -> Result<(Vec<T>, Option<String>), EventosError> {
        let cursor = cursor.map(|cursor| cursor.parse::<Cursor>()).transpose()?;
        let page = self.query()?.page(size, cursor.as_ref())?;
        let response = self.eventos.exchange(&page).await?;
        let (rows, cursor) = page.read_page(&response, self.eventos.max_rows())?;
        Ok((typed(rows.into())?, cursor.map(|cursor| cursor.to_string())))
    }
}

/// JSON as its type. The core has checked it against the tables before: what does not fit is a type of ours that is wrong.
pub(crate) fn typed<T: DeserializeOwned>(json: Value) -> Result<T, EventosError> {
    serde_json::from_value(json).map_err(|problem| Error::decode("", problem.to_string()).into())
}

/// What the core takes for a query of any kind, for what the typed objects do not have.
#[derive(uniffi::Object)]
pub struct JsonQuery {
    pub(crate) eventos: Eventos,
    pub(crate) query: Query,
}

#[uniffi::export]
impl JsonQuery {
    /// The answer as JSON.
    pub async fn fetch(self: Arc<Self>) -> Result<String, EventosError> {
        Ok(self.eventos.fetch_json(&self.query).await?.to_string())
    }

    /// A page of so many rows after a cursor: JSON with `rows` and `cursor`, which is null after the last one.
    pub async fn page(self: Arc<Self>, size: u64, cursor: Option<String>) -> Result<String, EventosError> {
        let cursor = cursor.map(|cursor| cursor.parse::<Cursor>()).transpose()?;
        let page = self.query.page(size, cursor.as_ref())?;
        let response = self.eventos.exchange(&page).await?;
        let (rows, cursor) = page.read_page(&response, self.eventos.max_rows())?;
        Ok(json!({ "rows": rows, "cursor": cursor.map(|cursor| cursor.to_string()) }).to_string())
    }
}
