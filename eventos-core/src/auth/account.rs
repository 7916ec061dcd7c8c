//! The account behind a session, and how a new one is made.

use std::fmt;
use std::future::IntoFuture;

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

use super::{Auth, Session};
use crate::error::Result;
use crate::host::BoxFuture;
use crate::schema::ProfileId;

/// An account, as the auth server knows it. What EventOS knows about the person is the
/// [`Profile`](crate::Profile) of the same id.
///
/// ```
/// use eventos_core::auth::{Auth, User};
///
/// # use eventos_core::host::RecordingHost;
/// # let host = std::sync::Arc::new(RecordingHost::starting_at("2025-06-15T09:00:00Z".parse().unwrap()));
/// # let grant = |name: &str| format!(
/// #     r#"{{"access_token":"access-{name}","refresh_token":"refresh-{name}","expires_in":3600,
/// #          "user":{{"id":"22222222-2222-4222-8222-222222222222","email":"michael@example.com"}}}}"#
/// # );
/// # host.answer(200, &grant("first"));
/// # host.answer(
/// #     200,
/// #     r#"{"id":"22222222-2222-4222-8222-222222222222","email":"michael@example.com",
/// #         "user_metadata":{"full_name":"Michael Chen"}}"#,
/// # );
/// # let auth = Auth::builder("https://example.supabase.co", "your-anon-key").host(host.clone()).build()?;
/// # futures_util::FutureExt::now_or_never(async {
/// # auth.sign_in_with_password("michael@example.com", "correct horse").await?;
/// let user: User = auth.user().await?;
/// let name = user.metadata.as_ref().and_then(|given| given.get("full_name")?.as_str());
/// assert_eq!(name, Some("Michael Chen"));
/// # Ok::<(), eventos_core::Error>(())
/// # }).unwrap()?;
/// # Ok::<(), eventos_core::Error>(())
/// ```
///
/// `Debug` shows the id alone.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct User {
    /// The id, which is also the profile's.
    pub id: ProfileId,
    /// The e-mail, where the account has one.
    pub email: Option<String>,
    /// When the e-mail was confirmed, in UTC by the server's clock; `None` while it is not.
    pub email_confirmed_at: Option<DateTime<Utc>>,
    /// What was given at sign-up, and what the user set since. The user can change it: decide nothing by it.
    pub metadata: Option<Map<String, Value>>,
}

/// What became of a sign-up.
///
/// [`Auth::sign_up`] has an example.
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
///
/// ```
/// use eventos_core::auth::Auth;
///
/// # use eventos_core::host::RecordingHost;
/// # let host = std::sync::Arc::new(RecordingHost::starting_at("2025-06-15T09:00:00Z".parse().unwrap()));
/// # host.answer(200, r#"{"id":"11111111-1111-4111-8111-111111111111"}"#);
/// # let auth = Auth::builder("https://example.supabase.co", "your-anon-key").host(host.clone()).build()?;
/// # futures_util::FutureExt::now_or_never(async {
/// let outcome = auth
///     .sign_up("sarah@example.com", "correct horse")
///     .full_name("Sarah Johnson")
///     .data("company", "Tech Events Inc.")
///     .data("newsletter", true)
///     .await?;
/// # let body: serde_json::Value = serde_json::from_str(host.exchanges()[0].request.body.as_deref().unwrap()).unwrap();
/// # assert_eq!(
/// #     body["data"],
/// #     serde_json::json!({ "full_name": "Sarah Johnson", "company": "Tech Events Inc.", "newsletter": true })
/// # );
/// # Ok::<(), eventos_core::Error>(())
/// # }).unwrap()?;
/// # Ok::<(), eventos_core::Error>(())
/// ```
///
/// Without more it starts with its e-mail and password alone. `Debug` shows neither.
///
/// # Errors
///
/// As [`Auth::sign_up`].
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
    ///
    /// [`NewAccount`] has an example.
    pub fn full_name(self, name: impl Into<String>) -> NewAccount {
        self.data("full_name", name.into())
    }

    /// Something else that the account starts with: `company` and `phone` go into the profile as `full_name` does.
    ///
    /// Of two values under one name the later counts. The account keeps all of it as its [`metadata`](User::metadata).
    /// [`NewAccount`] has an example.
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
