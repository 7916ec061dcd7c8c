//! Letting people in: one scan, one answer.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::answer::{Declared, Holds};
use super::door_tokens::DoorToken;
use super::function::{Call, Function, typed};
use crate::client::Eventos;
use crate::codes::{QrPayload, TicketNumber};
use crate::error::{Error, ErrorKind, Result};
use crate::schema::{AttendeeId, EventId, EventStatus, TicketId, TicketStatus, ids};

const MIGRATION: &str = "20251110000000_check_in.sql";
static CHECK_IN: Function =
    Function::new("check_in", MIGRATION, CHECKED_IN).refusing(&[("scan_id_reused", scan_id_reused)]);
static UNDO: Function = Function::new("undo_check_in", MIGRATION, UNDONE).refusing(&[("unknown_scan", unknown_scan)]);
static STATS: Function = Function::new("door_stats", MIGRATION, Holds::Object(FIGURES));
static ATTENDEES: Function = Function::new("door_attendees", MIGRATION, Holds::List(&Holds::Object(ATTENDEE)));

/// A code held before a scanner. [`Door::read`] makes one.
///
/// `Debug` does not show the code.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Scan {
    /// Names this scan: asking again with it gives the first answer again. See [`Eventos::new_id`].
    pub scan_id: ScanId,
    /// What the scanner read, or what somebody typed.
    pub code: String,
    /// When it was read, in UTC by the device's clock.
    pub scanned_at: DateTime<Utc>,
    /// Which device read it, where that is told.
    pub device: Option<String>,
    /// At which gate, where that is told.
    pub gate: Option<String>,
}

impl Scan {
    /// A scan that was made elsewhere or before.
    ///
    /// ```
    /// use eventos_core::flows::check_in::Scan;
    ///
    /// let scan_id = "5c000000-0000-4000-8000-000000000001".parse()?;
    /// let scanned_at = "2025-06-15T12:44:59.123456Z".parse().unwrap();
    /// let scan = Scan::new(scan_id, "+/cHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=", scanned_at);
    /// assert_eq!((scan.device, scan.gate), (None, None));
    /// # Ok::<(), eventos_core::Error>(())
    /// ```
    pub fn new(scan_id: ScanId, code: impl Into<String>, scanned_at: DateTime<Utc>) -> Scan {
        Scan { scan_id, code: code.into(), scanned_at, device: None, gate: None }
    }

    /// The code in the one form that scanners' spellings of it share; one that is none goes as it is, into the log.
    fn plain_code(&self) -> Cow<'_, str> {
        match QrPayload::from_scan(&self.code) {
            Ok(payload) => Cow::Owned(payload.as_str().to_owned()),
            // PostgreSQL's text has no such character: the server could not even answer that it knows no such code.
            Err(_) if self.code.contains('\0') => Cow::Owned(self.code.replace('\0', "\u{FFFD}")),
            Err(_) => Cow::Borrowed(&self.code),
        }
    }
}

ids! {
    in "eventos_core::flows::check_in";
    /// A scan's id.
    ScanId,
}

impl fmt::Debug for Scan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scan")
            .field("scan_id", &self.scan_id)
            .field("scanned_at", &self.scanned_at)
            .field("device", &self.device)
            .field("gate", &self.gate)
            .finish_non_exhaustive()
    }
}

/// The answer to a scan.
///
/// [`Door`] has an example.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CheckIn {
    /// The scan that it answers.
    pub scan_id: ScanId,
    /// Whether the same scan was answered before.
    pub is_replay: bool,
    /// Whether the holder may come in, and why not.
    #[serde(flatten)]
    pub outcome: Outcome,
    /// The ticket, where the code is a ticket's and the caller may know.
    pub ticket: Option<ScannedTicket>,
    /// Its holder, where known.
    pub attendee: Option<ScannedAttendee>,
    /// The event at whose door the scan was made.
    pub event_id: EventId,
    /// When the code was read, in UTC by the device's clock.
    pub scanned_at: DateTime<Utc>,
    /// When the server received the scan, in UTC by its clock.
    pub received_at: DateTime<Utc>,
    /// When it was answered, by the same clock.
    pub server_time: DateTime<Utc>,
    /// Where the answer comes from.
    pub source: Source,
}

