//! Who the server takes the client for.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::Eventos;
use crate::auth::AccessToken;
use crate::error::{Error, Result};
use crate::host::ApiKey;
use crate::json::Fields;
use crate::schema::ProfileId;

/// Who the server takes a client for, as its token or key says: what [`Eventos::caller`] gives. The server checks; this
/// only reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Caller {
    /// A visitor without an account.
    Visitor,
    /// A signed-in user.
    User(ProfileId),
    /// The service, for which row-level security does not apply.
    Service,
}

impl Eventos {
    /// Who the server takes this client for.
    ///
    /// It asks nobody but the token provider: nothing is sent, unless a session must be refreshed.
    ///
    /// ```no_run
    /// use eventos_core::{Caller, Eventos, Order};
    ///
    /// # async fn run(eventos: Eventos) -> eventos_core::Result<()> {
    /// match eventos.caller().await? {
    ///     Caller::Visitor => println!("please sign in"),
    ///     Caller::User(me) => {
    ///         let mine = eventos.orders().select::<Order>().filter(Order::CUSTOMER_ID.eq(me)).limit(20).await?;
    ///         println!("{} orders of yours", mine.len());
    ///     }
    ///     Caller::Service => println!("all orders are yours to see"),
    ///     _ => {}
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) where the token is no JWT, and whatever the token provider gives.
    pub async fn caller(&self) -> Result<Caller> {
        match self.token().await? {
            Some(token) => claimed(token.expose()),
            None => Ok(self.inner.without_token),
        }
    }

    /// The user's token; none to ask as the key says. A client with the service's key never asks as the service because a
    /// token provider has no token.
    pub(super) async fn token(&self) -> Result<Option<AccessToken>> {
        let Some(tokens) = &self.inner.tokens else { return Ok(None) };
        let token = tokens.access_token().await?;
        if token.is_none() && self.inner.without_token == Caller::Service {
            return Err(Error::signed_out(
                "there is no token, and without one the service's key would open everything: sign in, \
                 or use a client with the key for visitors",
            ));
        }
        Ok(token)
    }
}

impl Caller {
    /// Who the server takes a client with this key and no token for.
    pub(super) fn of_key(key: &ApiKey) -> Result<Caller> {
        match key.expose() {
            jwt if key.is_jwt() => {
                claimed(jwt).map_err(|_| Error::invalid_input("key", "not a whole JWT: copy it again"))
            }
            secret if secret.starts_with("sb_secret_") => Ok(Caller::Service),
            _ => Ok(Caller::Visitor),
        }
    }
}

fn claimed(jwt: &str) -> Result<Caller> {
    let claims = jwt
        .split('.')
        .nth(1)
        .and_then(|payload| URL_SAFE_NO_PAD.decode(payload).ok())
        .and_then(|payload| Fields::parse("access token", &String::from_utf8(payload).ok()?).ok());
    let not_a_jwt = || Error::invalid_input("access token", "not a JWT: sign in again");
    let mut claims = claims.ok_or_else(not_a_jwt)?;
    let (Ok(role), Ok(subject)) = (claims.maybe_text("role"), claims.maybe_text("sub")) else {
        return Err(not_a_jwt());
    };
    match (role.as_deref(), subject) {
        (Some("service_role"), _) => Ok(Caller::Service),
        (_, Some(user)) => match user.parse() {
            Ok(user) => Ok(Caller::User(user)),
            Err(_) => {
                Err(Error::invalid_input("access token", "its subject is no UUID, so it names nobody in profiles"))
            }
        },
        (_, None) => Ok(Caller::Visitor),
    }
}
