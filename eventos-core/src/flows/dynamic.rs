//! The same flows from JSON to JSON, for callers without Rust's types.
//!
//! ```no_run
//! use eventos_core::Eventos;
//! use eventos_core::flows::dynamic::call;
//!
//! # async fn run(eventos: Eventos) -> eventos_core::Result<()> {
//! let input = r#"{ "event_id": "e1111111-1111-4111-8111-111111111111", "code": "scanned text" }"#;
//! let answer = call(&eventos, "check_in", input).await?;
//! println!("{}", answer["outcome"]);
//! # Ok(())
//! # }
//! ```
//!
//! | flow | input | result |
//! |---|---|---|
//! | `listing.upcoming` | `limit` | a list of events with `venue`, `organizer` and `stats` |
//! | `purchase.place` | `order_id`, `customer_id`, `event_id`, `quantity` | its `outcome`, with `order`, `available` or `limit` |
//! | `purchase.cancel` | `order_id` | its `outcome`, maybe with `status` |
//! | `purchase.available_seats` | `event_id` | a number, or null |
//! | `fulfilment.fulfil` | `order_id`, `payment_intent_id`, `paid_at`, `attendees` of `full_name`, `email`, `phone` | its `outcome`, with `order`, `tickets`, `is_replay` and the `confirmation` to mail, or with why not |
//! | `refund` | `order_id` | its `outcome`, with `tickets` or `status` |
//! | `check_in` | `event_id`, `code`; maybe `scan_id`, `scanned_at`, `door_token`, `device`, `gate`, `window` of `opens_at` and `closes_at` | the answer of the door, by its `outcome` |
//! | `check_in.undo` | `event_id`, `scan_id`, `reason`; maybe `door_token`, `device` | its `outcome`, maybe with `until` |
//! | `check_in.stats` | `event_id`; maybe `door_token` | the figures of the door |
//! | `check_in.attendees` | `event_id`, `search`; maybe `door_token` | a list of who comes |
//! | `door_tokens.issue` | `event_id`, `label`; maybe `expires_at`, `window` | `token` and its `details` |
//! | `door_tokens.revoke` | `token_id` | when it was revoked |
//! | `door_tokens.list` | `event_id` | a list of `details` |
//! | `dashboard` | `organizer_id` | a list of events with `stats`, whose `sales` and `check_ins` are lines for a person |
//! | `revenue` | `organizer_id` | a list of events with `revenue_cents` and, for a person, `revenue` |
//!
//! Field names, times and ids are written as in rows of the tables.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::check_in::{Door, Scan, ScanId, Window};
use super::dashboard::dashboard;
use super::door_tokens::{self, DoorToken, DoorTokenId, NewDoorToken};
use super::fulfilment::{self, Fulfilment, Guest, Payment};
use super::listing::upcoming;
use super::purchase::{self, Purchase};
use super::refund::refund;
use super::revenue::revenue;
use crate::client::Eventos;
use crate::error::{Error, Result};
use crate::schema::{EventId, OrderId, ProfileId};

/// What a flow gives.
///
/// The module has an example.
///
/// # Errors
///
/// [`InvalidInput`](crate::ErrorKind::InvalidInput) for a flow that is not there and for input that does not fit it; else as the
/// flow.
pub async fn call(eventos: &Eventos, name: &str, input: &str) -> Result<Value> {
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
            let Scanned { event_id, door_token, device, gate, window, scan_id, code, scanned_at } = read(input)?;
            let door = At { event_id, door_token, device: device.clone(), gate: gate.clone() }.door(eventos);
            let mut scan = match scan_id {
                Some(scan_id) => Scan { device, gate, ..Scan::new(scan_id, code, eventos.host().now()) },
                None => door.read(code)?,
            };
            scan.scanned_at = scanned_at.unwrap_or(scan.scanned_at);
            json!(window.into_iter().fold(door, Door::window).check_in(&scan).await?)
        }
        "check_in.undo" => {
            let Undone { event_id, door_token, device, gate, scan_id, reason } = read(input)?;
            json!(At { event_id, door_token, device, gate }.door(eventos).undo(scan_id, &reason).await?)
        }
        "check_in.stats" => json!(read::<At>(input)?.door(eventos).stats().await?),
        "check_in.attendees" => {
            let Search { event_id, door_token, device, gate, search } = read(input)?;
            json!(At { event_id, door_token, device, gate }.door(eventos).attendees(&search).await?)
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
        other => return Err(Error::invalid_input("flow", format!("there is no flow {other}"))),
    })
}

fn read<T: DeserializeOwned>(input: &str) -> Result<T> {
    serde_json::from_str(input).map_err(|problem| Error::invalid_json("input", &problem))
}

fn insert(json: &mut Value, name: &str, value: Value) {
    if let Some(object) = json.as_object_mut() {
        object.insert(name.to_owned(), value);
    }
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
#[serde(deny_unknown_fields)]
struct At {
    event_id: EventId,
    door_token: Option<DoorToken>,
    device: Option<String>,
    gate: Option<String>,
}

impl At {
    fn door(self, eventos: &Eventos) -> Door {
        let door = Door::new(eventos.clone(), self.event_id);
        let door = self.door_token.into_iter().fold(door, Door::token);
        let door = self.device.into_iter().fold(door, Door::device);
        self.gate.into_iter().fold(door, Door::gate)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Scanned {
    event_id: EventId,
    door_token: Option<DoorToken>,
    device: Option<String>,
    gate: Option<String>,
    window: Option<Window>,
    scan_id: Option<ScanId>,
    code: String,
    scanned_at: Option<DateTime<Utc>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Undone {
    event_id: EventId,
    door_token: Option<DoorToken>,
    device: Option<String>,
    gate: Option<String>,
    scan_id: ScanId,
    reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Search {
    event_id: EventId,
    door_token: Option<DoorToken>,
    device: Option<String>,
    gate: Option<String>,
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

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may")]
mod tests {
    use std::sync::Arc;

    use futures_util::FutureExt;

    use super::call;
    use crate::client::Eventos;
    use crate::host::RecordingHost;

    #[test]
    fn what_is_wrong_with_an_input_is_said_without_quoting_it() {
        let host = Arc::new(RecordingHost::starting_at(chrono::DateTime::UNIX_EPOCH));
        let eventos =
            Eventos::builder("https://example.supabase.co", "sb_publishable_key").host(host.clone()).build().unwrap();
        for (flow, input, message) in [
            ("purchase.plaze", "{}", "flow: there is no flow purchase.plaze"),
            ("purchase.cancel", "{}", "input: missing field `order_id`"),
            (
                "purchase.cancel",
                r#"{ "order_id": 1 }"#,
                "input: invalid type: integer `1`, expected a formatted UUID string",
            ),
            ("listing.upcoming", r#"{ "limit": "hunter2" }"#, "input: invalid type: a string, expected u64"),
            ("refund", "[", "input: EOF while parsing a list"),
            (
                "check_in",
                r#"{ "event_id": "e1111111-1111-4111-8111-111111111111", "code": "x", "doorToken": "y" }"#,
                "input: unknown field `doorToken`, expected one of `event_id`, `door_token`, `device`, `gate`, `window`, \
                 `scan_id`, `code`, `scanned_at`",
            ),
        ] {
            let error = call(&eventos, flow, input).now_or_never().unwrap().unwrap_err();
            assert_eq!(error.to_string(), message);
        }
        assert!(host.exchanges().is_empty());
    }
}
