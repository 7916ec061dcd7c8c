//! What is known about a table at run time, and the typed handles to its columns and relations.

use std::fmt;
use std::marker::PhantomData;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};

use super::value::{ColumnValue, Scalar, SqlType, TextCheck, Value};

/// A table or view, declared once: its row type is also the name by which queries know it.
///
/// ```
/// use eventos_core::query::from;
/// use eventos_core::schema::{Table, TableDef};
/// use eventos_core::{Event, Projection, Venue};
///
/// /// The first page of any table.
/// fn first_page<T: Table + Projection<Table = T>>() -> eventos_core::Result<String> {
///     Ok(from::<T>().select::<T>().limit(20).to_request()?.target())
/// }
///
/// assert_eq!(first_page::<Event>()?, "/events?select=*&limit=20");
/// assert_eq!(<Venue as Table>::DEF.row, "Venue");
/// # Ok::<(), eventos_core::Error>(())
/// ```
pub trait Table: Serialize + DeserializeOwned + fmt::Debug + Clone + 'static {
    /// Its declaration, for callers that work without its Rust types.
    const DEF: &'static TableDef;
    /// The columns that a new row must bring; [`ReadOnly`](super::ReadOnly) for a view.
    type New: NewRow<Table = Self>;
}

/// A table whose rows can be written; a view's cannot.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is a view: its rows are computed and cannot be written",
    label = "this writes to a view",
    note = "write to the tables that the view is computed from"
)]
pub trait Writable: Table {}

/// Reads a field of a row that must be there: left to itself, serde takes a missing `Option` for `None`.
#[doc(hidden)]
pub fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<T, D::Error> {
    T::deserialize(deserializer)
}

/// The columns that a new row must bring, as a plain struct.
pub trait NewRow {
    /// The table it goes into.
    type Table: Table;
    /// Every required column with its value.
    fn into_values(self) -> Vec<(&'static str, Value)>;
}

/// A table as data.
///
/// ```
/// use eventos_core::Event;
/// use eventos_core::schema::{Arity, Rule, Table, TableDef, Via};
///
/// let events: &TableDef = Event::DEF;
/// assert_eq!((events.name, events.row, events.key), ("events", "Event", "id"));
///
/// let status = events.column("status").expect("events have a status");
/// assert_eq!(status.labels, ["draft", "published", "cancelled", "completed"]);
/// assert!(!status.is_nullable);
///
/// let tickets = events.relation("tickets").expect("events have tickets");
/// assert_eq!((tickets.target)().name, "tickets");
/// assert_eq!((tickets.arity, tickets.via), (Arity::Many, Via::ForeignKey("event_id")));
///
/// assert!(matches!(events.rules, [Rule::Later { later: "end_at", earlier: "start_at" }]));
/// ```
#[derive(Debug)]
pub struct TableDef {
    /// The name in the database: `events`.
    pub name: &'static str,
    /// The path below a REST server's address: `/events`.
    pub path: &'static str,
    /// What one row is called: `Event`.
    pub row: &'static str,
    /// The column that tells rows apart.
    pub key: &'static str,
    /// The columns in the database's order.
    pub columns: &'static [ColumnDef],
    /// The ways to related rows.
    pub relations: &'static [RelationDef],
    /// Rules that hold between columns of one row.
    pub rules: &'static [Rule],
}

impl TableDef {
    /// The column of that name.
    pub fn column(&self, name: &str) -> Option<&'static ColumnDef> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// The relation of that name.
    pub fn relation(&self, name: &str) -> Option<&'static RelationDef> {
        self.relations.iter().find(|relation| relation.name == name)
    }
}

/// A column as data.
#[derive(Debug)]
pub struct ColumnDef {
    /// The name in the database.
    pub name: &'static str,
    /// Its type.
    pub sql_type: SqlType,
    /// What its values are called on every surface, such as `EventId`; empty where they go by the column's type alone.
    pub type_name: &'static str,
    /// Whether it may be null.
    pub is_nullable: bool,
    /// Who writes it, and when.
    pub write: Write,
    /// The smallest and largest number it takes, both allowed.
    pub limits: Option<(i64, i64)>,
    /// The texts that an enumeration knows.
    pub labels: &'static [&'static str],
    /// What a text must look like to be written.
    pub check: Option<TextCheck>,
    /// What it means.
    pub doc: &'static str,
}

