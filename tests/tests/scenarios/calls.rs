//! The calls that scenarios make, by name: JSON in, JSON out, as the README's table says.

use chrono::{DateTime, Utc};
use eventos_core::codes::{InvalidCode, OrderNumber, QrPayload, Slug, TicketNumber};
use eventos_core::flows::dynamic;
use eventos_core::query::Query;
use eventos_core::{Error, Eventos};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
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
        "check_in" => {
            let Scans { at, scans } = read(input);
            let mut answers = Vec::new();
            for scan in scans {
                let scan: Map<String, Value> = at.clone().into_iter().chain(scan).collect();
                answers.push(dynamic::call(eventos, call, &json!(scan).to_string()).await?);
            }
            Ok(answers.into())
        }
        _ => Ok(shown(dynamic::call(eventos, call, written).await?)),
    }
}

/// Of what a fulfilment gives as much as a scenario says.
fn shown(mut result: Value) -> Value {
    if result["outcome"] == "fulfilled" {
        let is_said = |name: &str| ["id", "order_number", "quantity", "total_cents", "payment_status"].contains(&name);
        result["order"].as_object_mut().unwrap().retain(|name, _| is_said(name));
        result["confirmation"].as_object_mut().unwrap().remove("tickets");
        for ticket in result["tickets"].as_array_mut().unwrap() {
            ticket["attendee"] = ticket["attendee"]["full_name"].take();
        }
    }
    result
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
struct Scans {
    scans: Vec<Map<String, Value>>,
    #[serde(flatten)]
    at: Map<String, Value>,
}
