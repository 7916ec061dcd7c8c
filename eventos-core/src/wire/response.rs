//! What a host received, as rows or as an error.

use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::value::RawValue;

use super::truncation::{csv_rows, refuse_cut_embeds, refuse_cut_result, refuse_cut_rows};
use crate::error::{Error, ErrorKind, Result, ServerCode, ServerError, without_text};
use crate::json::{Fields, Json, parse_only};
use crate::query::{Action, Answer, Counted, Cursor, Query};

/// An HTTP response, for hosts to fill in. `Debug` shows the status and the size alone.
///
/// ```
/// use eventos_core::{ErrorKind, Projection, ServerCode, Venue, wire::Response};
///
/// #[derive(Projection)]
/// #[projection(of = Venue)]
/// struct Place { name: String, capacity: i32 }
///
/// let answer = |status, body: &str| Response { status, headers: vec![], body: body.into() };
///
/// let places: Vec<Place> = answer(200, r#"[{ "name": "Loft", "capacity": 80 }]"#).rows()?;
/// assert_eq!((places[0].name.as_str(), places[0].capacity), ("Loft", 80));
///
/// let misfit = answer(200, r#"[{ "name": "Loft", "capacity": "many" }]"#).rows::<Place>().err().unwrap();
/// assert_eq!(misfit.kind(), ErrorKind::Decode);
/// assert_eq!(misfit.to_string(), "unexpected answer at [0].capacity: invalid type: a string, expected i32");
///
/// let refusal = answer(401, r#"{ "code": "PGRST301", "message": "JWT invalid" }"#).rows::<Place>().err().unwrap();
/// assert_eq!(refusal.server().map(|server| &server.code), Some(&ServerCode::InvalidToken));
/// # Ok::<(), eventos_core::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Response {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Response {
    /// The value of a header, whatever the case of its name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(set, _)| set.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The seconds that the server asks to wait before the next try.
    pub(crate) fn retry_after(&self) -> Option<u64> {
        self.header("retry-after")?.trim().parse().ok()
    }

    /// The rows of an answer.
    ///
    /// # Errors
    ///
    /// [`Server`](ErrorKind::Server) where the server refused, [`Decode`](ErrorKind::Decode) where the rows do not fit.
    pub fn rows<P: DeserializeOwned>(&self) -> Result<Vec<P>> {
        self.accepted()?;
        self.json()
    }

    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T> {
        // The path into the answer costs time, so it is only looked for when there is something to report.
        serde_json::from_slice(&self.body).or_else(|_| {
            let mut deserializer = serde_json::Deserializer::from_slice(&self.body);
            let value = serde_path_to_error::deserialize(&mut deserializer).map_err(|problem| {
                let path = problem.path().to_string();
                self.undecodable(if path == "." { String::new() } else { path }, problem.inner())
            })?;
            deserializer.end().map_err(|problem| self.undecodable(String::new(), &problem))?;
            Ok(value)
        })
    }

    /// The body as JSON of any kind, in which nothing can be out of place.
    pub(crate) fn value<J: DeserializeOwned>(&self) -> Result<J> {
        let text = str::from_utf8(&self.body).map_err(|_| self.not(String::new(), "UTF-8"))?;
        serde_json::from_str(text).map_err(|problem| self.undecodable(String::new(), &problem))
    }

    /// The body as JSON, of whose objects nothing but the fields of these names matters.
    pub(crate) fn only(&self, names: &'static [&'static str]) -> Result<Json> {
        let text = str::from_utf8(&self.body).map_err(|_| self.not(String::new(), "UTF-8"))?;
        parse_only(text, names).map_err(|problem| self.undecodable(String::new(), &problem))
    }

    /// The body as a list of JSON.
    pub(super) fn list(&self) -> Result<Vec<Value>> {
        match self.value()? {
            Value::Array(list) => Ok(list),
            _ => Err(Error::decode("", "expected a list of rows")),
        }
    }

    fn undecodable(&self, path: String, problem: &serde_json::Error) -> Error {
        if problem.is_syntax() || problem.is_eof() {
            return self.not(path, "JSON");
        }
        let message = problem.to_string();
        let (message, _) = message.rsplit_once(" at line ").unwrap_or((&message, ""));
        Error::decode(path, without_text(message))
    }

    fn not(&self, path: String, expected: &str) -> Error {
        let kind = self.header("content-type").unwrap_or("no content type");
        Error::decode(path, format!("not {expected} ({kind}, {} bytes)", self.body.len()))
    }

    /// The body as it is, of one of these media types: a proxy's page must not pass for what was asked.
    fn text(&self, expected: &str, media_types: &[&str]) -> Result<String> {
        let kind = self.header("content-type").unwrap_or_default();
        if !media_types.iter().any(|media_type| kind.starts_with(media_type)) {
            return Err(self.not(String::new(), expected));
        }
        String::from_utf8(self.body.clone()).map_err(|_| Error::decode("", "not UTF-8"))
    }

    /// A write that asked for no rows: a proxy's page must not pass for the server's word that it was done.
    fn nothing(&self) -> Result<()> {
        if self.body.is_empty() { Ok(()) } else { Err(self.not(String::new(), "the empty answer of a write")) }
    }

    pub(crate) fn accepted(&self) -> Result<()> {
        if (200..300).contains(&self.status) { Ok(()) } else { Err(server_error(self)) }
    }

    /// The number behind `/` in `Content-Range: 0-9/42`; `None` where the server did not count.
    fn total(&self) -> Option<u64> {
        self.header("content-range")?.rsplit_once('/')?.1.parse().ok()
    }

    /// How many rows the range before `/` spans.
    pub(super) fn rows_in_range(&self) -> Option<u64> {
        let (range, _) = self.header("content-range")?.split_once('/')?;
        let (first, last) = range.split_once('-')?;
        last.parse::<u64>().ok()?.checked_sub(first.parse().ok()?)?.checked_add(1)
    }

    pub(super) fn counted(&self) -> Result<u64> {
        self.total().ok_or_else(|| Error::decode("", "the answer has no count in its Content-Range header"))
    }
}

