//! The macros that declare a table and an enumeration, each in one place.

/// Declares a table: its row, the struct of a new row, column and relation constants, and [`TableDef`].
///
/// Each column says how it is written: `required`, `optional`, `once` (optional on insert, fixed afterwards) or `never`.
///
/// [`TableDef`]: crate::schema::TableDef
macro_rules! table {
    (
        $(#[$row_doc:meta])*
        pub struct $row:ident = $table:literal, key $key:literal, new $(#[$new_doc:meta])* $new:ident;
        columns { $($columns:tt)* }
        relations { $($relations:tt)* }
        $(rules { $($rule:expr),* $(,)? })?
    ) => {
        $crate::schema::declare::table!(@row [$(#[$row_doc])*] $row; $($columns)*);
        $crate::schema::declare::table!(@new [$(#[$new_doc])*] $new for $row; [] $($columns)*);
        $crate::schema::declare::table!(@constants $row; $($columns)*);
        $crate::schema::declare::table!(@relations $row; $($relations)*);

        impl $crate::schema::Table for $row {
            const DEF: &'static $crate::schema::TableDef = &$crate::schema::TableDef {
                name: $table,
                path: concat!("/", $table),
                row: stringify!($row),
                key: $key,
                columns: $crate::schema::declare::table!(@column_defs $($columns)*),
                relations: $crate::schema::declare::table!(@relation_defs $($relations)*),
                rules: &[$($($rule),*)?],
            };
            type New = $new;
        }

        #[diagnostic::do_not_recommend]
        impl $crate::schema::Writable for $row {}
    };

    (
        $(#[$row_doc:meta])*
        pub struct $row:ident = view $table:literal, key $key:literal;
        columns { $($columns:tt)* }
        relations { $($relations:tt)* }
    ) => {
        $crate::schema::declare::table!(@row [$(#[$row_doc])*] $row; $($columns)*);
        $crate::schema::declare::table!(@constants $row; $($columns)*);
        $crate::schema::declare::table!(@relations $row; $($relations)*);

        impl $crate::schema::Table for $row {
            const DEF: &'static $crate::schema::TableDef = &$crate::schema::TableDef {
                name: $table,
                path: concat!("/", $table),
                row: stringify!($row),
                key: $key,
                columns: $crate::schema::declare::table!(@column_defs $($columns)*),
                relations: $crate::schema::declare::table!(@relation_defs $($relations)*),
                rules: &[],
            };
            type New = $crate::schema::ReadOnly<$row>;
        }
    };

    (@row [$($row_doc:tt)*] $row:ident; $(
        $(#[doc = $doc:literal])* $const:ident $field:ident: $type:ty, $write:ident $(in $smallest:literal..=$largest:literal)?;
    )*) => {
        $($row_doc)*
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
        #[non_exhaustive]
        pub struct $row {
            $(
                $(#[doc = $doc])*
                #[serde(deserialize_with = "crate::schema::table::present")]
                pub $field: $type,
            )*
        }
    };

    (@new $doc:tt $new:ident for $row:ident; [$($kept:tt)*]
        $(#[doc = $column_doc:literal])* $const:ident $field:ident: $type:ty, required $(in $smallest:literal..=$largest:literal)?; $($rest:tt)*
    ) => {
        $crate::schema::declare::table!(@new $doc $new for $row;
            [$($kept)* { $(#[doc = $column_doc])* $field: $type }] $($rest)*);
    };
    (@new $doc:tt $new:ident for $row:ident; [$($kept:tt)*]
        $(#[doc = $column_doc:literal])* $const:ident $field:ident: $type:ty, $write:ident $(in $smallest:literal..=$largest:literal)?; $($rest:tt)*
    ) => {
        $crate::schema::declare::table!(@new $doc $new for $row; [$($kept)*] $($rest)*);
    };
    (@new [$($new_doc:tt)*] $new:ident for $row:ident; [$({ $(#[doc = $doc:literal])* $field:ident: $type:ty })*]) => {
        $($new_doc)*
        #[derive(Debug, Clone, PartialEq)]
        pub struct $new {
            $($(#[doc = $doc])* pub $field: $type,)*
        }

        impl $new {
            /// Sets a column that the database would fill otherwise.
            pub fn set<V, W: $crate::schema::access::Insertable>(
                self,
                column: $crate::schema::Column<$row, V, W>,
                value: impl $crate::schema::Assign<V>,
            ) -> $crate::schema::Insert<$row> {
                $crate::schema::Insert::from(self).set(column, value)
            }
        }

        impl $crate::schema::NewRow for $new {
            type Table = $row;
            fn into_values(self) -> Vec<(&'static str, $crate::schema::Value)> {
                vec![$((
                    $crate::schema::table::without_raw_prefix(stringify!($field)),
                    $crate::schema::Assign::<$type>::into_value(self.$field),
                )),*]
            }
        }
    };

    (@constants $row:ident; $(
        $(#[doc = $doc:literal])* $const:ident $field:ident: $type:ty, $write:ident $(in $smallest:literal..=$largest:literal)?;
    )*) => {
        impl $row {
            $(
                $(#[doc = $doc])*
                pub const $const: $crate::schema::Column<$row, $type, $crate::schema::declare::table!(@access $write)> =
                    $crate::schema::Column::new(stringify!($field));
            )*
        }
    };

    (@access required) => { $crate::schema::access::Required };
    (@access optional) => { $crate::schema::access::Optional };
    (@access once) => { $crate::schema::access::OnceOptional };
    (@access never) => { $crate::schema::access::Never };

    (@write required) => { $crate::schema::Write::Required };
    (@write optional) => { $crate::schema::Write::Optional };
    (@write once) => { $crate::schema::Write::OnceOptional };
    (@write never) => { $crate::schema::Write::Never };

    (@column_defs $(
        $(#[doc = $doc:literal])* $const:ident $field:ident: $type:ty, $write:ident $(in $smallest:literal..=$largest:literal)?;
    )*) => {
        &[$(
            $crate::schema::ColumnDef::of::<$type>(
                stringify!($field),
                $crate::schema::declare::table!(@write $write),
                concat!($($doc),*),
            )
            $(.limited($smallest, $largest))?
        ),*]
    };

    (@relations $row:ident; $(
        $(#[doc = $doc:literal])* $const:ident $name:ident: $arity:ident $target:ident by $via:ident $link:literal;
    )*) => {
        impl $row {
            $(
                $(#[doc = $doc])*
                pub const $const: $crate::schema::Relation<$row, $crate::schema::$target, $crate::schema::$arity> =
                    $crate::schema::Relation::new(stringify!($name));
            )*
        }
    };
    (@relation_defs $(
        $(#[doc = $doc:literal])* $const:ident $name:ident: $arity:ident $target:ident by $via:ident $link:literal;
    )*) => {
        &[$($crate::schema::RelationDef {
            name: stringify!($name),
            target: || <$crate::schema::$target as $crate::schema::Table>::DEF,
            arity: $crate::schema::Arity::$arity,
            via: $crate::schema::declare::table!(@via $via $link),
        }),*]
    };
    (@via column $link:literal) => { $crate::schema::Via::ForeignKey($link) };
    (@via function $link:literal) => { $crate::schema::Via::Function($link) };
}
pub(crate) use table;

/// Declares an enumeration that the database keeps as text with a check constraint.
///
/// A value that a newer server knows and this library does not stays readable as `Unrecognized`.
macro_rules! labels {
    (
        $(#[$enum_doc:meta])*
        pub enum $name:ident { $($(#[$doc:meta])* $variant:ident = $label:literal),* $(,)? }
    ) => {
        $(#[$enum_doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$doc])* $variant,)*
            /// A value that this version of the library does not know, as the server wrote it.
            Unrecognized(String),
        }

        impl $name {
            /// The value as the database keeps it.
            pub fn as_str(&self) -> &str {
                match self {
                    $($name::$variant => $label,)*
                    $name::Unrecognized(text) => text,
                }
            }

            fn from_label(label: &str) -> Option<$name> {
                match label {
                    $($label => Some($name::$variant),)*
                    _ => None,
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::error::Error;

            /// Takes the known values alone.
            fn from_str(text: &str) -> Result<$name, Self::Err> {
                $name::from_label(text).ok_or_else(|| {
                    $crate::error::Error::invalid_input(
                        stringify!($name),
                        concat!("expected one of", $(" ", $label),*),
                    )
                })
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<$name, D::Error> {
                struct Label;

                impl serde::de::Visitor<'_> for Label {
                    type Value = $name;

                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str("a string")
                    }

                    fn visit_str<E: serde::de::Error>(self, label: &str) -> Result<$name, E> {
                        Ok($name::from_label(label).unwrap_or_else(|| $name::Unrecognized(label.to_owned())))
                    }
                }

                deserializer.deserialize_str(Label)
            }
        }

        impl $crate::schema::Scalar for $name {
            const NAME: &'static str = stringify!($name);
            const SQL_TYPE: $crate::schema::SqlType = $crate::schema::SqlType::Text;
            const LABELS: &'static [&'static str] = &[$($label),*];
            fn to_value(&self) -> $crate::schema::Value {
                $crate::schema::Value::Text(match self {
                    $($name::$variant => std::borrow::Cow::Borrowed($label),)*
                    $name::Unrecognized(text) => std::borrow::Cow::Owned(text.clone()),
                })
            }
        }
    };
}
pub(crate) use labels;
