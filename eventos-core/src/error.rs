//! One opaque error for everything that can go wrong, with questions to ask it.

use std::borrow::Cow;
use std::fmt;

/// A [`Result`](std::result::Result) that fails with [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a call failed.
///
/// Ask [`kind`](Error::kind) for the family, [`code`](Error::code) for a stable text to switch on, and
/// [`is_retryable`](Error::is_retryable) whether the same call may succeed later. Keys and tokens never appear in it.
///
/// ```
/// use eventos_core::{Error, ErrorKind, NewVenue, Venue, query::from};
///
/// let venue = NewVenue { name: "A cupboard".into(), address: "1 Front St".into(), capacity: 9 };
/// let error: Error = from::<Venue>().insert(venue).to_request().unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::InvalidInput);
/// assert_eq!(error.to_string(), "venues.capacity: 9 is outside 10 to 50000");
/// ```
///
/// What to do about one:
///
/// ```
/// use eventos_core::{Error, ErrorKind, ServerCode, ServerError};
///
/// fn advice(error: &Error) -> &'static str {
///     match error.kind() {
///         _ if error.is_unauthenticated() => "please sign in",
///         _ if error.is_forbidden() => "this is not yours",
///         _ if error.is_retryable() => "please try again",
///         ErrorKind::NotFound | ErrorKind::NotAffected => "it is not there any more",
///         _ => "something is wrong with this program",
///     }
/// }
///
/// assert_eq!(advice(&Error::connect("connection refused")), "please try again");
///
/// let refused = Error::from(ServerError {
///     status: 403,
///     code: ServerCode::InsufficientPrivilege,
///     message: "permission denied for table orders".into(),
///     details: None,
///     hint: None,
///     retry_after: None,
/// });
/// assert_eq!(advice(&refused), "this is not yours");
/// assert_eq!(refused.code(), "42501");
/// ```
#[derive(Clone)]
pub struct Error(Box<Failure>);

/// The family of an [`Error`].
///
/// ```
/// use eventos_core::{Error, ErrorKind};
///
/// assert_eq!(Error::timeout("no answer within 30 s").kind(), ErrorKind::Timeout);
/// assert_eq!(ErrorKind::NotAffected.as_str(), "not_affected");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The call was refused before anything was sent: its input breaks a rule that the message names.
    InvalidInput,
    /// No connection to the server, or it broke before the answer was complete.
    Connect,
    /// No answer within the time allowed.
    Timeout,
    /// The caller or the host gave the request up.
    Cancelled,
    /// The server answered with an error; see [`Error::server`].
    Server,
    /// The answer is not what the call expects; the message holds the path into it.
    Decode,
    /// A read that needs one row found none.
    NotFound,
    /// A write that must touch a row touched none: it is not there, or not the caller's to change.
    NotAffected,
    /// A call for one row met several. A write has been undone by the server.
    ManyRows,
    /// The answer was cut at the server's row limit, so it may be incomplete.
    Truncated,
    /// The call needs a signed-in user and there is none, or the session has ended.
    SignedOut,
    /// The session store failed, or the host gave no random bytes.
    Storage,
}

#[derive(Debug, Clone)]
enum Failure {
    Plain { kind: ErrorKind, message: Cow<'static, str> },
    InvalidInput { subject: Cow<'static, str>, problem: Cow<'static, str> },
    Decode { path: String, problem: String },
    Server(ServerError),
}

impl Error {
    /// The family of this error.
    pub fn kind(&self) -> ErrorKind {
        match &*self.0 {
            Failure::Plain { kind, .. } => *kind,
            Failure::InvalidInput { .. } => ErrorKind::InvalidInput,
            Failure::Decode { .. } => ErrorKind::Decode,
            Failure::Server(_) => ErrorKind::Server,
        }
    }

    /// A stable text to switch on: the server's own code (`23505`, `PGRST301`, `invalid_credentials`) where the server
    /// gave one, and otherwise the kind in snake case (`invalid_input`, `timeout`, …).
    pub fn code(&self) -> &str {
        match &*self.0 {
            Failure::Server(server) if !server.code.as_str().is_empty() => server.code.as_str(),
            _ => self.kind().as_str(),
        }
    }

    /// What the server said, where it answered with an error.
    pub fn server(&self) -> Option<&ServerError> {
        match &*self.0 {
            Failure::Server(server) => Some(server),
            _ => None,
        }
    }

