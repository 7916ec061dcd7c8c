//! Writing rows.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use super::fetch::Fetch;
use super::shape::{Affected, One, Rows};
use super::{
    Action, Answer, Conflict, Count, Filter, OnConflict, Order, Projection, Query, Scope, Selection, settings,
};
use crate::schema::{Assign, Column, Patch, Relation, Table, access};

/// New rows on their way. With a client, `await` it, or ask for the rows as the database made them with `returning`.
///
/// ```no_run
/// use eventos_core::{Event, Eventos, NewEvent};
///
/// # async fn run(eventos: Eventos, new_event: NewEvent) -> eventos_core::Result<()> {
/// let event = eventos.events().insert(new_event).returning::<Event>().expect_one().await?;
/// println!("on the web as {}", event.slug);
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// As [any query](crate::query#errors). A row whose key or other unique value is taken fails with
/// [`UniqueViolation`](crate::ServerCode::UniqueViolation), and no row of the insert stays.
#[must_use = "nothing is sent until it is awaited"]
pub struct InsertRows<T, C = ()> {
    pub(crate) query: Query,
    pub(crate) client: C,
    marker: PhantomData<fn() -> T>,
}

impl<T: Table, C> InsertRows<T, C> {
    pub(super) fn new(query: Query, client: C) -> Self {
        InsertRows { query, client, marker: PhantomData }
    }

    /// Says by which unique columns an upsert recognises a row, and what then happens. Makes an insert an upsert.
    ///
    /// ```
    /// use eventos_core::query::{OnConflict, from};
    /// use eventos_core::{NewProfile, Profile};
    ///
    /// let id = "11111111-1111-4111-8111-111111111111".parse()?;
    /// let newcomer = NewProfile { id, email: "sarah@example.com".into() };
    /// let request = from::<Profile>()
    ///     .insert(newcomer)
    ///     .on_conflict(Profile::EMAIL, OnConflict::Ignore)
    ///     .to_request()?;
    /// assert_eq!(request.query, "on_conflict=email");
    /// assert_eq!(request.header("prefer"), Some("return=minimal, resolution=ignore-duplicates"));
    /// # Ok::<(), eventos_core::Error>(())
    /// ```
    pub fn on_conflict(mut self, target: impl ConflictTarget<T>, resolution: OnConflict) -> Self {
        if let Action::Insert { conflict, .. } = &mut self.query.action {
            *conflict = Some(Conflict { columns: target.into_columns(), resolution });
        }
        self
    }

    /// Lets a failed connection repeat the insert, because every row brings an id of the caller's own: a repeat that
    /// meets the first one's rows fails with [`UniqueViolation`](crate::ServerCode::UniqueViolation) in place of
    /// inserting twice. Sending it fails with [`InvalidInput`](crate::ErrorKind::InvalidInput) where a row brings none.
    ///
    /// ```no_run
    /// use eventos_core::{Attendee, AttendeeId, Eventos, NewAttendee};
    ///
    /// # async fn run(eventos: Eventos, attendee: NewAttendee) -> eventos_core::Result<()> {
    /// let attendee = attendee.set(Attendee::ID, eventos.new_id::<AttendeeId>()?);
    /// eventos.attendees().insert(attendee).repeatable().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn repeatable(mut self) -> Self {
        self.query.settings.is_repeatable = true;
        self
    }

    /// Gives the rows as the database made them.
    ///
    /// With generated columns, such as an event's slug, and with related rows where the projection embeds them.
    pub fn returning<P: Projection<Table = T>>(self) -> Returning<T, P, C> {
        Returning::new(self.query, self.client)
    }

    /// Gives the number of rows inserted.
    pub fn affected(self) -> Fetch<Affected, C> {
        affected(self.query, self.client)
    }
}

/// Columns by which an upsert recognises a row: one, or several in a tuple.
pub trait ConflictTarget<T> {
    /// Their names.
    fn into_columns(self) -> Vec<Cow<'static, str>>;
}

impl<T: Table, V, W> ConflictTarget<T> for Column<T, V, W> {
    fn into_columns(self) -> Vec<Cow<'static, str>> {
        vec![Cow::Borrowed(self.name)]
    }
}

