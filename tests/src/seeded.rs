//! A server with the seed data, and clients of the people in it.

use std::sync::{Arc, OnceLock};

use anyhow::{Context, Result, anyhow};
use eventos_backend::{Backend, Endpoint, Options};
use eventos_core::Eventos;
use eventos_core::auth::AccessToken;
use serde_json::{Value, json};

/// Who calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Person {
    /// Nobody that the server knows.
    Visitor,
    /// Michael Chen.
    Customer,
    /// Sarah Johnson of EventOS Inc.
    Organizer,
    /// The shop's own service.
    Service,
}

/// The password of the accounts in the seed data.
const PASSWORD: &str = "eventos-local-only";

impl Person {
    /// The id in `auth.users` and `profiles`.
    #[must_use]
    pub const fn id(self) -> Option<&'static str> {
        match self {
            Person::Organizer => Some("11111111-1111-1111-1111-111111111111"),
            Person::Customer => Some("22222222-2222-2222-2222-222222222222"),
            Person::Visitor | Person::Service => None,
        }
    }

    const fn email(self) -> Option<&'static str> {
        match self {
            Person::Organizer => Some("organizer@eventos.com"),
            Person::Customer => Some("customer@example.com"),
            Person::Visitor | Person::Service => None,
        }
    }
}

/// The server that the environment names, else an embedded one that all tests of a program share.
///
/// # Errors
///
/// When the environment is incomplete, or the embedded one does not start.
pub fn server() -> Result<&'static Endpoint> {
    static NAMED: OnceLock<Result<Option<Endpoint>>> = OnceLock::new();
    static EMBEDDED: OnceLock<Result<Backend>> = OnceLock::new();
    match NAMED.get_or_init(Endpoint::from_env) {
        Ok(Some(named)) => Ok(named),
        Ok(None) => match EMBEDDED.get_or_init(|| Backend::start(Options::throwaway())) {
            Ok(backend) => Ok(backend.endpoint()),
            Err(problem) => Err(anyhow!("the embedded backend did not start: {problem:#}")),
        },
        Err(problem) => Err(anyhow!("{problem:#}")),
    }
}

/// A client of the server, as this person.
///
/// # Errors
///
/// As [`server`]; when the person cannot sign in.
pub async fn client(person: Person) -> Result<Eventos> {
    let server = server()?;
    let key = if person == Person::Service { &server.service_key } else { &server.anon_key };
    let builder = Eventos::builder(&server.url, key);
    Ok(match (person.id(), person.email()) {
        (Some(id), Some(email)) => {
            builder.tokens(Arc::new(AccessToken::new(token(server, id, email).await?))).build()?
        }
        _ => builder.build()?,
    })
}

/// Made where the server's secret is known, else had by signing in.
async fn token(server: &Endpoint, id: &str, email: &str) -> Result<String> {
    if server.jwt_secret.is_some() {
        return server.user_token(id, email);
    }
    let answer = reqwest::Client::new()
        .post(format!("{}/auth/v1/token?grant_type=password", server.url))
        .header("apikey", &server.anon_key)
        .header("content-type", "application/json")
        .body(json!({ "email": email, "password": PASSWORD }).to_string())
        .send()
        .await?
        .text()
        .await?;
    let answer: Value = serde_json::from_str(&answer)?;
    let token = answer.get("access_token").and_then(Value::as_str);
    token.map(str::to_owned).with_context(|| format!("cannot sign {email} in: seed the database; it said {answer}"))
}
