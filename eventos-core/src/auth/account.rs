//! The account behind a session, and how a new one is made.

use std::fmt;
use std::future::IntoFuture;

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{Auth, Session};
use crate::error::Result;
use crate::host::BoxFuture;
use crate::schema::ProfileId;

/// An account, as the auth server knows it. What EventOS knows about the person is the
/// [`Profile`](crate::Profile) of the same id.
///
/// `Debug` shows the id alone.
#[derive(Clone, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct User {
    /// The id, which is also the profile's.
    pub id: ProfileId,
    /// The e-mail, where the account has one.
    #[serde(default)]
    pub email: Option<String>,
    /// When the e-mail was confirmed; `None` while it is not.
    #[serde(default)]
    pub email_confirmed_at: Option<DateTime<Utc>>,
    /// What was given at sign-up, and what the user set since. The user can change it: decide nothing by it.
    #[serde(default, rename = "user_metadata")]
    pub metadata: Option<Map<String, Value>>,
}

/// What became of a sign-up; see [`Auth::sign_up`].
#[derive(Debug, Clone, PartialEq)]
pub enum SignUp {
    /// The account is there and its user signed in.
    SignedIn(Session),
    /// The account waits until its user follows the link in the e-mail that was sent.
    ///
    /// Where an account with this e-mail exists already, a server that sends such e-mails answers the same, with a user
    /// who does not exist, so that nobody can find out who has an account.
    ConfirmEmail(User),
}

/// An account to be made; await it. From [`Auth::sign_up`].
#[must_use = "nothing is sent until it is awaited"]
pub struct NewAccount {
    auth: Auth,
    email: String,
    password: String,
    metadata: Map<String, Value>,
}

impl NewAccount {
    pub(super) fn new(auth: Auth, email: String, password: String) -> NewAccount {
        NewAccount { auth, email, password, metadata: Map::new() }
    }

    /// The person's name, which becomes the name in their profile.
    pub fn full_name(self, name: impl Into<String>) -> NewAccount {
        self.data("full_name", name.into())
    }

    /// Something else that the account starts with: `company` and `phone` go into the profile as `full_name` does.
    pub fn data(mut self, name: impl Into<String>, value: impl Into<Value>) -> NewAccount {
        self.metadata.insert(name.into(), value.into());
        self
    }
}

impl IntoFuture for NewAccount {
    type Output = Result<SignUp>;
    type IntoFuture = BoxFuture<'static, Result<SignUp>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let NewAccount { auth, email, password, metadata } = self;
            auth.create_account(&email, &password, metadata).await
        })
    }
}

impl fmt::Debug for User {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("User").field("id", &self.id).finish_non_exhaustive()
    }
}

impl fmt::Debug for NewAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewAccount").finish_non_exhaustive()
    }
}
