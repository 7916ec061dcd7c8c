//! Values that rows are made of: times, money, JSON, and ids and enumerations by their macros. Bytes, too.

use std::time::SystemTime;

use chrono::{DateTime, TimeDelta, Utc};
use eventos_core::{Error, Result};
use serde_json::Value;
use uniffi::deps::anyhow::{self, anyhow};

use crate::error::EventosError;
use crate::json::{FromJson, ToJson};

/// A point in time: `Instant` in Kotlin, `Date` in Swift, `datetime` in Python.
pub(crate) type Timestamp = DateTime<Utc>;

uniffi::custom_type!(Timestamp, SystemTime, {
    remote,
    lower: |time| time.into(),
    try_lift: |time| Ok(in_range(time)?),
});

/// A time that the core's calendar reaches. What lies outside is refused here: chrono's own conversion would panic, and what is raised
/// while arguments cross the boundary ends the app.
fn in_range(time: SystemTime) -> std::result::Result<Timestamp, EventosError> {
    let since_epoch = match time.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(after) => TimeDelta::from_std(after),
        Err(before) => TimeDelta::from_std(before.duration()).map(|before| -before),
    };
    let time = since_epoch.ok().and_then(|since| DateTime::UNIX_EPOCH.checked_add_signed(since));
    Ok(time
        .ok_or_else(|| Error::invalid_input("time", "it is out of range: the calendar has 262,000 years each way"))?)
}

/// An amount of money in cents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Record)]
pub struct Cents {
    pub value: i64,
}

impl FromJson for Cents {
    fn from_json(json: Value) -> Result<Cents> {
        i64::from_json(json).map(|value| Cents { value })
    }
}

impl ToJson for Cents {
    fn to_json(self) -> Value {
        self.value.into()
    }
}

/// A JSON document: its text in the other languages. Text that is no JSON is refused before anything else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Json(pub(crate) Value);

uniffi::custom_type!(Json, String, {
    // It cannot fail: every key of a `Value` is a text. `to_string` would take three times as long.
    lower: |json| serde_json::to_string(&json.0).unwrap_or_default(),
    try_lift: |text| Ok(parsed(&text).map(Json)?),
});

fn parsed(text: &str) -> std::result::Result<Value, EventosError> {
    Ok(serde_json::from_str(text).map_err(|problem| Error::invalid_json("json", &problem))?)
}

impl FromJson for Json {
    fn from_json(json: Value) -> Result<Json> {
        Ok(Json(json))
    }
}

impl ToJson for Json {
    fn to_json(self) -> Value {
        self.0
    }
}

/// Bytes: `ByteArray` in Kotlin, `Data` in Swift, `bytes` in Python. They cross as one piece, where a `Vec<u8>` goes byte by byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bytes(pub(crate) Vec<u8>);

// SAFETY: the form is the one of `Vec<u8>`, whose type they have in the other languages: a length of four bytes, then the bytes.
unsafe impl uniffi::FfiConverter<crate::UniFfiTag> for Bytes {
    type FfiType = uniffi::RustBuffer;

    const TYPE_ID_META: uniffi::MetadataBuffer = <Vec<u8> as uniffi::TypeId<crate::UniFfiTag>>::TYPE_ID_META;

    fn lower(bytes: Bytes) -> uniffi::RustBuffer {
        uniffi::Lower::lower_into_rust_buffer(bytes)
    }

    fn try_lift(buffer: uniffi::RustBuffer) -> anyhow::Result<Bytes> {
        uniffi::Lift::try_lift_from_rust_buffer(buffer)
    }

    fn write(bytes: Bytes, buffer: &mut Vec<u8>) {
        // Nothing that we give comes near the most that the other languages take.
        let length = i32::try_from(bytes.0.len()).unwrap_or_default();
        <i32 as uniffi::Lower<crate::UniFfiTag>>::write(length, buffer);
        buffer.extend(bytes.0.into_iter().take(usize::try_from(length).unwrap_or_default()));
    }

    fn try_read(buffer: &mut &[u8]) -> anyhow::Result<Bytes> {
        let length = usize::try_from(<i32 as uniffi::Lift<crate::UniFfiTag>>::try_read(buffer)?)?;
        let (bytes, rest) = buffer.split_at_checked(length).ok_or_else(|| anyhow!("the bytes end early"))?;
        *buffer = rest;
        Ok(Bytes(bytes.to_vec()))
    }
}

uniffi::derive_ffi_traits!(local Bytes);

/// The id of one kind of row, which is no other kind's.
macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, uniffi::Record)]
        pub struct $name {
            /// The UUID.
            pub value: String,
        }

        impl crate::json::FromJson for $name {
            fn from_json(json: serde_json::Value) -> eventos_core::Result<Self> {
                String::from_json(json).map(|value| Self { value })
            }
        }

        impl crate::json::ToJson for $name {
            fn to_json(self) -> serde_json::Value {
                self.value.into()
            }
        }
    };
}
pub(crate) use id;

/// Texts of which a newer server may know more.
macro_rules! labels {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $label:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
        pub enum $name {
            $($variant,)*
            /// One that this version does not know.
            Unrecognized { label: String },
        }

        impl crate::json::FromJson for $name {
            fn from_json(json: serde_json::Value) -> eventos_core::Result<Self> {
                let label = String::from_json(json)?;
                Ok(match label.as_str() {
                    $($label => $name::$variant,)*
                    _ => $name::Unrecognized { label },
                })
            }
        }

        impl crate::json::ToJson for $name {
            fn to_json(self) -> serde_json::Value {
                match self {
                    $($name::$variant => $label.into(),)*
                    $name::Unrecognized { label } => label.into(),
                }
            }
        }
    };
}
pub(crate) use labels;
