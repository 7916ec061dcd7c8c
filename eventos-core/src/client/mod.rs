//! The client: one server, one key, and a typed handle for every table.

mod caller;
mod config;
mod execute;
mod pages;

use std::fmt;
use std::sync::Arc;

pub use caller::Caller;
pub use config::Builder;
pub use pages::PageStream;

use crate::auth::{Auth, TokenProvider};
use crate::error::{Error, Result};
use crate::host::{Host, Server};
use crate::query::{Call, Handle, Query};
use crate::schema::{Attendee, Event, EventStats, Order, Profile, Ticket, Venue};
use crate::wire::Response;

/// A client of one EventOS backend: a Supabase project, or PostgREST over the same tables.
///
/// It is cheap to clone, and clones share everything. Handles, such as [`events`](Eventos::events), start queries that are
/// futures once they are complete.
///
/// ```no_run
/// use eventos_core::{Event, EventStatus, Eventos};
///
/// # async fn run() -> eventos_core::Result<()> {
/// # #[cfg(feature = "native")] {
/// let eventos = Eventos::connect("https://example.supabase.co", "your-anon-key")?;
/// let upcoming = eventos
///     .events()
///     .select::<Event>()
///     .filter(Event::STATUS.eq(EventStatus::Published))
///     .order(Event::START_AT.asc())
///     .limit(10)
///     .await?;
/// # }
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Eventos {
    inner: Arc<Inner>,
}

#[derive(Clone)]
struct Inner {
    server: Server,
    rest: String,
    auth: Option<Auth>,
    tokens: Option<Arc<dyn TokenProvider>>,
    /// Who asks where there is no token: whom the key stands for.
    without_token: Caller,
    schema: Option<String>,
    max_rows: u64,
}

impl Eventos {
    /// Starts to configure a client of the server at `url` with an API key.
    ///
    /// [`Builder`] shows every setting.
    pub fn builder(url: impl Into<String>, key: impl Into<String>) -> Builder {
        Builder::new(url.into(), key.into())
    }

    /// A client with the native host and default settings.
    ///
    /// ```
    /// use eventos_core::Eventos;
    ///
    /// let eventos = Eventos::connect("https://example.supabase.co", "your-anon-key")?;
    /// assert!(!format!("{eventos:?}").contains("your-anon-key"));
    /// # Ok::<(), eventos_core::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) where the URL or the key cannot be one;
    /// [`Connect`](crate::ErrorKind::Connect) where TLS cannot be set up on this machine.
    #[cfg(feature = "native")]
    pub fn connect(url: impl Into<String>, key: impl Into<String>) -> Result<Eventos> {
        Eventos::builder(url, key).build()
    }

    /// The same client with other tokens: for a service that acts for many users.
    ///
    /// It shares the host and its connections, so that one for each request costs little. It signs nobody in.
    ///
    /// ```no_run
    /// use std::sync::Arc;
    /// use eventos_core::auth::AccessToken;
    /// use eventos_core::{Eventos, Order};
    ///
    /// # async fn run(eventos: Eventos, bearer: &str) -> eventos_core::Result<()> {
    /// // `bearer` came with a request of the user's; row-level security then shows their orders alone.
    /// let user = eventos.with_tokens(Arc::new(AccessToken::new(bearer)));
    /// let mine = user.orders().select::<Order>().order(Order::CREATED_AT.desc()).limit(20).await?;
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn with_tokens(&self, tokens: Arc<dyn TokenProvider>) -> Eventos {
        let mut inner = Inner::clone(&self.inner);
        (inner.auth, inner.tokens) = (None, Some(tokens));
        Eventos { inner: Arc::new(inner) }
    }

    /// The same client over another host: for a call that its platform can give up, or that it watches.
    ///
    /// It shares the session and its refreshes, which keep to the first host.
    ///
    /// ```
    /// use std::sync::Arc;
    /// use eventos_core::Eventos;
    /// use eventos_core::host::RecordingHost;
    ///
    /// # let first = Arc::new(RecordingHost::starting_at(chrono::DateTime::UNIX_EPOCH));
    /// # let eventos = Eventos::builder("https://example.supabase.co", "your-anon-key").host(first).build()?;
    /// let watching = Arc::new(RecordingHost::starting_at(chrono::DateTime::UNIX_EPOCH));
    /// let watched = eventos.with_host(watching.clone());
    /// assert!(watching.exchanges().is_empty());
    /// # Ok::<(), eventos_core::Error>(())
    /// ```
    #[must_use]
    pub fn with_host(&self, host: Arc<dyn Host>) -> Eventos {
        let mut inner = Inner::clone(&self.inner);
        inner.server.sender.host = host;
        Eventos { inner: Arc::new(inner) }
    }

    /// Sign-up, sign-in and sign-out. What this client sends carries the token of whoever is signed in here.
    ///
    /// ```no_run
    /// use eventos_core::{Eventos, Order};
    ///
    /// # async fn run(eventos: Eventos) -> eventos_core::Result<()> {
    /// eventos.auth()?.sign_in_with_password("michael@example.com", "correct horse").await?;
    /// let mine = eventos.orders().select::<Order>().limit(20).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) where nobody can sign in, because the client is the service's or has
    /// tokens from elsewhere.
    pub fn auth(&self) -> Result<&Auth> {
        self.inner.auth.as_ref().ok_or_else(|| {
            Error::invalid_input(
                "auth",
                "a client with a service key or with tokens from elsewhere signs nobody in: make one with the anon key",
            )
        })
    }

