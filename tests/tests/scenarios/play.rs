//! Plays a scenario against a host that answers as told, and compares what was seen with what was expected.

use std::sync::Arc;

use anyhow::{Context, Result, bail};
use eventos_core::auth::AccessToken;
use eventos_core::host::{Exchange as Sent, RecordingHost, RetryPolicy};
use eventos_core::wire::Response as Answer;
use eventos_core::{Error, Eventos};
use serde_json::{Map, Value, json};

use crate::calls;
use crate::compare::differences;
use crate::format::{Callers, ClientSettings, Credentials, Exchange, Request, Scenario};

/// Each difference between what the scenario expects and what happens, as a line.
pub(crate) async fn play(json: &Value, input: &str, callers: &Callers) -> Result<Vec<String>> {
    let scenario: Scenario = serde_json::from_value(json.clone())?;
    let credentials = callers.callers.get(&scenario.caller.0).context("no such caller in callers.json")?;
    let now = scenario.now.as_deref().unwrap_or(&callers.now).parse()?;
    let host = Arc::new(RecordingHost::starting_at(now));
    for exchange in &scenario.exchanges {
        prepare(&host, exchange)?;
    }
    let outcome = match calls::code(&scenario.call, &scenario.input) {
        Some(outcome) => outcome,
        None => match open(&host, credentials, &scenario.client, callers) {
            Ok(eventos) => calls::client(&eventos, &scenario.call, &scenario.input, input).await,
            Err(error) => Err(error),
        },
    };
    let url = scenario.client.url.as_deref().unwrap_or(&callers.url).trim_end_matches('/');
    let sent = host.exchanges().iter().map(|sent| seen(sent, url)).collect::<Result<Vec<_>>>()?;
    let pauses: Vec<u64> = host.pauses().iter().map(|pause| pause.as_millis() as u64).collect();

    let mut expected = json!({
        "requests": scenario.exchanges.iter().map(|exchange| {
            wanted(&exchange.request, credentials, &scenario.client)
        }).collect::<Vec<_>>(),
        "pauses_ms": scenario.pauses_ms,
    });
    let mut observed = json!({ "requests": sent, "pauses_ms": pauses });
    match (scenario.result, scenario.error) {
        (Some(result), None) => expected["result"] = result,
        (None, Some(error)) => expected["error"] = error.into(),
        _ => bail!("a scenario expects either a result or an error"),
    }
    match outcome {
        Ok(result) => observed["result"] = result,
        Err(error) => observed["error"] = error_json(&error, expected["error"].as_object()),
    }
    Ok(differences(&expected, &observed))
}

fn open(
    host: &Arc<RecordingHost>,
    credentials: &Credentials,
    client: &ClientSettings,
    callers: &Callers,
) -> Result<Eventos, Error> {
    let url = client.url.as_deref().unwrap_or(&callers.url);
    let key = client.key.as_deref().unwrap_or(&credentials.key);
    let mut builder = Eventos::builder(url, key).host(host.clone());
    if let Some(token) = client.token.as_deref().or(credentials.token.as_deref()) {
        builder = builder.tokens(Arc::new(AccessToken::new(token)));
    }
    if let Some(schema) = &client.schema {
        builder = builder.schema(schema);
    }
    if let Some(rows) = client.max_rows {
        builder = builder.max_rows(rows);
    }
    if let Some(tries) = client.tries {
        builder = builder.retry(RetryPolicy { tries, ..RetryPolicy::default() });
    }
    builder.build()
}

