//! Values that rows are made of: times, money, JSON, and ids and enumerations by their macros.

use std::time::SystemTime;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A point in time: `Instant` in Kotlin, `Date` in Swift, `datetime` in Python.
pub(crate) type Timestamp = DateTime<Utc>;

uniffi::custom_type!(Timestamp, SystemTime, {
    remote,
    lower: |time| time.into(),
    try_lift: |time| Ok(time.into()),
});

/// An amount of money in cents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, uniffi::Record)]
#[serde(transparent)]
pub struct Cents {
    pub value: i64,
}

/// A JSON document, as its text.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Json {
    pub text: String,
}

impl Serialize for Json {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let value: serde_json::Value = serde_json::from_str(&self.text).map_err(serde::ser::Error::custom)?;
        value.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Json, D::Error> {
        serde_json::Value::deserialize(deserializer).map(|value| Json { text: value.to_string() })
    }
}

/// The id of one kind of row, which is no other kind's.
macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, uniffi::Record)]
        #[serde(transparent)]
        pub struct $name {
            /// The UUID.
            pub value: String,
        }
    };
}
pub(crate) use id;

/// Texts of which a newer server may know more.
macro_rules! labels {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $label:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, uniffi::Enum)]
        #[serde(from = "String", into = "String")]
        pub enum $name {
            $($variant,)*
            /// One that this version does not know.
            Unrecognized { label: String },
        }

        impl From<String> for $name {
            fn from(label: String) -> $name {
                match label.as_str() {
                    $($label => $name::$variant,)*
                    _ => $name::Unrecognized { label },
                }
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> String {
                match value {
                    $($name::$variant => $label.to_owned(),)*
                    $name::Unrecognized { label } => label,
                }
            }
        }
    };
}
pub(crate) use labels;