/// The headers can hold cookies and the body ticket codes, so neither is shown.
impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Response({}, {} bytes)", self.status, self.body.len())
    }
}

/// The form in which an answer is read; [`query::shape`](crate::query::shape) has all of them and an example.
pub trait Shape: 'static {
    /// What comes out.
    type Output;

    #[doc(hidden)]
    fn read(response: &Response, query: &Query, max_rows: u64) -> Result<Self::Output>;
}

impl<P: DeserializeOwned + 'static> Shape for crate::query::shape::Rows<P> {
    type Output = Vec<P>;
    fn read(response: &Response, query: &Query, max_rows: u64) -> Result<Vec<P>> {
        rows(response, query, max_rows, Response::json)
    }
}

impl<P: DeserializeOwned + 'static> Shape for crate::query::shape::One<P> {
    type Output = P;
    fn read(response: &Response, query: &Query, max_rows: u64) -> Result<P> {
        one(response, query, max_rows, Response::json)
    }
}

impl<P: DeserializeOwned + 'static> Shape for Option<P> {
    type Output = Option<P>;
    fn read(response: &Response, query: &Query, max_rows: u64) -> Result<Option<P>> {
        at_most_one(response, query, max_rows, Response::json)
    }
}

impl<P: DeserializeOwned + 'static> Shape for Counted<P> {
    type Output = Counted<P>;
    fn read(response: &Response, query: &Query, max_rows: u64) -> Result<Counted<P>> {
        counted(response, query, max_rows, Response::json)
    }
}

/// How a body becomes rows: of a Rust type, or of JSON.
pub(super) type Decode<T> = fn(&Response) -> Result<T>;

pub(super) fn rows<P>(response: &Response, query: &Query, max_rows: u64, decode: Decode<Vec<P>>) -> Result<Vec<P>> {
    accepted(response, query)?;
    let rows = decode(response)?;
    refuse_cut_rows(query, rows.len(), max_rows)?;
    refuse_cut_embeds(query, response, max_rows)?;
    Ok(rows)
}

pub(super) fn one<P>(response: &Response, query: &Query, max_rows: u64, decode: Decode<P>) -> Result<P> {
    accepted(response, query)?;
    let row = decode(response)?;
    refuse_cut_embeds(query, response, max_rows)?;
    Ok(row)
}

