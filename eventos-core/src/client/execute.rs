//! Complete queries as futures.

use std::future::{Future, IntoFuture};
use std::pin::{Pin, pin};
use std::task::{Context, Poll};

use serde::de::DeserializeOwned;

use super::Eventos;
use crate::error::{Error, Result};
use crate::host::BoxFuture;
use crate::query::{
    Bounded, Call, Delete, Fetch, Filtered, InsertRows, Projection, Query, Returning, Select, Unfiltered, Update, shape,
};
use crate::schema::Table;
use crate::wire::{Method, Request, Response, Shape, check_header};

impl Eventos {
    /// Sends a query that was made as a plain value, and gives the server's answer as it is, whatever its status: for
    /// [`Query::read_json`], [`Query::read_page`] and [`Query::accept`] to read, with [`max_rows`](Eventos::max_rows).
    ///
    /// ```no_run
    /// use eventos_core::Eventos;
    /// use eventos_core::query::Query;
    ///
    /// # async fn run(eventos: Eventos) -> eventos_core::Result<()> {
    /// let orders = Query::from_json(r#"{ "from": "orders", "order": ["created_at"] }"#)?;
    /// let first = orders.page(100, None)?;
    /// let (rows, cursor) = first.read_page(&eventos.exchange(&first).await?, eventos.max_rows())?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [any query](crate::query#errors), but no refusal by the server.
    pub async fn exchange(&self, query: &Query) -> Result<Response> {
        let mut request = query.to_request()?;
        let sender = &self.inner.server.sender;
        let limit = request.timeout.unwrap_or(sender.timeout);
        // Pinned here, because every call that takes a future by value holds it twice.
        let answer = pin!(async {
            self.authorize(&mut request).await?;
            sender.tries(&self.inner.rest, &request).await
        });
        sender.within(limit, answer).await
    }

    /// Adds the key, the token and the schema, but none that the query brings as a header of its own.
    async fn authorize(&self, request: &mut Request) -> Result<()> {
        if request.header("apikey").is_none() {
            request.headers.push(("apikey".into(), self.inner.server.key.expose().to_owned().into()));
        }
        if request.header("authorization").is_none()
            && let Some(bearer) = self.bearer().await?
        {
            request.headers.push(("authorization".into(), format!("Bearer {bearer}").into()));
        }
        if let Some(schema) = &self.inner.schema {
            let is_read = matches!(request.method, Method::Get | Method::Head);
            let name = if is_read { "accept-profile" } else { "content-profile" };
            if request.header(name).is_none() {
                check_header("schema", schema)?;
                request.headers.push((name.into(), schema.clone().into()));
            }
        }
        Ok(())
    }

    /// The user's token; without one the key, where it is a token itself.
    async fn bearer(&self) -> Result<Option<String>> {
        let Some(token) = self.token().await? else {
            let key = &self.inner.server.key;
            return Ok(key.is_jwt().then(|| key.expose().to_owned()));
        };
        if token.expose().is_empty() {
            return Err(Error::invalid_input("access token", "it is empty: provide none to ask as a visitor"));
        }
        check_header("access token", token.expose())?;
        Ok(Some(token.expose().to_owned()))
    }

    async fn fetch<S: Shape>(self, query: Query) -> Result<S::Output> {
        let response = self.exchange(&query).await?;
        S::read(&response, &query, self.max_rows())
    }
}

fn run<S: Shape>(client: Eventos, query: Query) -> BoxFuture<'static, Result<S::Output>> {
    boxed(client.fetch::<S>(query))
}

#[cfg(not(target_arch = "wasm32"))]
fn boxed<T>(future: impl Future<Output = T> + Send + 'static) -> BoxFuture<'static, T> {
    Box::pin(future)
}

#[cfg(target_arch = "wasm32")]
fn boxed<T>(future: impl Future<Output = T> + 'static) -> BoxFuture<'static, T> {
    Box::pin(future)
}

impl<S: Shape> IntoFuture for Fetch<S, Eventos> {
    type Output = Result<S::Output>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        run::<S>(self.client, self.query)
    }
}

impl<T: Table, P: Projection<Table = T>> IntoFuture for Select<T, P, Eventos> {
    type Output = Result<Vec<P>>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        run::<shape::Rows<P>>(self.client, self.query)
    }
}

impl<T: Table, P: Projection<Table = T>> IntoFuture for Returning<T, P, Eventos> {
    type Output = Result<Vec<P>>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        run::<shape::Rows<P>>(self.client, self.query)
    }
}

impl<T: Table> IntoFuture for InsertRows<T, Eventos> {
    type Output = Result<()>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        run::<()>(self.client, self.query)
    }
}

/// A write is a future once it is filtered. The second implementation holds for no write at all: it is there so that the
/// compiler, asked to await a write without a filter, says what is missing.
macro_rules! filtered_futures {
    ($($write:ident),*) => { $(
        #[diagnostic::do_not_recommend]
        impl<T: Table> IntoFuture for $write<T, Filtered, Eventos> {
            type Output = Result<()>;
            type IntoFuture = BoxFuture<'static, Self::Output>;

            fn into_future(self) -> Self::IntoFuture {
                run::<()>(self.client, self.query)
            }
        }

        impl<T: Table> Future for $write<T, Unfiltered, Eventos>
        where
            Unfiltered: Bounded<T>,
        {
            type Output = Result<()>;

            fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Self::Output> {
                Poll::Pending
            }
        }
    )* };
}
filtered_futures!(Update, Delete);

impl<R: DeserializeOwned + 'static> IntoFuture for Call<R, Eventos> {
    type Output = Result<R>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        run::<shape::Returned<R>>(self.client, self.query)
    }
}
