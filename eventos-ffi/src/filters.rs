//! What a column is compared with. Each becomes a condition in the core's JSON form.

use serde::Serialize;
use serde_json::{Value, json};

use crate::values::Timestamp;

/// How a text column is compared.
#[derive(Debug, Clone, uniffi::Enum)]
pub enum TextTest {
    Is {
        value: String,
    },
    IsNot {
        value: String,
    },
    OneOf {
        values: Vec<String>,
    },
    /// Text as it is written: nothing in it is a pattern.
    Contains {
        text: String,
    },
    ContainsIgnoringCase {
        text: String,
    },
    StartsWith {
        text: String,
    },
    EndsWith {
        text: String,
    },
    /// `%` stands for any text, `_` for any character.
    Like {
        pattern: String,
    },
    IsNull,
    IsNotNull,
}

/// How a column of numbers is compared.
#[derive(Debug, Clone, uniffi::Enum)]
pub enum NumberTest {
    Is { value: i64 },
    IsNot { value: i64 },
    OneOf { values: Vec<i64> },
    AtLeast { value: i64 },
    AtMost { value: i64 },
    MoreThan { value: i64 },
    LessThan { value: i64 },
    IsNull,
    IsNotNull,
}

/// How a column of times is compared.
#[derive(Debug, Clone, uniffi::Enum)]
pub enum TimeTest {
    Is { time: Timestamp },
    AtOrAfter { time: Timestamp },
    AtOrBefore { time: Timestamp },
    After { time: Timestamp },
    Before { time: Timestamp },
    IsNull,
    IsNotNull,
}

/// How a column of JSON is compared.
#[derive(Debug, Clone, uniffi::Enum)]
pub enum JsonTest {
    /// It has this JSON in it.
    Contains {
        json: crate::values::Json,
    },
    IsNull,
    IsNotNull,
}

/// A comparison that knows its condition on a column.
pub(crate) trait Test {
    fn on(&self, column: &str) -> Value;
}

pub(crate) fn compared(column: &str, operator: &str, value: impl Serialize) -> Value {
    json!([column, operator, value])
}

pub(crate) fn is_null(column: &str) -> Value {
    json!([column, "is", null])
}

pub(crate) fn is_not_null(column: &str) -> Value {
    json!({ "not": is_null(column) })
}

impl Test for TextTest {
    fn on(&self, column: &str) -> Value {
        match self {
            Self::Is { value } => compared(column, "eq", value),
            Self::IsNot { value } => compared(column, "neq", value),
            Self::OneOf { values } => compared(column, "in", values),
            Self::Contains { text } => compared(column, "contains", text),
            Self::ContainsIgnoringCase { text } => compared(column, "icontains", text),
            Self::StartsWith { text } => compared(column, "starts_with", text),
            Self::EndsWith { text } => compared(column, "ends_with", text),
            Self::Like { pattern } => compared(column, "like", pattern),
            Self::IsNull => is_null(column),
            Self::IsNotNull => is_not_null(column),
        }
    }
}

impl Test for NumberTest {
    fn on(&self, column: &str) -> Value {
        match self {
            Self::Is { value } => compared(column, "eq", value),
            Self::IsNot { value } => compared(column, "neq", value),
            Self::OneOf { values } => compared(column, "in", values),
            Self::AtLeast { value } => compared(column, "gte", value),
            Self::AtMost { value } => compared(column, "lte", value),
            Self::MoreThan { value } => compared(column, "gt", value),
            Self::LessThan { value } => compared(column, "lt", value),
            Self::IsNull => is_null(column),
            Self::IsNotNull => is_not_null(column),
        }
    }
}

impl Test for TimeTest {
    fn on(&self, column: &str) -> Value {
        match self {
            Self::Is { time } => compared(column, "eq", time),
            Self::AtOrAfter { time } => compared(column, "gte", time),
            Self::AtOrBefore { time } => compared(column, "lte", time),
            Self::After { time } => compared(column, "gt", time),
            Self::Before { time } => compared(column, "lt", time),
            Self::IsNull => is_null(column),
            Self::IsNotNull => is_not_null(column),
        }
    }
}

impl Test for JsonTest {
    fn on(&self, column: &str) -> Value {
        match self {
            Self::Contains { json } => compared(column, "cs", json),
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
            Is { value: $value },
            IsNot { value: $value },
            OneOf { values: Vec<$value> },
            IsNull,
            IsNotNull,
        }

        impl crate::filters::Test for $name {
            fn on(&self, column: &str) -> serde_json::Value {
                use crate::filters::{compared, is_not_null, is_null};
                match self {
                    Self::Is { value } => compared(column, "eq", value),
                    Self::IsNot { value } => compared(column, "neq", value),
                    Self::OneOf { values } => compared(column, "in", values),
                    Self::IsNull => is_null(column),
                    Self::IsNotNull => is_not_null(column),
                }
            }
        }
    };
}
pub(crate) use equality_test;