    /// People with accounts.
    pub fn profiles(&self) -> Handle<Profile, Eventos> {
        Handle::new(self.clone())
    }

    /// Places where events happen.
    pub fn venues(&self) -> Handle<Venue, Eventos> {
        Handle::new(self.clone())
    }

    /// Events.
    pub fn events(&self) -> Handle<Event, Eventos> {
        Handle::new(self.clone())
    }

    /// Purchases.
    pub fn orders(&self) -> Handle<Order, Eventos> {
        Handle::new(self.clone())
    }

    /// The people who come.
    pub fn attendees(&self) -> Handle<Attendee, Eventos> {
        Handle::new(self.clone())
    }

    /// Tickets.
    pub fn tickets(&self) -> Handle<Ticket, Eventos> {
        Handle::new(self.clone())
    }

    /// Ticket counts per event.
    pub fn event_stats(&self) -> Handle<EventStats, Eventos> {
        Handle::new(self.clone())
    }

    /// Calls a function of the database with arguments by name.
    ///
    /// ```no_run
    /// use eventos_core::query::Method;
    /// use eventos_core::{EventId, Eventos};
    /// use serde_json::json;
    ///
    /// # async fn run(eventos: Eventos, event: EventId) -> eventos_core::Result<()> {
    /// // A function of your own: `create function seats_left(event_id uuid) returns bigint stable …`.
    /// let left: i64 = eventos.call("seats_left", json!({ "event_id": event }))?.method(Method::Get).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) where `arguments` is no object.
    pub fn call<R: serde::de::DeserializeOwned>(
        &self,
        function: impl Into<std::borrow::Cow<'static, str>>,
        arguments: impl serde::Serialize,
    ) -> Result<Call<R, Eventos>> {
        Call::with_client(function, arguments, self.clone())
    }

    /// Sends a query that was made as a plain value, and gives the server's answer as it is.
    ///
    /// ```no_run
    /// use eventos_core::query::Query;
    /// use eventos_core::{Eventos, Venue};
    ///
    /// # async fn run(eventos: Eventos) -> eventos_core::Result<()> {
    /// let query = Query::from_json(r#"{ "from": "venues", "select": { "*": 1 }, "limit": 5 }"#)?;
    /// let response = eventos.send(&query).await?;
    /// let venues: Vec<Venue> = response.rows()?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [any query](crate::query#errors); an answer with an error status is an error here too.
    pub async fn send(&self, query: &Query) -> Result<Response> {
        let response = self.exchange(query).await?;
        response.accepted()?;
        Ok(response)
    }

    /// The most rows that the server gives in one answer, as [`Builder::max_rows`] set it; 0 for no limit.
    pub fn max_rows(&self) -> u64 {
        self.inner.max_rows
    }

    /// Sends a query that was made as a plain value, and reads the answer as [`Query::read_json`] does.
    ///
    /// ```no_run
    /// use eventos_core::Eventos;
    /// use eventos_core::query::Query;
    ///
    /// # async fn run(eventos: Eventos) -> eventos_core::Result<()> {
    /// let query = Query::from_json(r#"{ "from": "event_stats", "select": { "tickets_sold": 1 }, "limit": 100 }"#)?;
    /// let rows = eventos.fetch_json(&query).await?;
    /// println!("{}", rows[0]["tickets_sold"]);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [any query](crate::query#errors).
    pub async fn fetch_json(&self, query: &Query) -> Result<serde_json::Value> {
        let response = self.exchange(query).await?;
        query.read_json(&response, self.max_rows())
    }

    /// A new random id, for a row, an order or a scan that the caller names itself.
    ///
    /// ```
    /// use eventos_core::{Eventos, OrderId};
    /// # use eventos_core::host::RecordingHost;
    /// # let host = std::sync::Arc::new(RecordingHost::starting_at("2025-06-15T09:00:00Z".parse().unwrap()));
    /// # let eventos = Eventos::builder("https://example.supabase.co", "your-anon-key").host(host).build()?;
    ///
    /// let one: OrderId = eventos.new_id()?;
    /// let other: OrderId = eventos.new_id()?;
    /// assert_ne!(one, other);
    /// # Ok::<(), eventos_core::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Storage`](crate::ErrorKind::Storage) where the host gives no random bytes.
    pub fn new_id<I: From<uuid::Uuid>>(&self) -> Result<I> {
        let mut bytes = [0; 16];
        self.host().fill_random(&mut bytes)?;
        Ok(I::from(uuid::Builder::from_random_bytes(bytes).into_uuid()))
    }

    /// What the platform lends this client.
    ///
    /// For the time by the same clock as the client's: `eventos.host().now()`.
    pub fn host(&self) -> &Arc<dyn Host> {
        &self.inner.server.sender.host
    }
}

impl fmt::Debug for Eventos {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Eventos").field("rest", &self.inner.rest).finish_non_exhaustive()
    }
}
