//! The functions of the database that flows call, each with the migration that brought it.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::client::Eventos;
use crate::error::{Error, Result, ServerCode, ServerError, without_text};

/// A function of the database.
pub(super) struct Function {
    name: &'static str,
    migration: &'static str,
    /// The outcomes that are errors here.
    refusals: &'static [(&'static str, Refusal)],
}

/// The error of an answer to a call with these arguments.
pub(super) type Refusal = fn(answer: &Value, arguments: &Value) -> Error;

impl Function {
    pub(super) const fn new(name: &'static str, migration: &'static str) -> Function {
        Function { name, migration, refusals: &[] }
    }

    pub(super) const fn refusing(self, refusals: &'static [(&'static str, Refusal)]) -> Function {
        Function { refusals, ..self }
    }

    /// Calls it, again after a fault that may pass: it knows a call that came before.
    pub(super) async fn call<R: DeserializeOwned>(&self, eventos: &Eventos, arguments: impl Serialize) -> Result<R> {
        let arguments = self.arguments(arguments)?;
        let answer = eventos.call(self.name, &arguments)?.repeatable().await;
        read(self.judged(answer, &arguments)?)
    }

    /// Calls it once: a second call would do more than the first.
    pub(super) async fn call_once<R: DeserializeOwned>(
        &self,
        eventos: &Eventos,
        arguments: impl Serialize,
    ) -> Result<R> {
        let arguments = self.arguments(arguments)?;
        let answer = eventos.call(self.name, &arguments)?.await;
        read(self.judged(answer, &arguments)?)
    }

    fn arguments(&self, arguments: impl Serialize) -> Result<Value> {
        serde_json::to_value(arguments).map_err(|problem| Error::invalid_input(self.name, problem.to_string()))
    }

    fn judged(&self, answer: Result<Value>, arguments: &Value) -> Result<Value> {
        let answer = answer.map_err(|error| match error.server() {
            Some(server) if matches!(server.code, ServerCode::UnknownFunction | ServerCode::UndefinedFunction) => {
                let hint = format!("apply the migration {}, which brings the function {}", self.migration, self.name);
                Error::from(ServerError { hint: Some(hint), ..server.clone() })
            }
            _ => error,
        })?;
        let outcome = answer.get("outcome").and_then(Value::as_str).unwrap_or_default();
        match self.refusals.iter().find(|(refused, _)| *refused == outcome) {
            Some((_, refusal)) => Err(refusal(&answer, arguments)),
            None => Ok(answer),
        }
    }
}

/// Reads an answer in two steps: one that all functions share, and a small one of its own. It keeps what a browser loads small.
fn read<R: DeserializeOwned>(answer: Value) -> Result<R> {
    serde_path_to_error::deserialize(answer).map_err(|problem| {
        let path = problem.path().to_string();
        Error::decode(if path == "." { String::new() } else { path }, without_text(&problem.inner().to_string()))
    })
}
