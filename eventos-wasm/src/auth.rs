//! Sign-in, by name: JSON in, JSON out.

use eventos_core::auth::{Auth, Session, SignOutScope, SignUp, User};
use eventos_core::json::Fields;
use eventos_core::{Error, Eventos, Result};
use serde_json::{Value, json};

/// What a call about who is signed in gives.
pub(crate) async fn call(eventos: &Eventos, name: &str, input: &str) -> Result<Value> {
    let auth = eventos.auth()?;
    let mut input = Fields::parse("input", input)?;
    Ok(match name {
        "sign_up" => sign_up(auth, input).await?,
        "sign_in" => {
            let (email, password) = (input.text("email")?, input.text("password")?);
            input.end()?;
            session_json(&auth.sign_in_with_password(&email, &password).await?)
        }
        "sign_out" => {
            let scope = match input.text("scope")?.as_str() {
                "this_session" => SignOutScope::ThisSession,
                "all_sessions" => SignOutScope::AllSessions,
                "other_sessions" => SignOutScope::OtherSessions,
                _ => {
                    return Err(Error::invalid_input("scope", "expected this_session, all_sessions or other_sessions"));
                }
            };
            input.end()?;
            auth.sign_out_of(scope).await?;
            Value::Null
        }
        "session" => auth.session().await?.as_ref().map_or(Value::Null, session_json),
        "refresh" => session_json(&auth.refresh().await?),
        "user" => user_json(&auth.user().await?),
        other => return Err(Error::invalid_input("auth", format!("there is no call {other}"))),
    })
}

async fn sign_up(auth: &Auth, mut account: Fields) -> Result<Value> {
    let mut new = auth.sign_up(account.text("email")?, account.text("password")?);
    if let Some(name) = account.maybe_text("full_name")? {
        new = new.full_name(name);
    }
    for (name, value) in account.maybe_object("data")?.unwrap_or_default() {
        new = new.data(name, value);
    }
    account.end()?;
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