/// Whether the holder may come in. The first refusal that applies is the one given.
///
/// They are listed in that order, `Admitted` aside. A refusal is an answer, not an error.
///
/// ```
/// use eventos_core::flows::check_in::Outcome;
///
/// assert!(Outcome::Admitted.is_admitted());
/// assert_eq!(Outcome::Unpaid.as_str(), "unpaid");
/// assert!(!Outcome::Unpaid.is_admitted());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// The holder may come in, and the ticket is used from now on.
    Admitted,
    /// The caller may not let people in at this event.
    NotAuthorized,
    /// The code is no ticket's.
    UnknownCode,
    /// The ticket is for another event.
    WrongEvent {
        /// That event, where the caller may know.
        actual: Option<ScannedEvent>,
    },
    /// The event is not taking place: it is a draft, cancelled or over.
    EventNotActive {
        /// Where it stands.
        status: EventStatus,
    },
    /// It is too early or too late.
    OutsideWindow {
        /// When people are let in.
        window: Window,
    },
    /// The ticket was paid back.
    Refunded,
    /// The ticket was cancelled.
    Cancelled,
    /// The ticket's order is not paid.
    Unpaid,
    /// Somebody came in with it before.
    AlreadyUsed {
        /// When and where.
        first_scan: FirstScan,
    },
}

impl Outcome {
    /// The outcome's name: `admitted`, `already_used` and so on.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Outcome::Admitted => "admitted",
            Outcome::NotAuthorized => "not_authorized",
            Outcome::UnknownCode => "unknown_code",
            Outcome::WrongEvent { .. } => "wrong_event",
            Outcome::EventNotActive { .. } => "event_not_active",
            Outcome::OutsideWindow { .. } => "outside_window",
            Outcome::Refunded => "refunded",
            Outcome::Cancelled => "cancelled",
            Outcome::Unpaid => "unpaid",
            Outcome::AlreadyUsed { .. } => "already_used",
        }
    }

    /// Whether the holder may come in.
    pub const fn is_admitted(&self) -> bool {
        matches!(self, Outcome::Admitted)
    }
}

/// When people are let in, both ends included.
///
/// [`Door::window`] has an example.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// The first moment, in UTC.
    pub opens_at: DateTime<Utc>,
    /// The last moment, in UTC.
    pub closes_at: DateTime<Utc>,
}

/// When and where a ticket was used first.
///
/// [`Door`] has an example.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FirstScan {
    /// When, in UTC, as the door told it; `None` where that was not kept.
    pub at: Option<DateTime<Utc>>,
    /// By which device, where that was kept.
    pub device: Option<String>,
    /// At which gate, where that was kept.
    pub gate: Option<String>,
}

/// Where an answer comes from.
///
/// Part of [`CheckIn`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The server.
    Online,
    /// The list of tickets that the device carries.
    Manifest,
}

/// A ticket as a door sees it.
///
/// Part of [`CheckIn`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ScannedTicket {
    /// Its id.
    pub id: TicketId,
    /// The number that people quote.
    pub number: TicketNumber,
}

/// A ticket's holder as a door sees them.
///
/// Part of [`CheckIn`], and [`Door`] has an example.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ScannedAttendee {
    /// Their id.
    pub id: AttendeeId,
    /// Their name.
    pub full_name: String,
    /// Their e-mail address.
    pub email: String,
}

/// An event as a door sees it.
///
/// Part of [`Outcome::WrongEvent`], and [`Door`] has an example.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ScannedEvent {
    /// Its id.
    pub id: EventId,
    /// Title.
    pub name: String,
    /// Where it stands in its life.
    pub status: EventStatus,
}

/// One event's door: takes scans and answers them.
///
/// The server decides under a lock, so however many doors scan one ticket at the same time, one admits, and the others
/// hear when and where. It keeps every scan, by which a scan that is sent again gets its first answer.
///
/// ```no_run
/// use eventos_core::flows::check_in::{Door, Outcome};
/// use eventos_core::{EventId, Eventos};
///
/// # async fn run(organizer: Eventos, event: EventId, scanned: &str) -> eventos_core::Result<()> {
/// let door = Door::new(organizer, event);
/// let scan = door.read(scanned)?;
/// let answer = match door.check_in(&scan).await {
///     // The same scan again: whatever became of the first try, it counts once.
///     Err(error) if error.is_retryable() => door.check_in(&scan).await?,
///     answer => answer?,
/// };
/// match answer.outcome {
///     Outcome::Admitted => println!("Welcome {}!", answer.attendee.map_or_else(String::new, |who| who.full_name)),
///     Outcome::AlreadyUsed { first_scan } => println!("Used before, at {:?}", first_scan.at),
///     Outcome::WrongEvent { actual: Some(event) } => println!("A ticket for {}", event.name),
///     Outcome::EventNotActive { status } => println!("The event is {status}"),
///     Outcome::OutsideWindow { window } => println!("The doors open at {}", window.opens_at),
///     refusal => println!("Refused: {}", refusal.as_str()),
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Door {
    eventos: Eventos,
    event_id: EventId,
    window: Option<Window>,
    device: Option<String>,
    gate: Option<String>,
    token: Option<DoorToken>,
}

