//! Letting people in: one scan, one answer.

use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;

use crate::Projection;
use crate::client::{Caller, Eventos};
use crate::codes::{QrPayload, TicketNumber};
use crate::error::{Error, Result};
use crate::schema::{
    Attendee, AttendeeId, Event, EventId, EventStatus, Order, PaymentStatus, ProfileId, Ticket, TicketId, TicketStatus,
    ids,
};

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
    /// When it was read, in UTC by the device's clock, to the microsecond: by it a scan whose answer was lost is
    /// recognised.
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

    /// The code in the one form that scanners' spellings of it share.
    fn plain_code(&self) -> String {
        QrPayload::from_scan(&self.code).map_or_else(|_| self.code.clone(), |payload| payload.as_str().to_owned())
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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
    /// When the scan was received, in UTC by the clock of the client's host.
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Window {
    /// The first moment, in UTC.
    pub opens_at: DateTime<Utc>,
    /// The last moment, in UTC.
    pub closes_at: DateTime<Utc>,
}

/// When and where a ticket was used first.
///
/// [`Door`] has an example.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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
#[derive(Debug, Clone, PartialEq, Eq, Projection, Serialize)]
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
///
/// Part of [`Outcome::WrongEvent`], and [`Door`] has an example.
#[derive(Debug, Clone, PartialEq, Eq, Projection, Serialize)]
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
/// remembers its latest 1,000 answers, for scans that are sent again by the same caller.
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
    device: Option<String>,
    gate: Option<String>,
    authorized: Mutex<Option<Caller>>,
    answered: Mutex<Answered>,
}

/// The latest answers, for scans that are sent again.
#[derive(Default)]
struct Answered {
    by_scan: HashMap<ScanId, Answer>,
    oldest_first: VecDeque<ScanId>,
}

/// What was answered, to whom and about which code.
struct Answer {
    caller: Caller,
    code: String,
    check_in: CheckIn,
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
            device: None,
            gate: None,
            authorized: Mutex::new(None),
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
    /// A scan is recognised by its time, so where the clock counts in milliseconds, random microseconds are added.
    ///
    /// # Errors
    ///
    /// [`Storage`](crate::ErrorKind::Storage) where the host gives no random bytes.
    pub fn read(&self, code: impl Into<String>) -> Result<Scan> {
        let mut scanned_at = self.eventos.host().now();
        if scanned_at.timestamp_subsec_nanos().is_multiple_of(1_000_000) {
            let mut random = [0; 2];
            self.eventos.host().fill_random(&mut random)?;
            scanned_at += TimeDelta::microseconds(i64::from(u16::from_be_bytes(random) % 1000));
        }
        let (device, gate) = (self.device.clone(), self.gate.clone());
        Ok(Scan { scan_id: self.eventos.new_id()?, code: code.into(), scanned_at, device, gate })
    }

