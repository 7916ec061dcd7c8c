//! Codes and their symbols.

use eventos_core::codes::symbol::{ErrorCorrection as CoreCorrection, Symbol};
use eventos_core::codes::{OrderNumber, QrPayload, Slug, TicketNumber};
use eventos_core::{Error, EventId as CoreEventId, OrderId as CoreOrderId, TicketId as CoreTicketId};

use crate::error::EventosError;
use crate::tables::{EventId, OrderId, TicketId};
use crate::values::{Bytes, Cents, Timestamp};

/// An order or ticket number and what it tells.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct NumberParts {
    pub text: String,
    /// The day, such as `2025-10-13`; nothing where the digits name none.
    pub date: Option<String>,
    /// The first 8 hexadecimal digits of the id.
    pub id_prefix: Option<String>,
}

/// How much of a symbol may be dirty.
#[derive(Debug, Clone, Copy, uniffi::Enum)]
pub enum ErrorCorrection {
    /// 15 %.
    M,
    /// 25 %.
    Q,
}

/// The modules of a symbol, without its quiet zone of 4, for drawing.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Modules {
    /// How many there are in a row, and how many rows.
    pub width: u32,
    /// Row after row from the top left, 1 for a dark module and 0 for a light one.
    pub dark: Bytes,
}

/// An event's name in its URL, as the database makes it.
#[uniffi::export]
pub fn generate_slug(name: String, id: EventId) -> Result<String, EventosError> {
    Ok(Slug::generate(&name, id.value.parse::<CoreEventId>()?.into()).to_string())
}

#[uniffi::export]
pub fn parse_slug(text: String) -> Result<String, EventosError> {
    Ok(Slug::parse(&text)?.to_string())
}

#[uniffi::export]
pub fn generate_order_number(id: OrderId, created_at: Timestamp) -> Result<String, EventosError> {
    Ok(OrderNumber::generate(id.value.parse::<CoreOrderId>()?.into(), created_at).to_string())
}

#[uniffi::export]
pub fn parse_order_number(text: String) -> Result<NumberParts, EventosError> {
    let number = OrderNumber::parse(&text)?;
    let (date, id_prefix) = (number.date(), number.id_prefix());
    Ok(NumberParts {
        text: number.to_string(),
        date: date.map(|date| date.to_string()),
        id_prefix: id_prefix.map(str::to_owned),
    })
}

#[uniffi::export]
pub fn generate_ticket_number(id: TicketId, created_at: Timestamp) -> Result<String, EventosError> {
    Ok(TicketNumber::generate(id.value.parse::<CoreTicketId>()?.into(), created_at).to_string())
}

#[uniffi::export]
pub fn parse_ticket_number(text: String) -> Result<NumberParts, EventosError> {
    let number = TicketNumber::parse(&text)?;
    let (date, id_prefix) = (number.date(), number.id_prefix());
    Ok(NumberParts {
        text: number.to_string(),
        date: date.map(|date| date.to_string()),
        id_prefix: id_prefix.map(str::to_owned),
    })
}

/// What a ticket's QR code says, made of 32 bytes; of random ones where none are given.
#[uniffi::export(default(bytes = None))]
pub fn generate_qr_payload(bytes: Option<Bytes>) -> Result<String, EventosError> {
    let bytes = match bytes {
        Some(bytes) => {
            bytes.0.try_into().map_err(|_| Error::invalid_input("bytes", "a payload is made of 32 bytes"))?
        }
        None => {
            let mut bytes = [0; 32];
            getrandom::fill(&mut bytes).map_err(|_| Error::storage("the system gives no random bytes"))?;
            bytes
        }
    };
    Ok(QrPayload::from_bytes(bytes).as_str().to_owned())
}

#[uniffi::export]
pub fn parse_qr_payload(text: String) -> Result<String, EventosError> {
    Ok(QrPayload::parse(&text)?.as_str().to_owned())
}

/// The 32 bytes of a payload.
#[uniffi::export]
pub fn qr_payload_bytes(text: String) -> Result<Bytes, EventosError> {
    let bytes = QrPayload::parse(&text)?.to_bytes().map(|bytes| Bytes(bytes.to_vec()));
    Ok(bytes.ok_or_else(|| Error::invalid_input("text", "this code was made another way: it is not of 32 bytes"))?)
}

/// A payload as a camera, a keyboard-wedge scanner or a URL brings it, as it was issued.
#[uniffi::export]
pub fn qr_payload_from_scan(text: String) -> Result<String, EventosError> {
    Ok(QrPayload::from_scan(&text)?.as_str().to_owned())
}

/// A text as a QR symbol in SVG, with its quiet zone.
#[uniffi::export]
pub fn qr_svg(text: String, correction: ErrorCorrection) -> Result<String, EventosError> {
    Ok(symbol(&text, correction)?.to_svg())
}

/// The same as PNG, each module so many pixels wide.
#[uniffi::export]
pub fn qr_png(text: String, correction: ErrorCorrection, scale: u8) -> Result<Bytes, EventosError> {
    let png = symbol(&text, correction)?.to_png(scale);
    Ok(Bytes(png.map_err(|problem| Error::invalid_input("scale", problem.to_string()))?))
}

/// The same as modules, for drawing.
#[uniffi::export]
pub fn qr_modules(text: String, correction: ErrorCorrection) -> Result<Modules, EventosError> {
    let symbol = symbol(&text, correction)?;
    let width = symbol.width();
    let dark = (0..width).flat_map(|row| (0..width).map(move |column| (column, row)));
    let dark = dark.map(|(column, row)| u8::from(symbol.is_dark(column, row))).collect();
    Ok(Modules { width: u32::try_from(width).unwrap_or_default(), dark: Bytes(dark) })
}

/// An amount for a person: `$299.00`.
#[uniffi::export]
pub fn format_cents(cents: Cents) -> Result<String, EventosError> {
    Ok(eventos_core::Cents::new(cents.value).to_string())
}

fn symbol(text: &str, correction: ErrorCorrection) -> Result<Symbol, EventosError> {
    let correction = match correction {
        ErrorCorrection::M => CoreCorrection::M,
        ErrorCorrection::Q => CoreCorrection::Q,
    };
    Symbol::encode(text, correction).map_err(|problem| Error::invalid_input("text", problem.to_string()).into())
}
