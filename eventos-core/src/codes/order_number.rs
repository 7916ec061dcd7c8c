use chrono::{DateTime, Datelike as _, NaiveDate, Utc};
use uuid::Uuid;

use super::digits::{push_decimal, push_id_prefix};
use super::pattern::Pattern;
use super::text::{public_code, text_code};
use super::{CodeKind, InvalidCode};

const PATTERN: Pattern = Pattern {
    kind: CodeKind::OrderNumber,
    prefix: "ORD-",
    shape: "ORD-00000000-XXXXXXXX",
    date: 4..12,
    id_prefix: 13..21,
};

/// The number of an order, `ORD-YYYYMMDD-XXXXXXXX`: the day it was made, in UTC, and the first eight
/// hexadecimal digits of its id, in upper case.
///
/// ```
/// use eventos_core::codes::OrderNumber;
///
/// let number: OrderNumber = "ORD-20251013-01111111".parse()?;
/// assert_eq!(number.date().unwrap().to_string(), "2025-10-13");
/// assert_eq!(number.id_prefix(), Some("01111111"));
/// # Ok::<(), eventos_core::codes::InvalidCode>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrderNumber(Box<str>);

impl OrderNumber {
    /// The number of a typed text.
    ///
    /// # Errors
    ///
    /// When the text is not of the documented format.
    ///
    /// ```
    /// use eventos_core::codes::OrderNumber;
    ///
    /// assert!(OrderNumber::parse("ORD-20251013-01111111").is_ok());
    /// assert!(OrderNumber::parse("ord-20251013-01111111").is_err());
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
    /// use eventos_core::codes::{OrderNumber, Reason};
    ///
    /// let refused = OrderNumber::validate("ORD-20250230-01111111").unwrap_err();
    /// assert_eq!(refused.reason(), Reason::Date);
    /// ```
    pub fn validate(text: &str) -> Result<(), InvalidCode> {
        PATTERN.validate(text)
    }

    /// A number as the database holds it, documented or not.
    ///
    /// ```
    /// use eventos_core::codes::OrderNumber;
    ///
    /// let old = OrderNumber::from_stored("#1042");
    /// assert_eq!((old.as_str(), old.date()), ("#1042", None));
    /// ```
    #[must_use]
    pub fn from_stored(text: impl Into<Box<str>>) -> Self {
        Self(text.into())
    }

    /// The number that the database's trigger `generate_order_number` makes for an order.
    ///
    /// Two ids may begin alike, so a number made here is not certain to be free.
    ///
    /// ```
    /// use eventos_core::codes::OrderNumber;
    ///
    /// let id = "01111111-0000-4000-8000-000000000000".parse()?;
    /// let created_at = "2025-10-13T23:59:59-04:00".parse().unwrap();
    /// assert_eq!(OrderNumber::generate(id, created_at).as_str(), "ORD-20251014-01111111");
    /// # Ok::<(), uuid::Error>(())
    /// ```
    #[must_use]
    pub fn generate(id: Uuid, created_at: DateTime<Utc>) -> Self {
        let (_, year) = created_at.year_ce();
        let mut number = String::with_capacity(PATTERN.shape.len());
        number.push_str(PATTERN.prefix);
        push_decimal(&mut number, year, 4);
        push_decimal(&mut number, created_at.month(), 2);
        push_decimal(&mut number, created_at.day(), 2);
        number.push('-');
        push_id_prefix(&mut number, id);
        number.make_ascii_uppercase();
        Self(number.into())
    }

    /// The number as text.
    ///
    /// ```
    /// # use eventos_core::codes::OrderNumber;
    /// assert_eq!(OrderNumber::parse("ORD-20251013-01111111")?.as_str().len(), 21);
    /// # Ok::<(), eventos_core::codes::InvalidCode>(())
    /// ```
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is of the documented format; a number from an older database may not be.
    ///
    /// ```
    /// # use eventos_core::codes::OrderNumber;
    /// assert!(!OrderNumber::from_stored("#1042").is_documented());
    /// ```
    #[must_use]
    pub fn is_documented(&self) -> bool {
        Self::validate(&self.0).is_ok()
    }

