//! A column's value on its way to the server, and which Rust types a column may hold.

use std::borrow::Cow;

use chrono::{DateTime, Datelike, SecondsFormat, Timelike, Utc};
use serde::{Serialize, Serializer};
use uuid::Uuid;

use crate::error::Error;
use crate::json::Json;

/// A value of any column, as a filter compares it or a write sets it.
///
/// ```
/// use eventos_core::Cents;
/// use eventos_core::schema::{Scalar, Value};
///
/// assert_eq!(Cents::new(29_900).to_value(), Value::Integer(29_900));
/// assert_eq!(serde_json::to_string(&Value::Null)?, "null");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// SQL's null.
    Null,
    /// A truth value.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// Text, and every type that travels as text.
    Text(Cow<'static, str>),
    /// A UUID.
    Uuid(Uuid),
    /// A point in time, to the microsecond.
    Timestamp(DateTime<Utc>),
    /// A JSON document.
    Json(serde_json::Value),
}

impl Value {
    /// The value as PostgreSQL reads it from text; `None` for null, which has no text.
    pub(crate) fn to_text(&self) -> Option<Cow<'_, str>> {
        Some(match self {
            Value::Null => return None,
            Value::Bool(true) => "true".into(),
            Value::Bool(false) => "false".into(),
            Value::Integer(number) => number.to_string().into(),
            Value::Text(text) => Cow::Borrowed(text),
            Value::Uuid(id) => id.hyphenated().to_string().into(),
            Value::Timestamp(instant) => timestamp_text(*instant).into(),
            Value::Json(document) => document.to_string().into(),
        })
    }
}

/// Appends RFC 3339 in UTC, with microseconds where there are any: PostgreSQL keeps no more.
pub(crate) fn push_timestamp(out: &mut String, instant: DateTime<Utc>) {
    if !is_writable_time(instant) {
        out.push_str(&instant.to_rfc3339_opts(SecondsFormat::Micros, true));
        return;
    }
    let (date, time) = (instant.naive_utc().date(), instant.naive_utc().time());
    push_digits(out, date.year().unsigned_abs(), 1000);
    for (separator, number) in
        [('-', date.month()), ('-', date.day()), ('T', time.hour()), (':', time.minute()), (':', time.second())]
    {
        out.push(separator);
        push_digits(out, number, 10);
    }
    let micros = time.nanosecond() / 1_000 % 1_000_000;
    if micros > 0 {
        out.push('.');
        push_digits(out, micros, 100_000);
    }
    out.push('Z');
}

/// Appends the decimal digits of a number from the one that `place` stands for down to the last.
fn push_digits(out: &mut String, number: u32, mut place: u32) {
    while place > 0 {
        let digit = u8::try_from(number / place % 10).unwrap_or_default();
        out.push(char::from(b'0' + digit));
        place /= 10;
    }
}

pub(crate) fn timestamp_text(instant: DateTime<Utc>) -> String {
    let mut text = String::with_capacity(27);
    push_timestamp(&mut text, instant);
    text
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Null => serializer.serialize_none(),
            Value::Bool(flag) => serializer.serialize_bool(*flag),
            Value::Integer(number) => serializer.serialize_i64(*number),
            Value::Text(text) => serializer.serialize_str(text),
            Value::Uuid(id) => serializer.collect_str(&id.hyphenated()),
            Value::Timestamp(instant) => serializer.serialize_str(&timestamp_text(*instant)),
            Value::Json(document) => document.serialize(serializer),
        }
    }
}

/// PostgreSQL's type of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SqlType {
    /// `uuid`
    Uuid,
    /// `text`
    Text,
    /// `integer`
    Integer,
    /// `bigint`
    BigInt,
    /// `jsonb`
    Jsonb,
    /// `timestamp with time zone`
    Timestamptz,
}

impl SqlType {
    /// The name in PostgreSQL's catalog (`format_type`).
    pub const fn as_str(self) -> &'static str {
        match self {
            SqlType::Uuid => "uuid",
            SqlType::Text => "text",
            SqlType::Integer => "integer",
            SqlType::BigInt => "bigint",
            SqlType::Jsonb => "jsonb",
            SqlType::Timestamptz => "timestamp with time zone",
        }
    }
}

/// What a text must look like to be written to a column; the error says what is wrong with it.
pub type TextCheck = fn(&str) -> Result<(), String>;

