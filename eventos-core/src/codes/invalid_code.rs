use std::error::Error;
use std::fmt;

/// Why a text is not the code it was taken for.
///
/// It is small, `Copy`, and never holds any of the text: a QR payload must not end up in a log.
///
/// ```
/// use eventos_core::codes::{CodeKind, Reason, TicketNumber};
///
/// let refused = TicketNumber::validate("TKT-B1111111").unwrap_err();
/// assert_eq!(refused.kind(), CodeKind::TicketNumber);
/// assert_eq!(refused.reason(), Reason::Length { found: 12 });
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct InvalidCode {
    kind: CodeKind,
    reason: Reason,
}

impl InvalidCode {
    pub(super) const fn new(kind: CodeKind, reason: Reason) -> Self {
        Self { kind, reason }
    }

    /// What the text was taken for.
    ///
    /// ```
    /// use eventos_core::codes::{CodeKind, Slug};
    ///
    /// assert_eq!(Slug::parse("AI Summit").unwrap_err().kind(), CodeKind::Slug);
    /// ```
    #[must_use]
    pub const fn kind(&self) -> CodeKind {
        self.kind
    }

    /// What is wrong with it.
    ///
    /// ```
    /// use eventos_core::codes::{Reason, Slug};
    ///
    /// assert_eq!(Slug::parse("ai summit").unwrap_err().reason(), Reason::Character { position: 3 });
    /// ```
    #[must_use]
    pub const fn reason(&self) -> Reason {
        self.reason
    }
}

/// The kinds of code.
///
/// ```
/// use eventos_core::codes::CodeKind;
///
/// assert_eq!(CodeKind::TicketNumber.format(), "TKT-XXXXXXXX-YYMMDD, as in TKT-B1111111-251013");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CodeKind {
    /// A [`Slug`](super::Slug).
    Slug,
    /// An [`OrderNumber`](super::OrderNumber).
    OrderNumber,
    /// A [`TicketNumber`](super::TicketNumber).
    TicketNumber,
    /// A [`QrPayload`](super::QrPayload).
    QrPayload,
}

impl CodeKind {
    /// The documented format, in words that fit an error message.
    #[must_use]
    pub const fn format(self) -> &'static str {
        match self {
            Self::Slug => {
                "1 to 100 lower-case ASCII letters and digits, in groups joined by single hyphens, \
                 as in ai-summit-2025"
            }
            Self::OrderNumber => "ORD-YYYYMMDD-XXXXXXXX, as in ORD-20251013-01111111",
            Self::TicketNumber => "TKT-XXXXXXXX-YYMMDD, as in TKT-B1111111-251013",
            Self::QrPayload => "32 bytes in base64, 44 characters of which the last is =",
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Slug => "a slug",
            Self::OrderNumber => "an order number",
            Self::TicketNumber => "a ticket number",
            Self::QrPayload => "a QR payload",
        }
    }
}

/// What can be wrong with a code. Positions count characters, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// It has too few or too many characters.
    Length {
        /// How many it has.
        found: usize,
    },
    /// It does not begin as its kind does, with `ORD-` or `TKT-`.
    Prefix,
    /// A character stands where it may not.
    Character {
        /// Where the first such character is.
        position: usize,
    },
    /// The digits of its date name no day.
    Date,
}

impl fmt::Display for InvalidCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "not {}: ", self.kind.name())?;
        match self.reason {
            Reason::Length { found: 0 } => formatter.write_str("it is empty"),
            Reason::Length { found: 1 } => formatter.write_str("it has 1 character"),
            Reason::Length { found } => write!(formatter, "it has {found} characters"),
            Reason::Prefix => formatter.write_str("it begins with something else"),
            Reason::Character { position } => {
                write!(formatter, "character {position} may not stand there")
            }
            Reason::Date => formatter.write_str("its date does not exist"),
        }?;
        write!(formatter, "; expected {}", self.kind.format())
    }
}

impl Error for InvalidCode {}

impl From<InvalidCode> for crate::error::Error {
    fn from(invalid: InvalidCode) -> Self {
        Self::invalid_input("code", invalid.to_string())
    }
}
