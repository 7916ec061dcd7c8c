//! What a column is compared with. Each becomes a condition in the core's JSON form.

use serde_json::{Value, json};

use crate::json::ToJson;
use crate::values::{Json, Timestamp};

/// How a text column is compared.
#[derive(Debug, Clone, uniffi::Enum)]
pub enum TextTest {
    Is(String),
    IsNot(String),
    OneOf(Vec<String>),
    /// Text as it is written: nothing in it is a pattern.
    Contains(String),
    ContainsIgnoringCase(String),
    StartsWith(String),
    EndsWith(String),
    /// `%` stands for any text, `_` for any character.
    Like(String),
    IsNull,
    IsNotNull,
}

/// How a column of numbers is compared.
#[derive(Debug, Clone, uniffi::Enum)]
pub enum NumberTest {
    Is(i64),
    IsNot(i64),
    OneOf(Vec<i64>),
    AtLeast(i64),
    AtMost(i64),
    MoreThan(i64),
    LessThan(i64),
    IsNull,
    IsNotNull,
}

/// How a column of times is compared.
#[derive(Debug, Clone, uniffi::Enum)]
pub enum TimeTest {
    Is(Timestamp),
    AtOrAfter(Timestamp),
    AtOrBefore(Timestamp),
    After(Timestamp),
    Before(Timestamp),
    IsNull,
    IsNotNull,
}

/// How a column of JSON is compared.
#[derive(Debug, Clone, uniffi::Enum)]
pub enum JsonTest {
    /// It has this JSON in it.
    Contains(Json),
    IsNull,
    IsNotNull,
}

/// A comparison that knows its condition on a column.
pub(crate) trait Test {
    fn on(self, column: &str) -> Value;
}

pub(crate) fn compared(column: &str, operator: &str, value: impl ToJson) -> Value {
    Value::Array(vec![column.into(), operator.into(), value.to_json()])
}

pub(crate) fn is_null(column: &str) -> Value {
    json!([column, "is", null])
}

pub(crate) fn is_not_null(column: &str) -> Value {
    json!({ "not": is_null(column) })
}

impl Test for TextTest {
    fn on(self, column: &str) -> Value {
        match self {
            Self::Is(text) => compared(column, "eq", text),
            Self::IsNot(text) => compared(column, "neq", text),
            Self::OneOf(texts) => compared(column, "in", texts),
            Self::Contains(text) => compared(column, "contains", text),
            Self::ContainsIgnoringCase(text) => compared(column, "icontains", text),
            Self::StartsWith(text) => compared(column, "starts_with", text),
            Self::EndsWith(text) => compared(column, "ends_with", text),
            Self::Like(pattern) => compared(column, "like", pattern),
            Self::IsNull => is_null(column),
            Self::IsNotNull => is_not_null(column),
        }
    }
}

impl Test for NumberTest {
    fn on(self, column: &str) -> Value {
        match self {
            Self::Is(number) => compared(column, "eq", number),
            Self::IsNot(number) => compared(column, "neq", number),
            Self::OneOf(numbers) => compared(column, "in", numbers),
            Self::AtLeast(number) => compared(column, "gte", number),
            Self::AtMost(number) => compared(column, "lte", number),
            Self::MoreThan(number) => compared(column, "gt", number),
            Self::LessThan(number) => compared(column, "lt", number),
            Self::IsNull => is_null(column),
            Self::IsNotNull => is_not_null(column),
        }
    }
}

impl Test for TimeTest {
    fn on(self, column: &str) -> Value {
        match self {
            Self::Is(time) => compared(column, "eq", time),
            Self::AtOrAfter(time) => compared(column, "gte", time),
            Self::AtOrBefore(time) => compared(column, "lte", time),
            Self::After(time) => compared(column, "gt", time),
            Self::Before(time) => compared(column, "lt", time),
            Self::IsNull => is_null(column),
            Self::IsNotNull => is_not_null(column),
        }
    }
}

impl Test for JsonTest {
    fn on(self, column: &str) -> Value {
        match self {
            Self::Contains(json) => compared(column, "cs", json),
            Self::IsNull => is_null(column),
            Self::IsNotNull => is_not_null(column),
        }
    }
}

/// How a column of ids, or of an enumeration, is compared.
macro_rules! equality_test {
    ($(#[$doc:meta])* $name:ident of $value:ty) => {
        $(#[$doc])*
        #[derive(Debug, Clone, uniffi::Enum)]
        pub enum $name {
            Is($value),
            IsNot($value),
            OneOf(Vec<$value>),
            IsNull,
            IsNotNull,
        }

        impl crate::filters::Test for $name {
            fn on(self, column: &str) -> serde_json::Value {
                use crate::filters::{compared, is_not_null, is_null};
                match self {
                    Self::Is(value) => compared(column, "eq", value),
                    Self::IsNot(value) => compared(column, "neq", value),
                    Self::OneOf(values) => compared(column, "in", values),
                    Self::IsNull => is_null(column),
                    Self::IsNotNull => is_not_null(column),
                }
            }
        }
    };
}
pub(crate) use equality_test;
