//! What a column is compared with. Each becomes a condition in the core's JSON form.

use std::cell::Cell;
use std::fmt;

use eventos_core::Error;
use serde_json::{Value, json};
use uniffi::deps::anyhow;

use crate::UniFfiTag;
use crate::error::EventosError;
use crate::json::ToJson;
use crate::values::{Json, Timestamp};

/// Conditions that another one joins: a list in the other languages. They are refused where they nest deeper than the core reads,
/// because each level takes of the stack, and a thread whose stack is used up ends the app.
#[derive(Debug, Clone)]
pub struct Joined<F>(Vec<F>);

/// How many conditions may stand around one.
const DEEPEST: u32 = 60;

thread_local! {
    /// How many are being read, each within the one before.
    static DEPTH: Cell<u32> = const { Cell::new(0) };
}

/// One more of them, until it is dropped.
struct Deeper;

impl Deeper {
    fn enter() -> anyhow::Result<Deeper> {
        let deeper = DEPTH.with(|depth| depth.replace(depth.get() + 1));
        let entered = Deeper;
        if deeper < DEEPEST {
            return Ok(entered);
        }
        let problem = Error::invalid_input("query", "conditions nest too deep: join them in one list");
        Err(EventosError::from(problem).into())
    }
}

impl Drop for Deeper {
    fn drop(&mut self) {
        DEPTH.with(|depth| depth.set(depth.get().saturating_sub(1)));
    }
}

// SAFETY: the form is the one of `Vec`, which reads and writes it.
unsafe impl<F: uniffi::Lift<UniFfiTag>> uniffi::Lift<UniFfiTag> for Joined<F> {
    type FfiType = uniffi::RustBuffer;

    fn try_lift(buffer: uniffi::RustBuffer) -> anyhow::Result<Self> {
        Self::try_lift_from_rust_buffer(buffer)
    }

    fn try_read(buffer: &mut &[u8]) -> anyhow::Result<Self> {
        let _entered = Deeper::enter()?;
        Vec::try_read(buffer).map(Joined)
    }
}

// SAFETY: as above.
unsafe impl<F: uniffi::Lower<UniFfiTag>> uniffi::Lower<UniFfiTag> for Joined<F> {
    type FfiType = uniffi::RustBuffer;

    fn lower(joined: Self) -> uniffi::RustBuffer {
        Self::lower_into_rust_buffer(joined)
    }

    fn write(joined: Self, buffer: &mut Vec<u8>) {
        Vec::write(joined.0, buffer);
    }
}

impl<F: uniffi::TypeId<UniFfiTag>> uniffi::TypeId<UniFfiTag> for Joined<F> {
    const TYPE_ID_META: uniffi::MetadataBuffer = Vec::<F>::TYPE_ID_META;
}

impl<F> From<Vec<F>> for Joined<F> {
    fn from(conditions: Vec<F>) -> Joined<F> {
        Joined(conditions)
    }
}

impl<F: ToJson> ToJson for Joined<F> {
    fn to_json(self) -> Value {
        self.0.to_json()
    }
}

/// How a text column is compared. It prints without its text, which can be a ticket's code.
#[derive(Clone, uniffi::Enum)]
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

impl fmt::Debug for TextTest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TextTest(…)")
    }
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