    /// Whether the same call may succeed later without any change: connection faults, timeouts, overload, a lost race.
    ///
    /// This says nothing about whether a write that got no answer took effect; [`Cancelled`](ErrorKind::Cancelled) is
    /// not retryable, because someone wanted it to end.
    pub fn is_retryable(&self) -> bool {
        match &*self.0 {
            Failure::Server(server) => server.is_retryable(),
            _ => matches!(self.kind(), ErrorKind::Connect | ErrorKind::Timeout),
        }
    }

    /// Whether the server knew the caller and refused: row-level security, a missing grant, a role.
    pub fn is_forbidden(&self) -> bool {
        self.server().is_some_and(|server| server.code == ServerCode::InsufficientPrivilege || server.status == 403)
    }

    /// Whether the caller must sign in (again): no session, or a token that is expired or not accepted.
    pub fn is_unauthenticated(&self) -> bool {
        self.kind() == ErrorKind::SignedOut || self.server().is_some_and(|server| server.status == 401)
    }

    /// Refuses an input: `subject` is what was wrong (`events.capacity`), `problem` how, and what to do.
    ///
    /// ```
    /// use eventos_core::Error;
    ///
    /// let error = Error::invalid_input("events.capacity", "9 is outside 10 to 10000");
    /// assert_eq!(error.to_string(), "events.capacity: 9 is outside 10 to 10000");
    /// ```
    pub fn invalid_input(subject: impl Into<Cow<'static, str>>, problem: impl Into<Cow<'static, str>>) -> Error {
        Failure::InvalidInput { subject: subject.into(), problem: problem.into() }.into()
    }

    /// Refuses an input that is no JSON, or not of the form that is asked for. Texts that the input holds are not quoted: they may be
    /// secrets.
    ///
    /// ```
    /// use eventos_core::Error;
    ///
    /// let problem = serde_json::from_str::<u64>(r#""hunter2""#).unwrap_err();
    /// assert_eq!(Error::invalid_json("limit", &problem).to_string(), "limit: invalid type: a string, expected u64");
    /// ```
    pub fn invalid_json(subject: impl Into<Cow<'static, str>>, problem: &serde_json::Error) -> Error {
        let message = problem.to_string();
        let (message, _) = message.rsplit_once(" at line ").unwrap_or((&message, ""));
        Error::invalid_input(subject, without_text(message))
    }

    /// An answer that does not fit: `path` leads into it (`[3].venue.name`), empty for the whole.
    ///
    /// ```
    /// use eventos_core::Error;
    ///
    /// let error = Error::decode("[3].venue.name", "missing");
    /// assert_eq!(error.to_string(), "unexpected answer at [3].venue.name: missing");
    /// ```
    pub fn decode(path: impl Into<String>, problem: impl Into<String>) -> Error {
        Failure::Decode { path: path.into(), problem: problem.into() }.into()
    }

    /// The connection failed or broke. For hosts.
    pub fn connect(message: impl Into<Cow<'static, str>>) -> Error {
        Error::plain(ErrorKind::Connect, message)
    }

    /// No answer in time. For hosts.
    pub fn timeout(message: impl Into<Cow<'static, str>>) -> Error {
        Error::plain(ErrorKind::Timeout, message)
    }

    /// The request was given up. For hosts.
    pub fn cancelled(message: impl Into<Cow<'static, str>>) -> Error {
        Error::plain(ErrorKind::Cancelled, message)
    }

    /// Nobody is signed in. For token providers.
    pub fn signed_out(message: impl Into<Cow<'static, str>>) -> Error {
        Error::plain(ErrorKind::SignedOut, message)
    }

    /// A session could not be kept or read. For session stores.
    pub fn storage(message: impl Into<Cow<'static, str>>) -> Error {
        Error::plain(ErrorKind::Storage, message)
    }

