//! Why PostgREST would not take a request.

use std::fmt;

/// The reason for which PostgREST, in at least one supported version, refuses a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    part: String,
    reason: String,
}

impl Refusal {
    /// The part of the request that is refused: a parameter's name, `path`, `method` or a header's name.
    pub fn part(&self) -> &str {
        &self.part
    }

    /// What is wrong with it.
    pub fn reason(&self) -> &str {
        &self.reason
    }

    pub(crate) fn new(part: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { part: part.into(), reason: reason.into() }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PostgREST refuses `{}`: {}", self.part, self.reason)
    }
}

impl std::error::Error for Refusal {}
