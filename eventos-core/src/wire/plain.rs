//! Answers to queries that were made as plain values, as JSON.

use serde_json::{Value as Json, json};

use super::response::{Response, Shape, at_most_one, counted, one, returned, rows};
use crate::error::Result;
use crate::query::shape::{Affected, Csv, Plan, Total};
use crate::query::{Answer, Counted, Query};

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
                let rows = rows(response, self, max_rows, Response::list)?;
                self.check_rows(&rows)?;
                rows.into()
            }
            (Answer::Rows, Some(_)) => {
                let Counted { rows, total } = counted(response, self, max_rows, Response::list)?;
                self.check_rows(&rows)?;
                json!({ "rows": rows, "total": total })
            }
            (Answer::One, _) => self.checked_row(one(response, self, max_rows, Response::value)?)?,
            (Answer::AtMostOne, _) => match at_most_one(response, self, max_rows, Response::list)? {
                Some(row) => self.checked_row(row)?,
                None => Json::Null,
            },
            (Answer::Total, _) => Total::read(response, self, max_rows)?.into(),
            (Answer::Affected, _) => Affected::read(response, self, max_rows)?.into(),
            (Answer::Csv, _) => Csv::read(response, self, max_rows)?.into(),
            (Answer::Plan(_), _) => Plan::read(response, self, max_rows)?.into(),
            (Answer::Done, _) => <() as Shape>::read(response, self, max_rows).map(|()| Json::Null)?,
            (Answer::Value, _) => {
                returned(response, self, max_rows)?;
                if response.body.is_empty() { Json::Null } else { response.value()? }
            }
        })
    }

    fn checked_row(&self, row: Json) -> Result<Json> {
        if let Some(shape) = self.row_shape() {
            shape.check_row("", &row)?;
        }
        Ok(row)
    }

    /// Refuses rows that lack what was selected.
    pub(super) fn check_rows(&self, rows: &[Json]) -> Result<()> {
        self.row_shape().map_or(Ok(()), |shape| shape.check_rows("", rows))
    }

    /// Judges an answer whose rows the platform has read itself, and found to be of the [`RowShape`](crate::wire::RowShape);
    /// its body need not be there. Gives how many rows match in all, where the query counts them.
    ///
    /// The platform must hand over to [`read_json`](Query::read_json) an answer in which the rows, or a list in one of them, are
    /// as many as the server gives at most.
    ///
    /// # Errors
    ///
    /// [`Server`](crate::ErrorKind::Server) where the server refused, [`Decode`](crate::ErrorKind::Decode) where it was asked to
    /// count and did not.
    pub fn accept(&self, response: &Response) -> Result<Option<u64>> {
        response.accepted()?;
        match (self.answer, self.count) {
            (Answer::Rows, Some(_)) => response.counted().map(Some),
            _ => Ok(None),
        }
    }
}
