//! Answers that a server cut at its limit of rows, which it does without a word.
//!
//! An answer that is exactly as long as the limit may be incomplete. PostgREST's `db-max-rows` holds for the rows of a
//! read, for the rows embedded in each of them, and for the rows that a function returns.

use std::borrow::Cow;
use std::fmt;

use serde::Deserializer;
use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::response::Response;
use crate::error::{Error, ErrorKind, Result};
use crate::query::{Action, Item, Query, Scope};
use crate::schema::{Arity, TableDef};

/// Refuses as many rows as the server gives at most, unless no more were asked for.
pub(super) fn refuse_cut_rows(query: &Query, rows: usize, max_rows: u64) -> Result<()> {
    if matches!(query.action, Action::Read) && is_capped(&query.scope, max_rows) && rows as u64 == max_rows {
        return Err(truncated(format!(
            "the answer has exactly {max_rows} rows, the server's limit, so more may be missing: \
             ask for fewer with `.limit(…)`, or for all of them with `.pages(…)`"
        )));
    }
    Ok(())
}

/// Refuses rows in one of which an embedded list is as long as the server makes one at most, unless no more were asked for.
pub(super) fn refuse_cut_embeds(query: &Query, response: &Response, max_rows: u64) -> Result<()> {
    let Some(table) = query.table() else { return Ok(()) };
    // Each row takes three bytes at least, so that most answers are too short to hold such a list.
    if !matches!(query.action, Action::Read) || max_rows == 0 || (response.body.len() as u64) / 3 < max_rows {
        return Ok(());
    }
    let embeds = lists(table, &query.selection, &query.scope, max_rows);
    if embeds.is_empty() {
        return Ok(());
    }
    let rows = Embedding { full: None, embeds: &embeds, max_rows };
    // An answer that is no JSON was refused before, by whoever decoded it.
    let body = str::from_utf8(&response.body).map_err(|_| Error::decode("", "not UTF-8"))?;
    match rows.deserialize(&mut serde_json::Deserializer::from_str(body)) {
        Ok(Some(name)) => Err(truncated(format!(
            "a row has exactly {max_rows} {name}, the server's limit, so more may be missing: limit them with \
             `.embed(…)`, or read them by themselves with `.pages(…)`"
        ))),
        Ok(None) | Err(_) => Ok(()),
    }
}

/// Refuses as many rows of a function as the server gives at most. A function that returns one value, be it a list, says so
/// in its `Content-Range`.
pub(super) fn refuse_cut_result(response: &Response, max_rows: u64) -> Result<()> {
    if max_rows > 0 && response.rows_in_range() == Some(max_rows) {
        return Err(truncated(format!(
            "the function returned exactly {max_rows} rows, the server's limit, so more may be missing: \
             have it return fewer, or one value that holds them all"
        )));
    }
    Ok(())
}

/// Lines outside quotes, less the header's.
pub(super) fn csv_rows(text: &str) -> usize {
    let mut is_quoted = false;
    let lines = text
        .bytes()
        .filter(|byte| {
            is_quoted ^= *byte == b'"';
            *byte == b'\n' && !is_quoted
        })
        .count();
    let has_open_line = !text.is_empty() && !text.ends_with('\n');
    (lines + usize::from(has_open_line)).saturating_sub(1)
}

fn truncated(message: String) -> Error {
    Error::plain(ErrorKind::Truncated, message)
}

fn is_capped(scope: &Scope, max_rows: u64) -> bool {
    max_rows > 0 && scope.limit.is_none_or(|limit| limit > max_rows)
}

/// An embedded list that the server may cut, or an embed that holds one.
struct List<'q> {
    alias: &'q str,
    is_capped: bool,
    embeds: Vec<List<'q>>,
}

fn lists<'q>(table: &TableDef, items: &'q [Item], scope: &Scope, max_rows: u64) -> Vec<List<'q>> {
    let unlimited = Scope::default();
    let list = |item: &'q Item| {
        let Item::Embed(embed) = item else { return None };
        let relation = table.relation(&embed.relation)?;
        let scope = scope.embeds.iter().find(|(alias, _)| *alias == embed.alias).map_or(&unlimited, |(_, scope)| scope);
        let is_capped = relation.arity == Arity::Many && is_capped(scope, max_rows);
        let embeds = lists((relation.target)(), &embed.items, scope, max_rows);
        (is_capped || !embeds.is_empty()).then_some(List { alias: &embed.alias, is_capped, embeds })
    };
    items.iter().filter_map(list).collect()
}

/// Looks through rows, one row or none. Gives the name of a list that is as long as the server makes one at most.
#[derive(Clone, Copy)]
struct Embedding<'a, 'q> {
    /// What a full list of these rows would be reported as.
    full: Option<&'q str>,
    embeds: &'a [List<'q>],
    max_rows: u64,
}

impl<'de, 'q> DeserializeSeed<'de> for Embedding<'_, 'q> {
    type Value = Option<&'q str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, 'q> Visitor<'de> for Embedding<'_, 'q> {
    type Value = Option<&'q str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("rows")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut rows: A) -> Result<Self::Value, A::Error> {
        let (mut count, mut found) = (0, None);
        while let Some(inside) = rows.next_element_seed(Embedding { full: None, ..self })? {
            count += 1;
            found = found.or(inside);
        }
        Ok(found.or(self.full.filter(|_| count == self.max_rows)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut row: A) -> Result<Self::Value, A::Error> {
        let mut found = None;
        while let Some(name) = row.next_key::<Cow<'_, str>>()? {
            match self.embeds.iter().find(|list| list.alias == name) {
                Some(List { alias, is_capped, embeds }) => {
                    let full = is_capped.then_some(*alias);
                    found = found.or(row.next_value_seed(Embedding { full, embeds, ..self })?);
                }
                None => {
                    row.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(found)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }
}
