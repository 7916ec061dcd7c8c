//! Letting people in: one scan, one answer.

use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Projection;
use crate::client::{Caller, Eventos};
use crate::codes::{QrPayload, TicketNumber};
use crate::error::{Error, Result};
use crate::schema::{
    Attendee, AttendeeId, Event, EventId, EventStatus, Order, PaymentStatus, ProfileId, Ticket, TicketId, TicketStatus,
};

/// A code held before a scanner.
///
/// `Debug` does not show the code.
#[derive(Clone, PartialEq, Eq)]
pub struct Scan {
    /// Names this scan: asking again with it gives the first answer again. See [`Eventos::new_id`].
    pub scan_id: ScanId,
    /// What the scanner read, or what somebody typed.
    pub code: String,
    /// When it was read, by the device's clock, to the microsecond: by it a scan whose answer was lost is recognised.
    pub scanned_at: DateTime<Utc>,
}

/// A scan's id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ScanId(Uuid);

impl From<Uuid> for ScanId {
    fn from(id: Uuid) -> ScanId {
        ScanId(id)
    }
}

impl fmt::Display for ScanId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.hyphenated().fmt(f)
    }
}

impl fmt::Debug for Scan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scan")
            .field("scan_id", &self.scan_id)
            .field("scanned_at", &self.scanned_at)
            .finish_non_exhaustive()
    }
}

/// The answer to a scan.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CheckIn {
    /// The scan that it answers.
    pub scan_id: ScanId,
    /// Whether the same scan was answered before.
    pub is_replay: bool,
    /// Whether the holder may come in, and why not.
    pub outcome: Outcome,
    /// The ticket, where the code is a ticket's and the caller may know.
    pub ticket: Option<ScannedTicket>,
    /// Its holder, where known.
    pub attendee: Option<ScannedAttendee>,
    /// The event at whose door the scan was made.
    pub event_id: EventId,
    /// When the code was read, by the device's clock.
    pub scanned_at: DateTime<Utc>,
    /// When the scan was received.
    pub received_at: DateTime<Utc>,
    /// When it was answered.
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
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
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

/// When people are let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// The first moment.
    pub opens_at: DateTime<Utc>,
    /// The last moment.
    pub closes_at: DateTime<Utc>,
}

/// When and where a ticket was used first.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FirstScan {
    /// When.
    pub at: Option<DateTime<Utc>>,
    /// By which device, where that was kept.
    pub device: Option<String>,
    /// At which gate, where that was kept.
    pub gate: Option<String>,
}

/// Where an answer comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The server.
    Online,
    /// The list of tickets that the device carries.
    Manifest,
}

/// A ticket as a door sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ScannedTicket {
    /// Its id.
    pub id: TicketId,
    /// The number that people quote.
    pub number: TicketNumber,
}

/// A ticket's holder as a door sees them.
#[derive(Debug, Clone, PartialEq, Eq, Projection)]
#[projection(of = Attendee)]
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
#[derive(Debug, Clone, PartialEq, Eq, Projection)]
#[projection(of = Event)]
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
/// The server decides in one statement, so however many doors scan one ticket at the same time, one admits. A door
/// remembers its latest 1,000 answers, for scans that are sent again.
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
pub struct Door {
    eventos: Eventos,
    event_id: EventId,
    window: Option<Window>,
    is_authorized: Mutex<bool>,
    answered: Mutex<Answered>,
}

/// The latest answers, for scans that are sent again.
#[derive(Default)]
struct Answered {
    by_scan: HashMap<ScanId, (String, CheckIn)>,
    oldest_first: VecDeque<ScanId>,
}

const ANSWERS_KEPT: usize = 1000;

#[derive(Projection)]
#[projection(of = Event)]
struct Organized {
    organizer_id: ProfileId,
}

#[derive(Projection)]
#[projection(of = Ticket)]
struct Presented {
    id: TicketId,
    ticket_number: TicketNumber,
    event_id: EventId,
    status: TicketStatus,
    checked_in_at: Option<DateTime<Utc>>,
    attendee: Option<ScannedAttendee>,
    event: Option<ScannedEvent>,
    order: Option<Paid>,
}

