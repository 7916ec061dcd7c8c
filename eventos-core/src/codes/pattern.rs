//! The numbers of orders and tickets, checked against a pattern of their length without allocating.

use chrono::NaiveDate;

use super::{CodeKind, InvalidCode, Reason};

/// How a number of a kind is written.
pub(super) struct Pattern {
    pub(super) kind: CodeKind,
    /// What it begins with.
    pub(super) prefix: &'static str,
    /// One byte for each of its characters: `0` for a digit, `X` for an upper-case hexadecimal digit,
    /// any other for itself.
    pub(super) shape: &'static str,
    /// Where its date is, as year, month and day, in bytes.
    pub(super) date: std::ops::Range<usize>,
    /// Where the first eight digits of its id are.
    pub(super) id_prefix: std::ops::Range<usize>,
}

impl Pattern {
    pub(super) fn validate(&self, text: &str) -> Result<(), InvalidCode> {
        let invalid = |reason| Err(InvalidCode::new(self.kind, reason));
        if text.len() != self.shape.len() {
            let found = text.chars().count();
            if found != self.shape.len() {
                return invalid(Reason::Length { found });
            }
        }
        if !text.starts_with(self.prefix) {
            return invalid(Reason::Prefix);
        }
        for (place, (found, expected)) in text.bytes().zip(self.shape.bytes()).enumerate() {
            let fits = match expected {
                b'0' => found.is_ascii_digit(),
                b'X' => matches!(found, b'0'..=b'9' | b'A'..=b'F'),
                _ => found == expected,
            };
            if !fits {
                return invalid(Reason::Character { position: place + 1 });
            }
        }
        if self.date_in(text).is_none() {
            return invalid(Reason::Date);
        }
        Ok(())
    }

    /// The date in a text, if the text is of this pattern.
    pub(super) fn date_of(&self, text: &str) -> Option<NaiveDate> {
        self.validate(text).ok().and_then(|()| self.date_in(text))
    }

    /// The digits of the id in a text, if the text is of this pattern.
    pub(super) fn id_prefix_of<'text>(&self, text: &'text str) -> Option<&'text str> {
        self.validate(text).ok().and_then(|()| text.get(self.id_prefix.clone()))
    }

    /// A year of two digits is one from 2000 on.
    fn date_in(&self, text: &str) -> Option<NaiveDate> {
        let number: i32 = text.get(self.date.clone())?.parse().ok()?;
        let century = if self.date.len() == 6 { 2000 } else { 0 };
        let month_and_day = u32::try_from(number % 10_000).ok()?;
        NaiveDate::from_ymd_opt(century + number / 10_000, month_and_day / 100, month_and_day % 100)
    }
}