fn prepare(host: &RecordingHost, exchange: &Exchange) -> Result<()> {
    match (&exchange.response, exchange.fault.as_deref()) {
        (Some(response), None) => {
            let mut headers: Vec<(String, String)> = response.headers.clone().into_iter().collect();
            let body = match (&response.body, &response.text, response.repeat) {
                (Some(body), None, times) => {
                    if !response.headers.contains_key("content-type") {
                        headers.push(("content-type".into(), "application/json".into()));
                    }
                    match (body, times) {
                        (body, None) => body.to_string(),
                        (Value::Array(rows), Some(times)) if rows.len() == 1 => {
                            vec![rows[0].clone(); times].into_iter().collect::<Value>().to_string()
                        }
                        _ => bail!("`repeat` wants a body of one row"),
                    }
                }
                (None, text, None) => text.clone().unwrap_or_default(),
                _ => bail!("a response has a `body`, or a `text`, or neither"),
            };
            host.respond(Answer { status: response.status, headers, body: body.into_bytes() });
        }
        (None, Some("connect")) => host.fail(Error::connect("connection refused")),
        (None, Some("timeout")) => host.fail(Error::timeout("no answer")),
        (None, Some("cancelled")) => host.fail(Error::cancelled("given up")),
        _ => bail!("an exchange has a `response`, or a `fault` of connect, timeout or cancelled"),
    }
    Ok(())
}

/// A request as the scenario wants it, with what the README says goes without saying.
fn wanted(request: &Request, credentials: &Credentials, client: &ClientSettings) -> Value {
    let key = client.key.as_ref().unwrap_or(&credentials.key);
    let is_jwt = key.starts_with("ey");
    let bearer = client.token.as_ref().or(credentials.token.as_ref()).or(is_jwt.then_some(key));
    let mut headers = Map::new();
    headers.insert("accept".into(), "application/json".into());
    headers.insert("apikey".into(), key.as_str().into());
    if let Some(bearer) = bearer {
        headers.insert("authorization".into(), format!("Bearer {bearer}").into());
    }
    if request.body.is_some() {
        headers.insert("content-type".into(), "application/json".into());
    }
    for (name, value) in &request.headers {
        headers.insert(name.clone(), value.as_str().into());
    }
    json!({
        "method": request.method, "path": request.path, "query": request.query, "headers": headers, "body": request.body,
    })
}

/// A request as it was sent.
fn seen(sent: &Sent, url: &str) -> Result<Value> {
    let address = format!("{}{}", sent.base, sent.request.path);
    let path = address.strip_prefix(url).with_context(|| format!("{address} is not below {url}"))?;
    let mut headers = Map::new();
    for (name, value) in &sent.request.headers {
        if headers.insert(name.to_string(), value.as_ref().into()).is_some() {
            bail!("the header {name} is sent twice");
        }
    }
    let body = match &sent.request.body {
        Some(body) => Some(serde_json::from_str::<Value>(body).context("the body is no JSON")?),
        None => None,
    };
    Ok(json!({
        "method": sent.request.method.as_str(), "path": path, "query": decoded(&sent.request.query), "headers": headers,
        "body": body,
    }))
}

/// A query string as a server reads it: pairs between `&` or `;`, `+` for a space, `%` and two digits for a byte.
fn decoded(query: &str) -> Vec<[String; 2]> {
    query
        .split(['&', ';'])
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            [unescaped(name), unescaped(value)]
        })
        .collect()
}

fn unescaped(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digits = [rest.next().unwrap(), rest.next().unwrap()];
                u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap()
            }
            byte => byte,
        });
    }
    String::from_utf8(bytes).unwrap()
}

/// An error as JSON: its kind and code, and whatever else the expectation names.
pub(crate) fn error_json(error: &Error, expected: Option<&Map<String, Value>>) -> Value {
    let server = error.server();
    let all = json!({
        "kind": error.kind().as_str(),
        "code": error.code(),
        "message": error.to_string(),
        "retryable": error.is_retryable(),
        "forbidden": error.is_forbidden(),
        "unauthenticated": error.is_unauthenticated(),
        "status": server.map(|server| server.status),
        "details": server.and_then(|server| server.details.as_deref()),
        "hint": server.and_then(|server| server.hint.as_deref()),
        "constraint": server.and_then(|server| server.constraint()),
        "retry_after": server.and_then(|server| server.retry_after),
    });
    let is_wanted = |name: &str| match expected {
        Some(expected) => matches!(name, "kind" | "code") || expected.contains_key(name),
        None => matches!(name, "kind" | "code" | "message"),
    };
    let Value::Object(all) = all else { unreachable!() };
    all.into_iter().filter(|(name, _)| is_wanted(name)).collect::<Map<_, _>>().into()
}
