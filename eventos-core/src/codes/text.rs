//! What the four codes have in common: each is a text in a box, made by `parse`, `from_stored` or
//! `generate`, and travels as plain text.

/// Traits of a code that is a tuple struct around `Box<str>` with an inherent `parse`.
macro_rules! text_code {
    ($code:ident) => {
        impl std::str::FromStr for $code {
            type Err = $crate::codes::InvalidCode;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::parse(text)
            }
        }

        impl TryFrom<&str> for $code {
            type Error = $crate::codes::InvalidCode;

            fn try_from(text: &str) -> Result<Self, Self::Error> {
                Self::parse(text)
            }
        }

        impl serde::Serialize for $code {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        /// Keeps any text, as [`from_stored`](Self::from_stored) does.
        impl<'de> serde::Deserialize<'de> for $code {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Box::deserialize(deserializer).map(Self)
            }
        }
    };
}

/// `Display` and `Debug` of a code that is no secret.
macro_rules! public_code {
    ($code:ident) => {
        impl std::fmt::Display for $code {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.pad(&self.0)
            }
        }

        impl std::fmt::Debug for $code {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "{}({})", stringify!($code), &self.0)
            }
        }
    };
}

pub(super) use {public_code, text_code};
