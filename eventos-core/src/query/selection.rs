//! What of each row: columns, places in JSON, aggregates, and related rows.

use std::borrow::Cow;
use std::ops::Deref;
use std::sync::OnceLock;

use serde::de::DeserializeOwned;

use super::path::Step;
use crate::schema::{
    Attendee, Cents, Column, ColumnValue, Event, EventStats, Many, One, Order, Profile, Relation, Scalar, Table,
    Ticket, Venue,
};

/// A plain struct that says what to fetch of each row by the names and types of its fields.
///
/// Derive it: `#[derive(Projection)] #[projection(of = Event)]`. A field named like a column holds that column's type; a
/// field named like a relation holds other projections: `Option<P>` for a relation to one, `Vec<P>` for a relation to many,
/// and a bare `P` with `#[projection(inner)]`, which leaves out rows that have no related row. Every row type is a
/// projection of all its columns.
///
/// ```
/// use eventos_core::codes::TicketNumber;
/// use eventos_core::{Cents, Event, Order, Profile, Projection, Ticket, query::from};
///
/// #[derive(Projection)]
/// #[projection(of = Event)]
/// struct Title { name: String }
///
/// #[derive(Projection)]
/// #[projection(of = Profile)]
/// struct Buyer { email: String }
///
/// #[derive(Projection)]
/// #[projection(of = Ticket)]
/// struct Entry { ticket_number: TicketNumber }
///
/// #[derive(Projection)]
/// #[projection(of = Order)]
/// struct Receipt {
///     // A column under its own name, and one under another.
///     total_cents: Cents,
///     #[projection(column = quantity)]
///     seats: i32,
///     // The one related row, or `None`; the event must be there.
///     customer: Option<Buyer>,
///     #[projection(inner)]
///     event: Title,
///     // Any number of related rows.
///     tickets: Vec<Entry>,
/// }
///
/// assert_eq!(
///     from::<Order>().select::<Receipt>().to_request()?.query,
///     "select=total_cents,seats:quantity,customer:profiles!customer_id(email),\
///      event:events!event_id!inner(name),tickets:tickets!order_id(ticket_number)"
/// );
/// # Ok::<(), eventos_core::Error>(())
/// ```
///
/// Fields can also hold a place inside JSON, a cast value, and what is made of many rows:
///
/// ```
/// use eventos_core::{EventId, Order, Projection, Venue, query::from};
///
/// #[derive(Projection)]
/// #[projection(of = Venue)]
/// struct Reach {
///     #[projection(column = amenities, json = "halls->0->>name")]
///     first_hall: Option<String>,
///     #[projection(column = capacity, cast = "text")]
///     capacity: String,
/// }
///
/// #[derive(Projection)]
/// #[projection(of = Order)]
/// struct Turnover {
///     event_id: EventId,
///     #[projection(column = total_cents, aggregate = "sum")]
///     cents: i64,
///     #[projection(count)]
///     orders: i64,
/// }
///
/// assert_eq!(
///     from::<Venue>().select::<Reach>().to_request()?.query,
///     "select=first_hall:amenities-%3Ehalls-%3E0-%3E%3Ename,capacity:capacity::text"
/// );
/// assert_eq!(
///     from::<Order>().select::<Turnover>().to_request()?.query,
///     "select=event_id,cents:total_cents.sum(),orders:count()"
/// );
/// # Ok::<(), eventos_core::Error>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say which columns to fetch",
    note = "derive it: `#[derive(Projection)] #[projection(of = Event)] struct {Self} {{ … }}`"
)]
pub trait Projection: DeserializeOwned + 'static {
    /// The table whose rows it is made from.
    type Table: Table;
    /// What to fetch.
    const SELECTION: &'static [Item];
    /// Where the text of `SELECTION` in a URL is kept once it was written: it is the same in every query.
    #[doc(hidden)]
    fn select_text() -> &'static OnceLock<String>;
}

macro_rules! whole_rows {
    ($($row:ident),*) => { $(
        #[diagnostic::do_not_recommend]
        impl Projection for $row {
            type Table = $row;
            const SELECTION: &'static [Item] = &[Item::All];

            fn select_text() -> &'static OnceLock<String> {
                static TEXT: OnceLock<String> = OnceLock::new();
                &TEXT
            }
        }
    )* };
}
whole_rows!(Profile, Venue, Event, Order, Attendee, Ticket, EventStats);

