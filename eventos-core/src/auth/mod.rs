//! Who is asking: accounts, sessions, and the access token that a request carries.
//!
//! A client brings its own sign-in, [`Eventos::auth`](crate::Eventos::auth): after it, every request carries the user's
//! token, which is refreshed shortly before it expires.
//!
//! ```no_run
//! # #[cfg(feature = "native")]
//! # async fn run() -> eventos_core::Result<()> {
//! use eventos_core::{Eventos, Order, auth::FileStore};
//!
//! let eventos = Eventos::builder("https://example.supabase.co", "your-anon-key")
//!     .sessions(std::sync::Arc::new(FileStore::new("session.json")))
//!     .build()?;
//!
//! eventos.auth()?.sign_in_with_password("michael@example.com", "correct horse").await?;
//! let mine = eventos.orders().select::<Order>().limit(20).await?;
//! eventos.auth()?.sign_out().await?;
//! # Ok(())
//! # }
//! ```
//!
//! [`Auth`] stands on its own too, and whoever has sign-in of their own implements [`TokenProvider`].

mod account;
mod auth_server;
mod config;
mod current;
#[cfg(feature = "native")]
mod file_store;
mod session;
mod store;
mod token;

#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::Arc;

use serde_json::{Map, Value};

pub use account::{NewAccount, SignUp, User};
pub use config::Builder;
#[cfg(feature = "native")]
pub use file_store::FileStore;
pub use session::Session;
pub use store::{MemoryStore, SessionStore};
pub use token::{AccessToken, TokenProvider};

use crate::error::{Error, Result};
use crate::host::{BoxFuture, Server};
use auth_server::{AuthServer, is_refusal};
use current::Current;

/// Sign-up, sign-in and sign-out, and the session in between.
///
/// It is cheap to clone, and clones share the session. However many requests need a new token at once, one refresh is
/// sent and all wait for it; a caller who stops waiting disturbs neither the refresh nor the others.
///
/// What a request meets:
///
/// - No session: it goes out as a visitor's.
/// - A token that lasts: it is used, from memory.
/// - A token near its end: it is refreshed first. Where that fails for now (no connection, a busy server), the old token is
///   used for as long as it lasts, and after that the request fails with the reason; the session stays.
/// - A refresh that the server refuses: the session has ended. Those who waited fail as
///   [`SignedOut`](crate::ErrorKind::SignedOut), the store is cleared, and later requests are a visitor's. Where the store
///   holds another session by then, from a process that was faster, that one is used instead.
///
/// ```no_run
/// use std::sync::Arc;
/// use eventos_core::{Eventos, auth::{Auth, MemoryStore}};
///
/// # async fn run() -> eventos_core::Result<()> {
/// let (url, key) = ("https://example.supabase.co", "your-anon-key");
/// let auth = Auth::builder(url, key).store(Arc::new(MemoryStore::new())).build()?;
/// let session = auth.sign_in_with_password("michael@example.com", "correct horse").await?;
/// println!("signed in as {}", session.user_id());
///
/// let eventos = Eventos::builder(url, key).tokens(Arc::new(auth.clone())).build()?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Auth {
    inner: Arc<Inner>,
}

struct Inner {
    server: AuthServer,
    current: Current,
}

/// Which sessions of a user a sign-out ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum SignOutScope {
    /// The one of this store.
    #[default]
    ThisSession,
    /// All of them, on every device.
    AllSessions,
    /// All but this one.
    OtherSessions,
}

impl Auth {
    /// Where the auth server begins below a project's URL.
    pub(crate) const PATH: &str = "/auth/v1";

    pub(crate) fn new(server: Server, path: &str, store: Arc<dyn SessionStore>) -> Auth {
        let server = AuthServer::new(server, path);
        Auth { inner: Arc::new(Inner { current: Current::new(server.clone(), store), server }) }
    }

    /// Starts to configure sign-in at the server at `url` with its API key for visitors.
    pub fn builder(url: impl Into<String>, key: impl Into<String>) -> Builder {
        Builder::new(url.into(), key.into())
    }