#[derive(Projection)]
#[projection(of = Order)]
struct Paid {
    payment_status: PaymentStatus,
}

impl Door {
    /// The door of an event, for the caller whom the client stands for.
    pub fn new(eventos: Eventos, event_id: EventId) -> Door {
        Door {
            eventos,
            event_id,
            window: None,
            is_authorized: Mutex::new(false),
            answered: Mutex::new(Answered::default()),
        }
    }

    /// Lets people in only within these times.
    ///
    /// By the time of the scan, both ends included. Without a window there is no such limit.
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

    /// A scan of this code, made now.
    ///
    /// # Errors
    ///
    /// [`Storage`](crate::ErrorKind::Storage) where the host gives no random bytes.
    pub fn read(&self, code: impl Into<String>) -> Result<Scan> {
        Ok(Scan { scan_id: self.eventos.new_id()?, code: code.into(), scanned_at: self.eventos.host().now() })
    }

    /// Answers a scan.
    ///
    /// # Errors
    ///
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) with the subject `scan_id_reused` where the scan's id was another code's;
    /// else as [any query](crate::query#errors). After an error, send the same scan again: it does not count twice.
    pub async fn check_in(&self, scan: &Scan) -> Result<CheckIn> {
        if let Some(answer) = self.answered_before(scan)? {
            return Ok(answer);
        }
        let received_at = self.eventos.host().now();
        let (outcome, ticket, is_replay) = self.decide(scan).await?;
        let is_known = !matches!(outcome, Outcome::NotAuthorized | Outcome::UnknownCode);
        let ticket = ticket.filter(|_| is_known);
        let attendee = ticket.as_ref().and_then(|ticket| ticket.attendee.clone());
        let answer = CheckIn {
            scan_id: scan.scan_id,
            is_replay,
            outcome,
            ticket: ticket.map(|ticket| ScannedTicket { id: ticket.id, number: ticket.ticket_number }),
            attendee,
            event_id: self.event_id,
            scanned_at: scan.scanned_at,
            received_at,
            server_time: self.eventos.host().now(),
            source: Source::Online,
        };
        self.remember(scan, &answer);
        Ok(answer)
    }

    async fn decide(&self, scan: &Scan) -> Result<(Outcome, Option<Presented>, bool)> {
        if !self.is_authorized().await? {
            return Ok((Outcome::NotAuthorized, None, false));
        }
        let Ok(code) = QrPayload::from_scan(&scan.code) else {
            return Ok((Outcome::UnknownCode, None, false));
        };
        let Some(presented) = self.look_up(&code).await? else {
            return Ok((Outcome::UnknownCode, None, false));
        };
        if let Some(refusal) = self.refusal(&presented, scan) {
            let is_replay = is_own_admission(&presented, scan, &refusal);
            let outcome = if is_replay { Outcome::Admitted } else { refusal };
            return Ok((outcome, Some(presented), is_replay));
        }
        if self.admit(presented.id, scan).await? {
            Ok((Outcome::Admitted, Some(presented), false))
        } else {
            self.outrun(&code, scan, presented).await
        }
    }

    /// Organizers let people in at their own events, and the service at any.
    async fn is_authorized(&self) -> Result<bool> {
        if *lock(&self.is_authorized) {
            return Ok(true);
        }
        let is_authorized = match self.eventos.caller().await? {
            Caller::Service => true,
            Caller::Visitor => false,
            Caller::User(user) => {
                let event =
                    self.eventos.events().select::<Organized>().filter(Event::ID.eq(self.event_id)).maybe_single();
                event.await?.is_some_and(|event| event.organizer_id == user)
            }
        };
        *lock(&self.is_authorized) = is_authorized;
        Ok(is_authorized)
    }

    async fn look_up(&self, code: &QrPayload) -> Result<Option<Presented>> {
        self.eventos.tickets().select::<Presented>().filter(Ticket::QR_CODE.eq(code)).maybe_single().await
    }

    /// The first reason that applies; `None` to admit.
    fn refusal(&self, ticket: &Presented, scan: &Scan) -> Option<Outcome> {
        if ticket.event_id != self.event_id {
            return Some(Outcome::WrongEvent { actual: ticket.event.clone() });
        }
        if let Some(event) = &ticket.event
            && event.status != EventStatus::Published
        {
            return Some(Outcome::EventNotActive { status: event.status.clone() });
        }
        if let Some(window) = self.window
            && !(window.opens_at..=window.closes_at).contains(&scan.scanned_at)
        {
            return Some(Outcome::OutsideWindow { window });
        }
        let payment = ticket.order.as_ref().map(|order| &order.payment_status);
        match (&ticket.status, payment) {
            (TicketStatus::Refunded, _) | (_, Some(PaymentStatus::Refunded)) => Some(Outcome::Refunded),
            (TicketStatus::Cancelled | TicketStatus::Unrecognized(_), _) => Some(Outcome::Cancelled),
            (_, Some(PaymentStatus::Pending | PaymentStatus::Failed | PaymentStatus::Unrecognized(_))) => {
                Some(Outcome::Unpaid)
            }
            (TicketStatus::Used, _) => Some(Outcome::AlreadyUsed {
                first_scan: FirstScan { at: ticket.checked_in_at, device: None, gate: None },
            }),
            (TicketStatus::Active, _) => None,
        }
    }

    /// Uses the ticket up if it is still active: of all doors that try, the server lets one.
    async fn admit(&self, ticket: TicketId, scan: &Scan) -> Result<bool> {
        let touched = self
            .eventos
            .tickets()
            .update()
            .set(Ticket::STATUS, TicketStatus::Used)
            .set(Ticket::CHECKED_IN_AT, scan.scanned_at)
            .filter(Ticket::ID.eq(ticket) & Ticket::EVENT_ID.eq(self.event_id))
            .filter(Ticket::STATUS.eq(TicketStatus::Active))
            .affected()
            .await?;
        Ok(touched == 1)
    }

    /// Another door was faster, or the ticket was cancelled meanwhile.
    async fn outrun(
        &self,
        code: &QrPayload,
        scan: &Scan,
        before: Presented,
    ) -> Result<(Outcome, Option<Presented>, bool)> {
        let Some(now) = self.look_up(code).await? else {
            return Ok((Outcome::UnknownCode, None, false));
        };
        match self.refusal(&now, scan) {
            Some(refusal) => Ok((refusal, Some(now), false)),
            None => Ok((Outcome::NotAuthorized, Some(before), false)),
        }
    }

    fn answered_before(&self, scan: &Scan) -> Result<Option<CheckIn>> {
        match lock(&self.answered).by_scan.get(&scan.scan_id) {
            Some((code, answer)) if *code == scan.code => Ok(Some(CheckIn { is_replay: true, ..answer.clone() })),
            Some(_) => {
                Err(Error::invalid_input("scan_id_reused", "this scan id belongs to another code: take a new one"))
            }
            None => Ok(None),
        }
    }

    fn remember(&self, scan: &Scan, answer: &CheckIn) {
        let mut answered = lock(&self.answered);
        answered.by_scan.insert(scan.scan_id, (scan.code.clone(), answer.clone()));
        answered.oldest_first.push_back(scan.scan_id);
        if answered.oldest_first.len() > ANSWERS_KEPT
            && let Some(oldest) = answered.oldest_first.pop_front()
        {
            answered.by_scan.remove(&oldest);
        }
    }
}

/// Whether the ticket is used because of this very scan, whose answer was lost: its time is the scan's, to the microsecond.
fn is_own_admission(ticket: &Presented, scan: &Scan, refusal: &Outcome) -> bool {
    matches!(refusal, Outcome::AlreadyUsed { .. })
        && ticket.checked_in_at.map(|at| at.timestamp_micros()) == Some(scan.scanned_at.timestamp_micros())
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl fmt::Debug for Door {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Door").field("event_id", &self.event_id).field("window", &self.window).finish_non_exhaustive()
    }
}
