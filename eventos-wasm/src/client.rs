//! A client, and queries without one.

use std::sync::Arc;
use std::time::Duration;

use eventos_core::flows::dynamic;
use eventos_core::host::{Host, RetryPolicy};
use eventos_core::json::Fields;
use eventos_core::query::{Cursor, Query};
use eventos_core::{Caller, Error, Eventos, Result};
use serde_json::json;
use wasm_bindgen::prelude::*;

use crate::auth;
use crate::failure::failure;
use crate::platform::{JsHost, Platform};
use crate::sessions::JsStore;

/// A client of one server.
#[wasm_bindgen]
pub struct Client {
    eventos: Eventos,
}

#[wasm_bindgen]
impl Client {
    /// A client with settings as JSON.
    #[wasm_bindgen(constructor)]
    pub fn new(settings: &str, platform: Platform) -> Result<Client, JsValue> {
        connect(settings, platform).map(|eventos| Client { eventos }).map_err(|error| failure(&error))
    }

    /// What a query asks for, as JSON. Nothing where JavaScript keeps the rows; their number in all where it counts them.
    ///
    /// The platform is that of this call: it can be given up, and is told the shape of the rows before the request is sent.
    pub async fn query(&self, query: String, platform: Platform) -> Result<JsValue, JsValue> {
        self.fetch(&query, platform).await.map_err(|error| failure(&error))
    }

    /// A page of so many rows: JSON with `rows` and `cursor`, which is null after the last one.
    pub async fn page(
        &self,
        query: String,
        size: f64,
        cursor: Option<String>,
        platform: Platform,
    ) -> Result<String, JsValue> {
        self.turn(&query, size, cursor, platform).await.map_err(|error| failure(&error))
    }

    /// What a flow, or a call of `auth`, gives, by its name, from JSON to JSON.
    pub async fn flow(&self, name: String, input: String, platform: Platform) -> Result<String, JsValue> {
        let eventos = self.eventos.with_host(Arc::new(JsHost::new(platform)));
        let result = match name.strip_prefix("auth.") {
            Some(call) => auth::call(&eventos, call, &input).await,
            None => dynamic::call(&eventos, &name, &input).await,
        };
        result.map(|json| json.to_string()).map_err(|error| failure(&error))
    }

    /// Who the server takes this client for, as JSON.
    pub async fn caller(&self) -> Result<String, JsValue> {
        let caller = self.eventos.caller().await.map_err(|error| failure(&error))?;
        Ok(match caller {
            Caller::User(id) => json!({ "role": "user", "id": id }),
            Caller::Service => json!({ "role": "service" }),
            _ => json!({ "role": "visitor" }),
        }
        .to_string())
    }

    /// A new random id.
    #[wasm_bindgen(js_name = newId)]
    pub fn new_id(&self) -> Result<String, JsValue> {
        let id = self.eventos.new_id::<eventos_core::OrderId>();
        id.map(|id| id.to_string()).map_err(|error| failure(&error))
    }
}

impl Client {
    async fn fetch(&self, query: &str, platform: Platform) -> Result<JsValue> {
        let query = Query::from_json(query)?;
        if let Some(shape) = query.row_shape() {
            platform.offer_rows(&shape);
        }
        let host = Arc::new(JsHost::new(platform));
        let eventos = self.eventos.with_host(host.clone());
        let response = eventos.exchange(&query).await?;
        if host.has_kept_rows() {
            return Ok(query.accept(&response)?.map_or(JsValue::UNDEFINED, |total| JsValue::from_f64(total as f64)));
        }
        let answer = query.read_json(&response, eventos.max_rows())?;
        Ok(JsValue::from_str(&answer.to_string()))
    }

    async fn turn(&self, query: &str, size: f64, cursor: Option<String>, platform: Platform) -> Result<String> {
        let cursor = cursor.map(|cursor| cursor.parse::<Cursor>()).transpose()?;
        if size.fract() != 0.0 || !(0.0..=f64::from(u32::MAX)).contains(&size) {
            return Err(Error::invalid_input("size", "pass a whole number of rows"));
        }
        let query = Query::from_json(query)?.page(size as u64, cursor.as_ref())?;
        let eventos = self.eventos.with_host(Arc::new(JsHost::new(platform)));
        let response = eventos.exchange(&query).await?;
        let (rows, cursor) = query.read_page(&response, eventos.max_rows())?;
        Ok(json!({ "rows": rows, "cursor": cursor.map(|cursor| cursor.to_string()) }).to_string())
    }
}

fn connect(settings: &str, platform: Platform) -> Result<Eventos> {
    let mut settings = Fields::parse("settings", settings)?;
    let host = Arc::new(JsHost::new(platform.clone()));
    let mut builder = Eventos::builder(settings.text("url")?, settings.text("key")?);
    builder = builder.host(Arc::<JsHost>::clone(&host) as Arc<dyn Host>);
    if settings.flag("has_token")? {
        builder = builder.tokens(host);
    }
    if settings.flag("has_store")? {
        builder = builder.sessions(Arc::new(JsStore::new(platform)));
    }
    if let Some(path) = settings.maybe_text("rest_path")? {
        builder = builder.rest_path(path);
    }
    if let Some(path) = settings.maybe_text("auth_path")? {
        builder = builder.auth_path(path);
    }
    if let Some(schema) = settings.maybe_text("schema")? {
        builder = builder.schema(schema);
    }
    if let Some(rows) = settings.maybe_number("max_rows")? {
        builder = builder.max_rows(rows);
    }
    if let Some(tries) = settings.maybe_number("tries")? {
        builder = builder.retry(RetryPolicy { tries, ..RetryPolicy::default() });
    }
    if let Some(limit) = settings.maybe_number("timeout_ms")? {
        builder = builder.timeout(Duration::from_millis(limit));
    }
    settings.end()?;
    builder.build()
}

/// The request that a query sends, without the server's address and the caller's keys, as lines: its method, its target, how many
/// headers it has, the name and the value of each, and what is left is its body.
#[wasm_bindgen]
pub fn request(query: &str) -> Result<String, JsValue> {
    written(query).map_err(|error| failure(&error))
}

fn written(query: &str) -> Result<String> {
    let request = Query::from_json(query)?.to_request()?;
    let mut lines = format!("{}\n{}\n{}\n", request.method.as_str(), request.target(), request.headers.len());
    for (name, value) in &request.headers {
        lines.extend([name, "\n", value, "\n"]);
    }
    lines.push_str(request.body.as_deref().unwrap_or_default());
    Ok(lines)
}

/// The version of the library.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}
