//! The calls that scenarios make, by name: JSON in, JSON out, as the README's table says.

use chrono::{DateTime, Utc};
use eventos_core::codes::{InvalidCode, OrderNumber, QrPayload, Slug, TicketNumber};
use eventos_core::flows::check_in::{Door, Scan, Window};
use eventos_core::flows::dashboard::dashboard;
use eventos_core::flows::door_tokens::{self, DoorToken, NewDoorToken};
use eventos_core::flows::fulfilment::{self, Fulfilled, Fulfilment, Guest, Payment};
use eventos_core::flows::listing::upcoming;
use eventos_core::flows::purchase::{self, Purchase};
use eventos_core::flows::refund::refund;
use eventos_core::flows::revenue::revenue;
use eventos_core::query::Query;
use eventos_core::{Error, Eventos};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use uuid::Uuid;

/// Makes a call that needs no client; `None` where the call is another one.
pub(crate) fn code(call: &str, input: &Value) -> Option<Result<Value, Error>> {
    Some(match call {
        "slug.generate" => {
            let Generate { name, id, .. } = read(input);
            Ok(Slug::generate(&name, id).as_str().into())
        }
        "slug.parse" => parsed(Slug::parse(&text(input)), Slug::validate(&text(input)), |slug| json!(slug.as_str())),
        "order_number.generate" => {
            let Generate { id, created_at, .. } = read(input);
            Ok(OrderNumber::generate(id, created_at).as_str().into())
        }
        "order_number.parse" => {
            parsed(OrderNumber::parse(&text(input)), OrderNumber::validate(&text(input)), |number| {
                json!({ "text": number.as_str(), "date": number.date().map(|date| date.to_string()),
                        "id_prefix": number.id_prefix() })
            })
        }
        "ticket_number.generate" => {
            let Generate { id, created_at, .. } = read(input);
            Ok(TicketNumber::generate(id, created_at).as_str().into())
        }
        "ticket_number.parse" => {
            parsed(TicketNumber::parse(&text(input)), TicketNumber::validate(&text(input)), |number| {
                json!({ "text": number.as_str(), "date": number.date().map(|date| date.to_string()),
                        "id_prefix": number.id_prefix() })
            })
        }
        "qr_payload.generate" => {
            let bytes: [u8; 32] = unhex(&read::<Bytes>(input).bytes).try_into().unwrap();
            Ok(QrPayload::from_bytes(bytes).as_str().into())
        }
        "qr_payload.parse" => parsed(
            QrPayload::parse(&text(input)),
            QrPayload::validate(&text(input)),
            |payload| json!({ "text": payload.as_str(), "bytes": payload.to_bytes().map(|bytes| hex(&bytes)) }),
        ),
        "qr_payload.from_scan" => {
            QrPayload::from_scan(&text(input)).map(|payload| payload.as_str().into()).map_err(Error::from)
        }
        _ => return None,
    })
}

/// Makes a call of a client. `written` is the input as text.
pub(crate) async fn client(eventos: &Eventos, call: &str, input: &Value, written: &str) -> Result<Value, Error> {
    match call {
        "client" => Ok(Value::Null),
        "query" => eventos.fetch_json(&Query::from_json(written)?).await,
        "listing.upcoming" => {
            let Limit { limit } = read(input);
            Ok(json!(upcoming(eventos, limit).await?))
        }
        "purchase.place" => {
            let Place { order_id, customer_id, event_id, quantity } = read(input);
            let purchase = Purchase {
                order_id: order_id.into(),
                customer_id: customer_id.into(),
                event_id: event_id.into(),
                quantity,
            };
            Ok(json!(purchase::place(eventos, &purchase).await?))
        }
        "purchase.cancel" => {
            let OrderOnly { order_id } = read(input);
            Ok(json!(purchase::cancel(eventos, order_id.into()).await?))
        }
        "purchase.available_seats" => {
            let EventOnly { event_id } = read(input);
            Ok(json!(purchase::available_seats(eventos, event_id.into()).await?))
        }
        "fulfilment.fulfil" => {
            let Fulfil { order_id, payment_intent_id, paid_at, attendees } = read(input);
            let attendees =
                attendees.into_iter().map(|Attendee { full_name, email, phone }| Guest { full_name, email, phone });
            let payment =
                Payment { order_id: order_id.into(), payment_intent_id, paid_at, attendees: attendees.collect() };
            Ok(match fulfilment::fulfil(eventos, &payment).await? {
                Fulfilment::Fulfilled(fulfilled) => fulfilled_json(&fulfilled),
                other => json!(other),
            })
        }
        "refund" => {
            let OrderOnly { order_id } = read(input);
            Ok(json!(refund(eventos, order_id.into()).await?))
        }
        "check_in" => {
            let Scans { at, window, scans } = read(input);
            let mut door = at.door(eventos);
            if let Some(window) = window {
                door = door.window(window);
            }
            let mut answers = Vec::new();
            for Scanned { scan_id, code, scanned_at } in scans {
                let mut scan = Scan::new(scan_id.into(), code, scanned_at.unwrap_or_else(|| eventos.host().now()));
                (scan.device, scan.gate) = (at.device.clone(), at.gate.clone());
                answers.push(json!(door.check_in(&scan).await?));
            }
            Ok(answers.into())
        }
        "check_in.undo" => {
            let Undone { at, scan_id, reason } = read(input);
            Ok(json!(at.door(eventos).undo(scan_id.into(), &reason).await?))
        }
        "check_in.stats" => Ok(json!(read::<At>(input).door(eventos).stats().await?)),
        "check_in.attendees" => {
            let Search { at, search } = read(input);
            Ok(json!(at.door(eventos).attendees(&search).await?))
        }
        "door_tokens.issue" => {
            let Issue { event_id, label, expires_at, window } = read(input);
            let token = NewDoorToken { event_id: event_id.into(), label, expires_at, window };
            let issued = door_tokens::issue(eventos, &token).await?;
            Ok(json!({ "token": issued.token.expose(), "details": issued.details }))
        }
        "door_tokens.revoke" => {
            let TokenOnly { token_id } = read(input);
            Ok(json!(door_tokens::revoke(eventos, token_id.into()).await?))
        }
        "door_tokens.list" => {
            let EventOnly { event_id } = read(input);
            Ok(json!(door_tokens::list(eventos, event_id.into()).await?))
        }
        "dashboard" => {
            let OrganizerOnly { organizer_id } = read(input);
            let events = dashboard(eventos, organizer_id.into()).await?.into_iter().map(|event| {
                let mut json = json!(event);
                if let Some(sales) = event.stats {
                    json["stats"]["sales"] = sales.to_string().into();
                    json["stats"]["check_ins"] = sales.check_in_line().into();
                }
                json
            });
            Ok(events.collect())
        }
        "revenue" => {
            let OrganizerOnly { organizer_id } = read(input);
            let events = revenue(eventos, organizer_id.into()).await?.into_iter().map(|event| {
                let mut json = json!(event);
                json["revenue"] = event.revenue.to_string().into();
                json
            });
            Ok(events.collect())
        }
        other => panic!("there is no call {other}"),
    }
}

