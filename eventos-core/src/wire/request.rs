//! What a host is asked to send.

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

/// An HTTP request, without the server's address: a host adds it.
///
/// `Debug` leaves out the query, the header values and the body: they can hold keys, tokens and ticket codes.
///
/// ```
/// use eventos_core::codes::QrPayload;
/// use eventos_core::{Ticket, TicketStatus, query::from};
///
/// let code = QrPayload::from_bytes([7; 32]);
/// let request = from::<Ticket>()
///     .update()
///     .set(Ticket::STATUS, TicketStatus::Cancelled)
///     .filter(Ticket::QR_CODE.eq(&code))
///     .to_request()?;
/// assert_eq!((request.method.as_str(), &*request.path), ("PATCH", "/tickets"));
/// assert_eq!(request.header("content-type"), Some("application/json"));
/// assert_eq!(request.body.as_deref(), Some(r#"{"status":"cancelled"}"#));
/// assert!(request.target().starts_with("/tickets?qr_code=eq."));
/// assert!(!format!("{request:?}").contains("qr_code"));
/// # Ok::<(), eventos_core::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// The HTTP method.
    pub method: Method,
    /// The path, starting with `/`, percent-encoded.
    pub path: Cow<'static, str>,
    /// The query without `?`, percent-encoded; empty where there is none.
    pub query: String,
    /// The headers, names in lower case.
    pub headers: Vec<(Cow<'static, str>, Cow<'static, str>)>,
    /// The body, where there is one.
    pub body: Option<String>,
    /// How long all tries together may take, where the query says so.
    pub timeout: Option<Duration>,
    /// Whether sending it twice does no more than sending it once: a read, or a write that its caller made repeatable.
    pub is_repeatable: bool,
}

/// An HTTP method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    /// Reads.
    Get,
    /// Reads the headers alone.
    Head,
    /// Inserts, or calls a function.
    Post,
    /// Updates.
    Patch,
    /// Deletes.
    Delete,
}

impl Method {
    /// The method's name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Head => "HEAD",
            Method::Post => "POST",
            Method::Patch => "PATCH",
            Method::Delete => "DELETE",
        }
    }
}

impl Request {
    pub(crate) fn new(method: Method, path: impl Into<Cow<'static, str>>) -> Request {
        Request {
            method,
            path: path.into(),
            query: String::new(),
            headers: Vec::new(),
            body: None,
            timeout: None,
            is_repeatable: matches!(method, Method::Get | Method::Head),
        }
    }

    /// The path and, where there is one, `?` and the query.
    pub fn target(&self) -> String {
        match self.query.as_str() {
            "" => self.path.to_string(),
            query => format!("{}?{query}", self.path),
        }
    }

    /// The value of a header, by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(set, _)| set == name).map(|(_, value)| value.as_ref())
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_ref()).collect();
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("path", &self.path)
            .field("headers", &headers)
            .field("body", &self.body.as_ref().map(|body| format!("{} bytes", body.len())))
            .finish_non_exhaustive()
    }
}
