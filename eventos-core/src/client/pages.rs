//! Walking over all rows of a read.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use serde::de::DeserializeOwned;

use super::Eventos;
use crate::error::Result;
use crate::host::BoxFuture;
use crate::query::Pages;
use crate::wire;

impl<P: DeserializeOwned> Pages<P, Eventos> {
    /// The next page; `None` once a page came back empty, or the read's limit is reached.
    ///
    /// [`Pages`] has an example.
    ///
    /// # Errors
    ///
    /// As [any query](crate::query#errors), and as [`Pages::next_query`]. After an error the same page can be asked for again.
    pub async fn next_page(&mut self) -> Result<Option<Vec<P>>> {
        if self.is_finished || self.remaining == Some(0) {
            return Ok(None);
        }
        let query = self.next_query()?;
        let response = self.client.exchange(&query).await?;
        let (rows, cursor) = wire::page::<P>(&response, &query, self.client.max_rows())?;
        let Some(cursor) = cursor else {
            self.is_finished = true;
            return Ok(None);
        };
        self.after = Some(cursor);
        self.remaining = self.remaining.map(|remaining| remaining.saturating_sub(rows.len() as u64));
        Ok(Some(rows))
    }

    /// All rows of all pages.
    ///
    /// All of them in memory: for more than some ten thousand rows take page after page.
    ///
    /// ```no_run
    /// use eventos_core::{Eventos, EventId, Attendee};
    ///
    /// # async fn run(eventos: Eventos, event: EventId) -> eventos_core::Result<()> {
    /// let guests = eventos
    ///     .attendees()
    ///     .select::<Attendee>()
    ///     .filter(Attendee::EVENT_ID.eq(event))
    ///     .pages(1000)
    ///     .collect()
    ///     .await?;
    /// println!("{} people come", guests.len());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [any query](crate::query#errors), and as [`Pages::next_query`].
    pub async fn collect(mut self) -> Result<Vec<P>> {
        let mut all = Vec::new();
        while let Some(page) = self.next_page().await? {
            all.extend(page);
        }
        Ok(all)
    }

    /// The pages as a stream. It ends after the first error.
    ///
    /// ```no_run
    /// use eventos_core::{Eventos, Order};
    /// use futures_util::TryStreamExt;
    ///
    /// # async fn run(eventos: Eventos) -> eventos_core::Result<()> {
    /// let mut pages = eventos.orders().select::<Order>().order(Order::CREATED_AT.asc()).pages(500).into_stream();
    /// while let Some(orders) = pages.try_next().await? {
    ///     println!("{} more orders", orders.len());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn into_stream(self) -> PageStream<P>
    where
        P: 'static,
    {
        PageStream { state: State::Idle(Box::new(self)) }
    }
}

/// The pages of a read as a [`Stream`].
///
/// From [`Pages::into_stream`]: each item is the rows of one page, or the error that ended it.
#[must_use = "nothing is sent until it is polled"]
pub struct PageStream<P> {
    state: State<P>,
}

enum State<P> {
    Idle(Box<Pages<P, Eventos>>),
    Fetching(BoxFuture<'static, (Pages<P, Eventos>, Result<Option<Vec<P>>>)>),
    Finished,
}

impl<P: DeserializeOwned + 'static> Stream for PageStream<P> {
    type Item = Result<Vec<P>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let State::Idle(_) = self.state
            && let State::Idle(pages) = std::mem::replace(&mut self.state, State::Finished)
        {
            self.state = State::Fetching(Box::pin(fetch(*pages)));
        }
        let State::Fetching(fetching) = &mut self.state else { return Poll::Ready(None) };
        let (pages, page) = ready!(fetching.as_mut().poll(context));
        match page {
            Ok(Some(rows)) => {
                self.state = State::Idle(Box::new(pages));
                Poll::Ready(Some(Ok(rows)))
            }
            Ok(None) => {
                self.state = State::Finished;
                Poll::Ready(None)
            }
            Err(error) => {
                self.state = State::Finished;
                Poll::Ready(Some(Err(error)))
            }
        }
    }
}

async fn fetch<P: DeserializeOwned>(mut pages: Pages<P, Eventos>) -> (Pages<P, Eventos>, Result<Option<Vec<P>>>) {
    let page = pages.next_page().await;
    (pages, page)
}

impl<P> Unpin for PageStream<P> {}

impl<P> fmt::Debug for PageStream<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.state {
            State::Idle(_) => "PageStream(idle)",
            State::Fetching(_) => "PageStream(fetching)",
            State::Finished => "PageStream(finished)",
        })
    }
}
