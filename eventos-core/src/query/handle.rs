//! Where every query starts: a table's handle.

use std::fmt;
use std::marker::PhantomData;

use super::write::{Delete, InsertRows, Unfiltered, Update};
use super::{Action, Answer, Conflict, OnConflict, Projection, Query, Select, Selection, Target};
use crate::schema::{Insert, Table, Writable};

/// A table to read from and write to. `C` is the client that sends the queries, or `()` for queries on their own.
///
/// ```
/// use eventos_core::{Event, query::from};
///
/// let request = from::<Event>().select::<Event>().limit(10).to_request()?;
/// assert_eq!(request.target(), "/events?select=*&limit=10");
/// # Ok::<(), eventos_core::Error>(())
/// ```
pub struct Handle<T, C = ()> {
    client: C,
    marker: PhantomData<fn() -> T>,
}

/// A table without a client: for building requests.
///
/// ```
/// use eventos_core::{Order, query::from};
///
/// let request = from::<Order>().select::<Order>().filter(Order::QUANTITY.gt(10)).to_request()?;
/// assert_eq!(request.target(), "/orders?select=*&quantity=gt.10");
/// # Ok::<(), eventos_core::Error>(())
/// ```
pub fn from<T: Table>() -> Handle<T> {
    Handle::new(())
}

impl<T: Table, C> Handle<T, C> {
    pub(crate) fn new(client: C) -> Handle<T, C> {
        Handle { client, marker: PhantomData }
    }

    /// Reads rows as `P`: the row type itself for all columns, or a struct that derives [`Projection`].
    ///
    /// ```
    /// use eventos_core::{Cents, Event, Projection, query::from};
    ///
    /// #[derive(Projection)]
    /// #[projection(of = Event)]
    /// struct Price { name: String, price_cents: Cents }
    ///
    /// assert_eq!(from::<Event>().select::<Price>().to_request()?.query, "select=name,price_cents");
    /// assert_eq!(from::<Event>().select::<Event>().to_request()?.query, "select=*");
    /// # Ok::<(), eventos_core::Error>(())
    /// ```
    pub fn select<P: Projection<Table = T>>(self) -> Select<T, P, C> {
        let mut query = Query::new(Target::Table(T::DEF), Action::Read, Answer::Rows);
        query.selection = Selection::of::<P>();
        Select::new(query, self.client)
    }

    /// Inserts one row.
    ///
    /// A column outside its limits, or a rule between columns that does not hold, is refused before anything is sent.
    ///
    /// ```
    /// use eventos_core::{NewVenue, Venue, query::from};
    ///
    /// let venue = NewVenue { name: "Loft".into(), address: "1 King St W".into(), capacity: 80 };
    /// let request = from::<Venue>().insert(venue.set(Venue::POSTAL_CODE, "M5H 1A1")).to_request()?;
    /// assert_eq!(request.target(), "/venues");
    /// assert_eq!(
    ///     request.body.as_deref(),
    ///     Some(r#"{"name":"Loft","address":"1 King St W","capacity":80,"postal_code":"M5H 1A1"}"#)
    /// );
    /// # Ok::<(), eventos_core::Error>(())
    /// ```
    pub fn insert(self, row: impl Into<Insert<T>>) -> InsertRows<T, C>
    where
        T: Writable,
    {
        self.insert_many([row])
    }

    /// Inserts rows in one transaction: all or none. Columns that some rows leave out get their defaults there.
    ///
    /// ```
    /// use eventos_core::{AttendeeId, EventId, NewTicket, OrderId, Ticket, query::from};
    ///
    /// let event_id: EventId = "e1111111-1111-4111-8111-111111111111".parse()?;
    /// let order_id: OrderId = "01111111-1111-4111-8111-111111111111".parse()?;
    /// let john: AttendeeId = "a0111111-1111-4111-8111-111111111111".parse()?;
    /// let tickets = [
    ///     NewTicket { event_id, order_id }.set(Ticket::ATTENDEE_ID, john),
    ///     NewTicket { event_id, order_id }.into(),
    /// ];
    /// let request = from::<Ticket>().insert_many(tickets).to_request()?;
    /// assert_eq!(request.query, "columns=event_id,order_id,attendee_id");
    /// assert_eq!(request.header("prefer"), Some("return=minimal, missing=default"));
    /// # Ok::<(), eventos_core::Error>(())
    /// ```
    pub fn insert_many<R: Into<Insert<T>>>(self, rows: impl IntoIterator<Item = R>) -> InsertRows<T, C>
    where
        T: Writable,
    {
        self.insert_with(rows, None)
    }

    /// Inserts a row, or changes the row that has its primary key already.
    ///
    /// ```
    /// use eventos_core::{NewProfile, Profile, ProfileId, query::from};
    ///
    /// let id: ProfileId = "11111111-1111-4111-8111-111111111111".parse()?;
    /// let me = NewProfile { id, email: "sarah@example.com".into() }.set(Profile::COMPANY, "EventOS Inc");
    /// let request = from::<Profile>().upsert(me).to_request()?;
    /// assert_eq!(request.header("prefer"), Some("return=minimal, resolution=merge-duplicates"));
    /// # Ok::<(), eventos_core::Error>(())
    /// ```
    pub fn upsert(self, row: impl Into<Insert<T>>) -> InsertRows<T, C>
    where
        T: Writable,
    {
        self.upsert_many([row])
    }

    /// Inserts rows, or changes the rows that have their primary keys already, in one transaction.
    pub fn upsert_many<R: Into<Insert<T>>>(self, rows: impl IntoIterator<Item = R>) -> InsertRows<T, C>
    where
        T: Writable,
    {
        self.insert_with(rows, Some(Conflict { columns: Vec::new(), resolution: OnConflict::Merge }))
    }

    fn insert_with<R: Into<Insert<T>>>(
        self,
        rows: impl IntoIterator<Item = R>,
        conflict: Option<Conflict>,
    ) -> InsertRows<T, C> {
        let rows = rows.into_iter().map(|row| row.into().values).collect();
        InsertRows::new(Query::new(Target::Table(T::DEF), Action::Insert { rows, conflict }, Answer::Done), self.client)
    }

    /// Changes rows: say what with `set` or `patch`, and which with `filter`.
    ///
    /// [`Update`] has an example.
    pub fn update(self) -> Update<T, Unfiltered, C>
    where
        T: Writable,
    {
        Update::new(Query::new(Target::Table(T::DEF), Action::Update(Vec::new()), Answer::Done), self.client)
    }

    /// Deletes rows: say which with `filter`.
    ///
    /// [`Delete`] has an example.
    pub fn delete(self) -> Delete<T, Unfiltered, C>
    where
        T: Writable,
    {
        Delete::new(Query::new(Target::Table(T::DEF), Action::Delete, Answer::Done), self.client)
    }
}

impl<T: Table, C: Clone> Clone for Handle<T, C> {
    fn clone(&self) -> Self {
        Handle::new(self.client.clone())
    }
}

impl<T: Table, C> fmt::Debug for Handle<T, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::DEF.name)
    }
}