/// What a query fetches of each row.
#[derive(Debug, Clone, Default)]
pub(crate) struct Selection {
    items: Cow<'static, [Item]>,
    text: Option<&'static OnceLock<String>>,
}

impl Selection {
    pub(crate) fn of<P: Projection>() -> Selection {
        Selection { items: Cow::Borrowed(P::SELECTION), text: Some(P::select_text()) }
    }

    pub(crate) fn push(&mut self, item: Item) {
        self.text = None;
        self.items.to_mut().push(item);
    }

    /// Where its text in a URL is kept, where it belongs to a projection.
    pub(crate) fn text(&self) -> Option<&'static OnceLock<String>> {
        self.text
    }
}

impl From<Vec<Item>> for Selection {
    fn from(items: Vec<Item>) -> Selection {
        Selection { items: Cow::Owned(items), text: None }
    }
}

impl Deref for Selection {
    type Target = [Item];

    fn deref(&self) -> &[Item] {
        &self.items
    }
}

/// One item of a selection, as data.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// All columns (`*`).
    All,
    /// A column, a place inside it, or an aggregate of either.
    Column(SelectedColumn),
    /// Related rows.
    Embed(Embed),
}

/// A column in a selection, as data.
#[derive(Debug, Clone, PartialEq)]
pub struct SelectedColumn {
    /// The name in the result, where it is another than the column's.
    pub(crate) alias: Option<Cow<'static, str>>,
    /// The column; none for a bare `count()`.
    pub(crate) column: Option<Cow<'static, str>>,
    pub(crate) steps: Cow<'static, [Step]>,
    /// The type to cast the value to.
    pub(crate) cast: Option<Cow<'static, str>>,
    pub(crate) aggregate: Option<Aggregate>,
}

/// What is made of the values of many rows. Hosted projects have aggregates switched off unless told otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Aggregate {
    /// How many.
    Count,
    /// Their sum.
    Sum,
    /// Their average.
    Avg,
    /// The smallest.
    Min,
    /// The greatest.
    Max,
}

impl Aggregate {
    /// As PostgREST writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Aggregate::Count => "count",
            Aggregate::Sum => "sum",
            Aggregate::Avg => "avg",
            Aggregate::Min => "min",
            Aggregate::Max => "max",
        }
    }
}

/// Related rows in a selection, as data.
#[derive(Debug, Clone, PartialEq)]
pub struct Embed {
    /// The relation's name.
    pub(crate) relation: Cow<'static, str>,
    /// The name in the result.
    pub(crate) alias: Cow<'static, str>,
    /// Whether rows without related rows are left out.
    pub(crate) is_inner: bool,
    pub(crate) items: Cow<'static, [Item]>,
}

impl Item {
    /// A column under its own name.
    pub(crate) const fn column(name: &'static str) -> Item {
        Item::Column(SelectedColumn {
            alias: None,
            column: Some(Cow::Borrowed(name)),
            steps: Cow::Borrowed(&[]),
            cast: None,
            aggregate: None,
        })
    }
}

/// A type that a projection's field can have where it is named like a column that holds `V`.
#[diagnostic::on_unimplemented(
    message = "a field for a column of `{V}` cannot be `{Self}`",
    label = "expected `{V}`",
    note = "give the field the column's own type"
)]
pub trait ColumnField<V> {}
impl<V: ColumnValue> ColumnField<V> for V {}

/// A type that a projection's field can have where it is named like a relation to `T`.
#[diagnostic::on_unimplemented(
    message = "a field for related `{T}` rows cannot be `{Self}`",
    label = "write `Option<…>` around a projection of `{T}` for a relation to one, `Vec<…>` for a relation to many",
    note = "or mark a bare projection `#[projection(inner)]`: rows without a related row are then left out"
)]
pub trait RelationField<T, N> {
    /// What to fetch of the related rows.
    const SELECTION: &'static [Item];
}

#[diagnostic::do_not_recommend]
impl<P: Projection> RelationField<P::Table, One> for Option<P> {
    const SELECTION: &'static [Item] = P::SELECTION;
}

#[diagnostic::do_not_recommend]
impl<P: Projection> RelationField<P::Table, Many> for Vec<P> {
    const SELECTION: &'static [Item] = P::SELECTION;
}

