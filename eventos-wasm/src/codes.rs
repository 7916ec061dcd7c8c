//! Codes and their symbols, by name: JSON in, JSON out, at once.

use chrono::NaiveDate;
use eventos_core::codes::symbol::{ErrorCorrection, Symbol};
use eventos_core::codes::{OrderNumber, QrPayload, Slug, TicketNumber};
use eventos_core::json::{Fields, Json};
use eventos_core::schema::Cents;
use eventos_core::{Error, Result};
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;

use crate::failure::failure;

/// What a call about a code gives.
#[wasm_bindgen]
pub fn code(call: &str, input: &str) -> Result<String, JsValue> {
    answer(call, input).map(|json| json.to_string()).map_err(|error| failure(&error))
}

/// A text as a QR symbol in SVG: the one answer that is long, and therefore no JSON.
#[wasm_bindgen]
pub fn svg(text: &str, correction: &str) -> Result<String, JsValue> {
    symbol(text, correction).map(|symbol| symbol.to_svg()).map_err(|error| failure(&error))
}

fn answer(call: &str, input: &str) -> Result<Value> {
    let mut input = Fields::parse("input", input)?;
    let answer = match call {
        "slug.generate" => json!(Slug::generate(&input.text("name")?, input.id("id")?)),
        "slug.parse" => json!(Slug::parse(&input.text("text")?)?),
        "order_number.generate" => json!(OrderNumber::generate(input.id("id")?, input.time("created_at")?)),
        "order_number.parse" => {
            let number = OrderNumber::parse(&input.text("text")?)?;
            parts(number.as_str(), number.date(), number.id_prefix())
        }
        "ticket_number.generate" => json!(TicketNumber::generate(input.id("id")?, input.time("created_at")?)),
        "ticket_number.parse" => {
            let number = TicketNumber::parse(&input.text("text")?)?;
            parts(number.as_str(), number.date(), number.id_prefix())
        }
        "qr_payload.generate" => json!(QrPayload::from_bytes(bytes(&input.required_list("bytes")?)?)),
        "qr_payload.parse" => {
            let payload = QrPayload::parse(&input.text("text")?)?;
            json!({ "text": payload, "bytes": payload.to_bytes() })
        }
        "qr_payload.from_scan" => json!(QrPayload::from_scan(&input.text("text")?)?),
        "symbol.modules" => {
            let symbol = symbol(&input.text("text")?, &input.text("correction")?)?;
            let rows = (0..symbol.width()).map(|row| {
                (0..symbol.width())
                    .map(|column| if symbol.is_dark(column, row) { '1' } else { '0' })
                    .collect::<String>()
            });
            rows.collect()
        }
        "cents.show" => Cents::new(input.number("cents")?).to_string().into(),
        other => return Err(Error::invalid_input("code", format!("there is no call {other}"))),
    };
    input.end()?;
    Ok(answer)
}

fn parts(text: &str, date: Option<NaiveDate>, id_prefix: Option<&str>) -> Value {
    json!({ "text": text, "date": date.map(|date| date.to_string()), "id_prefix": id_prefix })
}

fn bytes(list: &[Json]) -> Result<[u8; 32]> {
    let bytes: Option<Vec<u8>> = list.iter().map(Json::as_number).collect();
    let bytes = bytes.and_then(|bytes| bytes.try_into().ok());
    bytes.ok_or_else(|| Error::invalid_input("bytes", "a payload is made of 32 bytes"))
}

fn symbol(text: &str, correction: &str) -> Result<Symbol> {
    let correction = match correction {
        "M" => ErrorCorrection::M,
        "Q" => ErrorCorrection::Q,
        _ => return Err(Error::invalid_input("correction", "expected M or Q")),
    };
    Symbol::encode(text, correction).map_err(|problem| Error::invalid_input("text", problem.to_string()))
}
