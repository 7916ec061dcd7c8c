//! Who the server takes the client for.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;

use super::Eventos;
use crate::error::{Error, Result};
use crate::host::ApiKey;
use crate::schema::ProfileId;

/// Who the server takes a client for, as its token or key says. The server checks; this only reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) where the token is no JWT, and whatever the token provider gives.
    pub async fn caller(&self) -> Result<Caller> {
        let token = match &self.inner.tokens {
            Some(tokens) => tokens.access_token().await?,
            None => None,
        };
        match token {
            Some(token) => claimed(token.expose()),
            None => Caller::of_key(&self.inner.server.key),
        }
    }
}

impl Caller {
    /// Who the server takes a client with this key and no token for.
    pub(super) fn of_key(key: &ApiKey) -> Result<Caller> {
        match key.expose() {
            jwt if key.is_jwt() => claimed(jwt),
            secret if secret.starts_with("sb_secret_") => Ok(Caller::Service),
            _ => Ok(Caller::Visitor),
        }
    }
}

#[derive(Deserialize)]
struct Claims {
    role: Option<String>,
    sub: Option<ProfileId>,
}

fn claimed(jwt: &str) -> Result<Caller> {
    let claims = jwt
        .split('.')
        .nth(1)
        .and_then(|payload| URL_SAFE_NO_PAD.decode(payload).ok())
        .and_then(|payload| serde_json::from_slice::<Claims>(&payload).ok())
        .ok_or_else(|| Error::invalid_input("access token", "not a JWT: sign in again"))?;
    Ok(match (claims.role.as_deref(), claims.sub) {
        (Some("service_role"), _) => Caller::Service,
        (_, Some(user)) => Caller::User(user),
        (_, None) => Caller::Visitor,
    })
}