impl Door {
    /// The door of an event, for the caller whom the client stands for.
    pub fn new(eventos: Eventos, event_id: EventId) -> Door {
        Door { eventos, event_id, window: None, device: None, gate: None, token: None }
    }

    /// Opens the door with a [token](super::door_tokens), on the phone of somebody who has no account.
    ///
    /// The token counts alone: the client is a visitor's.
    ///
    /// ```no_run
    /// use eventos_core::flows::check_in::Door;
    /// use eventos_core::flows::door_tokens::DoorToken;
    /// use eventos_core::{EventId, Eventos};
    ///
    /// # async fn run(visitor: Eventos, event: EventId, handed_over: String) -> eventos_core::Result<()> {
    /// let door = Door::new(visitor, event).token(DoorToken::new(handed_over)).device("phone 7");
    /// println!("{} are in", door.stats().await?.admitted);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn token(mut self, token: DoorToken) -> Door {
        self.token = Some(token);
        self
    }

    /// Lets people in only within these times.
    ///
    /// By the server's clock, both ends included. Without a window, here or in the token, there is no such limit; with
    /// both, people are let in while both say so.
    ///
    /// ```no_run
    /// use chrono::TimeDelta;
    /// use eventos_core::flows::check_in::{Door, Window};
    /// use eventos_core::{Event, Eventos};
    ///
    /// # async fn run(organizer: Eventos, event: Event) -> eventos_core::Result<()> {
    /// let window = Window { opens_at: event.start_at - TimeDelta::hours(1), closes_at: event.end_at };
    /// let door = Door::new(organizer, event.id).window(window);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn window(mut self, window: Window) -> Door {
        self.window = Some(window);
        self
    }

    /// Names the device that reads codes here.
    ///
    /// ```no_run
    /// use eventos_core::flows::check_in::Door;
    /// use eventos_core::{EventId, Eventos};
    ///
    /// # async fn run(organizer: Eventos, event: EventId) -> eventos_core::Result<()> {
    /// let door = Door::new(organizer, event).device("phone 7").gate("North");
    /// assert_eq!(door.read("+/cHBwcH")?.gate.as_deref(), Some("North"));
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn device(mut self, device: impl Into<String>) -> Door {
        self.device = Some(device.into());
        self
    }

    /// Names the gate that this is.
    #[must_use]
    pub fn gate(mut self, gate: impl Into<String>) -> Door {
        self.gate = Some(gate.into());
        self
    }

    /// A scan of this code, made now.
    ///
    /// # Errors
    ///
    /// [`Storage`](ErrorKind::Storage) where the host gives no random bytes.
    pub fn read(&self, code: impl Into<String>) -> Result<Scan> {
        Ok(self.scan(self.eventos.new_id()?, code))
    }

    /// The same, with an id that was made before.
    pub(super) fn scan(&self, scan_id: ScanId, code: impl Into<String>) -> Scan {
        let (device, gate) = (self.device.clone(), self.gate.clone());
        Scan { device, gate, ..Scan::new(scan_id, code, self.eventos.host().now()) }
    }

    /// Answers a scan.
    ///
    /// # Errors
    ///
    /// [`InvalidInput`](ErrorKind::InvalidInput) with the subject `scan_id_reused` where the scan's id was another code's, another
    /// caller's or another door's; else as [any query](crate::query#errors). After an error, send the same scan again: it does not
    /// count twice.
    pub async fn check_in(&self, scan: &Scan) -> Result<CheckIn> {
        typed(self.checking_in(scan)?.make(&self.eventos).await?)
    }

    pub(super) fn checking_in(&self, scan: &Scan) -> Result<Call> {
        #[derive(Serialize)]
        struct Arguments<'a> {
            event_id: EventId,
            code: Cow<'a, str>,
            scan_id: ScanId,
            scanned_at: DateTime<Utc>,
            device: Option<&'a str>,
            gate: Option<&'a str>,
            opens_at: Option<DateTime<Utc>>,
            closes_at: Option<DateTime<Utc>>,
            door_token: Option<&'a str>,
        }
        let arguments = Arguments {
            event_id: self.event_id,
            code: scan.plain_code(),
            scan_id: scan.scan_id,
            scanned_at: scan.scanned_at,
            device: scan.device.as_deref(),
            gate: scan.gate.as_deref(),
            opens_at: self.window.map(|window| window.opens_at),
            closes_at: self.window.map(|window| window.closes_at),
            door_token: self.door_token(),
        };
        CHECK_IN.with(arguments)
    }

    /// Takes an admission of the last 15 minutes back, and keeps the reason. The ticket lets its holder in again.
    ///
    /// An organizer may take back any of the event's; a phone with a token its own, by the name of its device.
    ///
    /// ```no_run
    /// use eventos_core::flows::check_in::{Door, ScanId, Undo};
    ///
    /// # async fn run(door: Door, scan_id: ScanId) -> eventos_core::Result<()> {
    /// match door.undo(scan_id, "scanned the wrong phone").await? {
    ///     Undo::Undone => println!("as if it had not been"),
    ///     Undo::TooLate { until } => println!("that was possible until {until}"),
    ///     _ => println!("nobody came in by this scan"),
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidInput`](ErrorKind::InvalidInput) without a reason; [`NotFound`](ErrorKind::NotFound) for a scan that is none, or not
    /// this caller's to take back; else as [any query](crate::query#errors).
    pub async fn undo(&self, scan_id: ScanId, reason: &str) -> Result<Undo> {
        typed(self.undoing(scan_id, reason)?.make(&self.eventos).await?)
    }

    pub(super) fn undoing(&self, scan_id: ScanId, reason: &str) -> Result<Call> {
        if reason.trim().is_empty() {
            return Err(Error::invalid_input("reason", "say why the check-in is taken back"));
        }
        let arguments = serde_json::json!({
            "scan_id": scan_id, "reason": reason, "device": self.device, "door_token": self.door_token(),
        });
        UNDO.with(arguments)
    }

    /// How many are in, how many are still expected, and what was scanned.
    ///
    /// [`Door::token`] has an example.
    ///
    /// # Errors
    ///
    /// [`InsufficientPrivilege`](crate::ServerCode::InsufficientPrivilege) where the door is not the caller's; else as
    /// [any query](crate::query#errors).
    pub async fn stats(&self) -> Result<DoorStats> {
        typed(self.counting()?.make(&self.eventos).await?)
    }

    pub(super) fn counting(&self) -> Result<Call> {
        let arguments = serde_json::json!({ "event_id": self.event_id, "door_token": self.door_token() });
        STATS.with(arguments)
    }

    /// Those who hold tickets of the event, by a part of their name, e-mail or ticket number; the first 50.
    ///
    /// ```no_run
    /// use eventos_core::flows::check_in::Door;
    ///
    /// # async fn run(door: Door) -> eventos_core::Result<()> {
    /// for holder in door.attendees("chen").await? {
    ///     println!("{} {} {}", holder.full_name, holder.ticket_number, holder.status);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`stats`](Door::stats).
    pub async fn attendees(&self, search: &str) -> Result<Vec<DoorAttendee>> {
        typed(self.searching(search)?.make(&self.eventos).await?)
    }

    pub(super) fn searching(&self, search: &str) -> Result<Call> {
        let arguments =
            serde_json::json!({ "event_id": self.event_id, "search": search, "door_token": self.door_token() });
        ATTENDEES.with(arguments)
    }

    fn door_token(&self) -> Option<&str> {
        self.token.as_ref().map(DoorToken::expose)
    }
}