    /// Makes an account; await it, after adding what it should start with.
    ///
    /// ```no_run
    /// use eventos_core::auth::{Auth, SignUp};
    ///
    /// # async fn run(auth: Auth) -> eventos_core::Result<()> {
    /// match auth.sign_up("sarah@example.com", "correct horse").full_name("Sarah Johnson").await? {
    ///     SignUp::SignedIn(session) => println!("welcome, {}", session.user_id()),
    ///     SignUp::ConfirmEmail(_) => println!("please follow the link in the e-mail that we sent you"),
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) where the e-mail or the password is empty;
    /// [`Server`](crate::ErrorKind::Server) with the code `user_already_exists`, `weak_password` or another of the auth
    /// server's; a store or connection that fails.
    pub fn sign_up(&self, email: impl Into<String>, password: impl Into<String>) -> NewAccount {
        NewAccount::new(self.clone(), email.into(), password.into())
    }

    async fn create_account(&self, email: &str, password: &str, metadata: Map<String, Value>) -> Result<SignUp> {
        check_credentials(email, password)?;
        let outcome = self.inner.server.sign_up(email, password, metadata).await?;
        if let SignUp::SignedIn(session) = &outcome {
            self.inner.current.sign_in(Arc::new(session.clone())).await?;
        }
        Ok(outcome)
    }

    /// Signs a user in. Their session takes the place of the one before.
    ///
    /// # Errors
    ///
    /// [`Server`](crate::ErrorKind::Server) with the code `invalid_credentials` where the e-mail or the password is wrong,
    /// `email_not_confirmed` before the e-mail is confirmed; [`InvalidInput`](crate::ErrorKind::InvalidInput) where one of
    /// them is empty; [`Storage`](crate::ErrorKind::Storage) where the session cannot be kept, and then it is not used.
    pub async fn sign_in_with_password(&self, email: &str, password: &str) -> Result<Session> {
        check_credentials(email, password)?;
        let session = self.inner.server.sign_in(email, password).await?;
        self.inner.current.sign_in(Arc::new(session.clone())).await?;
        Ok(session)
    }

    /// Ends the session, here and on the server. It is no error if there is none.
    ///
    /// # Errors
    ///
    /// Where the server could not be told or the store could not forget. Nobody is signed in any more in either case.
    pub async fn sign_out(&self) -> Result<()> {
        self.sign_out_of(SignOutScope::ThisSession).await
    }

    /// Ends this session, others of the same user, or both.
    ///
    /// # Errors
    ///
    /// As [`sign_out`](Auth::sign_out); with [`OtherSessions`](SignOutScope::OtherSessions) also
    /// [`SignedOut`](crate::ErrorKind::SignedOut) where nobody is signed in.
    pub async fn sign_out_of(&self, scope: SignOutScope) -> Result<()> {
        if scope == SignOutScope::OtherSessions {
            let session = self.signed_in().await?;
            return self.inner.server.sign_out(&session, scope).await;
        }
        let (ended, forgotten) = self.inner.current.sign_out().await;
        let revoked = match ended {
            Some(session) => self.revoke(&session, scope).await,
            None => Ok(()),
        };
        forgotten.and(revoked)
    }

    /// Has the server end a session that is no longer used here; one that it does not know any more is at its end.
    async fn revoke(&self, session: &Session, scope: SignOutScope) -> Result<()> {
        let server = &self.inner.server;
        let answer = if session.is_valid(server.now()) {
            server.sign_out(session, scope).await
        } else {
            match server.refresh(session).await {
                Ok(session) => server.sign_out(&session, scope).await,
                Err(error) => Err(error),
            }
        };
        answer.or_else(|error| if is_refusal(&error) { Ok(()) } else { Err(error) })
    }

    /// The session, refreshed where it was near its end; `None` where nobody is signed in.
    ///
    /// # Errors
    ///
    /// [`SignedOut`](crate::ErrorKind::SignedOut) where the session has just ended;
    /// [`Storage`](crate::ErrorKind::Storage) where it cannot be read; whatever made a refresh fail where the token no
    /// longer lasts.
    pub async fn session(&self) -> Result<Option<Session>> {
        Ok(self.inner.current.get().await?.map(|session| Session::clone(&session)))
    }

    /// The session with a new access token, also where the present one would last: after a change of rights, say.
    ///
    /// # Errors
    ///
    /// As [`session`](Auth::session), and [`SignedOut`](crate::ErrorKind::SignedOut) where nobody is signed in. Where the new
    /// session cannot be stored, the error says so and the session is used all the same, until the process ends.
    pub async fn refresh(&self) -> Result<Session> {
        let session = self.inner.current.refresh().await?;
        session.map(|session| Session::clone(&session)).ok_or_else(nobody)
    }

    /// The signed-in user's account, as the server knows it now.
    ///
    /// # Errors
    ///
    /// [`SignedOut`](crate::ErrorKind::SignedOut) where nobody is signed in; otherwise as [`session`](Auth::session), and
    /// what the server answers.
    pub async fn user(&self) -> Result<User> {
        let session = self.signed_in().await?;
        self.inner.server.user(session.access_token()).await
    }

    async fn signed_in(&self) -> Result<Arc<Session>> {
        self.inner.current.get().await?.ok_or_else(nobody)
    }
}

impl TokenProvider for Auth {
    fn access_token(&self) -> BoxFuture<'_, Result<Option<AccessToken>>> {
        Box::pin(async { Ok(self.inner.current.get().await?.map(|session| session.access_token().clone())) })
    }
}

impl SignOutScope {
    /// As the auth server calls it.
    const fn as_str(self) -> &'static str {
        match self {
            SignOutScope::ThisSession => "local",
            SignOutScope::AllSessions => "global",
            SignOutScope::OtherSessions => "others",
        }
    }
}

impl fmt::Debug for Auth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Auth").finish_non_exhaustive()
    }
}

fn check_credentials(email: &str, password: &str) -> Result<()> {
    if email.trim().is_empty() {
        return Err(Error::invalid_input("email", "empty: an account has an e-mail"));
    }
    if password.is_empty() {
        return Err(Error::invalid_input("password", "empty: an account has a password"));
    }
    Ok(())
}

fn nobody() -> Error {
    Error::signed_out("nobody is signed in: sign in first")
}
