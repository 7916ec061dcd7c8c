//! Where a session is kept between requests and between runs of an app.

use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::Session;
use crate::error::Result;
use crate::host::{BoxFuture, MaybeSync};

/// Keeps one session: in memory, in a file, in a browser's storage, in a phone's keychain.
///
/// [`Auth`](super::Auth) reads it at its first use and before each refresh, and writes it when the session changes; it
/// never runs two of these calls at a time. Whoever shares a store shares its session: where a second process has
/// refreshed it or signed out, the first follows.
///
/// A store on a platform that keeps texts stores [`Session::to_json`] and reads it with [`Session::from_json`].
///
/// ```
/// use eventos_core::auth::{Session, SessionStore};
/// use eventos_core::{Error, Result, host::BoxFuture};
///
/// /// Somewhere that keeps a secret text.
/// struct Keychain;
///
/// impl Keychain {
///     fn get(&self) -> Result<Option<String>, &'static str> { Ok(None) }
///     fn set(&self, _text: &str) -> Result<(), &'static str> { Ok(()) }
///     fn delete(&self) -> Result<(), &'static str> { Ok(()) }
/// }
///
/// impl SessionStore for Keychain {
///     fn load(&self) -> BoxFuture<'_, Result<Option<Session>>> {
///         Box::pin(async { self.get().map_err(Error::storage)?.as_deref().map(Session::from_json).transpose() })
///     }
///     fn save<'a>(&'a self, session: &'a Session) -> BoxFuture<'a, Result<()>> {
///         Box::pin(async { self.set(&session.to_json()).map_err(Error::storage) })
///     }
///     fn clear(&self) -> BoxFuture<'_, Result<()>> {
///         Box::pin(async { self.delete().map_err(Error::storage) })
///     }
/// }
/// ```
pub trait SessionStore: MaybeSync {
    /// The session that is kept, or `None`.
    ///
    /// # Errors
    ///
    /// [`Error::storage`](crate::Error::storage) where it cannot be read. Until a sign-in replaces it, or a sign-out
    /// removes it, every request then fails with this error: nobody becomes a visitor unawares.
    fn load(&self) -> BoxFuture<'_, Result<Option<Session>>>;

    /// Keeps a session in place of the one before. After a failure the one before must still be there.
    ///
    /// # Errors
    ///
    /// [`Error::storage`](crate::Error::storage). A sign-in then fails with it. After a refresh the new session goes on
    /// in memory.
    fn save<'a>(&'a self, session: &'a Session) -> BoxFuture<'a, Result<()>>;

    /// Forgets the session. It is no error if there is none.
    ///
    /// # Errors
    ///
    /// [`Error::storage`](crate::Error::storage) where it may still be there.
    fn clear(&self) -> BoxFuture<'_, Result<()>>;
}

/// Keeps the session for as long as the process lives.
///
/// ```
/// use std::sync::Arc;
/// use eventos_core::auth::{Auth, MemoryStore, SessionStore};
///
/// # use eventos_core::host::RecordingHost;
/// # let host = std::sync::Arc::new(RecordingHost::starting_at("2025-06-15T09:00:00Z".parse().unwrap()));
/// # let grant = |name: &str| format!(
/// #     r#"{{"access_token":"access-{name}","refresh_token":"refresh-{name}","expires_in":3600,
/// #          "user":{{"id":"22222222-2222-4222-8222-222222222222","email":"michael@example.com"}}}}"#
/// # );
/// # host.answer(200, &grant("first"));
/// # futures_util::FutureExt::now_or_never(async {
/// let store = Arc::new(MemoryStore::new());
/// let auth = Auth::builder("https://example.supabase.co", "your-anon-key")
/// #     .host(host.clone())
///     .store(store.clone())
///     .build()?;
/// auth.sign_in_with_password("michael@example.com", "correct horse").await?;
/// assert_eq!(store.load().await?, auth.session().await?);
/// # Ok::<(), eventos_core::Error>(())
/// # }).unwrap()?;
/// # Ok::<(), eventos_core::Error>(())
/// ```
#[derive(Default)]
pub struct MemoryStore {
    session: Mutex<Option<Session>>,
}

impl MemoryStore {
    /// An empty one.
    ///
    /// [`MemoryStore`] has an example.
    pub fn new() -> MemoryStore {
        MemoryStore::default()
    }

    fn session(&self) -> MutexGuard<'_, Option<Session>> {
        self.session.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl SessionStore for MemoryStore {
    fn load(&self) -> BoxFuture<'_, Result<Option<Session>>> {
        Box::pin(async { Ok(self.session().clone()) })
    }

    fn save<'a>(&'a self, session: &'a Session) -> BoxFuture<'a, Result<()>> {
        Box::pin(async {
            *self.session() = Some(session.clone());
            Ok(())
        })
    }

    fn clear(&self) -> BoxFuture<'_, Result<()>> {
        Box::pin(async {
            *self.session() = None;
            Ok(())
        })
    }
}

impl fmt::Debug for MemoryStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryStore").field("session", &*self.session()).finish()
    }
}
