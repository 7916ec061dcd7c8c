//! The token that a request carries, and whoever provides it.

use std::fmt;

use crate::error::Result;
use crate::host::{BoxFuture, MaybeSync};

/// A user's access token, a JWT. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct AccessToken(String);

impl AccessToken {
    /// Wraps a token as the auth server gave it.
    pub fn new(token: impl Into<String>) -> AccessToken {
        AccessToken(token.into())
    }

    /// The token itself. It is a secret: whoever has it is the user until it expires.
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
/// It is asked before every request, so it should answer from memory while the token lasts.
pub trait TokenProvider: MaybeSync {
    /// The token; `None` to ask as a visitor. A client with the service's key then fails as
    /// [`SignedOut`](crate::ErrorKind::SignedOut): it must not become the service because nobody is signed in.
    ///
    /// # Errors
    ///
    /// [`Error::signed_out`](crate::Error::signed_out) where a user was expected and the session has ended.
    fn access_token(&self) -> BoxFuture<'_, Result<Option<AccessToken>>>;
}

impl TokenProvider for AccessToken {
    fn access_token(&self) -> BoxFuture<'_, Result<Option<AccessToken>>> {
        Box::pin(std::future::ready(Ok(Some(self.clone()))))
    }
}
