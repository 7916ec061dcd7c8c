//! Sign-in, by name: JSON in, JSON out.

use eventos_core::auth::{Auth, Session, SignOutScope, SignUp, User};
use eventos_core::{Error, Eventos, Result};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::input::read;

/// What a call about who is signed in gives.
pub(crate) async fn call(eventos: &Eventos, name: &str, input: &str) -> Result<Value> {
    let auth = eventos.auth()?;
    Ok(match name {
        "sign_up" => sign_up(auth, read(input)?).await?,
        "sign_in" => {
            let SignIn { email, password } = read(input)?;
            session_json(&auth.sign_in_with_password(&email, &password).await?)
        }
        "sign_out" => {
            let scope = match read::<SignOut>(input)?.scope {
                Scope::ThisSession => SignOutScope::ThisSession,
                Scope::AllSessions => SignOutScope::AllSessions,
                Scope::OtherSessions => SignOutScope::OtherSessions,
            };
            auth.sign_out_of(scope).await?;
            Value::Null
        }
        "session" => auth.session().await?.as_ref().map_or(Value::Null, session_json),
        "refresh" => session_json(&auth.refresh().await?),
        "user" => user_json(&auth.user().await?),
        other => return Err(Error::invalid_input("auth", format!("there is no call {other}"))),
    })
}

async fn sign_up(auth: &Auth, account: Account) -> Result<Value> {
    let mut new = auth.sign_up(account.email, account.password);
    if let Some(name) = account.full_name {
        new = new.full_name(name);
    }
    for (name, value) in account.data {
        new = new.data(name, value);
    }
    Ok(match new.await? {
        SignUp::SignedIn(session) => json!({ "outcome": "signed_in", "session": session_json(&session) }),
        SignUp::ConfirmEmail(user) => json!({ "outcome": "confirm_email", "user": user_json(&user) }),
    })
}

/// Without the refresh token, which only the store needs.
fn session_json(session: &Session) -> Value {
    json!({
        "user_id": session.user_id(),
        "email": session.email(),
        "access_token": session.access_token().expose(),
        "expires_at": session.expires_at(),
    })
}

fn user_json(user: &User) -> Value {
    json!({
        "id": user.id,
        "email": user.email,
        "email_confirmed_at": user.email_confirmed_at,
        "metadata": user.metadata,
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Account {
    email: String,
    password: String,
    full_name: Option<String>,
    #[serde(default)]
    data: Map<String, Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SignIn {
    email: String,
    password: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SignOut {
    scope: Scope,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Scope {
    ThisSession,
    AllSessions,
    OtherSessions,
}
