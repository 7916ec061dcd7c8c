//! The functions of the database that flows call, each with the migration that brought it.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::client::Eventos;
use crate::error::{Error, Result, ServerCode, ServerError};
use crate::query::Call;

/// A function of the database.
pub(super) struct Function {
    pub(super) name: &'static str,
    pub(super) migration: &'static str,
}

impl Function {
    /// Calls it, again after a fault that may pass: it knows a call that came before.
    pub(super) async fn call<R: DeserializeOwned + 'static>(
        &self,
        eventos: &Eventos,
        arguments: impl Serialize,
    ) -> Result<R> {
        self.answer(eventos.call::<R>(self.name, arguments)?.repeatable()).await
    }

    /// Calls it once: a second call would do more than the first.
    pub(super) async fn call_once<R: DeserializeOwned + 'static>(
        &self,
        eventos: &Eventos,
        arguments: impl Serialize,
    ) -> Result<R> {
        self.answer(eventos.call::<R>(self.name, arguments)?).await
    }

    async fn answer<R: DeserializeOwned + 'static>(&self, call: Call<R, Eventos>) -> Result<R> {
        call.await.map_err(|error| match error.server() {
            Some(server) if matches!(server.code, ServerCode::UnknownFunction | ServerCode::UndefinedFunction) => {
                let hint = format!("apply the migration {}, which brings the function {}", self.migration, self.name);
                Error::from(ServerError { hint: Some(hint), ..server.clone() })
            }
            _ => error,
        })
    }
}
