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
pub fn from<T: Table>() -> Handle<T> {
    Handle::new(())
}

impl<T: Table, C> Handle<T, C> {
    pub(crate) fn new(client: C) -> Handle<T, C> {
        Handle { client, marker: PhantomData }
    }

    /// Reads rows as `P`: the row type itself for all columns, or a struct that derives [`Projection`].
    pub fn select<P: Projection<Table = T>>(self) -> Select<T, P, C> {
        let mut query = Query::new(Target::Table(T::DEF), Action::Read, Answer::Rows);
        query.selection = Selection::of::<P>();
        Select::new(query, self.client)
    }

    /// Inserts one row.
    pub fn insert(self, row: impl Into<Insert<T>>) -> InsertRows<T, C>
    where
        T: Writable,
    {
        self.insert_many([row])
    }

    /// Inserts rows in one transaction: all or none. Columns that some rows leave out get their defaults there.
    pub fn insert_many<R: Into<Insert<T>>>(self, rows: impl IntoIterator<Item = R>) -> InsertRows<T, C>
    where
        T: Writable,
    {
        self.insert_with(rows, None)
    }

    /// Inserts a row, or changes the row that has its primary key already.
    pub fn upsert(self, row: impl Into<Insert<T>>) -> InsertRows<T, C>
    where
        T: Writable,
    {
        self.upsert_many([row])
    }

    /// Inserts rows, or changes the rows that have their primary keys already.
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
    pub fn update(self) -> Update<T, Unfiltered, C>
    where
        T: Writable,
    {
        Update::new(Query::new(Target::Table(T::DEF), Action::Update(Vec::new()), Answer::Done), self.client)
    }

    /// Deletes rows: say which with `filter`.
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
