//! What to ask: filters, selections, orders, pages, writes and calls, down to one plain [`Query`] value.
//!
//! A query starts at a table's [`Handle`]: a client's, such as [`Eventos::events`](crate::Eventos::events), whose queries
//! are sent when they are awaited, or one [`from`] no client, whose queries only tell their requests. The examples of
//! this module use the latter, so that they run without a server.
//!
//! ```
//! use eventos_core::{Cents, Event, EventStatus, Projection, Venue, query::from};
//!
//! #[derive(Projection)]
//! #[projection(of = Venue)]
//! struct Place { name: String }
//!
//! #[derive(Projection)]
//! #[projection(of = Event)]
//! struct Card { name: String, venue: Option<Place> }
//!
//! let affordable = Event::STATUS.eq(EventStatus::Published) & Event::PRICE_CENTS.lte(Cents::new(30_000));
//! let request = from::<Event>()
//!     .select::<Card>()
//!     .filter(affordable)
//!     .order(Event::START_AT.asc())
//!     .limit(10)
//!     .to_request()?;
//! assert_eq!(
//!     request.target(),
//!     "/events?select=name,venue:venues!venue_id(name)&status=eq.published&price_cents=lte.30000\
//!      &order=start_at.asc&limit=10"
//! );
//! # Ok::<(), eventos_core::Error>(())
//! ```
//!
//! | what | where |
//! |---|---|
//! | which rows | [`Filter`], made by the methods of [`Column`](crate::schema::Column), [`JsonPath`] and [`Relation`](crate::schema::Relation) |
//! | what of each row, related rows included | [`Projection`] |
//! | reading: orders, limits, one row, counts, CSV, plans | [`Select`] |
//! | all rows, a page at a time | [`Pages`] |
//! | inserts and upserts | [`InsertRows`] |
//! | updates and deletes | [`Update`], [`Delete`], [`Returning`] |
//! | functions of the database | [`Call`] |
//! | the same from JSON | [`dynamic`] |
//!
//! The typed builders and the [dynamic] form produce the same value, so that there is one encoder.
//!
//! # How a query is sent
//!
//! Every builder takes another schema, further headers, a time limit and the wish to have a write undone after it was
//! answered:
//!
//! ```
//! use std::time::Duration;
//! use eventos_core::{Venue, query::from};
//!
//! let request = from::<Venue>()
//!     .update()
//!     .set(Venue::CITY, "Toronto")
//!     .filter(Venue::CITY.eq("York"))
//!     .schema("archive")
//!     .header("x-request-id", "42")
//!     .timeout(Duration::from_secs(2))
//!     .rollback()
//!     .to_request()?;
//! assert_eq!(request.header("content-profile"), Some("archive"));
//! assert_eq!(request.header("x-request-id"), Some("42"));
//! assert_eq!(request.timeout, Some(Duration::from_secs(2)));
//! assert_eq!(request.header("prefer"), Some("return=minimal, tx=rollback"));
//! # Ok::<(), eventos_core::Error>(())
//! ```
//!
//! # Errors
//!
//! Any query can fail with
//!
//! | [kind](crate::ErrorKind) | when |
//! |---|---|
//! | [`InvalidInput`](crate::ErrorKind::InvalidInput) | before anything is sent: a value breaks a rule of its column, or a header or token cannot be one |
//! | [`Connect`](crate::ErrorKind::Connect), [`Timeout`](crate::ErrorKind::Timeout), [`Cancelled`](crate::ErrorKind::Cancelled) | no answer came |
//! | [`Server`](crate::ErrorKind::Server) | the server refused; [`Error::server`](crate::Error::server) says why |
//! | [`Decode`](crate::ErrorKind::Decode) | the answer does not fit the rows asked for |
//! | [`Truncated`](crate::ErrorKind::Truncated) | a read without a limit met the server's limit of rows; see [`Builder::max_rows`](crate::Builder::max_rows) |
//! | [`SignedOut`](crate::ErrorKind::SignedOut), [`Storage`](crate::ErrorKind::Storage) | the session has ended, or could not be read |
//!
//! Queries for exactly one row add [`NotFound`](crate::ErrorKind::NotFound),
//! [`NotAffected`](crate::ErrorKind::NotAffected) and [`ManyRows`](crate::ErrorKind::ManyRows).

pub mod dynamic;
pub mod shape;

mod call;
mod check;
mod fetch;
mod filter;
mod handle;
mod order;
mod page;
mod path;
mod read;
mod selection;
mod write;

use std::borrow::Cow;
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::time::Duration;

