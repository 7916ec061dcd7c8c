//! `limit`, `offset` and the `Range` header: which of the rows are asked for.

/// A part of a sequence of rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Page {
    /// How many rows are skipped.
    pub offset: u64,
    /// At most how many rows come.
    pub limit: Option<u64>,
}

impl Page {
    /// The rows from `first` to `last`, as a `Range` header counts them: from 0, `last` included.
    ///
    /// Gives nothing for a header that the server takes no notice of.
    pub(crate) fn of_range_header(header: &str) -> Option<Result<Self, &'static str>> {
        let (first, last) = header.split_once('-')?;
        let offset = digits(first)?;
        if last.is_empty() {
            return Some(Ok(Self { offset, limit: None }));
        }
        let last = digits(last)?;
        Some(match last.checked_sub(offset) {
            None => Err("the last row comes before the first"),
            Some(more) => Ok(Self { offset, limit: Some(more.saturating_add(1)) }),
        })
    }

    /// The rows that are in both; nothing when there are none.
    pub(crate) fn intersection(self, other: Self) -> Option<Self> {
        let offset = self.offset.max(other.offset);
        let ends = [self.end(), other.end()];
        match ends.into_iter().flatten().min() {
            None => Some(Self { offset, limit: None }),
            Some(end) if end > offset => Some(Self { offset, limit: Some(end - offset) }),
            Some(_) => None,
        }
    }

    fn end(self) -> Option<u64> {
        self.limit.map(|limit| self.offset.saturating_add(limit))
    }
}

/// A number as the server reads it: decimal, with spaces around it if need be. Everything else (hexadecimal,
/// which it also reads, included) is better not sent.
pub(crate) fn number(text: &str) -> Option<i128> {
    let text = text.trim();
    let plain = text.strip_prefix('-').unwrap_or(text);
    let is_number = !plain.is_empty() && plain.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { text.parse().ok() } else { None }
}

fn digits(text: &str) -> Option<u64> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { text.parse().ok() } else { None }
}
