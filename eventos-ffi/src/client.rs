//! A client of one server.

use std::sync::Arc;
use std::time::Duration;

use eventos_core::host::{BoxFuture, Host, RetryPolicy};
use eventos_core::{Caller as CoreCaller, Eventos};
use serde_json::Value;

use crate::error::EventosError;
use crate::host::{AppStorage, AppTokens, PlatformHost};
use crate::json::FromJson;
use crate::platform::{Clock, Log, Platform, SessionStorage, TokenProvider};
use crate::tables::ProfileId;

/// The settings of a client.
#[derive(Clone, uniffi::Record)]
pub struct Settings {
    /// The project's address, such as `https://example.supabase.co`.
    pub url: String,
    /// Its anon or publishable API key. A service key belongs on servers alone.
    pub key: String,
    /// Where REST begins below the address; `/rest/v1` unless given.
    #[uniffi(default = None)]
    pub rest_path: Option<String>,
    /// Where the auth server begins below the address; `/auth/v1` unless given.
    #[uniffi(default = None)]
    pub auth_path: Option<String>,
    /// The schema of the tables.
    #[uniffi(default = None)]
    pub schema: Option<String>,
    /// The most rows that the server gives in one answer; 1,000 unless given, and 0 for no limit.
    #[uniffi(default = None)]
    pub max_rows: Option<u64>,
    /// How often a read is sent at most; 3 unless given.
    #[uniffi(default = None)]
    pub tries: Option<u32>,
    /// How long a call may take, all tries together, in milliseconds; 30,000 unless given.
    #[uniffi(default = None)]
    pub timeout_milliseconds: Option<u64>,
}

/// Who the server takes a client for.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum Caller {
    Visitor,
    User { id: ProfileId },
    Service,
}

/// A client of one server. It sends nothing before its first call, and can be shared between threads.
#[derive(uniffi::Object)]
pub struct Client {
    pub(crate) eventos: Eventos,
}

#[uniffi::export]
impl Client {
    /// A client over a platform. Tokens come from `tokens` where they are given, and otherwise from whoever signs in here, whose
    /// session is kept in `storage`. Each request is told to a `log`. A
    /// `clock` is for tests.
    #[uniffi::constructor(default(tokens = None, storage = None, clock = None, log = None))]
    pub fn new(
        settings: Settings,
        platform: Arc<dyn Platform>,
        tokens: Option<Arc<dyn TokenProvider>>,
        storage: Option<Arc<dyn SessionStorage>>,
        clock: Option<Arc<dyn Clock>>,
        log: Option<Arc<dyn Log>>,
    ) -> Result<Arc<Client>, EventosError> {
        let host: Arc<dyn Host> = Arc::new(PlatformHost { platform, clock, log });
        let mut builder = Eventos::builder(settings.url, settings.key).host(host);
        if let Some(tokens) = tokens {
            builder = builder.tokens(Arc::new(AppTokens(tokens)));
        }
        if let Some(storage) = storage {
            builder = builder.sessions(Arc::new(AppStorage(storage)));
        }
        if let Some(path) = settings.rest_path {
            builder = builder.rest_path(path);
        }
        if let Some(path) = settings.auth_path {
            builder = builder.auth_path(path);
        }
        if let Some(schema) = settings.schema {
            builder = builder.schema(schema);
        }
        if let Some(rows) = settings.max_rows {
            builder = builder.max_rows(rows);
        }
        if let Some(tries) = settings.tries {
            builder = builder.retry(RetryPolicy { tries, ..RetryPolicy::default() });
        }
        if let Some(limit) = settings.timeout_milliseconds {
            builder = builder.timeout(Duration::from_millis(limit));
        }
        Ok(Arc::new(Client { eventos: builder.build()? }))
    }

    /// Who the server takes this client for. Nothing is sent, unless a session must be refreshed.
    pub async fn caller(self: Arc<Self>) -> Result<Caller, EventosError> {
        Ok(match self.eventos.caller().await? {
            CoreCaller::User(id) => Caller::User { id: ProfileId { value: id.to_string() } },
            CoreCaller::Service => Caller::Service,
            _ => Caller::Visitor,
        })
    }

    /// A new random UUID, for the id of an order or a scan.
    pub fn new_uuid(&self) -> Result<String, EventosError> {
        Ok(self.eventos.new_id::<eventos_core::OrderId>()?.to_string())
    }
}

impl Client {
    /// What a flow answers, as its type.
    pub(crate) async fn flow<T: FromJson>(&self, name: &'static str, input: Value) -> Result<T, EventosError> {
        Ok(T::from_json(self.call(name, input).await?)?)
    }

    /// Boxed once here, so that each export's own future stays small.
    fn call(&self, name: &'static str, input: Value) -> BoxFuture<'static, eventos_core::Result<Value>> {
        let eventos = self.eventos.clone();
        Box::pin(async move { eventos_core::flows::dynamic::call(&eventos, name, &input.to_string()).await })
    }
}
