//! Flows and sign-in, by name: JSON in, JSON out.

use chrono::{DateTime, Utc};
use eventos_core::auth::{Auth, Session, SignOutScope, SignUp, User};
use eventos_core::flows::check_in::{Door, Scan, ScanId, Window};
use eventos_core::flows::dashboard::dashboard;
use eventos_core::flows::door_tokens::{self, DoorToken, DoorTokenId, NewDoorToken};
use eventos_core::flows::fulfilment::{self, Fulfilment, Guest, Payment};
use eventos_core::flows::listing::upcoming;
use eventos_core::flows::purchase::{self, Purchase};
use eventos_core::flows::refund::refund;
use eventos_core::flows::revenue::revenue;
use eventos_core::{Error, EventId, Eventos, OrderId, ProfileId, Result};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

/// What a flow gives.
pub(crate) async fn call(eventos: &Eventos, name: &str, input: &str) -> Result<Value> {
    Ok(match name {
        "listing.upcoming" => json!(upcoming(eventos, read::<Limit>(input)?.limit).await?),
        "purchase.place" => {
            let Place { order_id, customer_id, event_id, quantity } = read(input)?;
            json!(purchase::place(eventos, &Purchase { order_id, customer_id, event_id, quantity }).await?)
        }
        "purchase.cancel" => json!(purchase::cancel(eventos, read::<OrderOnly>(input)?.order_id).await?),
        "purchase.available_seats" => {
            json!(purchase::available_seats(eventos, read::<EventOnly>(input)?.event_id).await?)
        }
        "fulfilment.fulfil" => {
            let Fulfil { order_id, payment_intent_id, paid_at, attendees } = read(input)?;
            let payment = Payment { order_id, payment_intent_id, paid_at, attendees };
            match fulfilment::fulfil(eventos, &payment).await? {
                Fulfilment::Fulfilled(fulfilled) => {
                    let confirmation = fulfilled.confirmation();
                    let mut json = json!(fulfilled);
                    insert(&mut json, "outcome", "fulfilled".into());
                    insert(&mut json, "confirmation", json!(confirmation));
                    json
                }
                other => json!(other),
            }
        }
        "refund" => json!(refund(eventos, read::<OrderOnly>(input)?.order_id).await?),
        "check_in" => {
            let Scanned { at, window, scan_id, code, scanned_at } = read(input)?;
            let mut scan = Scan::new(
                scan_id.map_or_else(|| eventos.new_id(), Ok)?,
                code,
                scanned_at.unwrap_or_else(|| eventos.host().now()),
            );
            (scan.device, scan.gate) = (at.device.clone(), at.gate.clone());
            let door = at.door(eventos);
            json!(window.into_iter().fold(door, Door::window).check_in(&scan).await?)
        }
        "check_in.undo" => {
            let Undone { at, scan_id, reason } = read(input)?;
            json!(at.door(eventos).undo(scan_id, &reason).await?)
        }
        "check_in.stats" => json!(read::<At>(input)?.door(eventos).stats().await?),
        "check_in.attendees" => {
            let Search { at, search } = read(input)?;
            json!(at.door(eventos).attendees(&search).await?)
        }
        "door_tokens.issue" => {
            let Issue { event_id, label, expires_at, window } = read(input)?;
            let issued = door_tokens::issue(eventos, &NewDoorToken { event_id, label, expires_at, window }).await?;
            json!({ "token": issued.token.expose(), "details": issued.details })
        }
        "door_tokens.revoke" => json!(door_tokens::revoke(eventos, read::<TokenOnly>(input)?.token_id).await?),
        "door_tokens.list" => json!(door_tokens::list(eventos, read::<EventOnly>(input)?.event_id).await?),
        "dashboard" => {
            let events = dashboard(eventos, read::<OrganizerOnly>(input)?.organizer_id).await?;
            let events = events.into_iter().map(|event| {
                let lines = event.stats.as_ref().map(|sales| (sales.to_string(), sales.check_in_line()));
                let mut json = json!(event);
                if let (Some(stats), Some((sales, check_ins))) = (json.get_mut("stats"), lines) {
                    insert(stats, "sales", sales.into());
                    insert(stats, "check_ins", check_ins.into());
                }
                json
            });
            events.collect()
        }
        "revenue" => {
            let events = revenue(eventos, read::<OrganizerOnly>(input)?.organizer_id).await?;
            let events = events.into_iter().map(|event| {
                let shown = event.revenue.to_string();
                let mut json = json!(event);
                insert(&mut json, "revenue", shown.into());
                json
            });
            events.collect()
        }
        "auth.sign_up" => sign_up(eventos.auth()?, read(input)?).await?,
        "auth.sign_in" => {
            let SignIn { email, password } = read(input)?;
            session_json(&eventos.auth()?.sign_in_with_password(&email, &password).await?)
        }
        "auth.sign_out" => {
            let scope = match read::<SignOut>(input)?.scope {
                Scope::ThisSession => SignOutScope::ThisSession,
                Scope::AllSessions => SignOutScope::AllSessions,
                Scope::OtherSessions => SignOutScope::OtherSessions,
            };
            eventos.auth()?.sign_out_of(scope).await?;
            Value::Null
        }
        "auth.session" => eventos.auth()?.session().await?.as_ref().map_or(Value::Null, session_json),
        "auth.refresh" => session_json(&eventos.auth()?.refresh().await?),
        "auth.user" => user_json(&eventos.auth()?.user().await?),
        other => return Err(Error::invalid_input("flow", format!("there is no call {other}"))),
    })
}