    /// Answers a scan.
    ///
    /// # Errors
    ///
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) with the subject `scan_id_reused` where the scan's id was
    /// another code's or another caller's; else as [any query](crate::query#errors). After an error, send the same scan
    /// again: it does not count twice.
    pub async fn check_in(&self, scan: &Scan) -> Result<CheckIn> {
        let received_at = self.eventos.host().now();
        let caller = self.eventos.caller().await?;
        if let Some(answer) = self.answered_before(scan, caller)? {
            return Ok(answer);
        }
        let (outcome, ticket, is_replay) = self.decide(scan, caller).await?;
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
        self.remember(scan, caller, &answer);
        Ok(answer)
    }

    async fn decide(&self, scan: &Scan, caller: Caller) -> Result<(Outcome, Option<Presented>, bool)> {
        if !self.is_authorized(caller).await? {
            return Ok((Outcome::NotAuthorized, None, false));
        }
        let Ok(code) = QrPayload::from_scan(&scan.code) else {
            return Ok((Outcome::UnknownCode, None, false));
        };
        let Some(presented) = self.look_up(&code).await? else {
            return Ok((Outcome::UnknownCode, None, false));
        };
        if let Some((outcome, is_replay)) = self.settled(&presented, scan) {
            return Ok((outcome, Some(presented), is_replay));
        }
        if self.admit(presented.id, scan).await? {
            return Ok((Outcome::Admitted, Some(presented), false));
        }
        // Another door was faster, the ticket was cancelled meanwhile, or this very scan is sent twice at a time.
        let Some(now) = self.look_up(&code).await? else {
            return Ok((Outcome::UnknownCode, None, false));
        };
        match self.settled(&now, scan) {
            Some((outcome, is_replay)) => Ok((outcome, Some(now), is_replay)),
            None => Ok((Outcome::NotAuthorized, None, false)),
        }
    }

    /// Organizers let people in at their own events, and the service at any.
    async fn is_authorized(&self, caller: Caller) -> Result<bool> {
        if *lock(&self.authorized) == Some(caller) {
            return Ok(true);
        }
        let is_authorized = match caller {
            Caller::Service => true,
            Caller::Visitor => false,
            Caller::User(user) => {
                let event =
                    self.eventos.events().select::<Organized>().filter(Event::ID.eq(self.event_id)).maybe_single();
                event.await?.is_some_and(|event| event.organizer_id == user)
            }
        };
        if is_authorized {
            *lock(&self.authorized) = Some(caller);
        }
        Ok(is_authorized)
    }

    async fn look_up(&self, code: &QrPayload) -> Result<Option<Presented>> {
        self.eventos.tickets().select::<Presented>().filter(Ticket::QR_CODE.eq(code)).maybe_single().await
    }

    /// The outcome where there is nothing to admit any more, and whether it is a replay.
    ///
    /// A ticket that is used at this scan's own time, to the microsecond, was used by this very scan, whose answer was
    /// lost.
    fn settled(&self, ticket: &Presented, scan: &Scan) -> Option<(Outcome, bool)> {
        let refusal = self.refusal(ticket, scan)?;
        let is_own_admission = matches!(refusal, Outcome::AlreadyUsed { .. })
            && ticket.checked_in_at.map(|at| at.timestamp_micros()) == Some(scan.scanned_at.timestamp_micros());
        Some(if is_own_admission { (Outcome::Admitted, true) } else { (refusal, false) })
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

    fn answered_before(&self, scan: &Scan, caller: Caller) -> Result<Option<CheckIn>> {
        match lock(&self.answered).by_scan.get(&scan.scan_id) {
            Some(answer) if answer.caller == caller && answer.code == scan.plain_code() => {
                Ok(Some(CheckIn { is_replay: true, ..answer.check_in.clone() }))
            }
            Some(_) => Err(Error::invalid_input(
                "scan_id_reused",
                "this scan id belongs to another code or caller: take a new one",
            )),
            None => Ok(None),
        }
    }

    fn remember(&self, scan: &Scan, caller: Caller, check_in: &CheckIn) {
        let answer = Answer { caller, code: scan.plain_code(), check_in: check_in.clone() };
        let mut answered = lock(&self.answered);
        if answered.by_scan.insert(scan.scan_id, answer).is_none() {
            answered.oldest_first.push_back(scan.scan_id);
        }
        if answered.oldest_first.len() > ANSWERS_KEPT
            && let Some(oldest) = answered.oldest_first.pop_front()
        {
            answered.by_scan.remove(&oldest);
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl fmt::Debug for Door {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Door").field("event_id", &self.event_id).field("window", &self.window).finish_non_exhaustive()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may")]
mod tests {
    use std::sync::{Arc, Mutex};

    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use futures_util::future::{FutureExt, ready};

    use super::{Door, Outcome, lock};
    use crate::auth::{AccessToken, TokenProvider};
    use crate::client::Eventos;
    use crate::error::Result;
    use crate::host::{BoxFuture, RecordingHost};

    const ORGANIZER: &str = "11111111-1111-4111-8111-111111111111";
    const STRANGER: &str = "33333333-3333-4333-8333-333333333333";
    const CODE: &str = "+/cHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=";

    /// Whoever is signed in.
    struct SignedIn(Mutex<&'static str>);

    impl TokenProvider for SignedIn {
        fn access_token(&self) -> BoxFuture<'_, Result<Option<AccessToken>>> {
            let claims = format!(r#"{{ "role": "authenticated", "sub": "{}" }}"#, lock(&self.0));
            let token = AccessToken::new(format!("e30.{}.c2lnbmVk", URL_SAFE_NO_PAD.encode(claims)));
            Box::pin(ready(Ok(Some(token))))
        }
    }

    struct Scene {
        host: Arc<RecordingHost>,
        signed_in: Arc<SignedIn>,
        door: Door,
    }

    fn scene() -> Scene {
        let host = Arc::new(RecordingHost::starting_at("2025-06-15T12:45:00.123Z".parse().unwrap()));
        let signed_in = Arc::new(SignedIn(Mutex::new(ORGANIZER)));
        let eventos = Eventos::builder("https://eventos.example", "sb_publishable_key")
            .host(host.clone())
            .tokens(signed_in.clone())
            .build()
            .unwrap();
        let door = Door::new(eventos, "e1111111-1111-4111-8111-111111111111".parse().unwrap());
        Scene { host, signed_in, door }
    }

    #[test]
    fn what_one_user_was_answered_is_not_told_to_the_next() {
        let Scene { host, signed_in, door } = scene();
        let event = format!(r#"[{{ "organizer_id": "{ORGANIZER}" }}]"#);
        host.answer(200, &event);
        host.answer(200, "[]");
        let scan = door.read(CODE).unwrap();
        let answer = door.check_in(&scan).now_or_never().unwrap().unwrap();
        assert_eq!(answer.outcome, Outcome::UnknownCode);

        *lock(&signed_in.0) = STRANGER;
        let error = door.check_in(&scan).now_or_never().unwrap().unwrap_err();
        assert_eq!(error.to_string(), "scan_id_reused: this scan id belongs to another code or caller: take a new one");
        host.answer(200, &event);
        let answer = door.check_in(&door.read(CODE).unwrap()).now_or_never().unwrap().unwrap();
        assert_eq!(answer.outcome, Outcome::NotAuthorized);
        assert_eq!(host.exchanges().len(), 3);

        *lock(&signed_in.0) = ORGANIZER;
        let answer = door.check_in(&scan).now_or_never().unwrap().unwrap();
        assert_eq!((answer.outcome, answer.is_replay), (Outcome::UnknownCode, true));
    }

    #[test]
    fn scans_of_one_millisecond_differ() {
        let Scene { host, door, .. } = scene();
        let [one, other] = [door.read(CODE).unwrap(), door.read(CODE).unwrap()];
        assert_ne!(one.scanned_at, other.scanned_at);
        for scan in [&one, &other] {
            assert_eq!(scan.scanned_at.timestamp_millis(), 1_749_991_500_123);
        }
        host.advance(std::time::Duration::from_nanos(1_500));
        assert_eq!(door.read(CODE).unwrap().scanned_at.timestamp_subsec_nanos(), 123_001_500);
    }

    #[test]
    fn a_scan_tells_its_door_and_hides_its_code() {
        let door = scene().door.device("phone 7").gate("North");
        let scan = door.read(CODE).unwrap();
        assert_eq!((scan.device.as_deref(), scan.gate.as_deref()), (Some("phone 7"), Some("North")));
        assert!(!format!("{scan:?}").contains(CODE));
    }
}