impl<T: Table, V1, W1, V2, W2> ConflictTarget<T> for (Column<T, V1, W1>, Column<T, V2, W2>) {
    fn into_columns(self) -> Vec<Cow<'static, str>> {
        vec![Cow::Borrowed(self.0.name), Cow::Borrowed(self.1.name)]
    }
}

/// A state of an update or delete that says which rows it touches.
#[derive(Debug)]
pub enum Filtered {}

/// A state of an update or delete that would touch every row.
#[derive(Debug)]
pub enum Unfiltered {}

/// A state of a write to `T` that says which rows it touches.
#[diagnostic::on_unimplemented(
    message = "this write has no filter and would touch every row",
    label = "say which rows with `.filter(…)`, or `.every_row()` if all of them are meant"
)]
pub trait Bounded<T> {}
impl<T> Bounded<T> for Filtered {}

/// A change to rows. With a client, `await` it once it is filtered.
///
/// ```
/// use eventos_core::{Event, EventId, EventStatus, query::from};
///
/// let id: EventId = "e1111111-1111-4111-8111-111111111111".parse()?;
/// let request = from::<Event>()
///     .update()
///     .set(Event::STATUS, EventStatus::Published)
///     .set(Event::VENUE_ID, None)
///     .filter(Event::ID.eq(id) & Event::STATUS.eq(EventStatus::Draft))
///     .to_request()?;
/// assert_eq!(request.method.as_str(), "PATCH");
/// assert_eq!(request.target(), "/events?id=eq.e1111111-1111-4111-8111-111111111111&status=eq.draft");
/// assert_eq!(request.body.as_deref(), Some(r#"{"status":"published","venue_id":null}"#));
/// # Ok::<(), eventos_core::Error>(())
/// ```
///
/// Without a filter it does not compile, unless `every_row` says that all rows are meant:
///
/// ```compile_fail
/// use eventos_core::{Event, EventStatus, query::from};
///
/// from::<Event>().update().set(Event::STATUS, EventStatus::Cancelled).to_request();
/// ```
///
/// # Errors
///
/// As [any query](crate::query#errors). An update that touches no row is no error, unless
/// [`expect_one`](Returning::expect_one) requires one.
#[must_use = "nothing is sent until it is awaited"]
pub struct Update<T, F, C = ()> {
    pub(crate) query: Query,
    pub(crate) client: C,
    marker: PhantomData<fn() -> (T, F)>,
}

impl<T: Table, F, C> Update<T, F, C> {
    /// Sets a column; `None` sets a nullable one to null.
    pub fn set<V, W: access::Updatable>(self, column: Column<T, V, W>, value: impl Assign<V>) -> Self {
        self.patch(Patch::new().set(column, value))
    }

    /// Sets every column that the patch sets.
    ///
    /// [`Patch`] has an example.
    pub fn patch(mut self, patch: Patch<T>) -> Self {
        if let Action::Update(values) = &mut self.query.action {
            for (column, value) in patch.values {
                values.retain(|(set, _)| *set != column);
                values.push((column, value));
            }
        }
        self
    }
}

/// Rows to delete. With a client, `await` it once it is filtered.
///
/// ```
/// use eventos_core::{Attendee, query::from};
///
/// let request = from::<Attendee>()
///     .delete()
///     .filter(Attendee::EMAIL.eq("john@example.com"))
///     .max_affected(1)
///     .to_request()?;
/// assert_eq!(request.method.as_str(), "DELETE");
/// assert_eq!(request.target(), "/attendees?email=eq.john%40example.com");
/// assert_eq!(request.header("prefer"), Some("return=minimal, handling=strict, max-affected=1"));
/// # Ok::<(), eventos_core::Error>(())
/// ```
///
/// # Errors
///
/// As [any query](crate::query#errors). Deleting a row that others name fails with
/// [`ForeignKeyViolation`](crate::ServerCode::ForeignKeyViolation) or, on PostgreSQL 18,
/// [`RestrictViolation`](crate::ServerCode::RestrictViolation).
#[must_use = "nothing is sent until it is awaited"]
pub struct Delete<T, F, C = ()> {
    pub(crate) query: Query,
    pub(crate) client: C,
    marker: PhantomData<fn() -> (T, F)>,
}