/// A call's input.
pub(crate) fn read<T: DeserializeOwned>(input: &str) -> Result<T> {
    serde_json::from_str(input).map_err(|problem| {
        // The message can quote what was passed, which may be a code or a password.
        let problem = problem.to_string();
        let problem = problem.rsplit_once(" at line ").map_or(problem.as_str(), |(problem, _)| problem);
        Error::invalid_input("input", without_quoted(problem))
    })
}

fn without_quoted(problem: &str) -> String {
    match problem.split_once('"') {
        Some((before, rest)) => {
            let after = rest.rsplit_once('"').map_or("", |(_, after)| after);
            format!("{}…{after}", before)
        }
        None => problem.to_owned(),
    }
}

fn insert(json: &mut Value, name: &str, value: Value) {
    if let Some(object) = json.as_object_mut() {
        object.insert(name.to_owned(), value);
    }
}

async fn sign_up(auth: &Auth, account: Account) -> Result<Value> {
    let mut new = auth.sign_up(account.email, account.password);
    if let Some(name) = account.full_name {
        new = new.full_name(name);
    }
    for (name, value) in account.data {
        new = new.data(name, value);
    }
    Ok(match new.await? {
        SignUp::SignedIn(session) => json!({ "outcome": "signed_in", "session": session_json(&session) }),
        SignUp::ConfirmEmail(user) => json!({ "outcome": "confirm_email", "user": user_json(&user) }),
    })
}

/// Without the refresh token, which only the store needs.
fn session_json(session: &Session) -> Value {
    json!({
        "user_id": session.user_id(),
        "email": session.email(),
        "access_token": session.access_token().expose(),
        "expires_at": session.expires_at(),
    })
}

fn user_json(user: &User) -> Value {
    json!({
        "id": user.id,
        "email": user.email,
        "email_confirmed_at": user.email_confirmed_at,
        "metadata": user.metadata,
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Limit {
    limit: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Place {
    order_id: OrderId,
    customer_id: ProfileId,
    event_id: EventId,
    quantity: i32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fulfil {
    order_id: OrderId,
    payment_intent_id: String,
    paid_at: DateTime<Utc>,
    attendees: Vec<Guest>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OrderOnly {
    order_id: OrderId,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EventOnly {
    event_id: EventId,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OrganizerOnly {
    organizer_id: ProfileId,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TokenOnly {
    token_id: DoorTokenId,
}

/// At whose door, and on which device.
#[derive(Deserialize)]
struct At {
    event_id: EventId,
    door_token: Option<String>,
    device: Option<String>,
    gate: Option<String>,
}

impl At {
    fn door(&self, eventos: &Eventos) -> Door {
        let door = Door::new(eventos.clone(), self.event_id);
        let door = self.door_token.iter().fold(door, |door, token| door.token(DoorToken::new(token)));
        let door = self.device.iter().fold(door, Door::device);
        self.gate.iter().fold(door, Door::gate)
    }
}

#[derive(Deserialize)]
struct Scanned {
    #[serde(flatten)]
    at: At,
    window: Option<Window>,
    scan_id: Option<ScanId>,
    code: String,
    scanned_at: Option<DateTime<Utc>>,
}

#[derive(Deserialize)]
struct Undone {
    #[serde(flatten)]
    at: At,
    scan_id: ScanId,
    reason: String,
}

#[derive(Deserialize)]
struct Search {
    #[serde(flatten)]
    at: At,
    search: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Issue {
    event_id: EventId,
    label: String,
    expires_at: Option<DateTime<Utc>>,
    window: Option<Window>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Account {
    email: String,
    password: String,
    full_name: Option<String>,
    #[serde(default)]
    data: Map<String, Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SignIn {
    email: String,
    password: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SignOut {
    #[serde(default)]
    scope: Scope,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "snake_case")]
enum Scope {
    #[default]
    ThisSession,
    AllSessions,
    OtherSessions,
}
