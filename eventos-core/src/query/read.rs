//! Reading rows.

use std::fmt;
use std::marker::PhantomData;

use super::fetch::Fetch;
use super::page::Pages;
use super::shape::{Csv, One, Plan, Total};
use super::write::Embedded;
use super::{Answer, Count, Filter, Order, Query, settings};
use crate::schema::{Relation, Table};

/// A read of rows of `T` as `P`. With a client, `await` it for a `Vec<P>`, or say first what else it should give.
///
/// ```
/// use eventos_core::query::{Count, from};
/// use eventos_core::{Event, EventStatus};
///
/// let drafts = from::<Event>().select::<Event>().filter(Event::STATUS.eq(EventStatus::Draft));
///
/// let latest = drafts.clone().order(Event::UPDATED_AT.desc()).limit(5);
/// assert_eq!(latest.to_request()?.query, "select=*&status=eq.draft&order=updated_at.desc&limit=5");
///
/// // A head request answers with the number alone.
/// let request = drafts.count(Count::Exact).to_request()?;
/// assert_eq!(request.method.as_str(), "HEAD");
/// assert_eq!(request.header("prefer"), Some("count=exact"));
/// # Ok::<(), eventos_core::Error>(())
/// ```
///
/// # Errors
///
/// As [any query](crate::query#errors).
#[must_use = "nothing is sent until it is awaited"]
pub struct Select<T, P, C = ()> {
    pub(crate) query: Query,
    pub(crate) client: C,
    marker: PhantomData<fn() -> (T, P)>,
}

impl<T: Table, P, C> Select<T, P, C> {
    pub(super) fn new(query: Query, client: C) -> Self {
        Select { query, client, marker: PhantomData }
    }

    /// Leaves out rows that do not meet the condition, besides earlier conditions.
    pub fn filter(mut self, filter: Filter<T>) -> Self {
        self.query.scope.add(filter.expr);
        self
    }

    /// Orders the rows; a second call decides among rows that the first leaves equal.
    pub fn order(mut self, order: Order<T>) -> Self {
        self.query.scope.order.push(order.key);
        self
    }

    /// Gives at most this many rows.
    pub fn limit(mut self, rows: u64) -> Self {
        self.query.scope.limit = Some(rows);
        self
    }

    /// Leaves out this many rows at the start.
    pub fn offset(mut self, rows: u64) -> Self {
        self.query.scope.offset = Some(rows);
        self
    }

    /// Gives the rows from `first` up to and with `last`, counted from 0. No rows where `last` is before `first`.
    ///
    /// ```
    /// use eventos_core::{Venue, query::from};
    ///
    /// let second_page = from::<Venue>().select::<Venue>().order(Venue::NAME.asc()).range(20, 39);
    /// assert_eq!(second_page.to_request()?.query, "select=*&order=name.asc&limit=20&offset=20");
    /// # Ok::<(), eventos_core::Error>(())
    /// ```
    pub fn range(self, first: u64, last: u64) -> Self {
        self.offset(first).limit(last.saturating_add(1).saturating_sub(first))
    }

    /// Filters, orders or limits the related rows that the projection embeds.
    ///
    /// ```
    /// use eventos_core::{Event, Projection, Ticket, TicketStatus, query::from};
    ///
    /// #[derive(Projection)]
    /// #[projection(of = Ticket)]
    /// struct Entry { ticket_number: eventos_core::codes::TicketNumber }
    ///
    /// #[derive(Projection)]
    /// #[projection(of = Event)]
    /// struct Door { name: String, tickets: Vec<Entry> }
    ///
    /// let request = from::<Event>()
    ///     .select::<Door>()
    ///     .embed(Event::TICKETS, |tickets| tickets.filter(Ticket::STATUS.eq(TicketStatus::Active)).limit(5))
    ///     .to_request()?;
    /// assert_eq!(
    ///     request.query,
    ///     "select=name,tickets:tickets!event_id(ticket_number)&tickets.status=eq.active&tickets.limit=5"
    /// );
    /// # Ok::<(), eventos_core::Error>(())
    /// ```
    pub fn embed<U: Table, N>(
        mut self,
        relation: Relation<T, U, N>,
        conditions: impl FnOnce(Embedded<U>) -> Embedded<U>,
    ) -> Self {
        Embedded::apply(&mut self.query.scope, relation.alias, conditions);
        self
    }

    /// Gives exactly one row; [`NotFound`](crate::ErrorKind::NotFound) or [`ManyRows`](crate::ErrorKind::ManyRows)
    /// otherwise.
    ///
    /// ```no_run
    /// use eventos_core::{Event, ErrorKind, Eventos};
    ///
    /// # async fn run(eventos: Eventos) -> eventos_core::Result<()> {
    /// let slug = Event::SLUG.eq("ai-ml-summit-2025-e1111111".parse::<eventos_core::codes::Slug>()?);
    /// match eventos.events().select::<Event>().filter(slug).single().await {
    ///     Ok(event) => println!("{} starts at {}", event.name, event.start_at),
    ///     Err(error) if error.kind() == ErrorKind::NotFound => println!("no such event, or not for you"),
    ///     Err(error) => return Err(error),
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn single(self) -> Fetch<One<P>, C> {
        self.answered(Answer::One)
    }