pub use call::{Call, Method};
pub(crate) use check::check;
pub use fetch::Fetch;
pub use filter::{
    Compare, Comparison, Expr, Filter, Is, Operand, Operator, Quantified, QuantifiedText, Text, TextSearch,
};
pub use handle::{Handle, from};
pub use order::{Nulls, Order, SortKey};
pub(crate) use page::cursor_column;
pub use page::{Cursor, Pages};
pub use path::{JsonKey, JsonPath, Path, Step};
pub use read::{Counted, Explain, PlanFormat, Select};
pub(crate) use selection::Selection;
#[doc(hidden)]
pub use selection::count_all;
pub use selection::{Aggregate, ColumnField, Embed, InnerField, Item, Projection, RelationField, SelectedColumn};
pub use write::{Bounded, Delete, Embedded, Filtered, InsertRows, Returning, Unfiltered, Update};

use crate::schema::{TableDef, Values};

/// A whole question to the server, as a plain value: made by the typed builders or from [dynamic] input.
///
/// `Debug` shows its columns and never its values: they may be secrets.
///
/// ```
/// use eventos_core::{EventStats, query::{Query, from}};
///
/// let typed: Query = from::<EventStats>().select::<EventStats>().limit(3).into_query();
/// let dynamic = Query::from_json(r#"{ "from": "event_stats", "select": { "*": 1 }, "limit": 3 }"#)?;
/// assert_eq!(typed.to_request()?.target(), "/event_stats?select=*&limit=3");
/// assert_eq!(typed.to_request()?, dynamic.to_request()?);
/// # Ok::<(), eventos_core::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Query {
    pub(crate) target: Target,
    pub(crate) action: Action,
    pub(crate) selection: Selection,
    pub(crate) scope: Scope,
    pub(crate) answer: Answer,
    pub(crate) count: Option<Count>,
    pub(crate) settings: Settings,
}

/// What a query is about.
#[derive(Clone, Copy)]
pub(crate) enum Target {
    Table(&'static TableDef),
    /// A function.
    Function,
}

/// What a query does.
#[derive(Clone)]
pub(crate) enum Action {
    Read,
    Insert { rows: Vec<Values>, conflict: Option<Conflict> },
    Update(Values),
    Delete,
    Call { function: Cow<'static, str>, arguments: serde_json::Map<String, serde_json::Value>, method: Method },
}

/// What happens to a new row whose key another row has already.
#[derive(Debug, Clone)]
pub(crate) struct Conflict {
    /// The columns of the unique constraint; the primary key's where there are none.
    pub(crate) columns: Vec<Cow<'static, str>>,
    pub(crate) resolution: OnConflict,
}

/// What happens to a new row whose key another row has already; see [`InsertRows::on_conflict`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnConflict {
    /// The other row takes the new values.
    Merge,
    /// The other row stays and the new one is left out.
    Ignore,
}

/// Which rows, in which order and how many of them; for the query's own rows and, by name, for embedded ones.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scope {
    pub(crate) filters: Vec<Expr>,
    pub(crate) order: Vec<SortKey>,
    pub(crate) limit: Option<u64>,
    pub(crate) offset: Option<u64>,
    pub(crate) embeds: Vec<(Cow<'static, str>, Scope)>,
}

/// The form of the answer that a query asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    /// Rows.
    Rows,
    /// Exactly one row; a write that meets another number is undone.
    One,
    /// None or one row.
    AtMostOne,
    /// The number of rows.
    Total,
    /// Comma-separated values.
    Csv,
    /// How the server would run it.
    Plan(Explain),
    /// Nothing.
    Done,
    /// The number of rows written.
    Affected,
    /// Whatever a function returns.
    Value,
}

/// How rows are counted; see [`Select::with_count`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// By counting all of them; slow on large tables.
    Exact,
    /// From the planner's statistics: fast, and wrong by what changed since they were taken.
    Planned,
    /// Exactly up to the server's row limit, from statistics beyond.
    Estimated,
}

impl Count {
    /// As PostgREST writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Count::Exact => "exact",
            Count::Planned => "planned",
            Count::Estimated => "estimated",
        }
    }
}

/// How a query is sent, whatever it asks. Most queries set nothing, so it takes no room until one does.
#[derive(Clone, Default)]
pub(crate) struct Settings(Option<Box<Sending>>);

/// What a query can set about its sending.
#[derive(Clone, Default)]
pub(crate) struct Sending {
    pub(crate) schema: Option<Cow<'static, str>>,
    pub(crate) headers: Vec<(Cow<'static, str>, Cow<'static, str>)>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) max_affected: Option<u64>,
    pub(crate) is_rolled_back: bool,
    /// The caller made it safe to repeat, by an id of its own.
    pub(crate) is_repeatable: bool,
    /// The caller means every row, so conditions that leave none out are no slip.
    pub(crate) is_every_row_meant: bool,
}

impl Deref for Settings {
    type Target = Sending;

    fn deref(&self) -> &Sending {
        static UNSET: Sending = Sending {
            schema: None,
            headers: Vec::new(),
            timeout: None,
            max_affected: None,
            is_rolled_back: false,
            is_repeatable: false,
            is_every_row_meant: false,
        };
        self.0.as_deref().unwrap_or(&UNSET)
    }
}

