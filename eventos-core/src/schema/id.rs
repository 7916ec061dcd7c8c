//! One type per table's primary key, so that an order's id never stands where an event's belongs.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::value::{Scalar, SqlType, Value};
use crate::error::Error;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => { $(
        $(#[$doc])*
        ///
        /// ```
        #[doc = concat!("use eventos_core::", stringify!($name), ";")]
        #[doc = concat!("let id: ", stringify!($name), " = \"e1111111-1111-4111-8111-111111111111\".parse().unwrap();")]
        /// assert_eq!(id.to_string(), "e1111111-1111-4111-8111-111111111111");
        /// ```
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// Wraps a UUID.
            pub const fn new(id: Uuid) -> $name {
                $name(id)
            }

            /// A random id (UUID version 4) from 16 random bytes that the caller supplies; a client has
            /// [`new_id`](crate::Eventos::new_id).
            pub const fn from_random_bytes(bytes: [u8; 16]) -> $name {
                $name(uuid::Builder::from_random_bytes(bytes).into_uuid())
            }

            /// The UUID itself.
            pub const fn as_uuid(&self) -> &Uuid {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0.hyphenated())
            }
        }

        impl FromStr for $name {
            type Err = Error;

            fn from_str(text: &str) -> Result<$name, Error> {
                Uuid::try_parse(text).map($name).map_err(|_| {
                    Error::invalid_input(stringify!($name), "not a UUID: 8-4-4-4-12 hexadecimal digits")
                })
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> $name {
                $name(id)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Uuid {
                id.0
            }
        }

        impl Scalar for $name {
            const SQL_TYPE: SqlType = SqlType::Uuid;
            fn to_value(&self) -> Value {
                Value::Uuid(self.0)
            }
        }
    )* };
}

ids! {
    /// A person's id: the same in `profiles` and in `auth.users`.
    ProfileId,
    /// A venue's id.
    VenueId,
    /// An event's id.
    EventId,
    /// An order's id.
    OrderId,
    /// An attendee's id.
    AttendeeId,
    /// A ticket's id.
    TicketId,
}
