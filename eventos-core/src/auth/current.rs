//! The session that this process goes by, and the one change to it that may be under way.
//!
//! A change is a future that lies in the shared state. Everyone who needs its outcome polls it, so there is never a second
//! one beside it, a caller who goes away takes nothing with them, and what nobody waited for to its end is finished by
//! whoever comes next. No task is spawned and no lock is held while waiting, so it runs on every executor.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::future::{FutureExt, Shared};

use super::auth_server::{AuthServer, is_refusal};
use super::{Session, SessionStore};
use crate::error::{Error, Result};
use crate::host::BoxFuture;

pub(super) struct Current {
    server: AuthServer,
    store: Arc<dyn SessionStore>,
    state: Mutex<State>,
}

struct State {
    known: Known,
    change: Option<Change>,
}

/// What this process knows about the session.
#[derive(Clone)]
enum Known {
    /// Nothing: the store has not been read.
    Unread,
    SignedOut,
    SignedIn(SignedIn),
}

#[derive(Clone)]
struct SignedIn {
    session: Arc<Session>,
    /// Whether the store holds it too; if not, what the store holds is older.
    is_stored: bool,
    /// Set by a refresh that failed: no other one before this time, as long as the token lasts.
    retry_at: Option<DateTime<Utc>>,
}

/// How long a token that still lasts is used before a refresh that failed is tried again.
const RETRY_PAUSE: TimeDelta = TimeDelta::seconds(10);

#[derive(Clone)]
struct Change {
    task: Task,
    outcome: Shared<BoxFuture<'static, Outcome>>,
}

#[derive(Clone)]
enum Task {
    /// Make sure of a session that lasts, with a refresh where it needs one.
    Renew,
    /// The same, but the present access token will not do.
    Refresh,
    /// Go by this session from now on.
    SignIn(Arc<Session>),
    /// Go by none.
    SignOut,
}

#[derive(Clone)]
struct Outcome {
    /// What is known afterwards.
    known: Known,
    /// The session that a sign-out ended.
    ended: Option<Arc<Session>>,
    result: Result<()>,
}

impl Current {
    pub(super) fn new(server: AuthServer, store: Arc<dyn SessionStore>) -> Current {
        Current { server, store, state: Mutex::new(State { known: Known::Unread, change: None }) }
    }

    /// The session, with an access token that lasts; `None` where nobody is signed in.
    pub(super) async fn get(&self) -> Result<Option<Arc<Session>>> {
        let at_once = self.state().at_once(self.server.now());
        match at_once {
            Some(session) => Ok(session),
            None => self.run(Task::Renew).await.usable(self.server.now()),
        }
    }

    /// The session, with another access token than the present one.
    pub(super) async fn refresh(&self) -> Result<Option<Arc<Session>>> {
        let Outcome { known, result, .. } = self.run(Task::Refresh).await;
        result.map(|()| known.session())
    }

    pub(super) async fn sign_in(&self, session: Arc<Session>) -> Result<()> {
        self.run(Task::SignIn(session)).await.result
    }

    /// Forgets the session and gives it back, with whether the store could forget it too.
    pub(super) async fn sign_out(&self) -> (Option<Arc<Session>>, Result<()>) {
        let Outcome { ended, result, .. } = self.run(Task::SignOut).await;
        (ended, result)
    }

    /// Has a task done: by the change under way where that serves, else by one of its own when its turn comes.
    async fn run(&self, task: Task) -> Outcome {
        loop {
            let (change, is_served) = self.join_or_begin(&task);
            let outcome = change.outcome.clone().await;
            self.settle(&change, &outcome);
            if is_served {
                return outcome;
            }
        }
    }

    fn join_or_begin(&self, task: &Task) -> (Change, bool) {
        let mut state = self.state();
        if let Some(change) = &state.change {
            return (change.clone(), task.is_served_by(&change.task));
        }
        let future = task.clone().run(self.server.clone(), self.store.clone(), state.known.clone());
        let future: BoxFuture<'static, Outcome> = Box::pin(future);
        let change = Change { task: task.clone(), outcome: future.shared() };
        state.change = Some(change.clone());
        (change, true)
    }

