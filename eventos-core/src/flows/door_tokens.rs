//! Tokens for the phones of staff: each opens one event's door, until it expires or is revoked.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::answer::{Declared, Holds};
use super::check_in::Window;
use super::function::{Call, Function, typed};
use crate::client::Eventos;
use crate::error::{Error, ErrorKind, Result};
use crate::schema::{EventId, ids};

const MIGRATION: &str = "20251109000000_door_tokens.sql";
static ISSUE: Function = Function::new("issue_door_token", MIGRATION, ISSUED).once();
static REVOKE: Function =
    Function::new("revoke_door_token", MIGRATION, REVOKED).refusing(&[("unknown_token", unknown_token)]);
static LIST: Function = Function::new("door_tokens", MIGRATION, Holds::List(&Holds::Object(DETAILS)));

ids! {
    in "eventos_core::flows::door_tokens";
    /// A door token's id, by which it is revoked. It opens nothing.
    DoorTokenId,
}

/// What opens an event's door. Whoever holds it may check people in there, so `Debug` does not show it.
///
/// ```
/// use eventos_core::flows::door_tokens::DoorToken;
///
/// let token = DoorToken::new("door_Zm9vYmFy");
/// assert_eq!(token.expose(), "door_Zm9vYmFy");
/// assert_eq!(format!("{token:?}"), "DoorToken(…)");
/// ```
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct DoorToken(String);

impl DoorToken {
    /// A token that was issued before, as it was handed over: on paper, or as a QR symbol.
    pub fn new(token: impl Into<String>) -> DoorToken {
        DoorToken(token.into())
    }

    /// The token itself.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for DoorToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DoorToken(…)")
    }
}

/// What a new token is to be. [`issue`] has an example.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDoorToken {
    /// At which event's door it is to be used.
    pub event_id: EventId,
    /// Whose phone it is for, so that the organizer knows it again.
    pub label: String,
    /// When it expires, at most 7 days after the event's end; 12 hours after its end where not told.
    pub expires_at: Option<DateTime<Utc>>,
    /// When people are let in with it; at any time where not told.
    pub window: Option<Window>,
}

/// A token as it was issued.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct IssuedDoorToken {
    /// What opens the door. It is told this once: the database keeps its hash alone.
    pub token: DoorToken,
    /// What is known of it from now on.
    #[serde(flatten)]
    pub details: DoorTokenDetails,
}

/// What the organizer sees of a token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DoorTokenDetails {
    /// Its id.
    pub token_id: DoorTokenId,
    /// At which event's door it is used.
    pub event_id: EventId,
    /// Whose phone it is for.
    pub label: String,
    /// The first moment at which it lets people in, where there is one.
    pub opens_at: Option<DateTime<Utc>>,
    /// The last one, where there is one.
    pub closes_at: Option<DateTime<Utc>>,
    /// When it expires.
    pub expires_at: DateTime<Utc>,
    /// When it was revoked, if it was.
    #[serde(default)]
    pub revoked_at: Option<DateTime<Utc>>,
}

/// Issues a token for an event's door. Only the event's organizer can, and the service.
///
/// ```no_run
/// use eventos_core::flows::door_tokens::{NewDoorToken, issue};
/// use eventos_core::{EventId, Eventos};
///
/// # async fn run(organizer: Eventos, event_id: EventId) -> eventos_core::Result<()> {
/// let wish = NewDoorToken { event_id, label: "North gate".into(), expires_at: None, window: None };
/// let issued = issue(&organizer, &wish).await?;
/// println!("for {} until {}: {}", issued.details.label, issued.details.expires_at, issued.token.expose());
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// [`InsufficientPrivilege`](crate::ServerCode::InsufficientPrivilege) where the event is not the caller's; a server's error
/// with the code `22023` where it would expire in the past or too late; else as [any query](crate::query#errors). It is
/// sent once: after a lost answer, [`list`] tells whether there is a token too many.
pub async fn issue(organizer: &Eventos, token: &NewDoorToken) -> Result<IssuedDoorToken> {
    typed(issuing(token)?.make(organizer).await?)
}

pub(super) fn issuing(token: &NewDoorToken) -> Result<Call> {
    #[derive(Serialize)]
    struct Arguments<'a> {
        event_id: EventId,
        label: &'a str,
        expires_at: Option<DateTime<Utc>>,
        opens_at: Option<DateTime<Utc>>,
        closes_at: Option<DateTime<Utc>>,
    }
    let NewDoorToken { event_id, label, expires_at, window } = token;
    let arguments = Arguments {
        event_id: *event_id,
        label,
        expires_at: *expires_at,
        opens_at: window.map(|window| window.opens_at),
        closes_at: window.map(|window| window.closes_at),
    };
    ISSUE.with(arguments)
}

/// Ends a token for good; scans with it are answered `not_authorized` from now on. Doing it again changes nothing.
///
/// ```no_run
/// use eventos_core::Eventos;
/// use eventos_core::flows::door_tokens::{DoorTokenId, revoke};
///
/// # async fn run(organizer: Eventos, lost_phone: DoorTokenId) -> eventos_core::Result<()> {
/// println!("of no use since {}", revoke(&organizer, lost_phone).await?);
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// [`NotFound`](ErrorKind::NotFound) where there is no such token, or its event is not the caller's; else as
/// [any query](crate::query#errors).
pub async fn revoke(organizer: &Eventos, token_id: DoorTokenId) -> Result<DateTime<Utc>> {
    typed(when_revoked(revoking(token_id)?.make(organizer).await?))
}

pub(super) fn revoking(token_id: DoorTokenId) -> Result<Call> {
    REVOKE.with(serde_json::json!({ "token_id": token_id }))
}

pub(super) fn when_revoked(mut revoked: Value) -> Value {
    revoked.get_mut("revoked_at").map(Value::take).unwrap_or_default()
}

const REVOKED: Holds = Holds::Object(&[("revoked_at", Holds::Time)]);

fn unknown_token(_: &Value, _: &Value) -> Error {
    Error::plain(ErrorKind::NotFound, "there is no such door token, or its event is not the caller's")
}

/// The tokens that were issued for an event's door, the oldest first; none where the event is not the caller's.
///
/// ```no_run
/// use eventos_core::flows::door_tokens::list;
/// use eventos_core::{EventId, Eventos};
///
/// # async fn run(organizer: Eventos, event_id: EventId) -> eventos_core::Result<()> {
/// for token in list(&organizer, event_id).await? {
///     println!("{} until {}", token.label, token.expires_at);
/// }
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// As [any query](crate::query#errors).
pub async fn list(organizer: &Eventos, event_id: EventId) -> Result<Vec<DoorTokenDetails>> {
    typed(listing(event_id)?.make(organizer).await?)
}

pub(super) fn listing(event_id: EventId) -> Result<Call> {
    LIST.with(serde_json::json!({ "event_id": event_id }))
}

const DETAILS: Declared = &[
    ("token_id", Holds::Id),
    ("event_id", Holds::Id),
    ("label", Holds::Text),
    ("opens_at", Holds::Maybe(&Holds::Time)),
    ("closes_at", Holds::Maybe(&Holds::Time)),
    ("expires_at", Holds::Time),
    ("revoked_at", Holds::Maybe(&Holds::Time)),
];

const ISSUED: Holds = Holds::Joined(&[&[("token", Holds::Text)], DETAILS]);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_answer_as_their_types_say() {
        LIST.assert_answers::<Vec<DoorTokenDetails>>();
    }
}
