//! Who is asking: accounts, sessions, and the access token that a request carries.
//!
//! A client brings its own sign-in, [`Eventos::auth`](crate::Eventos::auth): after it, every request carries the user's
//! token, which is refreshed in the last minute before it expires.
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
/// - A token in its last minute, or in its last half where it lasts less than two minutes: it is refreshed first. Where
///   that fails for now (no connection, a busy server), the old token is used for as long as it lasts, and no
///   other refresh is tried for 10 s; after that the request fails with the reason, and the session stays.
/// - A refresh that the server refuses: the session has ended. Those who waited fail as
///   [`SignedOut`](crate::ErrorKind::SignedOut), the store is cleared, and later requests are a visitor's. Where the
///   store holds another session by then, from a process that was faster, that one is used instead.
///
/// ```
/// use std::sync::Arc;
/// use eventos_core::{Caller, Eventos, auth::{Auth, MemoryStore}};
///
/// # use eventos_core::host::RecordingHost;
/// # let host = std::sync::Arc::new(RecordingHost::starting_at("2025-06-15T09:00:00Z".parse().unwrap()));
/// # host.answer(
/// #     200,
/// #     r#"{"access_token":"e30.eyJzdWIiOiIyMjIyMjIyMi0yMjIyLTQyMjItODIyMi0yMjIyMjIyMjIyMjIifQ.c2ln",
/// #         "refresh_token":"r","expires_in":3600,"user":{"id":"22222222-2222-4222-8222-222222222222"}}"#,
/// # );
/// # futures_util::FutureExt::now_or_never(async {
/// let (url, key) = ("https://example.supabase.co", "your-anon-key");
/// let auth = Auth::builder(url, key)
/// #     .host(host.clone())
///     .store(Arc::new(MemoryStore::new()))
///     .build()?;
/// let session = auth.sign_in_with_password("michael@example.com", "correct horse").await?;
///
/// let eventos = Eventos::builder(url, key)
/// #     .host(host.clone())
///     .tokens(Arc::new(auth.clone()))
///     .build()?;
/// assert_eq!(eventos.caller().await?, Caller::User(session.user_id()));
/// # Ok::<(), eventos_core::Error>(())
/// # }).unwrap()?;
/// # Ok::<(), eventos_core::Error>(())
/// ```
#[derive(Clone)]
pub struct Auth {
    inner: Arc<Inner>,
}

struct Inner {
    server: AuthServer,
    current: Current,
}

