//! Errors, as each language throws them.

use std::fmt;

use eventos_core::codes::InvalidCode;
use eventos_core::{Error, ErrorKind};

/// Why a call failed. `code` is stable and made for a `switch`; `detail` is for a person.
#[derive(Debug, uniffi::Error)]
pub enum EventosError {
    /// The call was refused before anything was sent.
    InvalidInput { code: String, detail: String },
    /// The connection failed or broke.
    Connect { code: String, detail: String },
    /// There was no answer in time.
    Timeout { code: String, detail: String },
    /// Somebody gave the call up.
    Cancelled { code: String, detail: String },
    /// The server answered with an error.
    Server { code: String, detail: String, answer: Box<ServerAnswer> },
    /// The answer does not fit what was asked.
    Decode { code: String, detail: String },
    /// No row matches, or none that the caller may see.
    NotFound { code: String, detail: String },
    /// A write touched no row.
    NotAffected { code: String, detail: String },
    /// Several rows match where one was expected.
    ManyRows { code: String, detail: String },
    /// The server cut the answer at its limit of rows.
    Truncated { code: String, detail: String },
    /// Nobody is signed in, or not any more.
    SignedOut { code: String, detail: String },
    /// The store of the session failed.
    Storage { code: String, detail: String },
    /// Something that this version does not know by name.
    Other { code: String, detail: String },
}

/// What a server said with its error.
#[derive(Debug, Clone, uniffi::Record)]
pub struct ServerAnswer {
    /// The HTTP status.
    pub status: u16,
    /// More about it.
    pub details: Option<String>,
    /// What the server suggests.
    pub hint: Option<String>,
    /// The constraint that a write broke.
    pub constraint: Option<String>,
    /// Whether the same call may succeed later without any change.
    pub is_retryable: bool,
    /// Whether the server knew the caller and refused.
    pub is_forbidden: bool,
    /// Whether the caller must sign in, or again.
    pub is_unauthenticated: bool,
    /// Seconds to wait before the next try.
    pub retry_after: Option<u64>,
}

impl fmt::Display for EventosError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::InvalidInput { detail, .. }
        | Self::Connect { detail, .. }
        | Self::Timeout { detail, .. }
        | Self::Cancelled { detail, .. }
        | Self::Server { detail, .. }
        | Self::Decode { detail, .. }
        | Self::NotFound { detail, .. }
        | Self::NotAffected { detail, .. }
        | Self::ManyRows { detail, .. }
        | Self::Truncated { detail, .. }
        | Self::SignedOut { detail, .. }
        | Self::Storage { detail, .. }
        | Self::Other { detail, .. }) = self;
        f.write_str(detail)
    }
}

impl std::error::Error for EventosError {}

impl From<Error> for EventosError {
    fn from(error: Error) -> EventosError {
        let (code, detail) = (error.code().to_owned(), error.to_string());
        match error.kind() {
            ErrorKind::InvalidInput => Self::InvalidInput { code, detail },
            ErrorKind::Connect => Self::Connect { code, detail },
            ErrorKind::Timeout => Self::Timeout { code, detail },
            ErrorKind::Cancelled => Self::Cancelled { code, detail },
            ErrorKind::Server => match error.server() {
                Some(server) => {
                    let answer = ServerAnswer {
                        status: server.status,
                        details: server.details.clone(),
                        hint: server.hint.clone(),
                        constraint: server.constraint().map(str::to_owned),
                        is_retryable: error.is_retryable(),
                        is_forbidden: error.is_forbidden(),
                        is_unauthenticated: error.is_unauthenticated(),
                        retry_after: server.retry_after,
                    };
                    Self::Server { code, detail, answer: Box::new(answer) }
                }
                None => Self::Other { code, detail },
            },
            ErrorKind::Decode => Self::Decode { code, detail },
            ErrorKind::NotFound => Self::NotFound { code, detail },
            ErrorKind::NotAffected => Self::NotAffected { code, detail },
            ErrorKind::ManyRows => Self::ManyRows { code, detail },
            ErrorKind::Truncated => Self::Truncated { code, detail },
            ErrorKind::SignedOut => Self::SignedOut { code, detail },
            ErrorKind::Storage => Self::Storage { code, detail },
            _ => Self::Other { code, detail },
        }
    }
}

impl From<InvalidCode> for EventosError {
    fn from(error: InvalidCode) -> EventosError {
        Error::from(error).into()
    }
}
