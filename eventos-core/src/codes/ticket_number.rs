use chrono::{DateTime, Datelike as _, NaiveDate, Utc};
use uuid::Uuid;

use super::digits::{push_decimal, push_id_prefix};
use super::pattern::Pattern;
use super::text::{public_code, text_code};
use super::{CodeKind, InvalidCode};

const PATTERN: Pattern = Pattern {
    kind: CodeKind::TicketNumber,
    prefix: "TKT-",
    shape: "TKT-XXXXXXXX-000000",
    date: 13..19,
    id_prefix: 4..12,
};

/// The number of a ticket, `TKT-XXXXXXXX-YYMMDD`: the first eight hexadecimal digits of its id, in upper
/// case, and the day it was made, in UTC.
///
/// It tells people which ticket they speak of and opens no door: that is for the
/// [`QrPayload`](super::QrPayload).
///
/// ```
/// use eventos_core::codes::TicketNumber;
///
/// let number: TicketNumber = "TKT-B1111111-251013".parse()?;
/// assert_eq!(number.date().unwrap().to_string(), "2025-10-13");
/// assert_eq!(number.id_prefix(), Some("B1111111"));
/// # Ok::<(), eventos_core::codes::InvalidCode>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TicketNumber(Box<str>);

impl TicketNumber {
    /// The number of a typed text.
    ///
    /// # Errors
    ///
    /// When the text is not of the documented format.
    ///
    /// ```
    /// use eventos_core::codes::TicketNumber;
    ///
    /// assert!(TicketNumber::parse("TKT-B1111111-251013").is_ok());
    /// assert!(TicketNumber::parse("tkt-b1111111-251013").is_err());
    /// ```
    pub fn parse(text: &str) -> Result<Self, InvalidCode> {
        Self::validate(text).map(|()| Self(text.into()))
    }

    /// Whether a text is of the documented format. Allocates nothing.
    ///
    /// # Errors
    ///
    /// When it is not.
    ///
    /// ```
    /// use eventos_core::codes::{TicketNumber, Reason};
    ///
    /// let refused = TicketNumber::validate("TKT-B1111111-250230").unwrap_err();
    /// assert_eq!(refused.reason(), Reason::Date);
    /// ```
    pub fn validate(text: &str) -> Result<(), InvalidCode> {
        PATTERN.validate(text)
    }

    /// A number as the database holds it, documented or not.
    ///
    /// ```
    /// use eventos_core::codes::TicketNumber;
    ///
    /// let old = TicketNumber::from_stored("#1042");
    /// assert_eq!((old.as_str(), old.date()), ("#1042", None));
    /// ```
    #[must_use]
    pub fn from_stored(text: impl Into<Box<str>>) -> Self {
        Self(text.into())
    }

    /// The number that the database's trigger `generate_ticket_codes` makes for a ticket.
    ///
    /// Two ids may begin alike, so a number made here is not certain to be free.
    ///
    /// ```
    /// use eventos_core::codes::TicketNumber;
    ///
    /// let id = "b1111111-0000-4000-8000-000000000000".parse()?;
    /// let created_at = "2025-10-13T23:59:59-04:00".parse().unwrap();
    /// assert_eq!(TicketNumber::generate(id, created_at).as_str(), "TKT-B1111111-251014");
    /// # Ok::<(), uuid::Error>(())
    /// ```
    #[must_use]
    pub fn generate(id: Uuid, created_at: DateTime<Utc>) -> Self {
        let (_, year) = created_at.year_ce();
        let mut number = String::with_capacity(PATTERN.shape.len());
        number.push_str(PATTERN.prefix);
        push_id_prefix(&mut number, id);
        number.make_ascii_uppercase();
        number.push('-');
        push_decimal(&mut number, year % 100, 2);
        push_decimal(&mut number, created_at.month(), 2);
        push_decimal(&mut number, created_at.day(), 2);
        Self(number.into())
    }

    /// The number as text.
    ///
    /// ```
    /// # use eventos_core::codes::TicketNumber;
    /// assert_eq!(TicketNumber::parse("TKT-B1111111-251013")?.as_str().len(), 19);
    /// # Ok::<(), eventos_core::codes::InvalidCode>(())
    /// ```
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is of the documented format; a number from an older database may not be.
    ///
    /// ```
    /// # use eventos_core::codes::TicketNumber;
    /// assert!(!TicketNumber::from_stored("#1042").is_documented());
    /// ```
    #[must_use]
    pub fn is_documented(&self) -> bool {
        Self::validate(&self.0).is_ok()
    }