impl ColumnDef {
    /// A column that holds `V`.
    pub(crate) const fn of<V: ColumnValue>(name: &'static str, write: Write, doc: &'static str) -> ColumnDef {
        ColumnDef {
            name: without_raw_prefix(name),
            sql_type: <V::Scalar as Scalar>::SQL_TYPE,
            type_name: <V::Scalar as Scalar>::NAME,
            is_nullable: V::NULLABLE,
            write,
            limits: None,
            labels: <V::Scalar as Scalar>::LABELS,
            check: <V::Scalar as Scalar>::CHECK,
            doc,
        }
    }

    pub(crate) const fn limited(mut self, smallest: i64, largest: i64) -> ColumnDef {
        self.limits = Some((smallest, largest));
        self
    }
}

/// `r#type` as a Rust identifier is `type` in the database.
pub(crate) const fn without_raw_prefix(name: &'static str) -> &'static str {
    match name.as_bytes() {
        [b'r', b'#', ..] => name.split_at(2).1,
        _ => name,
    }
}

/// Who writes a column, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Write {
    /// Every new row must bring it; it can change later.
    Required,
    /// The database has a default; it can change later.
    Optional,
    /// The database has a default that a new row may replace; it never changes later.
    OnceOptional,
    /// The database alone writes it.
    Never,
}

/// A rule that holds between columns of one row.
#[derive(Debug, Clone, Copy)]
pub enum Rule {
    /// One time comes after another.
    Later {
        /// The column with the later time.
        later: &'static str,
        /// The column with the earlier time.
        earlier: &'static str,
    },
    /// One number is the product of two others.
    Product {
        /// The column with the product.
        product: &'static str,
        /// The columns that are multiplied.
        factors: [&'static str; 2],
    },
}

/// A way from a row to related rows, as data.
#[derive(Debug)]
pub struct RelationDef {
    /// Its name in selections and results: `venue`.
    pub name: &'static str,
    /// Where it leads.
    pub target: fn() -> &'static TableDef,
    /// How many rows it can lead to.
    pub arity: Arity,
    /// What it follows.
    pub via: Via,
}

/// How many rows a relation can lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arity {
    /// None or one.
    One,
    /// Any number.
    Many,
}

/// What a relation follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Via {
    /// A foreign key: the column that holds it, on whichever side that is.
    ForeignKey(&'static str),
    /// A function of the database that takes a row and returns related rows.
    Function(&'static str),
}

/// A column of table `T` that holds `V` and may be written as `W` says.
///
/// Its methods make conditions and orders: [`Filter`](crate::query::Filter) shows how they are joined.
///
/// ```
/// use eventos_core::{Cents, Event, Venue, query::from};
///
/// assert_eq!(Event::PRICE_CENTS.name(), "price_cents");
/// assert_eq!(format!("{:?}", Venue::CITY), "venues.city");
///
/// let free = Event::PRICE_CENTS.eq(Cents::ZERO);
/// let request = from::<Event>().select::<Event>().filter(free).order(Event::START_AT.desc()).to_request()?;
/// assert_eq!(request.query, "select=*&price_cents=eq.0&order=start_at.desc");
/// # Ok::<(), eventos_core::Error>(())
/// ```
pub struct Column<T, V, W> {
    pub(crate) name: &'static str,
    marker: PhantomData<fn() -> (T, V, W)>,
}

impl<T, V, W> Column<T, V, W> {
    pub(crate) const fn new(name: &'static str) -> Self {
        Column { name: without_raw_prefix(name), marker: PhantomData }
    }

    /// The name in the database.
    pub const fn name(&self) -> &'static str {
        self.name
    }
}

impl<T, V, W> Clone for Column<T, V, W> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, V, W> Copy for Column<T, V, W> {}

impl<T: Table, V, W> fmt::Debug for Column<T, V, W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", T::DEF.name, self.name)
    }
}