    /// Takes the outcome over; the first of those who waited for it does.
    fn settle(&self, change: &Change, outcome: &Outcome) {
        let mut state = self.state();
        if state.change.as_ref().is_some_and(|current| current.outcome.ptr_eq(&change.outcome)) {
            state.known = outcome.known.clone();
            state.change = None;
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// What may be answered without waiting. A sign-in or sign-out under way is waited for.
    fn at_once(&self, now: DateTime<Utc>) -> Option<Option<Arc<Session>>> {
        match &self.change {
            Some(Change { task: Task::SignIn(_) | Task::SignOut, .. }) => None,
            _ => self.known.at_once(now),
        }
    }
}

impl Known {
    fn signed_in(session: Arc<Session>) -> Known {
        Known::SignedIn(SignedIn { session, is_stored: true, retry_at: None })
    }

    fn session(self) -> Option<Arc<Session>> {
        match self {
            Known::SignedIn(SignedIn { session, .. }) => Some(session),
            Known::Unread | Known::SignedOut => None,
        }
    }

    fn at_once(&self, now: DateTime<Utc>) -> Option<Option<Arc<Session>>> {
        match self {
            Known::Unread => None,
            Known::SignedOut => Some(None),
            Known::SignedIn(SignedIn { session, retry_at, .. }) => {
                let waits = session.is_valid(now) && retry_at.is_some_and(|time| now < time);
                (waits || !session.needs_refresh(now)).then(|| Some(session.clone()))
            }
        }
    }

    fn retried_later(self, now: DateTime<Utc>) -> Known {
        match self {
            Known::SignedIn(signed_in) => {
                Known::SignedIn(SignedIn { retry_at: now.checked_add_signed(RETRY_PAUSE), ..signed_in })
            }
            other => other,
        }
    }
}

impl Outcome {
    fn new(known: Known, result: Result<()>) -> Outcome {
        Outcome { known, ended: None, result }
    }

    /// The session; one whose refresh failed counts as long as its token lasts.
    fn usable(self, now: DateTime<Utc>) -> Result<Option<Arc<Session>>> {
        match (self.known, self.result) {
            (Known::SignedIn(SignedIn { session, .. }), Err(_)) if session.is_valid(now) => Ok(Some(session)),
            (known, result) => result.map(|()| known.session()),
        }
    }
}

impl Task {
    /// Whether doing `other` does this too.
    fn is_served_by(&self, other: &Task) -> bool {
        matches!(
            (self, other),
            (Task::Renew, Task::Renew | Task::Refresh)
                | (Task::Refresh, Task::Refresh)
                | (Task::SignOut, Task::SignOut)
        )
    }

    async fn run(self, server: AuthServer, store: Arc<dyn SessionStore>, known: Known) -> Outcome {
        match self {
            Task::Renew => renew(&server, &*store, known, false).await,
            Task::Refresh => renew(&server, &*store, known, true).await,
            Task::SignIn(session) => match store.save(&session).await {
                Ok(()) => Outcome::new(Known::signed_in(session), Ok(())),
                Err(error) => Outcome::new(known, Err(error)),
            },
            Task::SignOut => {
                let ended = match known {
                    // A session that cannot be read is forgotten all the same.
                    Known::Unread => store.load().await.ok().flatten().map(Arc::new),
                    known => known.session(),
                };
                Outcome { known: Known::SignedOut, ended, result: store.clear().await }
            }
        }
    }
}

/// Comes to a session that lasts: the store's where someone who shares it was faster, else the server's next one. The present
/// one will not do where the renewal is `forced`.
async fn renew(server: &AuthServer, store: &dyn SessionStore, known: Known, forced: bool) -> Outcome {
    let mut before = match latest(store, known.clone()).await {
        Ok(Some(signed_in)) => signed_in,
        Ok(None) => {
            let was_signed_in = matches!(known, Known::SignedIn(_));
            let result = if was_signed_in { Err(ended("it was signed out elsewhere")) } else { Ok(()) };
            return Outcome::new(Known::SignedOut, result);
        }
        Err(error) => return Outcome::new(known.retried_later(server.now()), Err(error)),
    };
    let unwanted = forced.then(|| known.session().unwrap_or_else(|| before.session.clone()));
    loop {
        if !before.session.needs_refresh(server.now()) && unwanted.as_ref() != Some(&before.session) {
            return Outcome::new(Known::SignedIn(before), Ok(()));
        }
        let refusal = match server.refresh(&before.session).await {
            Ok(session) => {
                let result = store.save(&session).await;
                let is_stored = result.is_ok();
                let signed_in = SignedIn { session: Arc::new(session), is_stored, retry_at: None };
                return Outcome::new(Known::SignedIn(signed_in), result);
            }
            Err(error) if is_refusal(&error) => error,
            Err(error) => return Outcome::new(Known::SignedIn(before).retried_later(server.now()), Err(error)),
        };
        match store.load().await {
            Ok(Some(other)) if other.refresh_token != before.session.refresh_token => {
                before = SignedIn { session: Arc::new(other), is_stored: true, retry_at: None };
            }
            _ => {
                // Where this fails, the next run of the app meets the same refusal and tries again.
                let _ = store.clear().await;
                return Outcome::new(Known::SignedOut, Err(ended(refusal.code())));
            }
        }
    }
}

/// The session to start from: the store's, unless it could not keep up with ours.
async fn latest(store: &dyn SessionStore, known: Known) -> Result<Option<SignedIn>> {
    match known {
        Known::SignedIn(signed_in) if !signed_in.is_stored => Ok(Some(signed_in)),
        Known::SignedOut => Ok(None),
        Known::Unread | Known::SignedIn(_) => {
            let stored = store.load().await?;
            Ok(stored.map(|session| SignedIn { session: Arc::new(session), is_stored: true, retry_at: None }))
        }
    }
}

fn ended(why: &str) -> Error {
    Error::signed_out(format!("the session has ended ({why}): sign in again"))
}