pub(super) fn at_most_one<P>(
    response: &Response,
    query: &Query,
    max_rows: u64,
    decode: Decode<Vec<P>>,
) -> Result<Option<P>> {
    accepted(response, query)?;
    let mut rows = decode(response)?;
    if rows.len() > 1 {
        return Err(Error::plain(
            ErrorKind::ManyRows,
            "several rows match where at most one was expected: filter more",
        ));
    }
    refuse_cut_embeds(query, response, max_rows)?;
    Ok(rows.pop())
}

pub(super) fn counted<P>(
    response: &Response,
    query: &Query,
    max_rows: u64,
    decode: Decode<Vec<P>>,
) -> Result<Counted<P>> {
    if let Some(total) = beyond_the_end(response) {
        return Ok(Counted { rows: Vec::new(), total });
    }
    accepted(response, query)?;
    let counted = Counted { rows: decode(response)?, total: response.counted()? };
    refuse_cut_embeds(query, response, max_rows)?;
    Ok(counted)
}

impl Shape for crate::query::shape::Total {
    type Output = u64;
    fn read(response: &Response, query: &Query, _: u64) -> Result<u64> {
        if let Some(total) = beyond_the_end(response) {
            return Ok(total);
        }
        accepted(response, query)?;
        response.counted()
    }
}

impl Shape for crate::query::shape::Csv {
    type Output = String;
    fn read(response: &Response, query: &Query, max_rows: u64) -> Result<String> {
        accepted(response, query)?;
        let text = response.text("CSV", &["text/csv"])?;
        refuse_cut_rows(query, csv_rows(&text), max_rows)?;
        Ok(text)
    }
}

impl Shape for crate::query::shape::Plan {
    type Output = String;
    fn read(response: &Response, query: &Query, _: u64) -> Result<String> {
        accepted(response, query)?;
        response.text("a plan", &["application/vnd.pgrst.plan", "application/json", "text/plain"])
    }
}

impl Shape for crate::query::shape::Affected {
    type Output = u64;
    fn read(response: &Response, query: &Query, _: u64) -> Result<u64> {
        accepted(response, query)?;
        response.counted()
    }
}

impl Shape for () {
    type Output = ();
    fn read(response: &Response, query: &Query, _: u64) -> Result<()> {
        accepted(response, query)?;
        response.nothing()
    }
}

impl<R: DeserializeOwned + 'static> Shape for crate::query::shape::Returned<R> {
    type Output = R;
    fn read(response: &Response, query: &Query, max_rows: u64) -> Result<R> {
        returned(response, query, max_rows)?;
        if response.body.is_empty() {
            return serde_json::from_str("null")
                .map_err(|_| Error::decode("", "the function returns nothing, where a value was expected"));
        }
        response.json()
    }
}

/// Judges what a function returned.
pub(super) fn returned(response: &Response, query: &Query, max_rows: u64) -> Result<()> {
    accepted(response, query)?;
    refuse_cut_result(response, max_rows)
}

/// A page and the place after its last row.
pub(crate) fn page<P: DeserializeOwned>(
    response: &Response,
    query: &Query,
    max_rows: u64,
) -> Result<(Vec<P>, Option<Cursor>)> {
    let rows = page_rows(response, query, max_rows, Response::json)?;
    // The row's own text, because a type need not keep the columns that the order added.
    let raw: Vec<&RawValue> =
        serde_json::from_slice(&response.body).map_err(|problem| Error::decode("", problem.to_string()))?;
    let last = raw.last().map(|last| serde_json::from_str(last.get())).transpose();
    let last: Option<Value> = last.map_err(|problem| Error::decode("", problem.to_string()))?;
    let cursor = last.map(|last| cursor(&last, query.scope.order.len())).transpose()?;
    Ok((rows, cursor))
}

pub(super) fn page_rows<P>(
    response: &Response,
    query: &Query,
    max_rows: u64,
    decode: Decode<Vec<P>>,
) -> Result<Vec<P>> {
    accepted(response, query)?;
    let rows = decode(response)?;
    refuse_cut_embeds(query, response, max_rows)?;
    Ok(rows)
}

