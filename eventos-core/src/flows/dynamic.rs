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
//! Field names, times and ids are written as in rows of the tables. A field that is not named here is refused, at every level.

use serde_json::{Value, json};

use super::check_in::{Door, Window};
use super::confirmation::confirmation_json;
use super::dashboard::dashboard_json;
use super::door_tokens::{self, DoorToken, NewDoorToken};
use super::fulfilment::{Guest, Payment, fulfilling};
use super::function::Call;
use super::listing::upcoming_json;
use super::purchase::{self, Purchase};
use super::refund::refunding;
use super::revenue::summing;
use crate::client::Eventos;
use crate::error::{Error, Result};
use crate::json::{Fields, Json};
use crate::schema::Cents;

/// What a flow gives.
///
/// The module has an example.
///
/// # Errors
///
/// [`InvalidInput`](crate::ErrorKind::InvalidInput) for a flow that is not there and for input that does not fit it; else as the
/// flow.
pub async fn call(eventos: &Eventos, name: &str, input: &str) -> Result<Value> {
    let mut input = Fields::parse("input", input)?;
    match name {
        "listing.upcoming" => {
            let limit = input.number("limit")?;
            input.end()?;
            upcoming_json(eventos, limit).await
        }
        "dashboard" => {
            let organizer_id = input.id("organizer_id")?;
            input.end()?;
            dashboard_json(eventos, organizer_id).await
        }
        _ => {
            let call = prepared(eventos, name, &mut input)?;
            input.end()?;
            shown(name, call.make(eventos).await?)
        }
    }
}

/// The call that a flow makes.
fn prepared(eventos: &Eventos, name: &str, input: &mut Fields) -> Result<Call> {
    match name {
        "purchase.place" => purchase::placing(&Purchase {
            order_id: input.id("order_id")?,
            customer_id: input.id("customer_id")?,
            event_id: input.id("event_id")?,
            quantity: input.number("quantity")?,
        }),
        "purchase.cancel" => purchase::cancelling(input.id("order_id")?),
        "purchase.available_seats" => purchase::counting_seats(input.id("event_id")?),
        "fulfilment.fulfil" => {
            let payment = Payment {
                order_id: input.id("order_id")?,
                payment_intent_id: input.text("payment_intent_id")?,
                paid_at: input.time("paid_at")?,
                attendees: input.required_list("attendees")?.into_iter().map(guest).collect::<Result<_>>()?,
            };
            fulfilling(&payment, None)
        }
        "refund" => refunding(input.id("order_id")?),
        "check_in" => {
            let door = door(eventos, input)?;
            let door = window(input)?.into_iter().fold(door, Door::window);
            let code = input.text("code")?;
            let mut scan = match input.maybe_id("scan_id")? {
                Some(scan_id) => door.scan(scan_id, code),
                None => door.read(code)?,
            };
            scan.scanned_at = input.maybe_time("scanned_at")?.unwrap_or(scan.scanned_at);
            door.checking_in(&scan)
        }
        "check_in.undo" => door(eventos, input)?.undoing(input.id("scan_id")?, &input.text("reason")?),
        "check_in.stats" => door(eventos, input)?.counting(),
        "check_in.attendees" => door(eventos, input)?.searching(&input.text("search")?),
        "door_tokens.issue" => door_tokens::issuing(&NewDoorToken {
            event_id: input.id("event_id")?,
            label: input.text("label")?,
            expires_at: input.maybe_time("expires_at")?,
            window: window(input)?,
        }),
        "door_tokens.revoke" => door_tokens::revoking(input.id("token_id")?),
        "door_tokens.list" => door_tokens::listing(input.id("event_id")?),
        "revenue" => summing(input.id("organizer_id")?),
        other => Err(Error::invalid_input("flow", format!("there is no flow {other}"))),
    }
}

/// At whose door, and on which device.
fn door(eventos: &Eventos, input: &mut Fields) -> Result<Door> {
    let door = Door::new(eventos.clone(), input.id("event_id")?);
    let door = input.maybe_text("door_token")?.map(DoorToken::new).into_iter().fold(door, Door::token);
    let door = input.maybe_text("device")?.into_iter().fold(door, Door::device);
    Ok(input.maybe_text("gate")?.into_iter().fold(door, Door::gate))
}

fn window(input: &mut Fields) -> Result<Option<Window>> {
    let Some(json) = input.take("window") else { return Ok(None) };
    let mut fields = Fields::of("window", json)?;
    let window = Window { opens_at: fields.time("opens_at")?, closes_at: fields.time("closes_at")? };
    fields.end()?;
    Ok(Some(window))
}

fn guest(json: Json) -> Result<Guest> {
    let mut fields = Fields::of("attendees", json)?;
    let (full_name, email) = (fields.text("full_name")?, fields.text("email")?);
    let guest = Guest { full_name, email, phone: fields.maybe_text("phone")? };
    fields.end()?;
    Ok(guest)
}

/// A flow's answer with what people read, and in the shape that the module's table tells.
fn shown(name: &str, mut answer: Value) -> Result<Value> {
    match name {
        "fulfilment.fulfil" if answer.get("outcome").is_some_and(|outcome| outcome == "fulfilled") => {
            let confirmation = confirmation_json(&answer);
            insert(&mut answer, "confirmation", confirmation);
        }
        "door_tokens.issue" => {
            let token = answer.as_object_mut().and_then(|details| details.remove("token"));
            answer = json!({ "token": token, "details": answer });
        }
        "door_tokens.revoke" => answer = door_tokens::when_revoked(answer),
        "revenue" => {
            for event in answer.as_array_mut().into_iter().flatten() {
                let cents = event.get("revenue_cents").and_then(Value::as_i64).unwrap_or_default();
                insert(event, "revenue", Cents::new(cents).to_string().into());
            }
        }
        _ => {}
    }
    Ok(answer)
}

pub(super) fn insert(json: &mut Value, name: &str, value: Value) {
    if let Some(object) = json.as_object_mut() {
        object.insert(name.to_owned(), value);
    }
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
            ("purchase.cancel", r#"{ "order_id": 1 }"#, "order_id: expected a text"),
            ("listing.upcoming", r#"{ "limit": "hunter2" }"#, "limit: expected a whole number within its bounds"),
            ("refund", "[", "input: EOF while parsing a list"),
            (
                "check_in",
                r#"{ "event_id": "e1111111-1111-4111-8111-111111111111", "code": "x", "doorToken": "y" }"#,
                "input: unknown field `doorToken`: did you mean door_token?",
            ),
        ] {
            let error = call(&eventos, flow, input).now_or_never().unwrap().unwrap_err();
            assert_eq!(error.to_string(), message);
        }
        assert!(host.exchanges().is_empty());
    }
}
