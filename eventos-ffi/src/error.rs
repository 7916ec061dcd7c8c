//! Errors, as each language throws them.

use std::fmt;

use eventos_core::codes::InvalidCode;
use eventos_core::{Error, ErrorKind};

/// Why a call failed. `code` is stable and made for a `switch`; `detail` is for a person.
#[derive(Debug, uniffi::Error)]
pub enum EventosError {
    /// The call was refused before anything was sent.
    InvalidInput { code: String, detail: String, advice: Advice },
    /// The connection failed or broke.
    Connect { code: String, detail: String, advice: Advice },
    /// There was no answer in time.
    Timeout { code: String, detail: String, advice: Advice },
    /// Somebody gave the call up.
    Cancelled { code: String, detail: String, advice: Advice },
    /// The server answered with an error.
    Server { code: String, detail: String, advice: Advice, answer: Box<ServerAnswer> },
    /// The answer does not fit what was asked.
    Decode { code: String, detail: String, advice: Advice },
    /// No row matches, or none that the caller may see.
    NotFound { code: String, detail: String, advice: Advice },
    /// A write touched no row.
    NotAffected { code: String, detail: String, advice: Advice },
    /// Several rows match where one was expected.
    ManyRows { code: String, detail: String, advice: Advice },
    /// The server cut the answer at its limit of rows.
    Truncated { code: String, detail: String, advice: Advice },
    /// Nobody is signed in, or not any more.
    SignedOut { code: String, detail: String, advice: Advice },
    /// The store of the session failed.
    Storage { code: String, detail: String, advice: Advice },
    /// Something that this version does not know by name.
    Other { code: String, detail: String, advice: Advice },
}

/// What may help.
#[derive(Debug, Clone, Copy, uniffi::Record)]
pub struct Advice {
    /// Whether the same call may succeed later without any change.
    #[uniffi(default = false)]
    pub is_retryable: bool,
    /// Whether the server knew the caller and refused.
    #[uniffi(default = false)]
    pub is_forbidden: bool,
    /// Whether the caller must sign in, or again.
    #[uniffi(default = false)]
    pub is_unauthenticated: bool,
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
        let advice = Advice {
            is_retryable: error.is_retryable(),
            is_forbidden: error.is_forbidden(),
            is_unauthenticated: error.is_unauthenticated(),
        };
        match error.kind() {
            ErrorKind::InvalidInput => Self::InvalidInput { code, detail, advice },
            ErrorKind::Connect => Self::Connect { code, detail, advice },
            ErrorKind::Timeout => Self::Timeout { code, detail, advice },
            ErrorKind::Cancelled => Self::Cancelled { code, detail, advice },
            ErrorKind::Server => match error.server() {
                Some(server) => {
                    let answer = ServerAnswer {
                        status: server.status,
                        details: server.details.clone(),
                        hint: server.hint.clone(),
                        constraint: server.constraint().map(str::to_owned),
                        retry_after: server.retry_after,
                    };
                    Self::Server { code, detail, advice, answer: Box::new(answer) }
                }
                None => Self::Other { code, detail, advice },
            },
            ErrorKind::Decode => Self::Decode { code, detail, advice },
            ErrorKind::NotFound => Self::NotFound { code, detail, advice },
            ErrorKind::NotAffected => Self::NotAffected { code, detail, advice },
            ErrorKind::ManyRows => Self::ManyRows { code, detail, advice },
            ErrorKind::Truncated => Self::Truncated { code, detail, advice },
            ErrorKind::SignedOut => Self::SignedOut { code, detail, advice },
            ErrorKind::Storage => Self::Storage { code, detail, advice },
            _ => Self::Other { code, detail, advice },
        }
    }
}

impl From<InvalidCode> for EventosError {
    fn from(error: InvalidCode) -> EventosError {
        Error::from(error).into()
    }
}