const CHECKED_IN: Holds = Holds::Outcome {
    of_all: &[
        ("scan_id", Holds::Id),
        ("is_replay", Holds::Flag),
        ("ticket", Holds::Maybe(&Holds::Object(&[("id", Holds::Id), ("number", Holds::Text)]))),
        (
            "attendee",
            Holds::Maybe(&Holds::Object(&[("id", Holds::Id), ("full_name", Holds::Text), ("email", Holds::Text)])),
        ),
        ("event_id", Holds::Id),
        ("scanned_at", Holds::Time),
        ("received_at", Holds::Time),
        ("server_time", Holds::Time),
        ("source", Holds::OneOf(&["online", "manifest"])),
    ],
    outcomes: &[
        ("admitted", &[]),
        ("not_authorized", &[]),
        ("unknown_code", &[]),
        ("wrong_event", &[("actual", Holds::Maybe(&Holds::Object(SCANNED_EVENT)))]),
        ("event_not_active", &[("status", Holds::Text)]),
        ("outside_window", &[("window", Holds::Object(&[("opens_at", Holds::Time), ("closes_at", Holds::Time)]))]),
        ("refunded", &[]),
        ("cancelled", &[]),
        ("unpaid", &[]),
        ("already_used", &[("first_scan", Holds::Object(FIRST_SCAN))]),
    ],
};