    /// Gives the row if there is one; [`ManyRows`](crate::ErrorKind::ManyRows) where there are several.
    pub fn maybe_single(self) -> Fetch<Option<P>, C> {
        self.answered(Answer::AtMostOne)
    }

    /// Gives the rows and, with them, how many there are without the limit.
    ///
    /// ```no_run
    /// use eventos_core::query::Count;
    /// use eventos_core::{Eventos, Venue};
    ///
    /// # async fn run(eventos: Eventos) -> eventos_core::Result<()> {
    /// let page = eventos.venues().select::<Venue>().limit(20).with_count(Count::Exact).await?;
    /// println!("{} of {} venues", page.rows.len(), page.total);
    /// # Ok(())
    /// # }
    /// ```
    pub fn with_count(mut self, count: Count) -> Fetch<Counted<P>, C> {
        self.query.count = Some(count);
        self.answered(Answer::Rows)
    }

    /// Gives the number of rows without fetching any.
    pub fn count(mut self, count: Count) -> Fetch<Total, C> {
        self.query.count = Some(count);
        self.answered(Answer::Total)
    }

    /// Gives the rows as comma-separated values with a header line.
    ///
    /// ```
    /// use eventos_core::{Attendee, Projection, query::from};
    ///
    /// #[derive(Projection)]
    /// #[projection(of = Attendee)]
    /// struct Guest { full_name: String, email: String }
    ///
    /// let request = from::<Attendee>().select::<Guest>().limit(500).csv().to_request()?;
    /// assert_eq!(request.header("accept"), Some("text/csv"));
    /// # Ok::<(), eventos_core::Error>(())
    /// ```
    pub fn csv(self) -> Fetch<Csv, C> {
        self.answered(Answer::Csv)
    }

    /// Gives the server's plan for the query. Hosted projects have this switched off unless told otherwise.
    ///
    /// ```
    /// use eventos_core::query::{Explain, from};
    /// use eventos_core::Event;
    ///
    /// let request = from::<Event>()
    ///     .select::<Event>()
    ///     .explain(Explain { analyze: true, ..Explain::default() })
    ///     .to_request()?;
    /// assert_eq!(
    ///     request.header("accept"),
    ///     Some(r#"application/vnd.pgrst.plan+text; for="application/json"; options=analyze"#)
    /// );
    /// # Ok::<(), eventos_core::Error>(())
    /// ```
    pub fn explain(self, explain: Explain) -> Fetch<Plan, C> {
        self.answered(Answer::Plan(explain))
    }

    /// Gives all rows, `size` at a time, in a stable order: the primary key decides among rows that are equal otherwise.
    ///
    /// Pages follow the last row seen, so that rows inserted or deleted meanwhile neither repeat nor hide others.
    ///
    /// [`Pages`] has an example.
    pub fn pages(self, size: u64) -> Pages<P, C> {
        Pages::new(self.query, self.client, size)
    }

    fn answered<S>(mut self, answer: Answer) -> Fetch<S, C> {
        self.query.answer = answer;
        Fetch::new(self.query, self.client)
    }
}

settings! {
    impl<T, P, C> Select<T, P, C>;
}

impl<T: Table, P, C: Clone> Clone for Select<T, P, C> {
    fn clone(&self) -> Self {
        Select::new(self.query.clone(), self.client.clone())
    }
}

impl<T, P, C> fmt::Debug for Select<T, P, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.query.fmt(f)
    }
}

/// Rows of a page, and how many there are in all.
///
/// From [`Select::with_count`].
#[derive(Debug, Clone, PartialEq)]
pub struct Counted<P> {
    /// The rows.
    pub rows: Vec<P>,
    /// How many rows there are without the limit.
    pub total: u64,
}

/// How a plan is made and printed.
///
/// For [`Select::explain`]; without more, the text of a plan that is not run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Explain {
    /// Text or JSON.
    pub format: PlanFormat,
    /// Runs the query for real times (`ANALYZE`).
    pub analyze: bool,
    /// Shows output columns and more (`VERBOSE`).
    pub verbose: bool,
    /// Shows settings that differ from the defaults.
    pub settings: bool,
    /// Shows the use of buffers.
    pub buffers: bool,
    /// Shows what was written to the log.
    pub wal: bool,
}

/// How a plan is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PlanFormat {
    /// As `psql` shows it.
    #[default]
    Text,
    /// As JSON.
    Json,
}
