//! JSON that callers and servers bring, read field by field: for what is without Rust's types.
//!
//! ```
//! use eventos_core::json::Fields;
//!
//! let mut fields = Fields::parse("seat", r#"{ "row": 7, "label": "North" }"#)?;
//! let (row, label): (u8, String) = (fields.number("row")?, fields.text("label")?);
//! assert_eq!((row, label.as_str()), (7, "North"));
//! fields.end()?;
//!
//! let mut misspelt = Fields::parse("seat", r#"{ "raw": 7 }"#)?;
//! assert_eq!(misspelt.maybe_number::<u8>("row")?, None);
//! assert_eq!(misspelt.end().unwrap_err().to_string(), "seat: unknown field `raw`: did you mean row?");
//! # Ok::<(), eventos_core::Error>(())
//! ```

use std::fmt;

use chrono::{DateTime, Utc};
use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Number, Value};
use uuid::Uuid;

use crate::error::{Error, Result};

/// A JSON value whose objects keep the order of their fields.
#[derive(Clone, PartialEq)]
pub enum Json {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number.
    Number(Number),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Json>),
    /// An object's fields, as they were written.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// The text, where it is one.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Json::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The list, where it is one.
    pub fn as_array(&self) -> Option<&[Json]> {
        match self {
            Json::List(list) => Some(list),
            _ => None,
        }
    }

    /// The number, where it is one of these.
    pub fn as_number<N: TryFrom<i64>>(&self) -> Option<N> {
        match self {
            Json::Number(number) => N::try_from(number.as_i64()?).ok(),
            _ => None,
        }
    }
}

impl From<Json> for Value {
    fn from(json: Json) -> Value {
        match json {
            Json::Null => Value::Null,
            Json::Bool(flag) => Value::Bool(flag),
            Json::Number(number) => Value::Number(number),
            Json::Text(text) => Value::String(text),
            Json::List(list) => list.into_iter().map(Value::from).collect(),
            Json::Object(fields) => Value::Object(object(fields)),
        }
    }
}

/// The fields as serde_json keeps them.
pub(crate) fn object(fields: Vec<(String, Json)>) -> Map<String, Value> {
    // One by one: collecting them sorts them first, and a browser would have to load that.
    let mut object = Map::new();
    for (name, value) in fields {
        object.insert(name, value.into());
    }
    object
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Json, D::Error> {
        Reader { only: None }.deserialize(deserializer)
    }
}

/// JSON of a text in which objects keep the fields of these names alone. The rest is not looked into, whatever it holds.
pub(crate) fn parse_only(text: &str, names: &'static [&'static str]) -> serde_json::Result<Json> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let json = Reader { only: Some(names) }.deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(json)
}

#[derive(Clone, Copy)]
struct Reader {
    only: Option<&'static [&'static str]>,
}

