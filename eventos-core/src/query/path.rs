//! Where in a row a value is: a column, or a place inside a JSON column.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use crate::schema::{Column, Table};

/// A column, and the steps into it where it holds JSON.
#[derive(Debug, Clone, PartialEq)]
pub struct Path {
    /// The name as the table's declaration writes it, which no URL has to encode.
    pub(crate) column: &'static str,
    pub(crate) steps: Vec<Step>,
}

/// One step into a JSON document.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// `->key` or `->0`: the value there, as JSON.
    Json(JsonKey),
    /// `->>key` or `->>0`: the value there, as text.
    Text(JsonKey),
}

/// What a step into a JSON document follows.
#[derive(Debug, Clone, PartialEq)]
pub enum JsonKey {
    /// A field of an object.
    Field(Cow<'static, str>),
    /// An element of an array, from 0; negative counts from the end.
    Index(i32),
}

impl Path {
    pub(crate) const fn column(name: &'static str) -> Path {
        Path { column: name, steps: Vec::new() }
    }
}

/// A place inside a JSON column of table `T`, read as `V`: `serde_json::Value` or `String`.
///
/// It takes every comparison and order that a column takes. Where the place is missing the value is null.
///
/// ```
/// use eventos_core::{Venue, query::from};
///
/// let request = from::<Venue>()
///     .select::<Venue>()
///     .filter(Venue::AMENITIES.text("parking").eq("true"))
///     .to_request()?;
/// assert_eq!(request.query, "select=*&amenities-%3E%3Eparking=eq.true");
///
/// let first_hall = Venue::AMENITIES.key("halls").index(0).text("name");
/// let request = from::<Venue>().select::<Venue>().filter(first_hall.is_not_null()).to_request()?;
/// assert_eq!(request.query, "select=*&amenities-%3Ehalls-%3E0-%3E%3Ename=not.is.null");
/// # Ok::<(), eventos_core::Error>(())
/// ```
pub struct JsonPath<T, V> {
    pub(crate) path: Path,
    marker: PhantomData<fn() -> (T, V)>,
}

type Json = Option<serde_json::Value>;
type Text = Option<String>;

impl<T: Table, W> Column<T, serde_json::Value, W> {
    /// The value of a field, as JSON (`->`).
    pub fn key(self, field: impl Into<Cow<'static, str>>) -> JsonPath<T, Json> {
        start(self.name).key(field)
    }

    /// The value of a field, as text (`->>`).
    pub fn text(self, field: impl Into<Cow<'static, str>>) -> JsonPath<T, Text> {
        start(self.name).text(field)
    }
}

fn start<T>(column: &'static str) -> JsonPath<T, Json> {
    JsonPath { path: Path::column(column), marker: PhantomData }
}

impl<T: Table> JsonPath<T, Json> {
    /// The value of a field, as JSON (`->`).
    #[must_use]
    pub fn key(self, field: impl Into<Cow<'static, str>>) -> JsonPath<T, Json> {
        self.step(Step::Json(JsonKey::Field(field.into())))
    }

    /// The value of an element, as JSON (`->`). Negative positions count from the end.
    #[must_use]
    pub fn index(self, position: i32) -> JsonPath<T, Json> {
        self.step(Step::Json(JsonKey::Index(position)))
    }

    /// The value of a field, as text (`->>`).
    pub fn text(self, field: impl Into<Cow<'static, str>>) -> JsonPath<T, Text> {
        self.step(Step::Text(JsonKey::Field(field.into())))
    }

    /// The value of an element, as text (`->>`).
    pub fn text_at(self, position: i32) -> JsonPath<T, Text> {
        self.step(Step::Text(JsonKey::Index(position)))
    }

    fn step<V>(mut self, step: Step) -> JsonPath<T, V> {
        self.path.steps.push(step);
        JsonPath { path: self.path, marker: PhantomData }
    }
}

impl<T, V> Clone for JsonPath<T, V> {
    fn clone(&self) -> Self {
        JsonPath { path: self.path.clone(), marker: PhantomData }
    }
}

impl<T, V> fmt::Debug for JsonPath<T, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.path.fmt(f)
    }
}