fn fulfilled_json(fulfilled: &Fulfilled) -> Value {
    let confirmation = fulfilled.confirmation();
    let tickets = fulfilled.tickets.iter().map(|ticket| {
        json!({
            "id": ticket.id, "ticket_number": ticket.ticket_number, "qr_code": ticket.qr_code, "status": ticket.status,
            "attendee": ticket.attendee.as_ref().map(|holder| holder.full_name.as_str()),
        })
    });
    json!({
        "outcome": "fulfilled",
        "is_replay": fulfilled.is_replay,
        "order": {
            "id": fulfilled.order.id, "order_number": fulfilled.order.order_number,
            "quantity": fulfilled.order.quantity, "total_cents": fulfilled.order.total_cents,
            "payment_status": fulfilled.order.payment_status,
        },
        "tickets": tickets.collect::<Value>(),
        "confirmation": {
            "to": confirmation.to, "subject": confirmation.subject, "text": confirmation.text, "html": confirmation.html,
        },
    })
}

fn parsed<C>(
    code: Result<C, InvalidCode>,
    validated: Result<(), InvalidCode>,
    show: impl FnOnce(C) -> Value,
) -> Result<Value, Error> {
    assert_eq!(code.as_ref().err(), validated.as_ref().err(), "parse and validate disagree");
    code.map(show).map_err(Error::from)
}

fn text(input: &Value) -> String {
    read::<Text>(input).text
}

fn read<T: DeserializeOwned>(input: &Value) -> T {
    serde_json::from_value(input.clone()).unwrap_or_else(|problem| panic!("the scenario's input: {problem}"))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Vec<u8> {
    (0..text.len() / 2).map(|at| u8::from_str_radix(&text[at * 2..at * 2 + 2], 16).unwrap()).collect()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Bytes {
    bytes: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Generate {
    #[serde(default)]
    name: String,
    id: Uuid,
    #[serde(default)]
    created_at: DateTime<Utc>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Limit {
    limit: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Place {
    order_id: Uuid,
    customer_id: Uuid,
    event_id: Uuid,
    quantity: i32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fulfil {
    order_id: Uuid,
    payment_intent_id: String,
    paid_at: DateTime<Utc>,
    attendees: Vec<Attendee>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Attendee {
    full_name: String,
    email: String,
    phone: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OrderOnly {
    order_id: Uuid,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OrganizerOnly {
    organizer_id: Uuid,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EventOnly {
    event_id: Uuid,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TokenOnly {
    token_id: Uuid,
}

/// At whose door, and on which phone.
#[derive(Deserialize)]
struct At {
    event_id: Uuid,
    door_token: Option<String>,
    device: Option<String>,
    gate: Option<String>,
}

impl At {
    fn door(&self, eventos: &Eventos) -> Door {
        let mut door = Door::new(eventos.clone(), self.event_id.into());
        if let Some(token) = &self.door_token {
            door = door.token(DoorToken::new(token));
        }
        if let Some(device) = &self.device {
            door = door.device(device);
        }
        if let Some(gate) = &self.gate {
            door = door.gate(gate);
        }
        door
    }
}

#[derive(Deserialize)]
struct Scans {
    #[serde(flatten)]
    at: At,
    window: Option<Window>,
    scans: Vec<Scanned>,
}

#[derive(Deserialize)]
struct Undone {
    #[serde(flatten)]
    at: At,
    scan_id: Uuid,
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
    event_id: Uuid,
    label: String,
    expires_at: Option<DateTime<Utc>>,
    window: Option<Window>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Scanned {
    scan_id: Uuid,
    code: String,
    scanned_at: Option<DateTime<Utc>>,
}