macro_rules! filtered_writes {
    ($($name:ident),*) => { $(
        impl<T: Table, F, C> $name<T, F, C> {
            pub(super) fn new(query: Query, client: C) -> Self {
                $name { query, client, marker: PhantomData }
            }

            /// Touches only rows that meet the condition, besides earlier conditions.
            pub fn filter(mut self, filter: Filter<T>) -> $name<T, Filtered, C> {
                self.query.scope.add(filter.expr);
                $name::new(self.query, self.client)
            }

            /// Touches every row that the caller may touch: the way to say that no filter is meant.
            pub fn every_row(mut self) -> $name<T, Filtered, C> {
                self.query.settings.is_every_row_meant = true;
                $name::new(self.query, self.client)
            }

            /// Fails with [`MaxAffectedExceeded`](crate::ServerCode::MaxAffectedExceeded), and is undone by the server, where
            /// it would touch more rows than this (PostgREST 13 and later).
            pub fn max_affected(mut self, rows: u64) -> Self {
                self.query.settings.max_affected = Some(rows);
                self
            }

            /// Gives the rows as they are after the write; deleted ones as they were.
            pub fn returning<P: Projection<Table = T>>(self) -> Returning<T, P, C>
            where
                F: Bounded<T>,
            {
                Returning::new(self.query, self.client)
            }

            /// Gives the number of rows touched.
            pub fn affected(self) -> Fetch<Affected, C>
            where
                F: Bounded<T>,
            {
                affected(self.query, self.client)
            }
        }

        impl<T: Table, F, C: Clone> Clone for $name<T, F, C> {
            fn clone(&self) -> Self {
                $name::new(self.query.clone(), self.client.clone())
            }
        }

        impl<T, F, C> fmt::Debug for $name<T, F, C> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.query.fmt(f)
            }
        }
    )* };
}
filtered_writes!(Update, Delete);

settings! {
    impl<T, C> InsertRows<T, C>;
    impl<T, F, C> Update<T, F, C> where F: Bounded<T>;
    impl<T, F, C> Delete<T, F, C> where F: Bounded<T>;
    impl<T, P, C> Returning<T, P, C>;
}

/// A write whose rows come back as `P`. With a client, `await` it for a `Vec<P>`.
///
/// ```
/// use eventos_core::{Projection, Ticket, TicketStatus, query::from};
/// use eventos_core::codes::TicketNumber;
///
/// #[derive(Projection)]
/// #[projection(of = Ticket)]
/// struct Voided { ticket_number: TicketNumber }
///
/// let request = from::<Ticket>()
///     .update()
///     .set(Ticket::STATUS, TicketStatus::Cancelled)
///     .filter(Ticket::STATUS.eq(TicketStatus::Active))
///     .returning::<Voided>()
///     .order(Ticket::TICKET_NUMBER.asc())
///     .to_request()?;
/// assert_eq!(
///     request.query,
///     "select=ticket_number&status=eq.active&order=ticket_number.asc"
/// );
/// assert_eq!(request.header("prefer"), Some("return=representation"));
/// # Ok::<(), eventos_core::Error>(())
/// ```
#[must_use = "nothing is sent until it is awaited"]
pub struct Returning<T, P, C = ()> {
    pub(crate) query: Query,
    pub(crate) client: C,
    marker: PhantomData<fn() -> (T, P)>,
}

impl<T: Table, P: Projection<Table = T>, C> Returning<T, P, C> {
    fn new(mut query: Query, client: C) -> Self {
        query.selection = Selection::of::<P>();
        query.answer = Answer::Rows;
        Returning { query, client, marker: PhantomData }
    }

    /// Filters, orders or limits the related rows that the projection embeds.
    pub fn embed<U: Table, N>(
        mut self,
        relation: Relation<T, U, N>,
        conditions: impl FnOnce(Embedded<U>) -> Embedded<U>,
    ) -> Self {
        Embedded::apply(&mut self.query.scope, relation.alias, conditions);
        self
    }