const SCANNED_EVENT: Declared = &[("id", Holds::Id), ("name", Holds::Text), ("status", Holds::Text)];

const FIRST_SCAN: Declared =
    &[("at", Holds::Maybe(&Holds::Time)), ("device", Holds::Maybe(&Holds::Text)), ("gate", Holds::Maybe(&Holds::Text))];

const UNDONE: Holds =
    Holds::outcome(&[("undone", &[]), ("too_late", &[("until", Holds::Time)]), ("not_admitted", &[])]);

const FIGURES: Declared = &[
    ("event_id", Holds::Id),
    ("capacity", Holds::Whole),
    ("admitted", Holds::Whole),
    ("expected", Holds::Whole),
    ("scans", Holds::Counts),
    ("gates", Holds::Counts),
];

const ATTENDEE: Declared = &[
    ("attendee_id", Holds::Id),
    ("full_name", Holds::Text),
    ("email", Holds::Text),
    ("ticket_id", Holds::Id),
    ("ticket_number", Holds::Text),
    ("status", Holds::Text),
    ("checked_in_at", Holds::Maybe(&Holds::Time)),
];

fn scan_id_reused(_: &Value, _: &Value) -> Error {
    Error::invalid_input("scan_id_reused", "this scan id belongs to another code, caller or door: take a new one")
}

fn unknown_scan(_: &Value, _: &Value) -> Error {
    Error::plain(ErrorKind::NotFound, "there is no such scan, or it is not this caller's to take back")
}

/// What became of taking an admission back.
///
/// [`Door::undo`] has an example.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Undo {
    /// The ticket lets its holder in again.
    Undone,
    /// The admission is older than 15 minutes.
    TooLate {
        /// Until when it could be taken back, in UTC by the server's clock.
        until: DateTime<Utc>,
    },
    /// Nobody came in by this scan, or the ticket changed since.
    NotAdmitted,
}

/// A door's figures. [`Door::stats`] gives them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DoorStats {
    /// The event.
    pub event_id: EventId,
    /// The most tickets that it sells.
    pub capacity: i64,
    /// Tickets that were used: the people who are in.
    pub admitted: i64,
    /// Tickets that are good and not used yet.
    pub expected: i64,
    /// Scans by the name of their outcome, those that were taken back included.
    pub scans: BTreeMap<String, i64>,
    /// Admissions by gate, where scans name one.
    pub gates: BTreeMap<String, i64>,
}

/// Somebody who holds a ticket, as a door looks them up. [`Door::attendees`] gives them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DoorAttendee {
    /// Their id.
    pub attendee_id: AttendeeId,
    /// Their name.
    pub full_name: String,
    /// Their e-mail address.
    pub email: String,
    /// Their ticket's id.
    pub ticket_id: TicketId,
    /// The number that people quote.
    pub ticket_number: TicketNumber,
    /// Where the ticket stands.
    pub status: TicketStatus,
    /// When it was used, in UTC by the server's clock.
    pub checked_in_at: Option<DateTime<Utc>>,
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may")]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::host::RecordingHost;

    const CODE: &str = "+/cHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=";

    fn door() -> Door {
        let host = Arc::new(RecordingHost::starting_at("2025-06-15T12:45:00.123Z".parse().unwrap()));
        let eventos = Eventos::builder("https://eventos.example", "sb_publishable_key").host(host).build().unwrap();
        Door::new(eventos, "e1111111-1111-4111-8111-111111111111".parse().unwrap())
    }

    #[test]
    fn functions_answer_as_their_types_say() {
        CHECK_IN.assert_answers::<CheckIn>();
        UNDO.assert_answers::<Undo>();
        STATS.assert_answers::<DoorStats>();
        ATTENDEES.assert_answers::<Vec<DoorAttendee>>();
    }

    #[test]
    fn a_scan_tells_its_door_and_hides_its_code() {
        let door = door().device("phone 7").gate("North");
        let scan = door.read(CODE).unwrap();
        assert_eq!((scan.device.as_deref(), scan.gate.as_deref()), (Some("phone 7"), Some("North")));
        assert!(!format!("{scan:?}").contains(CODE));
    }

    #[test]
    fn a_code_that_no_database_can_hold_is_a_code_that_it_does_not_know() {
        let scan = door().read("TKT\0").unwrap();
        assert_eq!(scan.plain_code(), "TKT\u{FFFD}");
    }

    #[test]
    fn a_door_hides_its_token() {
        let door = door().token(DoorToken::new("door_secret"));
        assert!(!format!("{door:?}").contains("secret"));
    }
}
