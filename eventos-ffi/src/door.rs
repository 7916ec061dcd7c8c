//! The door of one event: scans and their answers, undo, figures, tokens for staff.

use std::collections::HashMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::client::Client;
use crate::error::EventosError;
use crate::tables::{AttendeeId, EventId, EventStatus, TicketId, TicketStatus};
use crate::values::{Timestamp, id};

id! {
    /// The id of one scan, made where it is scanned.
    ScanId
}
id! {
    /// The id of a door token; the token itself is a secret.
    DoorTokenId
}

/// Where and with what somebody scans.
#[derive(Debug, Clone, Default, uniffi::Record)]
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

/// When a door is open.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, uniffi::Record)]
pub struct Window {
    pub opens_at: Timestamp,
    pub closes_at: Timestamp,
}

/// What a door answers to a scan. A refusal is an answer, not an error.
#[derive(Debug, Clone, PartialEq, Deserialize, uniffi::Record)]
pub struct CheckIn {
    pub scan_id: ScanId,
    pub is_replay: bool,
    #[serde(flatten)]
    pub outcome: Outcome,
    pub ticket: Option<ScannedTicket>,
    pub attendee: Option<ScannedAttendee>,
    pub event_id: EventId,
    pub scanned_at: Timestamp,
    pub received_at: Timestamp,
    pub server_time: Timestamp,
    pub source: Source,
}

/// Whether somebody may enter, or why not.
#[derive(Debug, Clone, PartialEq, Deserialize, uniffi::Enum)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    Admitted,
    NotAuthorized,
    UnknownCode,
    WrongEvent { actual: Option<ScannedEvent> },
    EventNotActive { status: EventStatus },
    OutsideWindow { window: Window },
    Refunded,
    Cancelled,
    Unpaid,
    AlreadyUsed { first_scan: FirstScan },
}

#[derive(Debug, Clone, PartialEq, Deserialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    Online,
    Manifest,
}

#[derive(Debug, Clone, PartialEq, Deserialize, uniffi::Record)]
pub struct ScannedTicket {
    pub id: TicketId,
    pub number: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, uniffi::Record)]
pub struct ScannedAttendee {
    pub id: AttendeeId,
    pub full_name: String,
    pub email: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, uniffi::Record)]
pub struct ScannedEvent {
    pub id: EventId,
    pub name: String,
    pub status: EventStatus,
}

/// When and where a ticket was first used.
#[derive(Debug, Clone, PartialEq, Deserialize, uniffi::Record)]
pub struct FirstScan {
    pub at: Option<Timestamp>,
    pub device: Option<String>,
    pub gate: Option<String>,
}

/// What became of an undo.
#[derive(Debug, Clone, PartialEq, Deserialize, uniffi::Enum)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Undo {
    Undone,
    TooLate { until: Timestamp },
    NotAdmitted,
}

/// The live figures of a door.
#[derive(Debug, Clone, PartialEq, Deserialize, uniffi::Record)]
pub struct DoorStats {
    pub event_id: EventId,
    pub capacity: i64,
    pub admitted: i64,
    pub expected: i64,
    /// Scans by their outcome.
    pub scans: HashMap<String, i64>,
    /// Admissions by gate.
    pub gates: HashMap<String, i64>,
}

/// Somebody who comes, and how their ticket stands.
#[derive(Debug, Clone, PartialEq, Deserialize, uniffi::Record)]
pub struct DoorAttendee {
    pub attendee_id: AttendeeId,
    pub full_name: String,
    pub email: String,
    pub ticket_id: TicketId,
    pub ticket_number: String,
    pub status: TicketStatus,
    pub checked_in_at: Option<Timestamp>,
}

/// The door of one event.
#[derive(uniffi::Object)]
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
        let Door { event_id, settings: DoorSettings { token, device, gate, window }, .. } = &*self;
        let scan = json!({
            "event_id": event_id, "door_token": token, "device": device, "gate": gate, "window": window,
            "code": code, "scan_id": scan_id, "scanned_at": scanned_at,
        });
        self.client.flow("check_in", scan).await
    }

    /// Takes an admission back, within 15 minutes, by the same device or the organizer.
    pub async fn undo(self: Arc<Self>, scan_id: ScanId, reason: String) -> Result<Undo, EventosError> {
        let Door { event_id, settings: DoorSettings { token, device, .. }, .. } = &*self;
        let undone = json!({
            "event_id": event_id, "door_token": token, "device": device, "scan_id": scan_id, "reason": reason,
        });
        self.client.flow("check_in.undo", undone).await
    }

    /// How many are in, how many are expected, and what the scans gave.
    pub async fn stats(self: Arc<Self>) -> Result<DoorStats, EventosError> {
        let Door { event_id, settings: DoorSettings { token, .. }, .. } = &*self;
        self.client.flow("check_in.stats", json!({ "event_id": event_id, "door_token": token })).await
    }

    /// Who comes, by a part of a name, an e-mail or a ticket number.
    pub async fn attendees(self: Arc<Self>, search: String) -> Result<Vec<DoorAttendee>, EventosError> {
        let Door { event_id, settings: DoorSettings { token, .. }, .. } = &*self;
        let asked = json!({ "event_id": event_id, "door_token": token, "search": search });
        self.client.flow("check_in.attendees", asked).await
    }
}

/// A door token, without the token.
#[derive(Debug, Clone, PartialEq, Deserialize, uniffi::Record)]
pub struct DoorTokenDetails {
    pub token_id: DoorTokenId,
    pub event_id: EventId,
    pub label: String,
    pub opens_at: Option<Timestamp>,
    pub closes_at: Option<Timestamp>,
    pub expires_at: Timestamp,
    pub revoked_at: Option<Timestamp>,
}

/// A door token that was just made. The token is told once; only its hash is stored.
#[derive(Clone, Deserialize, uniffi::Record)]
pub struct IssuedDoorToken {
    pub token: String,
    pub details: DoorTokenDetails,
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
        let token = json!({ "event_id": event_id, "label": label, "expires_at": expires_at, "window": window });
        self.flow("door_tokens.issue", token).await
    }

    /// Ends a door token; when it was revoked.
    pub async fn revoke_door_token(self: Arc<Self>, token_id: DoorTokenId) -> Result<Timestamp, EventosError> {
        self.flow("door_tokens.revoke", json!({ "token_id": token_id })).await
    }

    /// The tokens of an event's door, the oldest first.
    pub async fn door_tokens(self: Arc<Self>, event_id: EventId) -> Result<Vec<DoorTokenDetails>, EventosError> {
        self.flow("door_tokens.list", json!({ "event_id": event_id })).await
    }
}
