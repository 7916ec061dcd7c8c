//! The codes that people read, type and scan: an event's [`Slug`], an [`OrderNumber`], a
//! [`TicketNumber`], and the [`QrPayload`] that lets its holder in.
//!
//! | code | format | example |
//! |---|---|---|
//! | [`Slug`] | groups of `a-z0-9` joined by hyphens, at most 100 characters | `ai-ml-summit-2025-e1111111` |
//! | [`OrderNumber`] | `ORD-YYYYMMDD-XXXXXXXX` | `ORD-20251013-01111111` |
//! | [`TicketNumber`] | `TKT-XXXXXXXX-YYMMDD` | `TKT-B1111111-251013` |
//! | [`QrPayload`] | 32 random bytes, base64 | 44 characters |
//!
//! Each is made here exactly as the database's triggers make it, byte for byte, so a client can show
//! a code before the server has answered.
//!
//! # Strict towards people, lenient towards rows
//!
//! What a person types or scans goes through `parse` (or [`QrPayload::from_scan`]), which accepts
//! the documented format alone and says what is wrong with anything else. What a database returns
//! goes through `from_stored`, or through serde, and is kept as it is: a database may hold codes from
//! before these formats, and one old row must not fail a page. Ask `is_documented` where it matters;
//! accessors such as [`OrderNumber::date`] answer `None` for an old code.
//!
//! ```
//! use eventos_core::codes::OrderNumber;
//!
//! let typed = OrderNumber::parse("ORD-20251013-01111111")?;
//! assert_eq!(typed.date().unwrap().to_string(), "2025-10-13");
//!
//! let refused = OrderNumber::parse("ORD-20251313-01111111").unwrap_err();
//! assert_eq!(
//!     refused.to_string(),
//!     "not an order number: its date does not exist; expected ORD-YYYYMMDD-XXXXXXXX, \
//!      as in ORD-20251013-01111111",
//! );
//!
//! let old: OrderNumber = serde_json::from_str("\"#1042\"")?;
//! assert!(!old.is_documented());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod slug;
mod order_number;
mod ticket_number;
mod qr_payload;
mod invalid_code;
#[cfg(feature = "symbol")]
pub mod symbol;

mod digits;
mod pattern;
mod text;
mod transliteration;

pub use invalid_code::{CodeKind, InvalidCode, Reason};
pub use order_number::OrderNumber;
pub use qr_payload::QrPayload;
pub use slug::Slug;
pub use ticket_number::TicketNumber;
