//! Pages of queries that were made as plain values, as JSON.

use serde_json::Value as Json;

use super::response::{Response, cursor, page_rows};
use crate::error::Result;
use crate::query::{Cursor, Query, cursor_column};

impl Query {
    /// Reads the answer to a [`page`](Query::page): its rows, and the place after the last one; none where it is empty.
    ///
    /// Rows must have what was selected, and `max_rows` is the server's limit, as in [`read_json`](Query::read_json).
    ///
    /// # Errors
    ///
    /// As the typed query's.
    pub fn read_page(&self, response: &Response, max_rows: u64) -> Result<(Vec<Json>, Option<Cursor>)> {
        let mut rows = page_rows(response, self, max_rows, Response::list)?;
        let cursor = rows.last().map(|last| cursor(last, self.scope.order.len())).transpose()?;
        self.check_rows(&rows)?;
        for index in 0..self.scope.order.len() {
            let name = cursor_column(index);
            rows.iter_mut().filter_map(Json::as_object_mut).for_each(|row| {
                row.remove(&name);
            });
        }
        Ok((rows, cursor))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_gives_its_rows_and_where_the_next_begins() {
        let query =
            Query::from_json(r#"{ "from": "events", "select": { "name": 1 }, "order": ["start_at"] }"#).unwrap();
        let first = query.page(2, None).unwrap();
        let body = br#"[{"name":"Gala","cursor_0":"2025-06-15T13:00:00+00:00","cursor_1":"e1"}]"#.to_vec();
        let (rows, cursor) = first.read_page(&Response { status: 200, headers: vec![], body }, 1000).unwrap();
        assert_eq!(serde_json::to_string(&rows).unwrap(), r#"[{"name":"Gala"}]"#);
        assert_eq!(cursor.unwrap().to_string(), r#"["2025-06-15T13:00:00+00:00","e1"]"#);

        let empty = Response { status: 200, headers: vec![], body: b"[]".to_vec() };
        let (rows, cursor) = first.read_page(&empty, 1000).unwrap();
        assert!(rows.is_empty() && cursor.is_none());
    }

    #[test]
    fn a_row_of_a_page_has_what_was_selected() {
        let query = Query::from_json(r#"{ "from": "events", "select": { "name": 1 } }"#).unwrap();
        let body = br#"[{"cursor_0":"e1"}]"#.to_vec();
        let response = Response { status: 200, headers: vec![], body };
        let error = query.page(2, None).unwrap().read_page(&response, 1000).unwrap_err();
        assert_eq!(error.to_string(), "unexpected answer at [0]: missing field `name`");
    }

    #[test]
    fn a_write_has_no_pages() {
        let write =
            Query::from_json(r#"{ "from": "events", "delete": true, "where": [["name", "eq", "x"]] }"#).unwrap();
        assert!(write.page(2, None).is_err());
    }
}
