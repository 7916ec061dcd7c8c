//! The functions of the database that flows call, each with the migration that brought it.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::answer::Holds;
use crate::client::Eventos;
use crate::error::{Error, Result, ServerCode, ServerError, without_text};

/// A function of the database.
pub(super) struct Function {
    name: &'static str,
    migration: &'static str,
    answers: Holds,
    /// The outcomes that are errors here.
    refusals: &'static [(&'static str, Refusal)],
    /// Whether it knows a call that came before, so that a second one does no more than the first.
    is_repeatable: bool,
}

/// The error of an answer to a call with these arguments.
pub(super) type Refusal = fn(answer: &Value, arguments: &Value) -> Error;

impl Function {
    pub(super) const fn new(name: &'static str, migration: &'static str, answers: Holds) -> Function {
        Function { name, migration, answers, refusals: &[], is_repeatable: true }
    }

    pub(super) const fn refusing(self, refusals: &'static [(&'static str, Refusal)]) -> Function {
        Function { refusals, ..self }
    }

    /// A second call would do more than the first.
    pub(super) const fn once(self) -> Function {
        Function { is_repeatable: false, ..self }
    }

    /// A call with these arguments.
    pub(super) fn with(&'static self, arguments: impl Serialize) -> Result<Call> {
        let arguments = serde_json::to_value(arguments);
        let arguments = arguments.map_err(|problem| Error::invalid_input(self.name, problem.to_string()))?;
        Ok(Call { function: self, arguments })
    }
}

#[cfg(test)]
impl Function {
    /// Holds what it is declared to answer against the type of its answers.
    pub(super) fn assert_answers<T: Serialize + DeserializeOwned>(&self) {
        super::answer::tests::assert_is::<T>(&self.answers);
    }
}

/// A call that is ready to be made.
pub(super) struct Call {
    function: &'static Function,
    arguments: Value,
}

impl Call {
    /// Makes it, again after a fault that may pass where the function allows that.
    pub(super) async fn make(self, eventos: &Eventos) -> Result<Value> {
        let call = eventos.call::<Value>(self.function.name, &self.arguments)?;
        let call = if self.function.is_repeatable { call.repeatable() } else { call };
        self.judged(eventos.fetch_json(&call.into_query()).await)
    }

    fn judged(&self, answer: Result<Value>) -> Result<Value> {
        let Call { function: Function { name, migration, answers, refusals, .. }, arguments } = self;
        let answer = answer.map_err(|error| match error.server() {
            Some(server) if matches!(server.code, ServerCode::UnknownFunction | ServerCode::UndefinedFunction) => {
                let hint = format!("apply the migration {migration}, which brings the function {name}");
                Error::from(ServerError { hint: Some(hint), ..server.clone() })
            }
            _ => error,
        })?;
        let outcome = answer.get("outcome").and_then(Value::as_str).unwrap_or_default();
        match refusals.iter().find(|(refused, _)| *refused == outcome) {
            Some((_, refusal)) => Err(refusal(&answer, arguments)),
            None => answers.read(answer),
        }
    }
}

/// An answer as its Rust type.
pub(super) fn typed<R: DeserializeOwned>(answer: Value) -> Result<R> {
    serde_json::from_value(answer).map_err(|problem| Error::decode("", without_text(&problem.to_string())))
}
