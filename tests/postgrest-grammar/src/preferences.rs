//! The `Prefer` header.

use crate::Refusal;

/// What the client prefers. Of several values for one preference the first counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub struct Preferences {
    pub resolution: Option<Resolution>,
    pub returning: Option<Returning>,
    pub count: Option<Count>,
    pub transaction: Option<Transaction>,
    pub missing: Option<Missing>,
    pub handling: Option<Handling>,
    pub timezone: Option<String>,
    /// Only with [`Handling::Strict`]: without it the server takes no notice.
    pub max_affected: Option<i64>,
}

/// What an insert does about rows that are there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Resolution {
    MergeDuplicates,
    IgnoreDuplicates,
}

/// What a write answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Returning {
    Representation,
    Minimal,
    HeadersOnly,
}

/// How the rows are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Count {
    Exact,
    Planned,
    Estimated,
}

/// How the transaction ends, where the server lets clients say so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Transaction {
    Commit,
    Rollback,
}

/// What a column gets that `columns` names and a row lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Missing {
    Default,
    Null,
}

/// What happens about preferences that the server does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Handling {
    Strict,
    Lenient,
}

impl Preferences {
    /// Reads all `Prefer` headers; notes in `ignored` what has no effect.
    pub(crate) fn read<'a>(headers: impl Iterator<Item = &'a str>, ignored: &mut Vec<String>) -> Result<Self, Refusal> {
        let mut preferences = Self::default();
        let mut unknown = Vec::new();
        for preference in headers.flat_map(|header| header.split(',')).map(str::trim) {
            match preferences.take(preference) {
                Taken::Used => {}
                Taken::Repeated => ignored.push(format!("Prefer: {preference}, a second one")),
                Taken::Unknown => unknown.push(preference),
            }
        }
        if preferences.handling == Some(Handling::Strict) {
            if let Some(first) = unknown.first() {
                let reason = format!("`{first}` is no preference, and handling is strict");
                return Err(Refusal::new("Prefer", reason));
            }
        } else if let Some(rows) = preferences.max_affected.take() {
            ignored.push(format!("Prefer: max-affected={rows} without handling=strict"));
        }
        ignored.extend(unknown.iter().map(|other| format!("Prefer: {other}")));
        Ok(preferences)
    }

    fn take(&mut self, preference: &str) -> Taken {
        let (name, value) = preference.split_once('=').unwrap_or((preference, ""));
        match (name, value) {
            ("resolution", "merge-duplicates") => set(&mut self.resolution, Resolution::MergeDuplicates),
            ("resolution", "ignore-duplicates") => set(&mut self.resolution, Resolution::IgnoreDuplicates),
            ("return", "representation") => set(&mut self.returning, Returning::Representation),
            ("return", "minimal") => set(&mut self.returning, Returning::Minimal),
            ("return", "headers-only") => set(&mut self.returning, Returning::HeadersOnly),
            ("count", "exact") => set(&mut self.count, Count::Exact),
            ("count", "planned") => set(&mut self.count, Count::Planned),
            ("count", "estimated") => set(&mut self.count, Count::Estimated),
            ("tx", "commit") => set(&mut self.transaction, Transaction::Commit),
            ("tx", "rollback") => set(&mut self.transaction, Transaction::Rollback),
            ("missing", "default") => set(&mut self.missing, Missing::Default),
            ("missing", "null") => set(&mut self.missing, Missing::Null),
            ("handling", "strict") => set(&mut self.handling, Handling::Strict),
            ("handling", "lenient") => set(&mut self.handling, Handling::Lenient),
            ("timezone", zone) => set(&mut self.timezone, zone.to_owned()),
            ("max-affected", rows) => match rows.parse() {
                Ok(rows) => set(&mut self.max_affected, rows),
                Err(_) => Taken::Unknown,
            },
            _ => Taken::Unknown,
        }
    }
}

enum Taken {
    Used,
    Repeated,
    Unknown,
}

fn set<T>(slot: &mut Option<T>, value: T) -> Taken {
    if slot.is_some() {
        return Taken::Repeated;
    }
    *slot = Some(value);
    Taken::Used
}