    /// Orders the rows that come back.
    pub fn order(mut self, order: Order<T>) -> Self {
        self.query.scope.order.push(order.key);
        self
    }

    /// Requires that the write touches exactly one row and gives it. The server undoes it otherwise:
    /// [`NotAffected`](crate::ErrorKind::NotAffected) where there was none, [`ManyRows`](crate::ErrorKind::ManyRows)
    /// where there were several.
    ///
    /// ```no_run
    /// use eventos_core::{ErrorKind, Event, EventId, EventStatus, Eventos};
    ///
    /// # async fn run(eventos: Eventos, id: EventId) -> eventos_core::Result<()> {
    /// let cancelled = eventos
    ///     .events()
    ///     .update()
    ///     .set(Event::STATUS, EventStatus::Cancelled)
    ///     .filter(Event::ID.eq(id))
    ///     .returning::<Event>()
    ///     .expect_one()
    ///     .await;
    /// match cancelled {
    ///     Ok(event) => println!("{} is called off", event.name),
    ///     Err(error) if error.kind() == ErrorKind::NotAffected => println!("not there, or not yours to change"),
    ///     Err(error) => return Err(error),
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn expect_one(mut self) -> Fetch<One<P>, C> {
        self.query.answer = Answer::One;
        Fetch::new(self.query, self.client)
    }

    /// Gives the rows.
    ///
    /// What awaiting the write itself gives, as a [`Fetch`].
    pub fn rows(self) -> Fetch<Rows<P>, C> {
        Fetch::new(self.query, self.client)
    }
}

impl<T, C: Clone> Clone for InsertRows<T, C> {
    fn clone(&self) -> Self {
        InsertRows { query: self.query.clone(), client: self.client.clone(), marker: PhantomData }
    }
}

impl<T, P, C: Clone> Clone for Returning<T, P, C> {
    fn clone(&self) -> Self {
        Returning { query: self.query.clone(), client: self.client.clone(), marker: PhantomData }
    }
}

impl<T, C> fmt::Debug for InsertRows<T, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.query.fmt(f)
    }
}

impl<T, P, C> fmt::Debug for Returning<T, P, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.query.fmt(f)
    }
}

fn affected<C>(mut query: Query, client: C) -> Fetch<Affected, C> {
    query.answer = Answer::Affected;
    query.count = Some(Count::Exact);
    Fetch::new(query, client)
}

/// Conditions on the rows of `T` that a projection embeds.
///
/// See [`Select::embed`](super::Select::embed).
pub struct Embedded<T> {
    scope: Scope,
    marker: PhantomData<fn() -> T>,
}

impl<T: Table> Embedded<T> {
    pub(super) fn apply(scope: &mut Scope, alias: &'static str, conditions: impl FnOnce(Embedded<T>) -> Embedded<T>) {
        let embed = scope.embed(Cow::Borrowed(alias));
        let before = Embedded { scope: std::mem::take(embed), marker: PhantomData };
        *embed = conditions(before).scope;
    }

    /// Leaves out related rows that do not meet the condition.
    #[must_use]
    pub fn filter(mut self, filter: Filter<T>) -> Self {
        self.scope.add(filter.expr);
        self
    }

    /// Orders the related rows.
    #[must_use]
    pub fn order(mut self, order: Order<T>) -> Self {
        self.scope.order.push(order.key);
        self
    }

    /// Gives at most this many related rows for each row.
    #[must_use]
    pub fn limit(mut self, rows: u64) -> Self {
        self.scope.limit = Some(rows);
        self
    }

    /// Leaves out this many related rows at the start.
    #[must_use]
    pub fn offset(mut self, rows: u64) -> Self {
        self.scope.offset = Some(rows);
        self
    }

    /// Filters, orders or limits rows embedded one level deeper.
    #[must_use]
    pub fn embed<U: Table, N>(
        mut self,
        relation: Relation<T, U, N>,
        conditions: impl FnOnce(Embedded<U>) -> Embedded<U>,
    ) -> Self {
        Embedded::apply(&mut self.scope, relation.alias, conditions);
        self
    }
}

impl<T> fmt::Debug for Embedded<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.scope.fmt(f)
    }
}