/// How a column may be written, for the compiler: the markers mirror [`Write`].
pub mod access {
    /// Every new row must bring it; it can change later.
    #[derive(Debug)]
    pub enum Required {}
    /// The database has a default; it can change later.
    #[derive(Debug)]
    pub enum Optional {}
    /// The database has a default that a new row may replace; it never changes later.
    #[derive(Debug)]
    pub enum OnceOptional {}
    /// The database alone writes it.
    #[derive(Debug)]
    pub enum Never {}

    /// Columns that a new row may set besides those it must.
    #[diagnostic::on_unimplemented(
        message = "a new row cannot set this column",
        label = "the database alone writes it, or the row's struct already names it",
        note = "leave it out: the database fills generated columns"
    )]
    pub trait Insertable {}
    #[diagnostic::do_not_recommend]
    impl Insertable for Optional {}
    #[diagnostic::do_not_recommend]
    impl Insertable for OnceOptional {}

    /// Columns that can change after the row was inserted.
    #[diagnostic::on_unimplemented(
        message = "an update cannot set this column",
        label = "the database generates it, and it never changes afterwards",
        note = "leave it out of the update"
    )]
    pub trait Updatable {}
    #[diagnostic::do_not_recommend]
    impl Updatable for Required {}
    #[diagnostic::do_not_recommend]
    impl Updatable for Optional {}
}

/// A way from rows of `S` to rows of `T`; `N` is [`One`] or [`Many`].
///
/// A [`Projection`](crate::query::Projection) names relations as fields; conditions on the related rows go into
/// [`Select::embed`](crate::query::Select::embed).
///
/// ```
/// use eventos_core::{Event, Order};
///
/// assert_eq!(Event::VENUE.name(), "venue");
/// assert_eq!(format!("{:?}", Order::TICKETS), "orders.tickets");
/// ```
pub struct Relation<S, T, N> {
    pub(crate) name: &'static str,
    /// The name of the field that a projection gives it.
    pub(crate) alias: &'static str,
    marker: PhantomData<fn() -> (S, T, N)>,
}

/// Marks a relation that leads to none or one row.
#[derive(Debug)]
pub enum One {}

/// Marks a relation that leads to any number of rows.
#[derive(Debug)]
pub enum Many {}

impl<S: Table, T: Table, N> Relation<S, T, N> {
    pub(crate) const fn new(name: &'static str) -> Self {
        let name = without_raw_prefix(name);
        Relation { name, alias: name, marker: PhantomData }
    }

    /// Its name in selections and results.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The same relation where a projection's field gives it another name, for conditions and orders by it.
    ///
    /// ```
    /// use eventos_core::{Event, EventStatus, Order, OrderId, Projection, query::from};
    ///
    /// #[derive(Projection)]
    /// #[projection(of = Event)]
    /// struct Title { name: String }
    ///
    /// #[derive(Projection)]
    /// #[projection(of = Order)]
    /// struct Booking {
    ///     id: OrderId,
    ///     #[projection(column = event)]
    ///     show: Option<Title>,
    /// }
    ///
    /// let show = Order::EVENT.named("show");
    /// let request = from::<Order>()
    ///     .select::<Booking>()
    ///     .embed(show, |event| event.filter(Event::STATUS.eq(EventStatus::Published)))
    ///     .filter(show.exists())
    ///     .order(show.order(Event::START_AT.asc()))
    ///     .to_request()?;
    /// assert_eq!(
    ///     request.query,
    ///     "select=id,show:events!event_id(name)&show=not.is.null&order=show(start_at).asc&show.status=eq.published"
    /// );
    /// # Ok::<(), eventos_core::Error>(())
    /// ```
    #[must_use]
    pub const fn named(self, field: &'static str) -> Self {
        Relation { name: self.name, alias: field, marker: PhantomData }
    }
}

impl<S, T, N> Clone for Relation<S, T, N> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S, T, N> Copy for Relation<S, T, N> {}

impl<S: Table, T: Table, N> fmt::Debug for Relation<S, T, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", S::DEF.name, self.name)
    }
}