/// A type that a projection's field marked `inner` can have where it is named like a relation to `T`.
#[diagnostic::on_unimplemented(
    message = "an inner field for related `{T}` rows cannot be `{Self}`",
    label = "write a projection of `{T}` for a relation to one, `Vec<…>` around it for a relation to many"
)]
pub trait InnerField<T, N> {
    /// What to fetch of the related rows.
    const SELECTION: &'static [Item];
}

impl<P: Projection> InnerField<P::Table, One> for P {
    const SELECTION: &'static [Item] = P::SELECTION;
}

impl<P: Projection> InnerField<P::Table, Many> for Vec<P> {
    const SELECTION: &'static [Item] = P::SELECTION;
}

/// Called by the code that `#[derive(Projection)]` writes.
impl<T: Table, V: ColumnValue, W> Column<T, V, W> {
    #[doc(hidden)]
    pub const fn projected<F: ColumnField<V>>(&self, alias: Option<&'static str>) -> Item {
        Item::Column(SelectedColumn {
            alias: borrowed(alias),
            column: Some(Cow::Borrowed(self.name)),
            steps: Cow::Borrowed(&[]),
            cast: None,
            aggregate: None,
        })
    }

    #[doc(hidden)]
    pub const fn projected_as(
        &self,
        alias: &'static str,
        steps: &'static [Step],
        cast: Option<&'static str>,
        aggregate: Option<Aggregate>,
    ) -> Item {
        Item::Column(SelectedColumn {
            alias: Some(Cow::Borrowed(alias)),
            column: Some(Cow::Borrowed(self.name)),
            steps: Cow::Borrowed(steps),
            cast: borrowed(cast),
            aggregate,
        })
    }
}

/// Asked of columns by the code that `#[derive(Projection)]` writes, where a field says what is made of the value.
impl<T: Table, V: ColumnValue, W> Column<T, V, W> {
    #[doc(hidden)]
    pub const fn require_json(&self)
    where
        V::Scalar: JsonDocument,
    {
    }

    #[doc(hidden)]
    pub const fn require_number(&self)
    where
        V::Scalar: Number,
    {
    }
}

/// A column's value that has fields of its own.
#[diagnostic::on_unimplemented(message = "`json = \"…\"` needs a JSON column", label = "this column holds `{Self}`")]
pub trait JsonDocument {}
#[diagnostic::do_not_recommend]
impl JsonDocument for serde_json::Value {}

/// A column's value that can be added up.
#[diagnostic::on_unimplemented(
    message = "`sum` and `avg` need a column of numbers",
    label = "this column holds `{Self}`",
    note = "to make numbers of it, add `cast = \"numeric\"`"
)]
pub trait Number: Scalar {}
#[diagnostic::do_not_recommend]
impl Number for i32 {}
#[diagnostic::do_not_recommend]
impl Number for i64 {}
#[diagnostic::do_not_recommend]
impl Number for Cents {}

/// Called by the code that `#[derive(Projection)]` writes.
impl<S: Table, T: Table, N> Relation<S, T, N> {
    #[doc(hidden)]
    pub const fn projected<F: RelationField<T, N>>(&self, alias: Option<&'static str>) -> Item {
        self.embed(alias, false, F::SELECTION)
    }

    #[doc(hidden)]
    pub const fn projected_inner<F: InnerField<T, N>>(&self, alias: Option<&'static str>) -> Item {
        self.embed(alias, true, F::SELECTION)
    }

    const fn embed(&self, alias: Option<&'static str>, is_inner: bool, items: &'static [Item]) -> Item {
        let alias = match alias {
            Some(alias) => alias,
            None => self.name,
        };
        Item::Embed(Embed {
            relation: Cow::Borrowed(self.name),
            alias: Cow::Borrowed(alias),
            is_inner,
            items: Cow::Borrowed(items),
        })
    }
}

#[doc(hidden)]
pub const fn count_all(alias: &'static str) -> Item {
    Item::Column(SelectedColumn {
        alias: Some(Cow::Borrowed(alias)),
        column: None,
        steps: Cow::Borrowed(&[]),
        cast: None,
        aggregate: Some(Aggregate::Count),
    })
}

const fn borrowed(text: Option<&'static str>) -> Option<Cow<'static, str>> {
    match text {
        Some(text) => Some(Cow::Borrowed(text)),
        None => None,
    }
}
