//! One type per table's primary key, so that an order's id never stands where an event's belongs.

/// Declares types of ids. `in` names the module where callers find them.
macro_rules! ids {
    (in $module:literal; $($(#[$doc:meta])* $name:ident),* $(,)?) => { $(
        $(#[$doc])*
        ///
        /// ```
        #[doc = concat!("use ", $module, "::", stringify!($name), ";")]
        #[doc = concat!("let id: ", stringify!($name), " = \"e1111111-1111-4111-8111-111111111111\".parse().unwrap();")]
        /// assert_eq!(id.to_string(), "e1111111-1111-4111-8111-111111111111");
        /// ```
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(uuid::Uuid);

        impl $name {
            /// Wraps a UUID.
            pub const fn new(id: uuid::Uuid) -> $name {
                $name(id)
            }

            /// A random id (UUID version 4) from 16 random bytes that the caller supplies; a client has
            /// [`new_id`](crate::Eventos::new_id).
            pub const fn from_random_bytes(bytes: [u8; 16]) -> $name {
                $name(uuid::Builder::from_random_bytes(bytes).into_uuid())
            }

            /// The UUID itself.
            pub const fn as_uuid(&self) -> &uuid::Uuid {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0.hyphenated())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::Error;

            fn from_str(text: &str) -> Result<$name, $crate::Error> {
                uuid::Uuid::try_parse(text).map($name).map_err(|_| {
                    $crate::Error::invalid_input(stringify!($name), "not a UUID: 8-4-4-4-12 hexadecimal digits")
                })
            }
        }

        impl From<uuid::Uuid> for $name {
            fn from(id: uuid::Uuid) -> $name {
                $name(id)
            }
        }

        impl From<$name> for uuid::Uuid {
            fn from(id: $name) -> uuid::Uuid {
                id.0
            }
        }

        impl $crate::schema::Scalar for $name {
            const NAME: &'static str = stringify!($name);
            const SQL_TYPE: $crate::schema::SqlType = $crate::schema::SqlType::Uuid;
            fn to_value(&self) -> $crate::schema::Value {
                $crate::schema::Value::Uuid(self.0)
            }
        }
    )* };
}

pub(crate) use ids;

ids! {
    in "eventos_core";
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