/// A Rust type that a NOT NULL column can hold.
///
/// A column that may be null holds `Option` of it; see [`ColumnValue`].
pub trait Scalar: Sized + 'static {
    /// The column type that goes with it.
    const SQL_TYPE: SqlType;
    /// What it is called on every surface, such as `EventId`; empty where it goes by its column type alone.
    const NAME: &'static str = "";
    /// The texts that an enumeration knows; empty for every other type.
    const LABELS: &'static [&'static str] = &[];
    /// What a text must look like to be written to the column; `None` where any value of the type does.
    const CHECK: Option<TextCheck> = None;

    /// The value as it is sent.
    fn to_value(&self) -> Value;
}

/// What a column holds: a [`Scalar`], or `Option` of one where the column may be null.
pub trait ColumnValue: 'static {
    /// The value where there is one.
    type Scalar: Scalar;
    /// Whether the column may be null.
    const NULLABLE: bool;
}

impl<S: Scalar> ColumnValue for S {
    type Scalar = S;
    const NULLABLE: bool = false;
}

impl<S: Scalar> ColumnValue for Option<S> {
    type Scalar = S;
    const NULLABLE: bool = true;
}

/// Marks a column value that may be null.
#[diagnostic::on_unimplemented(
    message = "this column is NOT NULL, so it cannot be compared with or set to null",
    label = "holds `{Self}`, never null",
    note = "leave the null check out: it would match no row, or every row"
)]
pub trait Nullable {}
#[diagnostic::do_not_recommend]
impl<S: Scalar> Nullable for Option<S> {}

impl Scalar for String {
    const SQL_TYPE: SqlType = SqlType::Text;
    fn to_value(&self) -> Value {
        Value::Text(Cow::Owned(self.clone()))
    }
}

impl Scalar for i32 {
    const SQL_TYPE: SqlType = SqlType::Integer;
    fn to_value(&self) -> Value {
        Value::Integer(i64::from(*self))
    }
}

impl Scalar for i64 {
    const SQL_TYPE: SqlType = SqlType::BigInt;
    fn to_value(&self) -> Value {
        Value::Integer(*self)
    }
}

impl Scalar for DateTime<Utc> {
    const SQL_TYPE: SqlType = SqlType::Timestamptz;
    fn to_value(&self) -> Value {
        Value::Timestamp(*self)
    }
}

impl Scalar for serde_json::Value {
    const SQL_TYPE: SqlType = SqlType::Jsonb;
    fn to_value(&self) -> Value {
        Value::Json(self.clone())
    }
}

/// Reads a JSON value from a caller that has no Rust types as a value of a column of type `sql_type`.
pub(crate) fn value_from_json(sql_type: SqlType, json: &Json, subject: &str) -> Result<Value, Error> {
    let wrong = |expected: &str| {
        let article = if expected.starts_with('i') { "an" } else { "a" };
        Error::invalid_input(subject.to_owned(), format!("expected {article} {expected}, got {}", json_kind(json)))
    };
    Ok(match (sql_type, json) {
        (SqlType::Jsonb, document) => Value::Json(document.clone().into()),
        (_, Json::Null) => Value::Null,
        (SqlType::Text, Json::Text(text)) => Value::Text(Cow::Owned(text.clone())),
        (SqlType::Text, _) => return Err(wrong("string")),
        (SqlType::Integer | SqlType::BigInt, Json::Number(number)) => {
            Value::Integer(number.as_i64().ok_or_else(|| wrong("whole number"))?)
        }
        (SqlType::Integer | SqlType::BigInt, _) => return Err(wrong("whole number")),
        (SqlType::Uuid, Json::Text(text)) => Value::Uuid(
            Uuid::try_parse(text)
                .map_err(|_| Error::invalid_input(subject.to_owned(), "not a UUID: 8-4-4-4-12 hexadecimal digits"))?,
        ),
        (SqlType::Uuid, _) => return Err(wrong("UUID string")),
        (SqlType::Timestamptz, Json::Text(text)) => {
            let instant = DateTime::parse_from_rfc3339(text).map_err(|_| {
                Error::invalid_input(
                    subject.to_owned(),
                    "not a time with zone: write RFC 3339, such as 2025-06-15T09:00:00-04:00",
                )
            })?;
            Value::Timestamp(instant.with_timezone(&Utc))
        }
        (SqlType::Timestamptz, _) => return Err(wrong("time string")),
    })
}

fn json_kind(json: &Json) -> &'static str {
    match json {
        Json::Null => "null",
        Json::Bool(_) => "a truth value",
        Json::Number(number) if number.is_f64() => "a fraction",
        Json::Number(_) => "a number",
        Json::Text(_) => "a string",
        Json::List(_) => "a list",
        Json::Object(_) => "an object",
    }
}

/// The range of years that both PostgreSQL and RFC 3339 can write.
pub(crate) fn is_writable_time(instant: DateTime<Utc>) -> bool {
    (1..=9999).contains(&instant.year())
}