    /// The day on which the order was made, in UTC; none if the number is not of the documented format.
    ///
    /// ```
    /// # use eventos_core::codes::OrderNumber;
    /// let number = OrderNumber::parse("ORD-20251013-01111111")?;
    /// assert_eq!(number.date(), chrono::NaiveDate::from_ymd_opt(2025, 10, 13));
    /// # Ok::<(), eventos_core::codes::InvalidCode>(())
    /// ```
    #[must_use]
    pub fn date(&self) -> Option<NaiveDate> {
        PATTERN.date_of(&self.0)
    }

    /// The eight hexadecimal digits, in upper case, of the order's id, or of what took their place
    /// when another order's id began alike; none if the number is not of the documented format.
    ///
    /// ```
    /// # use eventos_core::codes::OrderNumber;
    /// assert_eq!(OrderNumber::parse("ORD-20251013-0111ABCD")?.id_prefix(), Some("0111ABCD"));
    /// # Ok::<(), eventos_core::codes::InvalidCode>(())
    /// ```
    #[must_use]
    pub fn id_prefix(&self) -> Option<&str> {
        PATTERN.id_prefix_of(&self.0)
    }
}

text_code!(OrderNumber);
public_code!(OrderNumber);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::codes::Reason;

    #[test]
    fn other_texts_are_refused_with_the_reason() {
        for (text, reason) in [
            ("", Reason::Length { found: 0 }),
            ("ORD-20251013-0111111", Reason::Length { found: 20 }),
            ("ORD-20251013-01111111 ", Reason::Length { found: 22 }),
            ("ORD-20251013-0111111é", Reason::Character { position: 21 }),
            ("TKT-20251013-01111111", Reason::Prefix),
            ("ord-20251013-01111111", Reason::Prefix),
            ("ORD-2025101a-01111111", Reason::Character { position: 12 }),
            ("ORD-20251013_01111111", Reason::Character { position: 13 }),
            ("ORD-20251013-0111111a", Reason::Character { position: 21 }),
            ("ORD-20251013-0111111G", Reason::Character { position: 21 }),
            ("ORD-20251313-01111111", Reason::Date),
            ("ORD-20250229-01111111", Reason::Date),
            ("ORD-20251000-01111111", Reason::Date),
        ] {
            assert_eq!(OrderNumber::validate(text).map_err(|error| error.reason()), Err(reason), "{text:?}");
        }
    }

    #[test]
    fn rows_keep_what_the_database_holds() {
        let number: OrderNumber = serde_json::from_str("\"#1042\"").unwrap();
        assert_eq!((number.as_str(), number.date(), number.id_prefix()), ("#1042", None, None));
        assert_eq!(serde_json::to_string(&number).unwrap(), "\"#1042\"");
    }

    #[test]
    fn the_ends_of_time_are_written_as_the_database_writes_them() {
        for (created_at, expected) in [
            (DateTime::<Utc>::MAX_UTC, "ORD-2621421231-FFFFFFFF"),
            (DateTime::from_timestamp(-62_135_596_801, 0).unwrap(), "ORD-00011231-FFFFFFFF"),
            (DateTime::from_timestamp(-62_135_596_800, 0).unwrap(), "ORD-00010101-FFFFFFFF"),
        ] {
            let number = OrderNumber::generate(Uuid::from_u128(u128::MAX), created_at);
            assert_eq!(number.as_str(), expected);
        }
    }

    proptest! {
        #[test]
        fn what_is_generated_can_be_read(id in any::<u128>(), seconds in -62_135_596_800..253_402_300_800_i64) {
            let created_at = DateTime::from_timestamp(seconds, 0).unwrap();
            let number = OrderNumber::generate(Uuid::from_u128(id), created_at);
            prop_assert_eq!(OrderNumber::parse(number.as_str()), Ok(number.clone()));
            prop_assert_eq!(number.date(), Some(created_at.date_naive()));
            prop_assert_eq!(number.id_prefix(), Some(&*format!("{:08X}", id >> 96)));
        }

        #[test]
        fn any_text_is_read_or_refused(text in any::<String>()) {
            prop_assert!(OrderNumber::parse(&text).is_err());
        }
    }
}
