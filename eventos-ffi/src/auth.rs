//! Sign-up, sign-in and sign-out. The session is refreshed before it expires, once at a time.

use std::sync::Arc;

use eventos_core::auth as core;

use crate::client::Client;
use crate::error::EventosError;
use crate::tables::ProfileId;
use crate::values::Timestamp;

/// Who is signed in, and until when.
#[derive(Clone, uniffi::Record)]
pub struct Session {
    pub user_id: ProfileId,
    pub email: Option<String>,
    /// A secret: whoever has it is the user until it expires.
    pub access_token: String,
    pub expires_at: Timestamp,
}

/// An account, as the auth server knows it.
#[derive(Debug, Clone, uniffi::Record)]
pub struct User {
    pub id: ProfileId,
    pub email: Option<String>,
    pub email_confirmed_at: Option<Timestamp>,
}

/// What became of a sign-up.
#[derive(Clone, uniffi::Enum)]
pub enum SignUp {
    SignedIn {
        session: Session,
    },
    /// The account waits until its user follows the link in an e-mail.
    ConfirmEmail {
        user: User,
    },
}

/// Which sessions end.
#[derive(Debug, Clone, Copy, uniffi::Enum)]
pub enum SignOutScope {
    ThisSession,
    AllSessions,
    OtherSessions,
}

#[uniffi::export]
impl Client {
    /// Makes an account.
    #[uniffi::method(default(full_name = None))]
    pub async fn sign_up(
        self: Arc<Self>,
        email: String,
        password: String,
        full_name: Option<String>,
    ) -> Result<SignUp, EventosError> {
        let mut account = self.eventos.auth()?.sign_up(email, password);
        if let Some(name) = full_name {
            account = account.full_name(name);
        }
        Ok(match account.await? {
            core::SignUp::SignedIn(session) => SignUp::SignedIn { session: (&session).into() },
            core::SignUp::ConfirmEmail(user) => SignUp::ConfirmEmail { user: (&user).into() },
        })
    }

    pub async fn sign_in_with_password(
        self: Arc<Self>,
        email: String,
        password: String,
    ) -> Result<Session, EventosError> {
        Ok((&self.eventos.auth()?.sign_in_with_password(&email, &password).await?).into())
    }

    pub async fn sign_out(self: Arc<Self>, scope: SignOutScope) -> Result<(), EventosError> {
        let scope = match scope {
            SignOutScope::ThisSession => core::SignOutScope::ThisSession,
            SignOutScope::AllSessions => core::SignOutScope::AllSessions,
            SignOutScope::OtherSessions => core::SignOutScope::OtherSessions,
        };
        Ok(self.eventos.auth()?.sign_out_of(scope).await?)
    }

    /// The session that is kept, refreshed where it is about to expire; nothing where nobody is signed in.
    pub async fn session(self: Arc<Self>) -> Result<Option<Session>, EventosError> {
        Ok(self.eventos.auth()?.session().await?.as_ref().map(Session::from))
    }

    pub async fn refresh_session(self: Arc<Self>) -> Result<Session, EventosError> {
        Ok((&self.eventos.auth()?.refresh().await?).into())
    }

    /// The account as the server has it now.
    pub async fn user(self: Arc<Self>) -> Result<User, EventosError> {
        Ok((&self.eventos.auth()?.user().await?).into())
    }
}

impl From<&core::Session> for Session {
    fn from(session: &core::Session) -> Session {
        Session {
            user_id: ProfileId { value: session.user_id().to_string() },
            email: session.email().map(str::to_owned),
            access_token: session.access_token().expose().to_owned(),
            expires_at: session.expires_at(),
        }
    }
}

impl From<&core::User> for User {
    fn from(user: &core::User) -> User {
        User {
            id: ProfileId { value: user.id.to_string() },
            email: user.email.clone(),
            email_confirmed_at: user.email_confirmed_at,
        }
    }
}
