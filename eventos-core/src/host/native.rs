//! The host of Rust services: reqwest on tokio.

use std::error::Error as _;
use std::time::Duration;

use chrono::{DateTime, Utc};

use super::{BoxFuture, Host};
use crate::error::{Error, ErrorKind, Result};
use crate::wire::{Method, Request, Response};

/// Sends with reqwest, sleeps with tokio, and takes time and randomness from the system.
///
/// Its futures must run on a tokio runtime. Clones share one pool of connections, and connecting may take 10 s. A client
/// without a host of its own gets one; several clients share one like this:
///
/// ```
/// use std::sync::Arc;
/// use eventos_core::Eventos;
/// use eventos_core::host::NativeHost;
///
/// let host = Arc::new(NativeHost::new()?);
/// let visitor = Eventos::builder("https://example.supabase.co", "your-anon-key").host(host.clone()).build()?;
/// let service = Eventos::builder("https://example.supabase.co", "your-service-key").host(host).build()?;
/// # Ok::<(), eventos_core::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct NativeHost {
    client: reqwest::Client,
}

impl NativeHost {
    /// A host with a pool of connections of its own.
    ///
    /// # Errors
    ///
    /// [`Connect`](ErrorKind::Connect) where TLS cannot be set up on this machine.
    pub fn new() -> Result<NativeHost> {
        let client = reqwest::Client::builder()
            .connect_timeout(Duration::from_secs(10))
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|problem| Error::connect(describe(&problem)))?;
        Ok(NativeHost { client })
    }

    /// A host over a client that the service has configured already, with its proxy and certificate settings.
    ///
    /// Switch redirects off in it (`redirect::Policy::none()`): followed to another host, a request brings its key along.
    pub fn with_client(client: reqwest::Client) -> NativeHost {
        NativeHost { client }
    }

    async fn exchange(&self, base: &str, request: &Request) -> Result<Response> {
        let mut url = String::with_capacity(base.len() + request.path.len() + request.query.len() + 1);
        url.push_str(base);
        url.push_str(&request.path);
        if !request.query.is_empty() {
            url.push('?');
            url.push_str(&request.query);
        }
        let mut outgoing = self.client.request(method(request.method), url);
        for (name, value) in &request.headers {
            outgoing = outgoing.header(name.as_ref(), value.as_ref());
        }
        if let Some(body) = &request.body {
            outgoing = outgoing.body(body.clone());
        }
        let incoming = outgoing.send().await.map_err(transport_error)?;
        let status = incoming.status().as_u16();
        let headers = incoming
            .headers()
            .iter()
            .map(|(name, value)| (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
            .collect();
        let body = incoming.bytes().await.map_err(transport_error)?.into();
        Ok(Response { status, headers, body })
    }
}

impl Host for NativeHost {
    fn send<'a>(&'a self, base: &'a str, request: &'a Request) -> BoxFuture<'a, Result<Response>> {
        Box::pin(self.exchange(base, request))
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(duration))
    }

    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }

    fn fill_random(&self, bytes: &mut [u8]) -> Result<()> {
        getrandom::fill(bytes)
            .map_err(|problem| Error::plain(ErrorKind::Storage, format!("the system gave no random bytes: {problem}")))
    }
}

fn method(method: Method) -> reqwest::Method {
    match method {
        Method::Get => reqwest::Method::GET,
        Method::Head => reqwest::Method::HEAD,
        Method::Post => reqwest::Method::POST,
        Method::Patch => reqwest::Method::PATCH,
        Method::Delete => reqwest::Method::DELETE,
    }
}

fn transport_error(problem: reqwest::Error) -> Error {
    let is_timeout = problem.is_timeout();
    let is_builder = problem.is_builder();
    let text = describe(&problem.without_url());
    if is_timeout {
        Error::timeout(text)
    } else if is_builder {
        Error::invalid_input("request", text)
    } else {
        Error::connect(text)
    }
}

/// The whole chain of causes, without the URL: it can hold ticket codes.
fn describe(problem: &reqwest::Error) -> String {
    let mut text = problem.to_string();
    let mut cause = problem.source();
    while let Some(next) = cause {
        text.push_str(": ");
        text.push_str(&next.to_string());
        cause = next.source();
    }
    text
}
