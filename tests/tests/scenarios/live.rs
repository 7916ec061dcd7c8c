//! Plays stories against a real server with the seed data: the one that the environment names, else an embedded one.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use anyhow::{Context, Result, bail, ensure};
use eventos_backend::{Backend, Endpoint, Options};
use eventos_core::Eventos;
use eventos_core::auth::AccessToken;
use serde_json::Value;
use uuid::Uuid;

use crate::calls;
use crate::compare::{self, unmet};
use crate::format::{Callers, Credentials, Step, Story};
use crate::play::error_json;

/// The password of the accounts in the seed data.
const SEED_PASSWORD: &str = "eventos-local-only";

/// What went wrong in a story, as lines; its clean-up is played in any case.
pub(crate) async fn play(json: &Value, callers: &Callers) -> Result<Vec<String>> {
    let story: Story = serde_json::from_value(json.clone())?;
    let visitor = Eventos::connect(&endpoint()?.url, &endpoint()?.anon_key)?;
    let mut values = BTreeMap::new();
    for name in &story.fresh {
        values.insert(name.clone(), visitor.new_id::<Uuid>()?.to_string().into());
    }
    let mut wrong = steps(&story.steps, callers, &mut values).await?;
    for step in &story.cleanup {
        wrong.extend(steps(std::slice::from_ref(step), callers, &mut values).await?);
    }
    Ok(wrong)
}

/// Plays steps up to the first that goes wrong.
async fn steps(steps: &[Step], callers: &Callers, values: &mut BTreeMap<String, Value>) -> Result<Vec<String>> {
    for step in steps {
        let wrong = one(step, callers, values).await.with_context(|| step.name.clone())?;
        if !wrong.is_empty() {
            return Ok(wrong.into_iter().map(|line| format!("{}: {line}", step.name)).collect());
        }
    }
    Ok(Vec::new())
}

async fn one(step: &Step, callers: &Callers, values: &mut BTreeMap<String, Value>) -> Result<Vec<String>> {
    let credentials = callers.callers.get(&step.caller.0).context("no such caller in callers.json")?;
    let input = filled(&step.input, values)?;
    let outcome = match calls::code(&step.call, &input) {
        Some(outcome) => outcome,
        None => {
            calls::client(&client(&step.caller.0, credentials).await?, &step.call, &input, &input.to_string()).await
        }
    };
    let (pattern, observed) = match (&step.result, &step.error, outcome) {
        (Some(pattern), None, Ok(result)) => (filled(pattern, values)?, result),
        (None, Some(error), Err(observed)) => {
            (filled(&error.clone().into(), values)?, error_json(&observed, Some(error)))
        }
        (Some(_), None, Err(error)) => return Ok(vec![format!("expected a result, but got the error {error:?}")]),
        (None, Some(_), Ok(result)) => return Ok(vec![format!("expected an error, but got {result}")]),
        _ => bail!("a step expects either a result or an error"),
    };
    let wrong = unmet(&pattern, &observed);
    for (name, pointer) in &step.save {
        let value = observed.pointer(pointer).with_context(|| format!("{observed} has nothing at {pointer}"))?;
        values.insert(name.clone(), value.clone());
    }
    if wrong.is_empty() {
        for (place, mutant) in compare::mutants(&pattern) {
            ensure!(!unmet(&mutant, &observed).is_empty(), "another {place} would be accepted as well");
        }
    }
    Ok(wrong)
}

/// `value` with `${name}` in its texts replaced: by the value itself where nothing else stands there.
fn filled(value: &Value, values: &BTreeMap<String, Value>) -> Result<Value> {
    Ok(match value {
        Value::String(text) => match values.get(text.trim_start_matches("${").trim_end_matches('}')) {
            Some(whole) if text.starts_with("${") && text.ends_with('}') => whole.clone(),
            _ => {
                let mut text = text.clone();
                for (name, value) in values {
                    let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                    text = text.replace(&format!("${{{name}}}"), &value);
                }
                ensure!(!text.contains("${"), "nothing is known by the name in {text}");
                text.into()
            }
        },
        Value::Array(list) => list.iter().map(|value| filled(value, values)).collect::<Result<Vec<_>>>()?.into(),
        Value::Object(fields) => {
            let filled = fields.iter().map(|(name, value)| Ok((name.clone(), filled(value, values)?)));
            Value::Object(filled.collect::<Result<_>>()?)
        }
        other => other.clone(),
    })
}

async fn client(name: &str, credentials: &Credentials) -> Result<Eventos> {
    let endpoint = endpoint()?;
    let key = if name == "service" { &endpoint.service_key } else { &endpoint.anon_key };
    let builder = Eventos::builder(&endpoint.url, key);
    let builder = match (&credentials.id, &credentials.email) {
        (Some(id), Some(email)) => builder.tokens(Arc::new(AccessToken::new(token(endpoint, id, email).await?))),
        _ => builder,
    };
    Ok(builder.build()?)
}

/// A token of a user: minted where the server's secret is known, else by signing in with the seed data's password.
async fn token(endpoint: &Endpoint, id: &str, email: &str) -> Result<String> {
    if endpoint.jwt_secret.is_some() {
        return endpoint.user_token(id, email);
    }
    let answer = reqwest::Client::new()
        .post(format!("{}/auth/v1/token?grant_type=password", endpoint.url))
        .header("apikey", &endpoint.anon_key)
        .header("content-type", "application/json")
        .body(serde_json::json!({ "email": email, "password": SEED_PASSWORD }).to_string())
        .send()
        .await?
        .text()
        .await?;
    let answer: Value = serde_json::from_str(&answer)?;
    answer["access_token"].as_str().map(str::to_owned).with_context(|| format!("cannot sign {email} in: {answer}"))
}

fn endpoint() -> Result<&'static Endpoint> {
    static NAMED: OnceLock<Option<Endpoint>> = OnceLock::new();
    static EMBEDDED: OnceLock<Result<Backend>> = OnceLock::new();
    if let Some(named) = NAMED.get_or_init(|| Endpoint::from_env().unwrap_or_else(|problem| panic!("{problem}"))) {
        return Ok(named);
    }
    match EMBEDDED.get_or_init(|| Backend::start(Options::throwaway())) {
        Ok(backend) => Ok(backend.endpoint()),
        Err(problem) => bail!("the embedded backend did not start: {problem:#}"),
    }
}