    pub(crate) fn plain(kind: ErrorKind, message: impl Into<Cow<'static, str>>) -> Error {
        Failure::Plain { kind, message: message.into() }.into()
    }
}

/// A message of serde's without the text that it quotes: it may be a ticket's code.
pub(crate) fn without_text(message: &str) -> String {
    for (start, kept) in [("invalid type: string \"", "a string"), ("invalid value: string \"", "this string")] {
        if let Some((before, quoted)) = message.split_once(start) {
            let expected = quoted.rfind(", expected").and_then(|at| quoted.get(at..)).unwrap_or_default();
            let (problem, _) = start.split_once(':').unwrap_or((start, ""));
            return format!("{before}{problem}: {kept}{expected}");
        }
    }
    message.to_owned()
}

impl ErrorKind {
    /// The kind in snake case, as [`Error::code`] gives it.
    pub const fn as_str(self) -> &'static str {
        match self {
            ErrorKind::InvalidInput => "invalid_input",
            ErrorKind::Connect => "connect",
            ErrorKind::Timeout => "timeout",
            ErrorKind::Cancelled => "cancelled",
            ErrorKind::Server => "server",
            ErrorKind::Decode => "decode",
            ErrorKind::NotFound => "not_found",
            ErrorKind::NotAffected => "not_affected",
            ErrorKind::ManyRows => "many_rows",
            ErrorKind::Truncated => "truncated",
            ErrorKind::SignedOut => "signed_out",
            ErrorKind::Storage => "storage",
        }
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Error {
        Error(Box::new(failure))
    }
}

impl From<ServerError> for Error {
    fn from(server: ServerError) -> Error {
        Failure::Server(server).into()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0 {
            Failure::Plain { message, .. } => f.write_str(message),
            Failure::InvalidInput { subject, problem } => write!(f, "{subject}: {problem}"),
            Failure::Decode { path, problem } if path.is_empty() => write!(f, "unexpected answer: {problem}"),
            Failure::Decode { path, problem } => write!(f, "unexpected answer at {path}: {problem}"),
            Failure::Server(server) => server.fmt(f),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Error {}

/// What the server said when it refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerError {
    /// The HTTP status.
    pub status: u16,
    /// What kind of refusal: the SQLSTATE, PGRST code or auth error code.
    pub code: ServerCode,
    /// The server's message, for developers rather than for visitors.
    pub message: String,
    /// More about it, where the server gave more.
    pub details: Option<String>,
    /// What the server suggests, where it does.
    pub hint: Option<String>,
    /// Seconds to wait before the next try, from `Retry-After`.
    pub retry_after: Option<u64>,
}

impl ServerError {
    /// The constraint that a write broke, read from PostgreSQL's message: `orders_quantity_check`.
    ///
    /// ```
    /// use eventos_core::{ServerCode, ServerError};
    ///
    /// let error = ServerError {
    ///     status: 409,
    ///     code: ServerCode::UniqueViolation,
    ///     message: r#"duplicate key value violates unique constraint "events_slug_key""#.into(),
    ///     details: None, hint: None, retry_after: None,
    /// };
    /// assert_eq!(error.constraint(), Some("events_slug_key"));
    /// ```
    pub fn constraint(&self) -> Option<&str> {
        let (_, rest) = self.message.split_once("constraint \"")?;
        rest.split_once('"').map(|(name, _)| name)
    }

    fn is_retryable(&self) -> bool {
        matches!(self.status, 429 | 500 | 502 | 503 | 504 | 520..=530) && !self.code.is_final()
            || matches!(self.code, ServerCode::SerializationFailure | ServerCode::DeadlockDetected)
    }
}

impl fmt::Display for ServerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.code.as_str() {
            "" => write!(f, "the server answered {}: {}", self.status, self.message)?,
            code => write!(f, "the server answered {} {code}: {}", self.status, self.message)?,
        }
        if let Some(details) = &self.details {
            write!(f, " ({details})")?;
        }
        if let Some(hint) = &self.hint {
            write!(f, "; hint: {hint}")?;
        }
        Ok(())
    }
}

macro_rules! server_codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal),* $(,)?) => {
        /// A server's error code: a SQLSTATE, one of PostgREST's `PGRST…` codes, or an auth error code.
        ///
        /// Those that a ticket shop meets have names; [`Other`](ServerCode::Other) keeps the text of any other.
        ///
        /// ```
        /// use eventos_core::ServerCode;
        ///
        /// assert_eq!(ServerCode::from("23505"), ServerCode::UniqueViolation);
        /// assert_eq!(ServerCode::from("55P03"), ServerCode::Other("55P03".into()));
        /// assert_eq!(ServerCode::MaxAffectedExceeded.as_str(), "PGRST124");
        /// ```
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum ServerCode {
            $($(#[$doc])* #[doc = concat!("(`", $code, "`)")] $name,)*
            /// A code without a name here, as the server wrote it; empty where it gave none.
            Other(String),
        }

        impl ServerCode {
            /// The code as the server writes it.
            pub fn as_str(&self) -> &str {
                match self {
                    $(ServerCode::$name => $code,)*
                    ServerCode::Other(code) => code,
                }
            }
        }

        impl From<&str> for ServerCode {
            fn from(code: &str) -> ServerCode {
                match code {
                    $($code => ServerCode::$name,)*
                    other => ServerCode::Other(other.to_owned()),
                }
            }
        }
    };
}

server_codes! {
    /// A NOT NULL column was left out or set to null.
    NotNullViolation = "23502",
    /// A row that it names does not exist, or a row that others name cannot go.
    ForeignKeyViolation = "23503",
    /// A row that others name cannot go; PostgreSQL 18's code for ON DELETE RESTRICT.
    RestrictViolation = "23001",
    /// Another row has this value already.
    UniqueViolation = "23505",
    /// A value outside its column's rule.
    CheckViolation = "23514",
    /// Row-level security or a missing grant refused.
    InsufficientPrivilege = "42501",
    /// A text that is no value of the column's type.
    InvalidTextRepresentation = "22P02",
    /// A text that is no date or time.
    InvalidDatetimeFormat = "22007",
    /// A number too large for its column.
    NumericValueOutOfRange = "22003",
    /// A database function raised an error of its own.
    RaiseException = "P0001",
    /// A concurrent transaction won; try again.
    SerializationFailure = "40001",
    /// Two transactions waited for each other; try again.
    DeadlockDetected = "40P01",
    /// The statement ran longer than the server allows.
    QueryCanceled = "57014",
    /// No such table in the database.
    UndefinedTable = "42P01",
    /// No such column in the database.
    UndefinedColumn = "42703",
    /// No such function in the database.
    UndefinedFunction = "42883",
    /// The server cannot reach its database.
    NoDatabaseConnection = "PGRST000",
    /// The server lost its database connection.
    DatabaseConnectionLost = "PGRST001",
    /// The server could not build its schema cache.
    SchemaCacheFailed = "PGRST002",
    /// No connection came free in the server's pool.
    PoolTimeout = "PGRST003",
    /// A filter, order or select that the server cannot read.
    UnreadableQuery = "PGRST100",
    /// A body that the server cannot read.
    UnreadableBody = "PGRST102",
    /// A range outside the rows there are.
    RangeNotSatisfiable = "PGRST103",
    /// No such schema is exposed.
    UnknownSchema = "PGRST106",
    /// One row was asked for and there were none or several.
    NotOneRow = "PGRST116",
    /// A preference under `handling=strict` that the server does not know.
    InvalidPreference = "PGRST122",
    /// Aggregates are switched off on this server.
    AggregatesDisabled = "PGRST123",
    /// A write would touch more rows than `max_affected` allows.
    MaxAffectedExceeded = "PGRST124",
    /// The server knows no such relationship; its schema cache may be old.
    UnknownRelationship = "PGRST200",
    /// Several relationships fit.
    AmbiguousRelationship = "PGRST201",
    /// The server knows no such function; a migration may be missing.
    UnknownFunction = "PGRST202",
    /// The server knows no such column; a migration may be missing.
    UnknownColumn = "PGRST204",
    /// The server knows no such table; a migration may be missing.
    UnknownTable = "PGRST205",
    /// The token cannot be read or its signature is wrong.
    InvalidToken = "PGRST301",
    /// The server takes no request without a token.
    AnonymousDisabled = "PGRST302",
    /// A claim of the token is not accepted: it has expired, most often.
    InvalidClaims = "PGRST303",
    /// Wrong e-mail or password.
    InvalidCredentials = "invalid_credentials",
    /// The account's e-mail is not confirmed yet.
    EmailNotConfirmed = "email_not_confirmed",
    /// An account with this e-mail exists.
    UserAlreadyExists = "user_already_exists",
    /// The password is too weak.
    WeakPassword = "weak_password",
    /// The refresh token is unknown or revoked.
    RefreshTokenNotFound = "refresh_token_not_found",
    /// The refresh token was used before.
    RefreshTokenAlreadyUsed = "refresh_token_already_used",
}

impl ServerCode {
    /// Whether PostgreSQL judged the statement itself, so that repeating it gives the same answer whatever the status.
    fn is_final(&self) -> bool {
        matches!(self.as_str().get(..2), Some("21" | "22" | "23" | "42" | "P0"))
    }
}
