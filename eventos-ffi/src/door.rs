//! The door of one event: scans and their answers, undo, figures, tokens for staff.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::Value;

use crate::client::Client;
use crate::error::EventosError;
use crate::json::{Fields, FromJson, ToJson, object, outcome, record};
use crate::tables::{AttendeeId, EventId, EventStatus, TicketId, TicketStatus};
use crate::values::{Timestamp, id, labels};

id! {
    /// The id of one scan, made where it is scanned.
    ScanId
}
id! {
    /// The id of a door token; the token itself is a secret.
    DoorTokenId
}

/// Where and with what somebody scans.
#[derive(Clone, Default, uniffi::Record)]
pub struct DoorSettings {
    /// A door token, for staff without an account.
    #[uniffi(default = None)]
    pub token: Option<String>,
    /// What this device is called.
    #[uniffi(default = None)]
    pub device: Option<String>,
    #[uniffi(default = None)]
    pub gate: Option<String>,
    /// When people are admitted; always unless given.
    #[uniffi(default = None)]
    pub window: Option<Window>,
}

record! {
    /// When a door is open.
    Window { opens_at: Timestamp, closes_at: Timestamp }
}

impl ToJson for Window {
    fn to_json(self) -> Value {
        let Window { opens_at, closes_at } = self;
        object! { opens_at, closes_at }
    }
}

record! {
    /// What a door answers to a scan. A refusal is an answer, not an error.
    CheckIn {
        scan_id: ScanId,
        is_replay: bool,
        outcome: Outcome,
        ticket: Option<ScannedTicket>,
        attendee: Option<ScannedAttendee>,
        event_id: EventId,
        scanned_at: Timestamp,
        received_at: Timestamp,
        server_time: Timestamp,
        source: Source,
    }
}

outcome! {
    /// Whether somebody may enter, or why not.
    Outcome {
        Admitted = "admitted",
        NotAuthorized = "not_authorized",
        UnknownCode = "unknown_code",
        WrongEvent = "wrong_event" { actual: Option<ScannedEvent> },
        EventNotActive = "event_not_active" { status: EventStatus },
        OutsideWindow = "outside_window" { window: Window },
        Refunded = "refunded",
        Cancelled = "cancelled",
        Unpaid = "unpaid",
        AlreadyUsed = "already_used" { first_scan: FirstScan },
    }
}

labels! {
    /// Who answered a scan.
    Source { Online = "online", Manifest = "manifest" }
}

record! {
    /// The ticket of a scan.
    ScannedTicket {
        id: TicketId,
        number: String,
    }
}

record! {
    /// Whom it admits.
    ScannedAttendee {
        id: AttendeeId,
        full_name: String,
        email: String,
    }
}

record! {
    /// The event that a ticket is for.
    ScannedEvent {
        id: EventId,
        name: String,
        status: EventStatus,
    }
}

record! {
    /// When and where a ticket was first used.
    FirstScan {
        at: Option<Timestamp>,
        device: Option<String>,
        gate: Option<String>,
    }
}

outcome! {
    /// What became of an undo.
    Undo {
        Undone = "undone",
        TooLate = "too_late" { until: Timestamp },
        NotAdmitted = "not_admitted",
    }
}

record! {
    /// The live figures of a door.
    DoorStats {
        event_id: EventId,
        capacity: i64,
        admitted: i64,
        expected: i64,
        /// Scans by their outcome.
        scans: HashMap<String, i64>,
        /// Admissions by gate.
        gates: HashMap<String, i64>,
    }
}

record! {
    /// Somebody who comes, and how their ticket stands.
    DoorAttendee {
        attendee_id: AttendeeId,
        full_name: String,
        email: String,
        ticket_id: TicketId,
        ticket_number: String,
        status: TicketStatus,
        checked_in_at: Option<Timestamp>,
    }
}

/// The door of one event.
#[derive(Clone, uniffi::Object)]
pub struct Door {
    client: Arc<Client>,
    event_id: EventId,
    settings: DoorSettings,
}