/// The place after a row, in the columns that the order added to it.
pub(super) fn cursor(row: &Value, keys: usize) -> Result<Cursor> {
    let texts = (0..keys).map(|index| {
        let name = crate::query::cursor_column(index);
        match row.get(&name) {
            Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.clone())),
            Some(other) => Ok(Some(other.to_string())),
            None => Err(Error::decode(name, "missing")),
        }
    });
    Ok(Cursor(texts.collect::<Result<_>>()?))
}

fn accepted(response: &Response, query: &Query) -> Result<()> {
    let Err(error) = response.accepted() else { return Ok(()) };
    let is_not_one = error.server().is_some_and(|server| server.code == ServerCode::NotOneRow);
    if query.answer != Answer::One || !is_not_one {
        return Err(error);
    }
    let is_empty = error.server().and_then(|server| server.details.as_deref()).is_some_and(says_no_row);
    Err(match (is_empty, &query.action) {
        (false, Action::Read) => {
            Error::plain(ErrorKind::ManyRows, "several rows match where exactly one was expected: filter more")
        }
        (false, _) => Error::plain(
            ErrorKind::ManyRows,
            "the write met several rows where exactly one was expected, and was undone: filter more",
        ),
        (true, Action::Read) => Error::plain(ErrorKind::NotFound, "no row matches, or none that the caller may see"),
        (true, _) => Error::plain(
            ErrorKind::NotAffected,
            "the write touched no row: none matches, or none that the caller may change",
        ),
    })
}

/// PostgREST writes «The result contains 0 rows»; versions before 12 wrote «Results contain 0 rows».
fn says_no_row(details: &str) -> bool {
    details.contains(" 0 rows")
}

/// A range past the last row is no error: it has no rows.
fn beyond_the_end(response: &Response) -> Option<u64> {
    (response.status == 416).then(|| response.total()).flatten()
}

/// An error answer of PostgREST or of the auth server, or of a proxy before them.
pub(crate) fn server_error(response: &Response) -> Error {
    let body = response.value().ok();
    let mut body = body.and_then(|json| Fields::of("body", json).ok());
    let mut text = |name| body.as_mut().and_then(|body| body.maybe_text(name).ok().flatten());
    // The auth server has names of its own.
    let error = text("error");
    let code = text("error_code").or_else(|| text("code")).unwrap_or_else(|| match &error {
        Some(error) if error.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_') => error.clone(),
        _ => proxy_status_code(response).unwrap_or_default().to_owned(),
    });
    let message = text("message").or_else(|| text("msg")).or_else(|| text("error_description")).or(error);
    let hint = text("hint");
    let details = match body.as_mut().and_then(|body| body.take("details")) {
        Some(Json::Text(details)) => without_row(details),
        Some(other) => Some(Value::from(other).to_string()),
        None => None,
    };
    ServerError {
        status: response.status,
        code: ServerCode::from(code.as_str()),
        message: message.unwrap_or_else(|| match response.header("content-type") {
            _ if (300..400).contains(&response.status) => {
                String::from("it redirects, which no request with a key follows: check the client's URL")
            }
            Some(kind) => format!("no error message, but {} bytes of {kind}", response.body.len()),
            None => String::from("no error message"),
        }),
        details,
        hint,
        retry_after: response.retry_after(),
    }
    .into()
}

/// The code in `Proxy-Status: PostgREST; error=42501`, where PostgREST 13 and later repeat it: an answer to HEAD has no body.
fn proxy_status_code(response: &Response) -> Option<&str> {
    let mut parts = response.header("proxy-status")?.split(';').map(str::trim);
    parts.next().filter(|proxy| proxy.eq_ignore_ascii_case("PostgREST"))?;
    parts.find_map(|parameter| parameter.strip_prefix("error="))
}

/// PostgreSQL shows the values of a row that breaks a rule, or shares a key with another, to those who may see them. A
/// ticket's code, which admits whoever holds it, would go into every log that way.
fn without_row(details: String) -> Option<String> {
    if details.starts_with("Failing row contains") {
        return None;
    }
    match details.split_once(")=(") {
        Some((key, rest)) if key.contains("qr_code") => {
            let end = rest.rfind(") ").and_then(|at| rest.get(at..)).unwrap_or(")");
            Some(format!("{key})=(…{end}"))
        }
        _ => Some(details),
    }
}
