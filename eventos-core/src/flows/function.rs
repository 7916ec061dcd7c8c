//! The functions of the database that flows call, each with the migration that brought it.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::client::Eventos;
use crate::error::{Error, Result, ServerCode, ServerError};
use crate::query::Call;
use crate::wire::without_text;

/// A function of the database.
pub(super) struct Function {
    pub(super) name: &'static str,
    pub(super) migration: &'static str,
}

impl Function {
    /// Calls it, again after a fault that may pass: it knows a call that came before.
    pub(super) async fn call<R: DeserializeOwned>(&self, eventos: &Eventos, arguments: impl Serialize) -> Result<R> {
        read(self.answer(eventos.call(self.name, arguments)?.repeatable()).await?)
    }

    /// Calls it once: a second call would do more than the first.
    pub(super) async fn call_once<R: DeserializeOwned>(
        &self,
        eventos: &Eventos,
        arguments: impl Serialize,
    ) -> Result<R> {
        read(self.answer(eventos.call(self.name, arguments)?).await?)
    }

    async fn answer(&self, call: Call<Value, Eventos>) -> Result<Value> {
        call.await.map_err(|error| match error.server() {
            Some(server) if matches!(server.code, ServerCode::UnknownFunction | ServerCode::UndefinedFunction) => {
                let hint = format!("apply the migration {}, which brings the function {}", self.migration, self.name);
                Error::from(ServerError { hint: Some(hint), ..server.clone() })
            }
            _ => error,
        })
    }
}

/// Reads an answer in two steps: one that all functions share, and a small one of its own. It keeps what a browser loads small.
pub(super) fn read<R: DeserializeOwned>(answer: Value) -> Result<R> {
    serde_path_to_error::deserialize(answer).map_err(|problem| {
        let path = problem.path().to_string();
        Error::decode(if path == "." { String::new() } else { path }, without_text(&problem.inner().to_string()))
    })
}
