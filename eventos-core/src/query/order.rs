//! In which order.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use super::path::{JsonPath, Path};
use crate::schema::{Column, Table};

/// An order of rows of `T`.
///
/// ```
/// use eventos_core::{Event, Venue, query::from};
/// # use eventos_core::Projection;
/// # #[derive(Projection)] #[projection(of = Venue)] struct VenueBrief { name: String }
/// # #[derive(Projection)] #[projection(of = Event)] struct Card { name: String, venue: Option<VenueBrief> }
///
/// let request = from::<Event>()
///     .select::<Card>()
///     .order(Event::VENUE.order(Venue::NAME.asc().nulls_first()))
///     .order(Event::START_AT.desc())
///     .to_request()?;
/// assert!(request.query.ends_with("&order=venue(name).asc.nullsfirst,start_at.desc"));
/// # Ok::<(), eventos_core::Error>(())
/// ```
pub struct Order<T> {
    pub(crate) key: SortKey,
    marker: PhantomData<fn() -> T>,
}

/// One key of an order, as data.
#[derive(Debug, Clone, PartialEq)]
pub struct SortKey {
    pub(crate) relation: Option<Cow<'static, str>>,
    pub(crate) path: Path,
    pub(crate) is_descending: bool,
    pub(crate) nulls: Option<Nulls>,
}

/// Where nulls go; last when ascending and first when descending, unless said otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nulls {
    /// Before every value.
    First,
    /// After every value.
    Last,
}

impl SortKey {
    pub(crate) fn new(path: Path, is_descending: bool) -> SortKey {
        SortKey { relation: None, path, is_descending, nulls: None }
    }

    /// Whether nulls come before every value.
    pub(crate) fn is_nulls_first(&self) -> bool {
        self.nulls.map_or(self.is_descending, |nulls| nulls == Nulls::First)
    }
}

impl<T: Table> Order<T> {
    fn new(path: Path, is_descending: bool) -> Order<T> {
        Order { key: SortKey::new(path, is_descending), marker: PhantomData }
    }

    /// Puts rows where it is null first.
    #[must_use]
    pub fn nulls_first(mut self) -> Order<T> {
        self.key.nulls = Some(Nulls::First);
        self
    }

    /// Puts rows where it is null last.
    #[must_use]
    pub fn nulls_last(mut self) -> Order<T> {
        self.key.nulls = Some(Nulls::Last);
        self
    }

    pub(super) fn of_relation<S: Table>(mut self, relation: &'static str) -> Order<S> {
        self.key.relation = Some(Cow::Borrowed(relation));
        Order { key: self.key, marker: PhantomData }
    }
}

impl<T: Table, V, W> Column<T, V, W> {
    /// Smallest first.
    pub fn asc(self) -> Order<T> {
        Order::new(Path::column(self.name), false)
    }

    /// Greatest first.
    pub fn desc(self) -> Order<T> {
        Order::new(Path::column(self.name), true)
    }
}

impl<T: Table, V> JsonPath<T, V> {
    /// Smallest first.
    pub fn asc(self) -> Order<T> {
        Order::new(self.path, false)
    }

    /// Greatest first.
    pub fn desc(self) -> Order<T> {
        Order::new(self.path, true)
    }
}

impl<T> Clone for Order<T> {
    fn clone(&self) -> Self {
        Order { key: self.key.clone(), marker: PhantomData }
    }
}

impl<T> fmt::Debug for Order<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.key.fmt(f)
    }
}