/// Which sessions of a user a sign-out ends; the one of this store unless another is named.
///
/// ```
/// use eventos_core::auth::SignOutScope;
///
/// assert_eq!(SignOutScope::default(), SignOutScope::ThisSession);
/// ```
///
/// [`Auth::sign_out_of`] takes it.
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
    ///
    /// [`Builder`] shows every setting.
    pub fn builder(url: impl Into<String>, key: impl Into<String>) -> Builder {
        Builder::new(url.into(), key.into())
    }

    /// Makes an account; await it, after adding what it should start with.
    ///
    /// ```
    /// use eventos_core::auth::{Auth, SignUp};
    ///
    /// # use eventos_core::host::RecordingHost;
    /// # let host = std::sync::Arc::new(RecordingHost::starting_at("2025-06-15T09:00:00Z".parse().unwrap()));
    /// # host.answer(200, r#"{"id":"11111111-1111-4111-8111-111111111111","email":"sarah@example.com"}"#);
    /// # let auth = Auth::builder("https://example.supabase.co", "your-anon-key").host(host.clone()).build()?;
    /// # futures_util::FutureExt::now_or_never(async {
    /// match auth.sign_up("sarah@example.com", "correct horse").full_name("Sarah Johnson").await? {
    ///     SignUp::SignedIn(session) => println!("welcome, {}", session.user_id()),
    ///     SignUp::ConfirmEmail(_) => println!("please follow the link in the e-mail that we sent you"),
    /// }
    /// # assert_eq!(host.exchanges()[0].request.target(), "/signup");
    /// # Ok::<(), eventos_core::Error>(())
    /// # }).unwrap()?;
    /// # Ok::<(), eventos_core::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Awaiting it fails as [`InvalidInput`](crate::ErrorKind::InvalidInput) where the e-mail or the password is empty;
    /// [`Server`](crate::ErrorKind::Server) with the code `user_already_exists`, `weak_password` or another of the auth
    /// server's; [`Connect`](crate::ErrorKind::Connect) or [`Timeout`](crate::ErrorKind::Timeout) where no answer came,
    /// though the account may be there; [`Decode`](crate::ErrorKind::Decode) where the answer is not an auth server's;
    /// [`Storage`](crate::ErrorKind::Storage) where the session cannot be kept: the account is there, and nobody is
    /// signed in.
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
    /// ```
    /// use eventos_core::auth::Auth;
    ///
    /// # use eventos_core::host::RecordingHost;
    /// # let host = std::sync::Arc::new(RecordingHost::starting_at("2025-06-15T09:00:00Z".parse().unwrap()));
    /// # host.answer(400, r#"{"code":400,"error_code":"invalid_credentials","msg":"Invalid login credentials"}"#);
    /// # let auth = Auth::builder("https://example.supabase.co", "your-anon-key").host(host.clone()).build()?;
    /// # futures_util::FutureExt::now_or_never(async {
    /// match auth.sign_in_with_password("michael@example.com", "wrong horse").await {
    ///     Ok(session) => println!("welcome, {}", session.user_id()),
    ///     Err(error) if error.code() == "invalid_credentials" => println!("wrong e-mail or password"),
    ///     Err(error) => return Err(error),
    /// }
    /// assert_eq!(auth.session().await?, None);
    /// # Ok::<(), eventos_core::Error>(())
    /// # }).unwrap()?;
    /// # Ok::<(), eventos_core::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Server`](crate::ErrorKind::Server) with the code `invalid_credentials` where the e-mail or the password is
    /// wrong, `email_not_confirmed` before the e-mail is confirmed; [`InvalidInput`](crate::ErrorKind::InvalidInput)
    /// where one of them is empty; [`Connect`](crate::ErrorKind::Connect) or [`Timeout`](crate::ErrorKind::Timeout)
    /// where no answer came; [`Decode`](crate::ErrorKind::Decode) where the answer is not an auth server's;
    /// [`Storage`](crate::ErrorKind::Storage) where the session cannot be kept, and then it is not used.
    pub async fn sign_in_with_password(&self, email: &str, password: &str) -> Result<Session> {
        check_credentials(email, password)?;
        let session = self.inner.server.sign_in(email, password).await?;
        self.inner.current.sign_in(Arc::new(session.clone())).await?;
        Ok(session)
    }

    /// Ends the session, here and on the server. It is no error if there is none.
    ///
    /// ```
    /// use eventos_core::auth::Auth;
    ///
    /// # use eventos_core::host::RecordingHost;
    /// # let host = std::sync::Arc::new(RecordingHost::starting_at("2025-06-15T09:00:00Z".parse().unwrap()));
    /// # let grant = |name: &str| format!(
    /// #     r#"{{"access_token":"access-{name}","refresh_token":"refresh-{name}","expires_in":3600,
    /// #          "user":{{"id":"22222222-2222-4222-8222-222222222222","email":"michael@example.com"}}}}"#
    /// # );
    /// # host.answer(200, &grant("first"));
    /// # host.answer(204, "");
    /// # let auth = Auth::builder("https://example.supabase.co", "your-anon-key").host(host.clone()).build()?;
    /// # futures_util::FutureExt::now_or_never(async {
    /// # auth.sign_in_with_password("michael@example.com", "correct horse").await?;
    /// auth.sign_out().await?;
    /// assert_eq!(auth.session().await?, None);
    /// # assert_eq!(host.exchanges()[1].request.target(), "/logout?scope=local");
    /// # Ok::<(), eventos_core::Error>(())
    /// # }).unwrap()?;
    /// # Ok::<(), eventos_core::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Storage`](crate::ErrorKind::Storage) where the store could not forget; otherwise whatever kept the server from
    /// being told. Nobody is signed in any more in either case, until the app runs again and finds what its store did
    /// not forget.
    pub async fn sign_out(&self) -> Result<()> {
        self.sign_out_of(SignOutScope::ThisSession).await
    }

    /// Ends this session, others of the same user, or both.
    ///
    /// Where nobody is signed in here, there is no user whose other sessions could be ended.
    ///
    /// ```
    /// use eventos_core::auth::{Auth, SignOutScope};
    ///
    /// # use eventos_core::host::RecordingHost;
    /// # let host = std::sync::Arc::new(RecordingHost::starting_at("2025-06-15T09:00:00Z".parse().unwrap()));
    /// # let grant = |name: &str| format!(
    /// #     r#"{{"access_token":"access-{name}","refresh_token":"refresh-{name}","expires_in":3600,
    /// #          "user":{{"id":"22222222-2222-4222-8222-222222222222","email":"michael@example.com"}}}}"#
    /// # );
    /// # host.answer(200, &grant("first"));
    /// # host.answer(204, "");
    /// # let auth = Auth::builder("https://example.supabase.co", "your-anon-key").host(host.clone()).build()?;
    /// # futures_util::FutureExt::now_or_never(async {
    /// # auth.sign_in_with_password("michael@example.com", "correct horse").await?;
    /// // A phone was lost: everything but this device has to sign in again.
    /// auth.sign_out_of(SignOutScope::OtherSessions).await?;
    /// assert!(auth.session().await?.is_some());
    /// # assert_eq!(host.exchanges()[1].request.target(), "/logout?scope=others");
    /// # Ok::<(), eventos_core::Error>(())
    /// # }).unwrap()?;
    /// # Ok::<(), eventos_core::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`sign_out`](Auth::sign_out). [`OtherSessions`](SignOutScope::OtherSessions) fails as
    /// [`session`](Auth::session) instead, as [`SignedOut`](crate::ErrorKind::SignedOut) where nobody is signed in, and
    /// with what the server answers; such an answer leaves this session as it is.
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
            match server.sign_out(session, scope).await {
                // By the server's clock the token is over, and it takes a new one to end the session.
                Err(error) if error.code() == "bad_jwt" => self.revoke_anew(session, scope).await,
                answer => answer,
            }
        } else {
            self.revoke_anew(session, scope).await
        };
        answer.or_else(|error| if is_refusal(&error) { Ok(()) } else { Err(error) })
    }

    async fn revoke_anew(&self, session: &Session, scope: SignOutScope) -> Result<()> {
        let session = self.inner.server.refresh(session).await?;
        self.inner.server.sign_out(&session, scope).await
    }

    /// The session, refreshed where it was near its end; `None` where nobody is signed in.
    ///
    /// ```
    /// use eventos_core::auth::Auth;
    ///
    /// # use eventos_core::host::RecordingHost;
    /// # let host = std::sync::Arc::new(RecordingHost::starting_at("2025-06-15T09:00:00Z".parse().unwrap()));
    /// # let grant = |name: &str| format!(
    /// #     r#"{{"access_token":"access-{name}","refresh_token":"refresh-{name}","expires_in":3600,
    /// #          "user":{{"id":"22222222-2222-4222-8222-222222222222","email":"michael@example.com"}}}}"#
    /// # );
    /// # host.answer(200, &grant("first"));
    /// # let auth = Auth::builder("https://example.supabase.co", "your-anon-key").host(host.clone()).build()?;
    /// # futures_util::FutureExt::now_or_never(async {
    /// # auth.sign_in_with_password("michael@example.com", "correct horse").await?;
    /// match auth.session().await? {
    ///     Some(session) => println!("signed in as {}", session.email().unwrap_or("somebody without an e-mail")),
    ///     None => println!("please sign in"),
    /// }
    /// # assert_eq!(auth.session().await?.unwrap().email(), Some("michael@example.com"));
    /// # assert_eq!(host.exchanges().len(), 1);
    /// # Ok::<(), eventos_core::Error>(())
    /// # }).unwrap()?;
    /// # Ok::<(), eventos_core::Error>(())
    /// ```
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
    /// ```
    /// use eventos_core::auth::Auth;
    ///
    /// # use eventos_core::host::RecordingHost;
    /// # let host = std::sync::Arc::new(RecordingHost::starting_at("2025-06-15T09:00:00Z".parse().unwrap()));
    /// # let grant = |name: &str| format!(
    /// #     r#"{{"access_token":"access-{name}","refresh_token":"refresh-{name}","expires_in":3600,
    /// #          "user":{{"id":"22222222-2222-4222-8222-222222222222","email":"michael@example.com"}}}}"#
    /// # );
    /// # host.answer(200, &grant("first"));
    /// # host.answer(200, &grant("second"));
    /// # let auth = Auth::builder("https://example.supabase.co", "your-anon-key").host(host.clone()).build()?;
    /// # futures_util::FutureExt::now_or_never(async {
    /// # auth.sign_in_with_password("michael@example.com", "correct horse").await?;
    /// let before = auth.session().await?.expect("somebody is signed in");
    /// let after = auth.refresh().await?;
    /// assert_eq!(after.user_id(), before.user_id());
    /// assert_ne!(after.access_token(), before.access_token());
    /// # Ok::<(), eventos_core::Error>(())
    /// # }).unwrap()?;
    /// # Ok::<(), eventos_core::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`SignedOut`](crate::ErrorKind::SignedOut) where nobody is signed in, or where the session has just ended;
    /// [`Storage`](crate::ErrorKind::Storage) where it cannot be read; whatever made the refresh fail, also where the
    /// present token still lasts, which goes on being used then. Where the new session cannot be stored, the error says
    /// so and the session is used all the same, until the process ends.
    pub async fn refresh(&self) -> Result<Session> {
        let session = self.inner.current.refresh().await?;
        session.map(|session| Session::clone(&session)).ok_or_else(nobody)
    }

    /// The signed-in user's account, as the server knows it now.
    ///
    /// ```
    /// use eventos_core::auth::Auth;
    ///
    /// # use eventos_core::host::RecordingHost;
    /// # let host = std::sync::Arc::new(RecordingHost::starting_at("2025-06-15T09:00:00Z".parse().unwrap()));
    /// # let grant = |name: &str| format!(
    /// #     r#"{{"access_token":"access-{name}","refresh_token":"refresh-{name}","expires_in":3600,
    /// #          "user":{{"id":"22222222-2222-4222-8222-222222222222","email":"michael@example.com"}}}}"#
    /// # );
    /// # host.answer(200, &grant("first"));
    /// # host.answer(200, r#"{"id":"22222222-2222-4222-8222-222222222222","email_confirmed_at":null}"#);
    /// # let auth = Auth::builder("https://example.supabase.co", "your-anon-key").host(host.clone()).build()?;
    /// # futures_util::FutureExt::now_or_never(async {
    /// # auth.sign_in_with_password("michael@example.com", "correct horse").await?;
    /// let user = auth.user().await?;
    /// if user.email_confirmed_at.is_none() {
    ///     println!("please follow the link in the e-mail that we sent you");
    /// }
    /// # assert_eq!(user.email_confirmed_at, None);
    /// # assert_eq!(host.exchanges()[1].request.header("authorization"), Some("Bearer access-first"));
    /// # Ok::<(), eventos_core::Error>(())
    /// # }).unwrap()?;
    /// # Ok::<(), eventos_core::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`SignedOut`](crate::ErrorKind::SignedOut) where nobody is signed in; otherwise as [`session`](Auth::session),
    /// and what the server answers.
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
