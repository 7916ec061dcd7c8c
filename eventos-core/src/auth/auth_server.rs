//! What the auth server (GoTrue) is asked, and how its answers are read.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Map, Value, json};

use super::session::RefreshToken;
use super::{AccessToken, Session, SignOutScope, SignUp, User};
use crate::error::{Error, ErrorKind, Result};
use crate::host::Server;
use crate::json::{Fields, Json, object};
use crate::wire::{Method, Request, Response, check_header};

/// The accounts' side of a server.
#[derive(Clone)]
pub(super) struct AuthServer {
    server: Server,
    base: String,
}

impl AuthServer {
    pub(super) fn new(server: Server, path: &str) -> AuthServer {
        let base = format!("{}{}", server.url, path.trim_end_matches('/'));
        AuthServer { server, base }
    }

    /// The time of this device.
    pub(super) fn now(&self) -> DateTime<Utc> {
        self.server.sender.host.now()
    }

    pub(super) async fn sign_up(&self, email: &str, password: &str, metadata: Map<String, Value>) -> Result<SignUp> {
        let body = json!({ "email": email, "password": password, "data": metadata });
        let asked_at = self.now();
        let response = self.send(post("/signup", &body)).await?;
        let grant = grant(&response)?;
        if grant.has("access_token") {
            return Ok(SignUp::SignedIn(granted(grant, asked_at)?));
        }
        let mut answer = answer(&response)?;
        let account = answer.take("user").map(|account| Fields::of("user", account).map_err(misfit)).transpose()?;
        Ok(SignUp::ConfirmEmail(user(account.unwrap_or(answer))?))
    }

    pub(super) async fn sign_in(&self, email: &str, password: &str) -> Result<Session> {
        let request = post("/token", &json!({ "email": email, "password": password }));
        self.grant("password", request).await
    }

    /// The next session.
    ///
    /// A try that broke may have used the token up on the server, which takes it once more for a few seconds: repeating
    /// at once is safer than later.
    pub(super) async fn refresh(&self, session: &Session) -> Result<Session> {
        let mut request = post("/token", &json!({ "refresh_token": session.refresh_token.expose() }));
        request.is_repeatable = true;
        self.grant("refresh_token", request).await
    }

    pub(super) async fn sign_out(&self, session: &Session, scope: SignOutScope) -> Result<()> {
        let mut request = Request::new(Method::Post, "/logout");
        request.query = format!("scope={}", scope.as_str());
        request.is_repeatable = true;
        authorize(&mut request, &session.access_token)?;
        self.send(request).await?;
        Ok(())
    }

    pub(super) async fn user(&self, token: &AccessToken) -> Result<User> {
        let mut request = Request::new(Method::Get, "/user");
        authorize(&mut request, token)?;
        user(answer(&self.send(request).await?)?)
    }

    async fn grant(&self, kind: &str, mut request: Request) -> Result<Session> {
        request.query = format!("grant_type={kind}");
        let asked_at = self.now();
        granted(grant(&self.send(request).await?)?, asked_at)
    }

    async fn send(&self, mut request: Request) -> Result<Response> {
        request.headers.push(("apikey".into(), self.server.key.expose().to_owned().into()));
        let response = self.server.sender.send(&self.base, &request).await?;
        response.accepted()?;
        Ok(response)
    }
}

/// Whether the server has judged a refresh token and will not take it again.
///
/// A proxy, a gateway that does not know the API key, or a server that is busy has judged nothing: those give no auth
/// error code, or another status.
pub(super) fn is_refusal(error: &Error) -> bool {
    error.server().is_some_and(|server| matches!(server.status, 400 | 401 | 403) && !server.code.as_str().is_empty())
}

fn post(path: &str, body: &Value) -> Request {
    let mut request = Request::new(Method::Post, path.to_owned());
    request.headers.push(("content-type".into(), "application/json".into()));
    request.body = Some(body.to_string());
    request
}

fn authorize(request: &mut Request, token: &AccessToken) -> Result<()> {
    check_header("access token", token.expose())?;
    request.headers.push(("authorization".into(), format!("Bearer {}", token.expose()).into()));
    Ok(())
}

fn answer(response: &Response) -> Result<Fields> {
    Fields::of("answer", response.value()?).map_err(misfit)
}

/// A session that was granted. The account with it may hold anything that its user put there.
fn grant(response: &Response) -> Result<Fields> {
    const NAMES: &[&str] = &["access_token", "refresh_token", "expires_in", "expires_at", "user", "id", "email"];
    Fields::of("answer", response.only(NAMES)?).map_err(misfit)
}

/// An answer that does not fit is the server's fault, not the caller's.
fn misfit(problem: Error) -> Error {
    Error::decode("", problem.to_string())
}

fn user(mut account: Fields) -> Result<User> {
    let mut read = || {
        Ok(User {
            id: account.id("id")?,
            email: account.maybe_text("email")?,
            email_confirmed_at: account.maybe_time("email_confirmed_at")?,
            metadata: account.maybe_object("user_metadata")?.map(object),
        })
    };
    read().map_err(misfit)
}

/// The last second that RFC 3339 can write.
const LATEST: DateTime<Utc> = match DateTime::from_timestamp(253_402_300_799, 0) {
    Some(latest) => latest,
    None => DateTime::<Utc>::MAX_UTC,
};

fn granted(mut grant: Fields, asked_at: DateTime<Utc>) -> Result<Session> {
    let mut read = || {
        let mut user = Fields::of("user", grant.take("user").unwrap_or(Json::Null))?;
        // A duration means the same on every clock; a point in time is the server's, which may differ from ours.
        let expires_at = match (grant.maybe_number("expires_in")?, grant.maybe_number("expires_at")?) {
            (Some(seconds), _) => TimeDelta::try_seconds(seconds).and_then(|lasts| asked_at.checked_add_signed(lasts)),
            (None, Some(seconds)) => DateTime::from_timestamp(seconds, 0),
            (None, None) => None,
        };
        Ok(Session {
            user_id: user.id("id")?,
            email: user.maybe_text("email")?.filter(|email| !email.is_empty()),
            access_token: AccessToken::new(grant.text("access_token")?),
            refresh_token: RefreshToken::new(grant.text("refresh_token")?),
            issued_at: asked_at,
            expires_at: expires_at
                .map(|at| at.min(LATEST))
                .ok_or_else(|| Error::decode("expires_in", "no time at which the token expires"))?,
        })
    };
    read().map_err(|problem: Error| if problem.kind() == ErrorKind::Decode { problem } else { misfit(problem) })
}
