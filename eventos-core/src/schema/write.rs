//! A new row and a change to rows, as typed sets of columns and values.

use std::borrow::Cow;
use std::convert::Infallible;
use std::fmt;
use std::marker::PhantomData;

use super::table::{Column, NewRow, Table, access};
use super::value::{Scalar, Value};

/// A value that can be written to a column holding `V`.
///
/// A NOT NULL column takes its type (text columns also `&str`); a nullable one also takes `Option` of it.
#[diagnostic::on_unimplemented(
    message = "this column holds `{V}`, not `{Self}`",
    label = "expected a value for a column of `{V}`"
)]
pub trait Assign<V> {
    /// The value as it is sent.
    fn into_value(self) -> Value;
}

#[diagnostic::do_not_recommend]
impl<S: Scalar> Assign<S> for S {
    fn into_value(self) -> Value {
        self.to_value()
    }
}

#[diagnostic::do_not_recommend]
impl<S: Scalar> Assign<Option<S>> for S {
    fn into_value(self) -> Value {
        self.to_value()
    }
}

#[diagnostic::do_not_recommend]
impl<S: Scalar> Assign<Option<S>> for Option<S> {
    fn into_value(self) -> Value {
        self.map_or(Value::Null, |value| value.to_value())
    }
}

#[diagnostic::do_not_recommend]
impl Assign<String> for &str {
    fn into_value(self) -> Value {
        Value::Text(Cow::Owned(self.to_owned()))
    }
}

#[diagnostic::do_not_recommend]
impl Assign<Option<String>> for &str {
    fn into_value(self) -> Value {
        Value::Text(Cow::Owned(self.to_owned()))
    }
}

/// Columns and their values, each column once.
pub(crate) type Values = Vec<(Cow<'static, str>, Value)>;

/// A row to insert: the required columns of its `New…` struct, and whatever else [`set`](Insert::set) adds.
///
/// ```
/// use eventos_core::{Insert, NewVenue, Venue};
///
/// let venue: Insert<Venue> = Insert::from(NewVenue {
///     name: "Steam Whistle Brewing".into(),
///     address: "255 Bremner Blvd".into(),
///     capacity: 800,
/// })
/// .set(Venue::POSTAL_CODE, "M5V 3M9");
/// let request = eventos_core::query::from::<Venue>().insert(venue).to_request()?;
/// assert!(request.body.unwrap_or_default().ends_with(r#""capacity":800,"postal_code":"M5V 3M9"}"#));
/// # Ok::<(), eventos_core::Error>(())
/// ```
pub struct Insert<T> {
    pub(crate) values: Values,
    marker: PhantomData<fn() -> T>,
}

impl<T: Table> Insert<T> {
    /// Sets a column that the database would fill otherwise.
    #[must_use]
    pub fn set<V, W: access::Insertable>(mut self, column: Column<T, V, W>, value: impl Assign<V>) -> Insert<T> {
        assign(&mut self.values, column.name, value.into_value());
        self
    }
}

impl<N: NewRow> From<N> for Insert<N::Table> {
    fn from(row: N) -> Self {
        let values = row.into_values().into_iter().map(|(name, value)| (Cow::Borrowed(name), value)).collect();
        Insert { values, marker: PhantomData }
    }
}

/// A change to rows: each column is left alone, set to a value or set to null.
///
/// A column that was not set keeps its value; `None` makes a nullable one null; the last value set for a column counts.
///
/// ```
/// use eventos_core::{Patch, Profile, ProfileId, query::from};
///
/// let id: ProfileId = "11111111-1111-4111-8111-111111111111".parse()?;
/// let patch = Patch::<Profile>::new()
///     .set(Profile::FULL_NAME, "Sarah Johnson")
///     .set(Profile::PHONE, None);
///
/// // The company is left alone.
/// let request = from::<Profile>().update().patch(patch).filter(Profile::ID.eq(id)).to_request()?;
/// assert_eq!(request.body.as_deref(), Some(r#"{"full_name":"Sarah Johnson","phone":null}"#));
/// # Ok::<(), eventos_core::Error>(())
/// ```
///
/// Columns that never change after the insert do not compile, nor does a null where none may be:
///
/// ```compile_fail
/// use eventos_core::codes::OrderNumber;
/// use eventos_core::{Order, Patch};
///
/// let number: OrderNumber = "ORD-20251013-01111111".parse().unwrap();
/// Patch::<Order>::new().set(Order::ORDER_NUMBER, number);
/// ```
pub struct Patch<T> {
    pub(crate) values: Values,
    marker: PhantomData<fn() -> T>,
}

impl<T: Table> Patch<T> {
    /// Changes nothing yet.
    pub const fn new() -> Patch<T> {
        Patch { values: Vec::new(), marker: PhantomData }
    }

    /// Sets a column; `None` sets a nullable one to null.
    #[must_use]
    pub fn set<V, W: access::Updatable>(mut self, column: Column<T, V, W>, value: impl Assign<V>) -> Patch<T> {
        assign(&mut self.values, column.name, value.into_value());
        self
    }
}

impl<T: Table> Default for Patch<T> {
    fn default() -> Self {
        Patch::new()
    }
}

/// The last value set for a column is the one that counts.
fn assign(values: &mut Values, name: &'static str, value: Value) {
    match values.iter_mut().find(|(set, _)| set == name) {
        Some((_, old)) => *old = value,
        None => values.push((Cow::Borrowed(name), value)),
    }
}

macro_rules! values_like {
    ($($name:ident),*) => { $(
        impl<T> Clone for $name<T> {
            fn clone(&self) -> Self {
                $name { values: self.values.clone(), marker: PhantomData }
            }
        }

        impl<T> fmt::Debug for $name<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let columns = self.values.iter().map(|(name, _)| name);
                f.write_str(stringify!($name))?;
                f.debug_list().entries(columns).finish()
            }
        }
    )* };
}
values_like!(Insert, Patch);

/// What a view takes in place of a new row: nothing.
#[derive(Debug, Clone, Copy)]
pub struct ReadOnly<T>(Infallible, PhantomData<fn() -> T>);

impl<T: Table> NewRow for ReadOnly<T> {
    type Table = T;
    fn into_values(self) -> Vec<(&'static str, Value)> {
        match self.0 {}
    }
}
