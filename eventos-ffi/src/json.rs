//! Values to and from the core's JSON, each type in one declaration.
//!
//! The core has checked what it gives against the tables, so that what does not fit here is a type of ours that is wrong; it is told as
//! an error all the same.

use std::collections::HashMap;

use chrono::{DateTime, SecondsFormat, Utc};
use eventos_core::{Error, Result};
use serde_json::{Map, Value};

/// What can be read from JSON.
pub(crate) trait FromJson: Sized {
    /// Reads a value; a field that is not there is null.
    fn from_json(json: Value) -> Result<Self>;

    /// Takes the field of this name. What stands in the midst of other fields takes several.
    fn take(fields: &mut Fields, name: &'static str) -> Result<Self> {
        Self::from_json(fields.remove(name)).map_err(|error| Error::decode(name, error.to_string()))
    }

    /// What a query selects to get it: `1`, or the fields of a related row.
    fn selection() -> Value {
        Value::from(1)
    }
}

/// What can be written as JSON.
pub(crate) trait ToJson {
    fn to_json(self) -> Value;
}

/// The fields of an object that are not read yet.
pub(crate) struct Fields(Map<String, Value>);

impl Fields {
    pub(crate) fn of(json: Value) -> Result<Fields> {
        match json {
            Value::Object(fields) => Ok(Fields(fields)),
            _ => Err(misfit("an object")),
        }
    }

    fn remove(&mut self, name: &str) -> Value {
        self.0.remove(name).unwrap_or_default()
    }
}

pub(crate) fn misfit(wanted: &str) -> Error {
    Error::decode("", format!("expected {wanted}"))
}

impl FromJson for String {
    fn from_json(json: Value) -> Result<String> {
        match json {
            Value::String(text) => Ok(text),
            _ => Err(misfit("a text")),
        }
    }
}

impl FromJson for bool {
    fn from_json(json: Value) -> Result<bool> {
        json.as_bool().ok_or_else(|| misfit("true or false"))
    }
}

impl FromJson for i64 {
    fn from_json(json: Value) -> Result<i64> {
        json.as_i64().ok_or_else(|| misfit("a whole number"))
    }
}

impl FromJson for u64 {
    fn from_json(json: Value) -> Result<u64> {
        json.as_u64().ok_or_else(|| misfit("a number of things"))
    }
}

impl FromJson for DateTime<Utc> {
    fn from_json(json: Value) -> Result<DateTime<Utc>> {
        let time = json.as_str().and_then(|text| DateTime::parse_from_rfc3339(text).ok());
        time.map(|time| time.to_utc()).ok_or_else(|| misfit("a time"))
    }
}

impl<T: FromJson> FromJson for Option<T> {
    fn from_json(json: Value) -> Result<Option<T>> {
        if json.is_null() { Ok(None) } else { T::from_json(json).map(Some) }
    }

    fn selection() -> Value {
        T::selection()
    }
}

impl<T: FromJson> FromJson for Vec<T> {
    fn from_json(json: Value) -> Result<Vec<T>> {
        match json {
            Value::Array(list) => list.into_iter().map(T::from_json).collect(),
            _ => Err(misfit("a list")),
        }
    }

    fn selection() -> Value {
        T::selection()
    }
}

impl<T: FromJson> FromJson for Box<T> {
    fn from_json(json: Value) -> Result<Box<T>> {
        T::from_json(json).map(Box::new)
    }
}

impl FromJson for HashMap<String, i64> {
    fn from_json(json: Value) -> Result<HashMap<String, i64>> {
        Fields::of(json)?.0.into_iter().map(|(name, number)| Ok((name, i64::from_json(number)?))).collect()
    }
}

impl ToJson for String {
    fn to_json(self) -> Value {
        Value::String(self)
    }
}

impl ToJson for i64 {
    fn to_json(self) -> Value {
        self.into()
    }
}

impl ToJson for u64 {
    fn to_json(self) -> Value {
        self.into()
    }
}

impl ToJson for DateTime<Utc> {
    fn to_json(self) -> Value {
        Value::String(self.to_rfc3339_opts(SecondsFormat::AutoSi, true))
    }
}

impl<T: ToJson> ToJson for Option<T> {
    fn to_json(self) -> Value {
        self.map_or(Value::Null, T::to_json)
    }
}

impl<T: ToJson> ToJson for Vec<T> {
    fn to_json(self) -> Value {
        self.into_iter().map(T::to_json).collect()
    }
}

/// An object whose fields are named as the variables that they hold, or as is said: `object! { order_id, limit: 10 }`.
macro_rules! object {
    ($($name:ident $(: $value:expr)?),* $(,)?) => {{
        let mut fields = serde_json::Map::new();
        $(fields.insert(stringify!($name).to_owned(), crate::json::ToJson::to_json(crate::json::object!(@ $name $($value)?)));)*
        serde_json::Value::Object(fields)
    }};
    (@ $name:ident) => { $name };
    (@ $name:ident $value:expr) => { $value };
}
pub(crate) use object;

/// A record that is read from an object's fields. A field whose name is a word of Rust's is `kind as "type"`.
macro_rules! record {
    ($(#[$meta:meta])* $name:ident { $($(#[$about:meta])* $field:ident $(as $json:literal)? : $type:ty),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, uniffi::Record)]
        pub struct $name {
            $($(#[$about])* pub $field: $type,)*
        }

        impl crate::json::FromJson for $name {
            fn from_json(json: serde_json::Value) -> eventos_core::Result<Self> {
                let mut fields = crate::json::Fields::of(json)?;
                Ok(Self { $($field: crate::json::FromJson::take(&mut fields, crate::json::record!(@ $field $($json)?))?,)* })
            }

            fn selection() -> serde_json::Value {
                let mut fields = serde_json::Map::new();
                $(fields.insert(
                    crate::json::record!(@ $field $($json)?).to_owned(),
                    <$type as crate::json::FromJson>::selection(),
                );)*
                fields.into()
            }
        }
    };
    (@ $field:ident) => { stringify!($field) };
    (@ $field:ident $json:literal) => { $json };
}
pub(crate) use record;

/// What became of a call: its `outcome` tells which, and the fields beside it tell more.
macro_rules! outcome {
    ($(#[$meta:meta])* $name:ident {
        $($(#[$about:meta])* $variant:ident = $label:literal $({ $($field:ident: $type:ty),* $(,)? })?),* $(,)?
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, uniffi::Enum)]
        pub enum $name {
            $($(#[$about])* $variant $({ $($field: $type),* })?,)*
        }

        impl crate::json::FromJson for $name {
            fn from_json(json: serde_json::Value) -> eventos_core::Result<Self> {
                Self::take(&mut crate::json::Fields::of(json)?, "outcome")
            }

            fn take(fields: &mut crate::json::Fields, name: &'static str) -> eventos_core::Result<Self> {
                match <String as crate::json::FromJson>::take(fields, name)?.as_str() {
                    $($label => Ok(Self::$variant $({ $($field: crate::json::FromJson::take(fields, stringify!($field))?),* })?),)*
                    _ => Err(crate::json::misfit(concat!("an outcome of ", stringify!($name)))),
                }
            }
        }
    };
}
pub(crate) use outcome;