    /// The day on which the ticket was made, in UTC; none if the number is not of the documented format.
    ///
    /// ```
    /// # use eventos_core::codes::TicketNumber;
    /// let number = TicketNumber::parse("TKT-B1111111-251013")?;
    /// assert_eq!(number.date(), chrono::NaiveDate::from_ymd_opt(2025, 10, 13));
    /// # Ok::<(), eventos_core::codes::InvalidCode>(())
    /// ```
    #[must_use]
    pub fn date(&self) -> Option<NaiveDate> {
        PATTERN.date_of(&self.0)
    }

    /// The eight hexadecimal digits, in upper case, of the ticket's id, or of what took their place
    /// when another ticket's id began alike; none if the number is not of the documented format.
    ///
    /// ```
    /// # use eventos_core::codes::TicketNumber;
    /// assert_eq!(TicketNumber::parse("TKT-0111ABCD-251013")?.id_prefix(), Some("0111ABCD"));
    /// # Ok::<(), eventos_core::codes::InvalidCode>(())
    /// ```
    #[must_use]
    pub fn id_prefix(&self) -> Option<&str> {
        PATTERN.id_prefix_of(&self.0)
    }
}

text_code!(TicketNumber);
public_code!(TicketNumber);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::codes::Reason;

    #[test]
    fn other_texts_are_refused_with_the_reason() {
        for (text, reason) in [
            ("", Reason::Length { found: 0 }),
            ("TKT-B1111111-25101", Reason::Length { found: 18 }),
            ("TKT-B1111111-251013 ", Reason::Length { found: 20 }),
            ("TKT-B1111111-25101é", Reason::Character { position: 19 }),
            ("ORD-B1111111-251013", Reason::Prefix),
            ("TKT-b1111111-251013", Reason::Character { position: 5 }),
            ("TKT-B1111111_251013", Reason::Character { position: 13 }),
            ("TKT-B1111111-25101A", Reason::Character { position: 19 }),
            ("TKT-B1111111-251313", Reason::Date),
            ("TKT-B1111111-250229", Reason::Date),
        ] {
            assert_eq!(TicketNumber::validate(text).map_err(|error| error.reason()), Err(reason), "{text:?}");
        }
    }

    #[test]
    fn rows_keep_what_the_database_holds() {
        let number: TicketNumber = serde_json::from_str("\"#1042\"").unwrap();
        assert_eq!((number.as_str(), number.date(), number.id_prefix()), ("#1042", None, None));
        assert_eq!(serde_json::to_string(&number).unwrap(), "\"#1042\"");
    }

    #[test]
    fn the_ends_of_time_are_written_as_the_database_writes_them() {
        for (created_at, expected) in [
            (DateTime::<Utc>::MAX_UTC, "TKT-FFFFFFFF-421231"),
            (DateTime::from_timestamp(-62_135_596_801, 0).unwrap(), "TKT-FFFFFFFF-011231"),
            (DateTime::from_timestamp(-62_135_596_800, 0).unwrap(), "TKT-FFFFFFFF-010101"),
        ] {
            let number = TicketNumber::generate(Uuid::from_u128(u128::MAX), created_at);
            assert_eq!(number.as_str(), expected);
        }
    }

    proptest! {
        #[test]
        fn what_is_generated_can_be_read(id in any::<u128>(), seconds in 946_684_800..4_102_444_800_i64) {
            let created_at = DateTime::from_timestamp(seconds, 0).unwrap();
            let number = TicketNumber::generate(Uuid::from_u128(id), created_at);
            prop_assert_eq!(TicketNumber::parse(number.as_str()), Ok(number.clone()));
            prop_assert_eq!(number.date(), Some(created_at.date_naive()));
            prop_assert_eq!(number.id_prefix(), Some(&*format!("{:08X}", id >> 96)));
        }

        #[test]
        fn any_text_is_read_or_refused(text in any::<String>()) {
            prop_assert!(TicketNumber::parse(&text).is_err());
        }
    }
}
