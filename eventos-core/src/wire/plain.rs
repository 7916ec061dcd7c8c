//! Answers to queries that were made as plain values, as JSON.

use serde_json::{Map, Value as Json, json};

use super::response::{Response, Shape};
use crate::error::{Error, Result};
use crate::query::shape::{Affected, Csv, One, Plan, Returned, Rows, Total};
use crate::query::{Answer, Counted, Embed, Item, Query, SelectedColumn};
use crate::schema::{Arity, ColumnDef, SqlType, TableDef};

impl Query {
    /// Reads the answer to this query as JSON, for callers without Rust's types.
    ///
    /// | the query asks for | what comes out |
    /// |---|---|
    /// | rows | a list of objects; with a count `{"rows": […], "total": 42}` |
    /// | one row | an object |
    /// | at most one row | an object, or null |
    /// | a count, or how many rows a write affected | a number |
    /// | CSV, a plan | a string |
    /// | nothing | null |
    /// | a function's value | that value |
    ///
    /// Rows must have what was selected, in the columns' types. What they have besides is kept, and so are values that an
    /// enumeration does not know. `max_rows` is the server's limit of rows, as in [`Builder::max_rows`](crate::Builder::max_rows).
    ///
    /// ```
    /// use eventos_core::{query::Query, wire::Response};
    ///
    /// let query = Query::from_json(r#"{ "from": "events", "select": { "name": 1 }, "limit": 2 }"#)?;
    /// let response = Response { status: 200, headers: vec![], body: br#"[{"name":"Gala"},{}]"#.to_vec() };
    /// let error = query.read_json(&response, 1000).unwrap_err();
    /// assert_eq!(error.to_string(), "unexpected answer at [1]: missing field `name`");
    /// # Ok::<(), eventos_core::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As the typed query's.
    pub fn read_json(&self, response: &Response, max_rows: u64) -> Result<Json> {
        Ok(match (self.answer, self.count) {
            (Answer::Rows, None) => {
                let rows = Rows::<Json>::read(response, self, max_rows)?;
                self.check_rows(&rows)?;
                rows.into()
            }
            (Answer::Rows, Some(_)) => {
                let Counted { rows, total } = Counted::<Json>::read(response, self, max_rows)?;
                self.check_rows(&rows)?;
                json!({ "rows": rows, "total": total })
            }
            (Answer::One, _) => self.checked_row(One::<Json>::read(response, self, max_rows)?)?,
            (Answer::AtMostOne, _) => match Option::<Json>::read(response, self, max_rows)? {
                Some(row) => self.checked_row(row)?,
                None => Json::Null,
            },
            (Answer::Total, _) => Total::read(response, self, max_rows)?.into(),
            (Answer::Affected, _) => Affected::read(response, self, max_rows)?.into(),
            (Answer::Csv, _) => Csv::read(response, self, max_rows)?.into(),
            (Answer::Plan(_), _) => Plan::read(response, self, max_rows)?.into(),
            (Answer::Done, _) => <() as Shape>::read(response, self, max_rows).map(|()| Json::Null)?,
            (Answer::Value, _) => Returned::<Json>::read(response, self, max_rows)?,
        })
    }

    fn checked_row(&self, row: Json) -> Result<Json> {
        if let Some(selected) = self.selected() {
            selected.row("", &row)?;
        }
        Ok(row)
    }

    /// Refuses rows that lack what was selected.
    pub(super) fn check_rows(&self, rows: &[Json]) -> Result<()> {
        self.selected().map_or(Ok(()), |selected| selected.rows("", rows))
    }

    fn selected(&self) -> Option<Selected<'_>> {
        self.table().map(|table| Selected { table, items: &self.selection })
    }
}

/// What rows of a table must have.
struct Selected<'a> {
    table: &'static TableDef,
    items: &'a [Item],
}

impl Selected<'_> {
    fn rows(&self, path: &str, rows: &[Json]) -> Result<()> {
        rows.iter().enumerate().try_for_each(|(index, row)| self.row(&format!("{path}[{index}]"), row))
    }

    fn row(&self, path: &str, row: &Json) -> Result<()> {
        let row = row.as_object().ok_or_else(|| Error::decode(path, "expected a row, an object"))?;
        for item in self.items {
            match item {
                Item::All => {
                    for column in self.table.columns {
                        check_column(path, row, column.name, column)?;
                    }
                }
                Item::Column(selected) => self.column(path, row, selected)?,
                Item::Embed(embed) => self.embed(path, row, embed)?,
            }
        }
        Ok(())
    }

    fn column(&self, path: &str, row: &Map<String, Json>, selected: &SelectedColumn) -> Result<()> {
        let column = selected.column.as_deref().and_then(|name| self.table.column(name));
        let is_as_declared = selected.steps.is_empty() && selected.cast.is_none() && selected.aggregate.is_none();
        match (selected.alias.as_deref(), column) {
            (alias, Some(column)) if is_as_declared => check_column(path, row, alias.unwrap_or(column.name), column),
            (Some(alias), _) => field(path, row, alias).map(|_| ()),
            (None, _) => Ok(()),
        }
    }

    fn embed(&self, path: &str, row: &Map<String, Json>, embed: &Embed) -> Result<()> {
        let Some(relation) = self.table.relation(&embed.relation) else { return Ok(()) };
        let related = field(path, row, &embed.alias)?;
        let inside = Selected { table: (relation.target)(), items: &embed.items };
        let path = join(path, &embed.alias);
        match (relation.arity, related) {
            (Arity::Many, Json::Array(rows)) => inside.rows(&path, rows),
            (Arity::Many, _) => Err(Error::decode(path, "expected a list of rows")),
            (Arity::One, Json::Null) if !embed.is_inner => Ok(()),
            (Arity::One, row) => inside.row(&path, row),
        }
    }
}

fn check_column(path: &str, row: &Map<String, Json>, name: &str, column: &ColumnDef) -> Result<()> {
    let value = field(path, row, name)?;
    let fits = match (column.sql_type, value) {
        (SqlType::Jsonb, _) => true,
        (_, Json::Null) => column.is_nullable,
        (SqlType::Uuid | SqlType::Text | SqlType::Timestamptz, value) => value.is_string(),
        (SqlType::Integer | SqlType::BigInt, value) => value.is_i64(),
    };
    if fits {
        Ok(())
    } else {
        Err(Error::decode(join(path, name), format!("not of type {}", column.sql_type.as_str())))
    }
}

fn field<'a>(path: &str, row: &'a Map<String, Json>, name: &str) -> Result<&'a Json> {
    row.get(name).ok_or_else(|| Error::decode(path, format!("missing field `{name}`")))
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}
