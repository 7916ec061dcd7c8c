//! The calls that scenarios make, by name: JSON in, JSON out, as the README's table says.

use chrono::{DateTime, Utc};
use eventos_core::codes::{InvalidCode, OrderNumber, QrPayload, Slug, TicketNumber};
use eventos_core::flows::check_in::{CheckIn, Door, FirstScan, Outcome, Scan, ScannedEvent, Source, Window};
use eventos_core::flows::dashboard::dashboard;
use eventos_core::flows::fulfilment::{self, Fulfilled, Fulfilment, Guest, Payment};
use eventos_core::flows::listing::upcoming;
use eventos_core::flows::purchase::{self, Placement, Purchase};
use eventos_core::flows::refund::{Refund, refund};
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
            let cards = upcoming(eventos, limit).await?.into_iter().map(|card| {
                json!({
                    "id": card.id, "name": card.name, "slug": card.slug, "type": card.r#type,
                    "description": card.description, "start_at": card.start_at, "price_cents": card.price_cents,
                    "capacity": card.capacity,
                    "venue": card.venue.map(|venue| json!({ "name": venue.name, "city": venue.city })),
                    "organizer": card.organizer.map(|organizer| json!({
                        "full_name": organizer.full_name, "company": organizer.company })),
                    "stats": card.stats.map(|stats| json!({
                        "tickets_sold": stats.tickets_sold, "tickets_available": stats.tickets_available })),
                })
            });
            Ok(cards.collect())
        }
        "purchase.place" => {
            let Place { order_id, customer_id, event_id, quantity } = read(input);
            let purchase = Purchase {
                order_id: order_id.into(),
                customer_id: customer_id.into(),
                event_id: event_id.into(),
                quantity,
            };
            Ok(match purchase::place(eventos, &purchase).await? {
                Placement::Placed(order) => json!({ "outcome": "placed", "order": order }),
                Placement::SoldOut { available } => json!({ "outcome": "sold_out", "available": available }),
                Placement::NotOnSale => json!({ "outcome": "not_on_sale" }),
                other => panic!("scenarios do not know {other:?} yet"),
            })
        }
        "fulfilment.fulfil" => {
            let Fulfil { order_id, payment_intent_id, paid_at, attendees } = read(input);
            let attendees =
                attendees.into_iter().map(|Attendee { full_name, email, phone }| Guest { full_name, email, phone });
            let payment =
                Payment { order_id: order_id.into(), payment_intent_id, paid_at, attendees: attendees.collect() };
            Ok(match fulfilment::fulfil(eventos, &payment).await? {
                Fulfilment::Fulfilled(fulfilled) => fulfilled_json(&fulfilled),
                Fulfilment::NotPayable { status } => json!({ "outcome": "not_payable", "status": status }),
                other => panic!("scenarios do not know {other:?} yet"),
            })
        }
        "refund" => {
            let OrderOnly { order_id } = read(input);
            Ok(match refund(eventos, order_id.into()).await? {
                Refund::Refunded { tickets } => json!({ "outcome": "refunded", "tickets": tickets }),
                Refund::NotPaid { status } => json!({ "outcome": "not_paid", "status": status }),
                other => panic!("scenarios do not know {other:?} yet"),
            })
        }
        "check_in" => {
            let Scans { event_id, window, scans } = read(input);
            let mut door = Door::new(eventos.clone(), event_id.into());
            if let Some(Times { opens_at, closes_at }) = window {
                door = door.window(Window { opens_at, closes_at });
            }
            let mut answers = Vec::new();
            for Scanned { scan_id, code, scanned_at } in scans {
                let scanned_at = scanned_at.unwrap_or_else(|| eventos.host().now());
                let scan = Scan::new(scan_id.into(), code, scanned_at);
                answers.push(check_in_json(door.check_in(&scan).await?));
            }
            Ok(answers.into())
        }
        "dashboard" => {
            let OrganizerOnly { organizer_id } = read(input);
            let events = dashboard(eventos, organizer_id.into()).await?.into_iter().map(|event| {
                json!({
                    "id": event.id, "name": event.name, "slug": event.slug, "status": event.status,
                    "start_at": event.start_at, "capacity": event.capacity,
                    "venue": event.venue.map(|venue| json!({ "name": venue.name, "address": venue.address })),
                    "stats": event.stats.map(|sales| json!({
                        "capacity": sales.capacity, "tickets_sold": sales.tickets_sold,
                        "tickets_available": sales.tickets_available, "tickets_active": sales.tickets_active,
                        "tickets_used": sales.tickets_used, "sales": sales.to_string(),
                        "check_ins": sales.check_in_line() })),
                })
            });
            Ok(events.collect())
        }
        "revenue" => {
            let OrganizerOnly { organizer_id } = read(input);
            let events = revenue(eventos, organizer_id.into()).await?.into_iter().map(|event| {
                json!({
                    "event_id": event.event_id, "event_name": event.event_name, "orders": event.orders,
                    "tickets": event.tickets, "revenue_cents": event.revenue, "revenue": event.revenue.to_string(),
                })
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

fn check_in_json(answer: CheckIn) -> Value {
    let mut json = json!({
        "scan_id": answer.scan_id, "is_replay": answer.is_replay, "outcome": answer.outcome.as_str(),
        "ticket": answer.ticket.map(|ticket| json!({ "id": ticket.id, "number": ticket.number })),
        "attendee": answer.attendee.map(|attendee| json!({
            "id": attendee.id, "full_name": attendee.full_name, "email": attendee.email })),
        "event_id": answer.event_id, "scanned_at": answer.scanned_at, "received_at": answer.received_at,
        "server_time": answer.server_time,
        "source": match answer.source { Source::Online => "online", Source::Manifest => "manifest" },
    });
    let detail = match answer.outcome {
        Outcome::WrongEvent { actual } => Some(("actual", actual.map(event_json).unwrap_or_default())),
        Outcome::EventNotActive { status } => Some(("status", json!(status))),
        Outcome::OutsideWindow { window: Window { opens_at, closes_at } } => {
            Some(("window", json!({ "opens_at": opens_at, "closes_at": closes_at })))
        }
        Outcome::AlreadyUsed { first_scan: FirstScan { at, device, gate, .. } } => {
            Some(("first_scan", json!({ "at": at, "device": device, "gate": gate })))
        }
        _ => None,
    };
    if let Some((name, value)) = detail {
        json[name] = value;
    }
    json
}

fn event_json(event: ScannedEvent) -> Value {
    json!({ "id": event.id, "name": event.name, "status": event.status })
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
struct Scans {
    event_id: Uuid,
    window: Option<Times>,
    scans: Vec<Scanned>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Times {
    opens_at: DateTime<Utc>,
    closes_at: DateTime<Utc>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Scanned {
    scan_id: Uuid,
    code: String,
    scanned_at: Option<DateTime<Utc>>,
}
