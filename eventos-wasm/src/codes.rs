//! Codes and their symbols, by name: JSON in, JSON out, at once.

use chrono::{DateTime, Utc};
use eventos_core::codes::symbol::{ErrorCorrection, Symbol};
use eventos_core::codes::{OrderNumber, QrPayload, Slug, TicketNumber};
use eventos_core::schema::Cents;
use eventos_core::{Error, EventId, OrderId, Result, TicketId};
use serde::Deserialize;
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;

use crate::failure::failure;
use crate::input::read;

/// What a call about a code gives.
#[wasm_bindgen]
pub fn code(call: &str, input: &str) -> Result<String, JsValue> {
    answer(call, input).map(|json| json.to_string()).map_err(|error| failure(&error))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    name: String,
    id: EventId,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Numbered<Id> {
    id: Id,
    created_at: DateTime<Utc>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Bytes {
    bytes: Vec<u8>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Drawn {
    text: String,
    correction: Correction,
}

#[derive(Deserialize)]
enum Correction {
    M,
    Q,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Amount {
    cents: i64,
}

fn answer(call: &str, input: &str) -> Result<Value> {
    Ok(match call {
        "slug.generate" => {
            let Named { name, id } = read(input)?;
            json!(Slug::generate(&name, id.into()))
        }
        "slug.parse" => json!(Slug::parse(&read::<Text>(input)?.text)?),
        "order_number.generate" => {
            let Numbered::<OrderId> { id, created_at } = read(input)?;
            json!(OrderNumber::generate(id.into(), created_at))
        }
        "order_number.parse" => {
            let number = OrderNumber::parse(&read::<Text>(input)?.text)?;
            json!({ "text": number, "date": number.date().map(|date| date.to_string()), "id_prefix": number.id_prefix() })
        }
        "ticket_number.generate" => {
            let Numbered::<TicketId> { id, created_at } = read(input)?;
            json!(TicketNumber::generate(id.into(), created_at))
        }
        "ticket_number.parse" => {
            let number = TicketNumber::parse(&read::<Text>(input)?.text)?;
            json!({ "text": number, "date": number.date().map(|date| date.to_string()), "id_prefix": number.id_prefix() })
        }
        "qr_payload.generate" => {
            let bytes = read::<Bytes>(input)?.bytes.try_into();
            json!(QrPayload::from_bytes(
                bytes.map_err(|_| Error::invalid_input("bytes", "a payload is made of 32 bytes"))?
            ))
        }
        "qr_payload.parse" => {
            let payload = QrPayload::parse(&read::<Text>(input)?.text)?;
            json!({ "text": payload, "bytes": payload.to_bytes() })
        }
        "qr_payload.from_scan" => json!(QrPayload::from_scan(&read::<Text>(input)?.text)?),
        "symbol.svg" => symbol(input)?.to_svg().into(),
        "symbol.modules" => {
            let symbol = symbol(input)?;
            let rows = (0..symbol.width()).map(|row| {
                (0..symbol.width())
                    .map(|column| if symbol.is_dark(column, row) { '1' } else { '0' })
                    .collect::<String>()
            });
            rows.collect()
        }
        "cents.show" => Cents::new(read::<Amount>(input)?.cents).to_string().into(),
        other => return Err(Error::invalid_input("code", format!("there is no call {other}"))),
    })
}

fn symbol(input: &str) -> Result<Symbol> {
    let Drawn { text, correction } = read(input)?;
    let correction = match correction {
        Correction::M => ErrorCorrection::M,
        Correction::Q => ErrorCorrection::Q,
    };
    Symbol::encode(&text, correction).map_err(|problem| Error::invalid_input("text", problem.to_string()))
}