impl<'de> DeserializeSeed<'de> for Reader {
    type Value = Json;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Reader {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Json, E> {
        Ok(Json::Bool(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Json, E> {
        Ok(Json::Number(number.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Json, E> {
        Ok(Json::Number(number.into()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Json, E> {
        Ok(Number::from_f64(number).map_or(Json::Null, Json::Number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Json, E> {
        Ok(Json::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Json, E> {
        Ok(Json::Text(text))
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut elements: S) -> Result<Json, S::Error> {
        let mut list = Vec::new();
        while let Some(element) = elements.next_element_seed(self)? {
            list.push(element);
        }
        Ok(Json::List(list))
    }

    fn visit_map<M: MapAccess<'de>>(self, mut entries: M) -> Result<Json, M::Error> {
        let mut fields = Vec::new();
        while let Some(name) = entries.next_key::<String>()? {
            if self.only.is_none_or(|only| only.contains(&name.as_str())) {
                fields.push((name, entries.next_value_seed(self)?));
            } else {
                entries.next_value::<IgnoredAny>()?;
            }
        }
        Ok(Json::Object(fields))
    }
}

/// An object's fields, taken one by one; [`end`](Fields::end) refuses what is left. Null counts as left out where one
/// value belongs.
///
/// The module has an example. What does not fit is an [`InvalidInput`](crate::ErrorKind::InvalidInput), whose message names the
/// field and quotes no value.
pub struct Fields {
    subject: &'static str,
    left: Vec<(String, Json)>,
    asked: Vec<&'static str>,
}

impl Fields {
    /// The fields of an object in a text; errors name the `subject`.
    ///
    /// # Errors
    ///
    /// As the type tells, where the text is no JSON object.
    pub fn parse(subject: &'static str, text: &str) -> Result<Fields> {
        let json = serde_json::from_str(text).map_err(|problem| Error::invalid_json(subject, &problem))?;
        Fields::of(subject, json)
    }

    /// The fields of an object.
    ///
    /// # Errors
    ///
    /// As the type tells, where it is none.
    pub fn of(subject: &'static str, json: Json) -> Result<Fields> {
        match json {
            Json::Object(fields) => Ok(Fields { subject, left: fields, asked: Vec::new() }),
            _ => Err(Error::invalid_input(subject, "expected an object")),
        }
    }

    /// Whether a field is there, and not null.
    pub fn has(&self, name: &str) -> bool {
        self.left.iter().any(|(left, value)| left == name && *value != Json::Null)
    }

    /// A field of any kind.
    pub fn take(&mut self, name: &'static str) -> Option<Json> {
        self.take_given(name).filter(|value| *value != Json::Null)
    }

    /// The same, where null is a value like any other.
    fn take_given(&mut self, name: &'static str) -> Option<Json> {
        self.asked.push(name);
        let index = self.left.iter().position(|(left, _)| left == name)?;
        Some(self.left.remove(index).1)
    }

    /// A text.
    ///
    /// # Errors
    ///
    /// As the type tells.
    pub fn text(&mut self, name: &'static str) -> Result<String> {
        let text = self.maybe_text(name)?;
        self.required(name, text)
    }

    /// A text, where there is one.
    ///
    /// # Errors
    ///
    /// As the type tells.
    pub fn maybe_text(&mut self, name: &'static str) -> Result<Option<String>> {
        match self.take(name) {
            None => Ok(None),
            Some(Json::Text(text)) => Ok(Some(text)),
            Some(_) => Err(Error::invalid_input(name, "expected a text")),
        }
    }

    /// A whole number.
    ///
    /// # Errors
    ///
    /// As the type tells.
    pub fn number<N: TryFrom<i64>>(&mut self, name: &'static str) -> Result<N> {
        let number = self.maybe_number(name)?;
        self.required(name, number)
    }

    /// A whole number, where there is one.
    ///
    /// # Errors
    ///
    /// As the type tells.
    pub fn maybe_number<N: TryFrom<i64>>(&mut self, name: &'static str) -> Result<Option<N>> {
        let Some(json) = self.take(name) else { return Ok(None) };
        let wrong = || Error::invalid_input(name, "expected a whole number within its bounds");
        json.as_number().map(Some).ok_or_else(wrong)
    }

    /// True or false; false where it is left out.
    ///
    /// # Errors
    ///
    /// As the type tells; null is no flag.
    pub fn flag(&mut self, name: &'static str) -> Result<bool> {
        match self.take_given(name) {
            None => Ok(false),
            Some(Json::Bool(flag)) => Ok(flag),
            Some(_) => Err(Error::invalid_input(name, "expected true or false")),
        }
    }

    /// An id.
    ///
    /// # Errors
    ///
    /// As the type tells.
    pub fn id<I: From<Uuid>>(&mut self, name: &'static str) -> Result<I> {
        let id = self.maybe_uuid(name)?;
        self.required(name, id).map(I::from)
    }

    /// An id, where there is one.
    ///
    /// # Errors
    ///
    /// As the type tells.
    pub fn maybe_id<I: From<Uuid>>(&mut self, name: &'static str) -> Result<Option<I>> {
        Ok(self.maybe_uuid(name)?.map(I::from))
    }

    fn maybe_uuid(&mut self, name: &'static str) -> Result<Option<Uuid>> {
        let Some(text) = self.maybe_text(name)? else { return Ok(None) };
        Uuid::try_parse(&text).map(Some).map_err(|_| Error::invalid_input(name, "expected a UUID"))
    }

    /// A point in time, in RFC 3339.
    ///
    /// # Errors
    ///
    /// As the type tells.
    pub fn time(&mut self, name: &'static str) -> Result<DateTime<Utc>> {
        let time = self.maybe_time(name)?;
        self.required(name, time)
    }

    /// A point in time, where there is one.
    ///
    /// # Errors
    ///
    /// As the type tells.
    pub fn maybe_time(&mut self, name: &'static str) -> Result<Option<DateTime<Utc>>> {
        let Some(text) = self.maybe_text(name)? else { return Ok(None) };
        let wrong = |_| Error::invalid_input(name, "expected a time with a zone, such as 2025-06-15T09:00:00Z");
        let time = DateTime::parse_from_rfc3339(&text).map_err(wrong)?;
        Ok(Some(time.with_timezone(&Utc)))
    }

    /// A list, empty where it is left out.
    ///
    /// # Errors
    ///
    /// As the type tells; null is no list.
    pub fn list(&mut self, name: &'static str) -> Result<Vec<Json>> {
        match self.take_given(name) {
            None => Ok(Vec::new()),
            Some(Json::List(list)) => Ok(list),
            Some(_) => Err(Error::invalid_input(name, "expected a list")),
        }
    }

    /// A list that must be there.
    ///
    /// # Errors
    ///
    /// As the type tells.
    pub fn required_list(&mut self, name: &'static str) -> Result<Vec<Json>> {
        let list = if self.has(name) { Some(self.list(name)?) } else { None };
        self.required(name, list)
    }

    /// A list of texts, empty where it is left out.
    ///
    /// # Errors
    ///
    /// As the type tells; null is no list.
    pub fn texts(&mut self, name: &'static str) -> Result<Vec<String>> {
        let list = self.list(name)?;
        texts(list).ok_or_else(|| Error::invalid_input(name, "expected a list of texts"))
    }

    /// An object, empty where it is left out.
    ///
    /// # Errors
    ///
    /// As the type tells; null is no object.
    pub fn object(&mut self, name: &'static str) -> Result<Vec<(String, Json)>> {
        match self.take_given(name) {
            None => Ok(Vec::new()),
            Some(Json::Object(fields)) => Ok(fields),
            Some(_) => Err(Error::invalid_input(name, "expected an object")),
        }
    }

    /// A list of texts, where there is one.
    ///
    /// # Errors
    ///
    /// As the type tells.
    pub fn maybe_texts(&mut self, name: &'static str) -> Result<Option<Vec<String>>> {
        match self.take(name) {
            None => Ok(None),
            Some(Json::List(list)) => {
                texts(list).map(Some).ok_or_else(|| Error::invalid_input(name, "expected a list of texts"))
            }
            Some(_) => Err(Error::invalid_input(name, "expected a list of texts")),
        }
    }

    /// An object, where there is one.
    ///
    /// # Errors
    ///
    /// As the type tells.
    pub fn maybe_object(&mut self, name: &'static str) -> Result<Option<Vec<(String, Json)>>> {
        match self.take(name) {
            None => Ok(None),
            Some(Json::Object(fields)) => Ok(Some(fields)),
            Some(_) => Err(Error::invalid_input(name, "expected an object")),
        }
    }

    /// Refuses a field that nobody took: it is misspelt, or means what is not known here.
    ///
    /// # Errors
    ///
    /// As the type tells.
    pub fn end(self) -> Result<()> {
        let Some((name, _)) = self.left.first() else { return Ok(()) };
        let problem = match closest(name, self.asked.into_iter()) {
            Some(given) if given == name => format!("field `{name}` is given twice"),
            Some(meant) => format!("unknown field `{name}`: did you mean {meant}?"),
            None => format!("unknown field `{name}`"),
        };
        Err(Error::invalid_input(self.subject, problem))
    }

    fn required<T>(&self, name: &str, value: Option<T>) -> Result<T> {
        value.ok_or_else(|| Error::invalid_input(self.subject, format!("missing field `{name}`")))
    }
}

fn texts(list: Vec<Json>) -> Option<Vec<String>> {
    list.into_iter().map(|json| if let Json::Text(text) = json { Some(text) } else { None }).collect()
}

/// The name that was probably meant, where one is close.
pub(crate) fn closest(name: &str, known: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    let close = known.map(|known| (edits(name, known), known)).min();
    close.filter(|(edits, known)| *edits <= 1 + known.len() / 4).map(|(_, known)| known)
}

/// The number of characters to insert, remove or replace that make one text of the other (Levenshtein's distance).
fn edits(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().take(64).collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (line, character) in one.chars().take(64).enumerate() {
        let mut diagonal = line;
        let mut left = line + 1;
        for (cell, target) in row.iter_mut().skip(1).zip(&other) {
            let replaced = diagonal + usize::from(character != *target);
            diagonal = *cell;
            left = replaced.min(left + 1).min(diagonal + 1);
            *cell = left;
        }
        if let Some(first) = row.first_mut() {
            *first = line + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may")]
mod tests {
    use super::*;

    #[test]
    fn counts_edits() {
        for (one, other, count) in
            [("", "abc", 3), ("status", "status", 0), ("stauts", "status", 2), ("nam", "name", 1)]
        {
            assert_eq!(edits(one, other), count, "{one} {other}");
        }
    }

    #[test]
    fn null_is_left_out_where_one_value_belongs_and_refused_elsewhere() {
        let fields = || Fields::parse("input", r#"{ "a": null }"#).unwrap();
        assert_eq!(fields().maybe_text("a").unwrap(), None);
        assert_eq!(fields().maybe_number::<u8>("a").unwrap(), None);
        assert!(fields().flag("a").is_err() && fields().list("a").is_err() && fields().object("a").is_err());
        assert!(fields().texts("a").is_err() && fields().required_list("a").is_err());
    }

    #[test]
    fn what_nobody_asked_for_is_not_looked_into() {
        let deep = format!("{}1{}", "[".repeat(200), "]".repeat(200));
        let text = format!(r#"{{ "user": {{ "id": "u1", "identities": {deep} }}, "weird": "\\ud800" }}"#);
        assert!(serde_json::from_str::<Json>(&text).is_err());
        let only = Value::from(parse_only(&text, &["user", "id"]).unwrap());
        assert_eq!(only, serde_json::json!({ "user": { "id": "u1" } }));
        assert!(parse_only("{} {}", &["user"]).is_err());
    }

    #[test]
    fn a_field_is_given_once() {
        let mut fields = Fields::parse("input", r#"{ "limit": 1, "limit": 2 }"#).unwrap();
        assert_eq!(fields.number::<u8>("limit").unwrap(), 1);
        assert_eq!(fields.end().unwrap_err().to_string(), "input: field `limit` is given twice");
    }

    #[test]
    fn what_does_not_fit_is_named_without_its_value() {
        let fields = || {
            Fields::parse("input", r#"{ "name": 1, "id": "e1", "at": "noon", "seats": 1.5, "free": "hunter2" }"#)
                .unwrap()
        };
        for (error, message) in [
            (fields().text("name").err(), "name: expected a text"),
            (fields().id::<Uuid>("id").err(), "id: expected a UUID"),
            (fields().time("at").err(), "at: expected a time with a zone, such as 2025-06-15T09:00:00Z"),
            (fields().number::<u32>("seats").err(), "seats: expected a whole number within its bounds"),
            (fields().flag("free").err(), "free: expected true or false"),
            (fields().text("email").err(), "input: missing field `email`"),
            (fields().list("free").err(), "free: expected a list"),
            (fields().maybe_object("free").err(), "free: expected an object"),
            (fields().end().err(), "input: unknown field `name`"),
            (fields().required_list("guests").err(), "input: missing field `guests`"),
            (Fields::parse("input", "[]").err(), "input: expected an object"),
            (Fields::parse("input", "{").err(), "input: EOF while parsing an object"),
        ] {
            assert_eq!(error.unwrap().to_string(), message);
        }
    }
}
