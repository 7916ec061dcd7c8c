//! The token that a request carries, and whoever provides it.

use std::fmt;

use crate::error::Result;
use crate::host::{BoxFuture, MaybeSync};

/// A user's access token, a JWT. `Debug` does not show it.
///
/// ```
/// use eventos_core::auth::AccessToken;
///
/// let token = AccessToken::new("eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmVk");
/// assert_eq!(format!("{token:?}"), "AccessToken(…)");
/// ```
///
/// It is a [`TokenProvider`] that never changes: nobody refreshes it, and once it has expired the server refuses it.
/// [`Eventos::with_tokens`](crate::Eventos::with_tokens) shows it so.
#[derive(Clone, PartialEq, Eq)]
pub struct AccessToken(String);

impl AccessToken {
    /// Wraps a token as the auth server gave it.
    ///
    /// Nothing is checked here. A request with a token that is empty, or that no header can hold, fails as
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) before it is sent. [`AccessToken`] has an example.
    pub fn new(token: impl Into<String>) -> AccessToken {
        AccessToken(token.into())
    }

    /// The token itself. It is a secret: whoever has it is the user until it expires.
    ///
    /// ```
    /// use eventos_core::auth::AccessToken;
    ///
    /// /// For a request of your own to the same project, such as one for a file.
    /// fn authorization(token: &AccessToken) -> String {
    ///     format!("Bearer {}", token.expose())
    /// }
    /// # assert_eq!(authorization(&AccessToken::new("e30.e30.c2ln")), "Bearer e30.e30.c2ln");
    /// ```
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AccessToken(…)")
    }
}

/// Whoever knows the user's current access token: [`Auth`](super::Auth), or a service with sign-in of its own.
///
/// It is asked before every request, so it should answer from memory while the token lasts. The time that it takes
/// counts towards the request's limit.
///
/// ```
/// use std::sync::{Arc, Mutex};
/// use eventos_core::auth::{AccessToken, TokenProvider};
/// use eventos_core::host::BoxFuture;
/// use eventos_core::{Caller, Error, Eventos, Result};
///
/// /// The sign-in of a shop that has its own.
/// #[derive(Default)]
/// struct ShopLogin {
///     token: Mutex<Option<AccessToken>>,
/// }
///
/// impl TokenProvider for ShopLogin {
///     fn access_token(&self) -> BoxFuture<'_, Result<Option<AccessToken>>> {
///         let token = self.token.lock().map(|token| token.clone());
///         let token = token.map_err(|_| Error::signed_out("the shop lost its sign-in: sign in again"));
///         Box::pin(std::future::ready(token))
///     }
/// }
///
/// # use eventos_core::host::RecordingHost;
/// # let host = std::sync::Arc::new(RecordingHost::starting_at("2025-06-15T09:00:00Z".parse().unwrap()));
/// # futures_util::FutureExt::now_or_never(async {
/// # let jwt = "e30.eyJzdWIiOiIyMjIyMjIyMi0yMjIyLTQyMjItODIyMi0yMjIyMjIyMjIyMjIifQ.c2ln";
/// let login = Arc::new(ShopLogin::default());
/// let eventos = Eventos::builder("https://example.supabase.co", "your-anon-key")
/// #     .host(host.clone())
///     .tokens(login.clone())
///     .build()?;
/// assert_eq!(eventos.caller().await?, Caller::Visitor);
///
/// *login.token.lock().unwrap() = Some(AccessToken::new(jwt));
/// assert!(matches!(eventos.caller().await?, Caller::User(_)));
/// # Ok::<(), eventos_core::Error>(())
/// # }).unwrap()?;
/// # Ok::<(), eventos_core::Error>(())
/// ```
pub trait TokenProvider: MaybeSync {
    /// The token; `None` to ask as a visitor. A client with the service's key then fails as
    /// [`SignedOut`](crate::ErrorKind::SignedOut): it must not become the service because nobody is signed in.
    ///
    /// [`TokenProvider`] has an example.
    ///
    /// # Errors
    ///
    /// [`Error::signed_out`](crate::Error::signed_out) where a user was expected and the session has ended. Whatever it
    /// fails with, the request fails with, and is not sent.
    fn access_token(&self) -> BoxFuture<'_, Result<Option<AccessToken>>>;
}

impl TokenProvider for AccessToken {
    fn access_token(&self) -> BoxFuture<'_, Result<Option<AccessToken>>> {
        Box::pin(std::future::ready(Ok(Some(self.clone()))))
    }
}
