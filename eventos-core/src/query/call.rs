//! Calling functions of the database.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::DeserializeOwned;

use super::fetch::Fetch;
use super::shape::Returned;
use super::{Action, Answer, Query, Target, settings};
use crate::error::{Error, Result};

/// How a function is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Method {
    /// With its arguments in the URL, where logs keep them; for functions that change nothing (`stable`, `immutable`).
    Get,
    /// With its arguments in the body.
    #[default]
    Post,
}

/// A call of a database function that returns `R`. With a client, `await` it.
///
/// Start it with [`Eventos::call`](crate::Eventos::call), or with [`new`](Call::new) for its request alone. It is a POST unless
/// [`method`](Call::method) says otherwise:
///
/// ```
/// use eventos_core::query::{Call, Method};
/// use serde_json::json;
///
/// let call = Call::<i64>::new("seats_left", json!({ "event_id": "e1111111-1111-4111-8111-111111111111" }))?;
/// let request = call.clone().to_request()?;
/// assert_eq!(request.target(), "/rpc/seats_left");
/// assert_eq!(request.body.as_deref(), Some(r#"{"event_id":"e1111111-1111-4111-8111-111111111111"}"#));
///
/// let request = call.method(Method::Get).to_request()?;
/// assert_eq!(request.target(), "/rpc/seats_left?event_id=e1111111-1111-4111-8111-111111111111");
/// # Ok::<(), eventos_core::Error>(())
/// ```
#[must_use = "nothing is sent until it is awaited"]
pub struct Call<R, C = ()> {
    pub(crate) query: Query,
    pub(crate) client: C,
    marker: PhantomData<fn() -> R>,
}

impl<R: DeserializeOwned> Call<R> {
    /// A call with arguments by name: anything that serialises as a JSON object.
    ///
    /// ```
    /// use eventos_core::query::Call;
    ///
    /// #[derive(serde::Serialize)]
    /// struct Arguments { days: u32 }
    ///
    /// let call = Call::<Vec<String>>::new("busy_venues", Arguments { days: 30 })?;
    /// assert_eq!(call.to_request()?.body.as_deref(), Some(r#"{"days":30}"#));
    /// assert!(Call::<()>::new("busy_venues", 30).is_err());
    /// # Ok::<(), eventos_core::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) where `arguments` is no object.
    pub fn new(function: impl Into<Cow<'static, str>>, arguments: impl serde::Serialize) -> Result<Call<R>> {
        Call::with_client(function, arguments, ())
    }
}

impl<R: DeserializeOwned, C> Call<R, C> {
    pub(crate) fn with_client(
        function: impl Into<Cow<'static, str>>,
        arguments: impl serde::Serialize,
        client: C,
    ) -> Result<Call<R, C>> {
        let function = function.into();
        let arguments = match serde_json::to_value(arguments) {
            Ok(serde_json::Value::Object(arguments)) => arguments,
            Ok(serde_json::Value::Null) => serde_json::Map::new(),
            Ok(_) => return Err(Error::invalid_input(function, "arguments go by name: pass an object")),
            Err(problem) => return Err(Error::invalid_input(function, problem.to_string())),
        };
        let action = Action::Call { function, arguments, method: Method::default() };
        Ok(Call { query: Query::new(Target::Function, action, Answer::Value), client, marker: PhantomData })
    }

    /// Calls it with GET or POST.
    pub fn method(mut self, method: Method) -> Self {
        if let Action::Call { method: current, .. } = &mut self.query.action {
            *current = method;
        }
        self
    }

    /// Lets a failed connection repeat the call, because its arguments hold an id of the caller's own by which the
    /// function recognises a repeat.
    pub fn repeatable(mut self) -> Self {
        self.query.settings.is_repeatable = true;
        self
    }

    /// The finished call.
    pub fn fetch(self) -> Fetch<Returned<R>, C> {
        Fetch::new(self.query, self.client)
    }
}

settings! {
    impl<R, C> Call<R, C>;
}

impl<R, C: Clone> Clone for Call<R, C> {
    fn clone(&self) -> Self {
        Call { query: self.query.clone(), client: self.client.clone(), marker: PhantomData }
    }
}

impl<R, C> fmt::Debug for Call<R, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.query.fmt(f)
    }
}