#[uniffi::export]
impl Client {
    /// The door of an event.
    pub fn door(self: Arc<Self>, event_id: EventId, settings: DoorSettings) -> Result<Arc<Door>, EventosError> {
        Ok(Arc::new(Door { client: self, event_id, settings }))
    }
}

#[uniffi::export]
impl Door {
    /// Lets somebody in, or says why not. Takes a code as a camera, a keyboard-wedge scanner or a person gives it.
    ///
    /// The same scan id again gives the first answer, so that a scan whose answer was lost can be asked again; a new one is made
    /// where none is given.
    #[uniffi::method(default(scan_id = None, scanned_at = None))]
    pub async fn check_in(
        self: Arc<Self>,
        code: String,
        scan_id: Option<ScanId>,
        scanned_at: Option<Timestamp>,
    ) -> Result<CheckIn, EventosError> {
        let Door { client, event_id, settings } = Arc::unwrap_or_clone(self);
        let DoorSettings { token: door_token, device, gate, window } = settings;
        let scan = object! { event_id, door_token, device, gate, window, code, scan_id, scanned_at };
        client.flow("check_in", scan).await
    }

    /// Takes an admission back, within 15 minutes, by the same device or the organizer.
    pub async fn undo(self: Arc<Self>, scan_id: ScanId, reason: String) -> Result<Undo, EventosError> {
        let Door { client, event_id, settings: DoorSettings { token: door_token, device, .. } } =
            Arc::unwrap_or_clone(self);
        client.flow("check_in.undo", object! { event_id, door_token, device, scan_id, reason }).await
    }

    /// How many are in, how many are expected, and what the scans gave.
    pub async fn stats(self: Arc<Self>) -> Result<DoorStats, EventosError> {
        let Door { client, event_id, settings: DoorSettings { token: door_token, .. } } = Arc::unwrap_or_clone(self);
        client.flow("check_in.stats", object! { event_id, door_token }).await
    }

    /// Who comes, by a part of a name, an e-mail or a ticket number.
    pub async fn attendees(self: Arc<Self>, search: String) -> Result<Vec<DoorAttendee>, EventosError> {
        let Door { client, event_id, settings: DoorSettings { token: door_token, .. } } = Arc::unwrap_or_clone(self);
        client.flow("check_in.attendees", object! { event_id, door_token, search }).await
    }
}

record! {
    /// A door token, without the token.
    DoorTokenDetails {
        token_id: DoorTokenId,
        event_id: EventId,
        label: String,
        opens_at: Option<Timestamp>,
        closes_at: Option<Timestamp>,
        expires_at: Timestamp,
        revoked_at: Option<Timestamp>,
    }
}

/// A door token that was just made. The token is told once; only its hash is stored.
#[derive(Clone, uniffi::Record)]
pub struct IssuedDoorToken {
    pub token: String,
    pub details: DoorTokenDetails,
}

impl FromJson for IssuedDoorToken {
    fn from_json(json: Value) -> eventos_core::Result<IssuedDoorToken> {
        let mut fields = Fields::of(json)?;
        Ok(IssuedDoorToken {
            token: String::take(&mut fields, "token")?,
            details: FromJson::take(&mut fields, "details")?,
        })
    }
}

#[uniffi::export]
impl Client {
    /// Makes a token that lets a phone of staff check in at one event.
    #[uniffi::method(default(expires_at = None, window = None))]
    pub async fn issue_door_token(
        self: Arc<Self>,
        event_id: EventId,
        label: String,
        expires_at: Option<Timestamp>,
        window: Option<Window>,
    ) -> Result<IssuedDoorToken, EventosError> {
        self.flow("door_tokens.issue", object! { event_id, label, expires_at, window }).await
    }

    /// Ends a door token; when it was revoked.
    pub async fn revoke_door_token(self: Arc<Self>, token_id: DoorTokenId) -> Result<Timestamp, EventosError> {
        self.flow("door_tokens.revoke", object! { token_id }).await
    }

    /// The tokens of an event's door, the oldest first.
    pub async fn door_tokens(self: Arc<Self>, event_id: EventId) -> Result<Vec<DoorTokenDetails>, EventosError> {
        self.flow("door_tokens.list", object! { event_id }).await
    }
}