impl DerefMut for Settings {
    fn deref_mut(&mut self) -> &mut Sending {
        self.0.get_or_insert_default()
    }
}

impl Query {
    pub(crate) fn new(target: Target, action: Action, answer: Answer) -> Query {
        Query {
            target,
            action,
            selection: Selection::default(),
            scope: Scope::default(),
            answer,
            count: None,
            settings: Settings::default(),
        }
    }

    pub(crate) fn table(&self) -> Option<&'static TableDef> {
        match self.target {
            Target::Table(table) => Some(table),
            Target::Function => None,
        }
    }
}

impl fmt::Debug for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Target::Table(table) => f.write_str(table.name),
            Target::Function => f.write_str("function"),
        }
    }
}

/// Values may be secrets, such as a ticket's code, so only their columns are shown.
impl fmt::Debug for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Action::Read => f.write_str("Read"),
            Action::Insert { rows, conflict } => {
                f.debug_struct("Insert").field("rows", &rows.len()).field("conflict", conflict).finish()
            }
            Action::Update(values) => {
                f.write_str("Update")?;
                f.debug_list().entries(values.iter().map(|(column, _)| column)).finish()
            }
            Action::Delete => f.write_str("Delete"),
            Action::Call { function, arguments, method } => {
                let names: Vec<&String> = arguments.keys().collect();
                f.debug_struct("Call")
                    .field("function", function)
                    .field("arguments", &names)
                    .field("method", method)
                    .finish()
            }
        }
    }
}

/// Headers may hold keys, so only their names are shown.
impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Sending { schema, headers, timeout, max_affected, is_rolled_back, is_repeatable, is_every_row_meant } =
            &**self;
        let headers: Vec<&str> = headers.iter().map(|(name, _)| name.as_ref()).collect();
        f.debug_struct("Settings")
            .field("schema", schema)
            .field("headers", &headers)
            .field("timeout", timeout)
            .field("max_affected", max_affected)
            .field("is_rolled_back", is_rolled_back)
            .field("is_repeatable", is_repeatable)
            .field("is_every_row_meant", is_every_row_meant)
            .finish()
    }
}

impl Scope {
    pub(crate) fn is_empty(&self) -> bool {
        let Scope { filters, order, limit, offset, embeds } = self;
        filters.is_empty() && order.is_empty() && limit.is_none() && offset.is_none() && embeds.is_empty()
    }

    /// Adds a condition to those that hold already. An empty `and` stays: a write must not lose its only filter unnoticed.
    pub(crate) fn add(&mut self, filter: Expr) {
        match filter {
            Expr::And(parts) if !parts.is_empty() && self.filters.is_empty() => self.filters = parts,
            Expr::And(parts) if !parts.is_empty() => self.filters.extend(parts),
            filter => self.filters.push(filter),
        }
    }

    pub(crate) fn embed(&mut self, alias: Cow<'static, str>) -> &mut Scope {
        let scope = match self.embeds.iter().position(|(name, _)| *name == alias) {
            Some(at) => self.embeds.remove(at).1,
            None => Scope::default(),
        };
        &mut self.embeds.push_mut((alias, scope)).1
    }
}

/// How any query is sent: its schema, headers, time limit and limits on what a write may do.
macro_rules! settings {
    ($(impl<$($param:ident),*> $builder:ty $(where $state:ident: $bound:path)?;)*) => { $(
        impl<$($param),*> $builder {
            /// Asks another schema than the client's. The server must expose it.
            pub fn schema(mut self, schema: impl Into<std::borrow::Cow<'static, str>>) -> Self {
                self.query.settings.schema = Some(schema.into());
                self
            }

            /// Sends one more header. Sending fails with [`InvalidInput`](crate::ErrorKind::InvalidInput) where its name or
            /// value cannot be one.
            pub fn header(
                mut self,
                name: impl Into<std::borrow::Cow<'static, str>>,
                value: impl Into<std::borrow::Cow<'static, str>>,
            ) -> Self {
                self.query.settings.headers.push((name.into(), value.into()));
                self
            }

            /// Gives up with [`Timeout`](crate::ErrorKind::Timeout) when no answer came in this time, in place of the
            /// client's own limit. It covers all tries.
            pub fn timeout(mut self, limit: std::time::Duration) -> Self {
                self.query.settings.timeout = Some(limit);
                self
            }

            /// Has the server undo a write after answering it, to see what it would do. Hosted projects do not allow it.
            pub fn rollback(mut self) -> Self {
                self.query.settings.is_rolled_back = true;
                self
            }

            /// The query as a plain value.
            pub fn into_query(self) -> crate::query::Query
            $(where $state: $bound)?
            {
                self.query
            }
        }
    )* };
}
pub(crate) use settings;
