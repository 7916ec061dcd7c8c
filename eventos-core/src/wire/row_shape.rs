//! What the rows of an answer must have, as data: the core holds rows against it, and so does a platform that reads JSON
//! itself.

use serde::ser::{SerializeSeq, SerializeTuple};
use serde::{Serialize, Serializer};
use serde_json::{Map, Value as Json};

use crate::error::{Error, Result};
use crate::query::{Answer, Embed, Item, Query, SelectedColumn};
use crate::schema::{Arity, ColumnDef, SqlType, TableDef};

/// The fields that each row of an answer must have, from [`Query::row_shape`].
///
/// A browser parses JSON several times as fast as WebAssembly does. So a binding there has the browser parse an answer, holds
/// it against this shape, and hands over to [`Query::read_json`] what does not fit, which then says why.
///
/// As JSON it is a list of fields, each a name and what its value is: `string`, `integer` or `any`, with `?` where it may be
/// null; or `one`, `one?` or `many` and the shape of the related row or rows.
///
/// ```
/// use eventos_core::query::Query;
///
/// let query = Query::from_json(
///     r#"{ "from": "events", "select": { "name": 1, "capacity": 1, "venue": { "city": 1 }, "tickets": { "status": 1 } } }"#,
/// )?;
/// let shape = query.row_shape().expect("it answers rows");
/// assert_eq!(
///     serde_json::to_string(&shape)?,
///     r#"[["name","string"],["capacity","integer"],["venue","one?",[["city","string"]]],["tickets","many",[["status","string"]]]]"#
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowShape<'q> {
    fields: Vec<Field<'q>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Field<'q> {
    name: &'q str,
    holds: Holds<'q>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Holds<'q> {
    /// Anything, null too.
    Any,
    /// A column's value.
    Value { sql_type: SqlType, is_nullable: bool },
    /// A related row.
    One { is_nullable: bool, row: RowShape<'q> },
    /// Related rows.
    Many(RowShape<'q>),
}

impl Query {
    /// What the rows of the answer must have; `None` where the query answers no rows of a table.
    ///
    /// [`RowShape`] has an example.
    pub fn row_shape(&self) -> Option<RowShape<'_>> {
        let is_rows = matches!(self.answer, Answer::Rows | Answer::One | Answer::AtMostOne);
        self.table().filter(|_| is_rows).map(|table| RowShape::new(table, &self.selection))
    }
}

impl<'q> RowShape<'q> {
    fn new(table: &'static TableDef, items: &'q [Item]) -> RowShape<'q> {
        let fields = items.iter().flat_map(|item| match item {
            Item::All => table.columns.iter().map(|column| Field::declared(column.name, column)).collect(),
            Item::Column(selected) => Vec::from_iter(Field::selected(table, selected)),
            Item::Embed(embed) => Vec::from_iter(Field::embedded(table, embed)),
        });
        RowShape { fields: fields.collect() }
    }

    /// Refuses rows that are not of this shape; `path` leads to them.
    pub(super) fn check_rows(&self, path: &str, rows: &[Json]) -> Result<()> {
        rows.iter().enumerate().try_for_each(|(index, row)| self.check_row(&format!("{path}[{index}]"), row))
    }

    /// Refuses a row that is not of this shape.
    pub(super) fn check_row(&self, path: &str, row: &Json) -> Result<()> {
        let row = row.as_object().ok_or_else(|| Error::decode(path, "expected a row, an object"))?;
        self.fields.iter().try_for_each(|field| field.check(path, row))
    }
}

impl<'q> Field<'q> {
    fn declared(name: &'q str, column: &ColumnDef) -> Field<'q> {
        Field { name, holds: Holds::Value { sql_type: column.sql_type, is_nullable: column.is_nullable } }
    }

    fn selected(table: &'static TableDef, selected: &'q SelectedColumn) -> Option<Field<'q>> {
        let column = selected.column.as_deref().and_then(|name| table.column(name));
        let is_as_declared = selected.steps.is_empty() && selected.cast.is_none() && selected.aggregate.is_none();
        match (selected.alias.as_deref(), column) {
            (alias, Some(column)) if is_as_declared => Some(Field::declared(alias.unwrap_or(column.name), column)),
            (alias, _) => alias.map(|name| Field { name, holds: Holds::Any }),
        }
    }

    fn embedded(table: &'static TableDef, embed: &'q Embed) -> Option<Field<'q>> {
        let relation = table.relation(&embed.relation)?;
        let row = RowShape::new((relation.target)(), &embed.items);
        let holds = match relation.arity {
            Arity::Many => Holds::Many(row),
            Arity::One => Holds::One { is_nullable: !embed.is_inner, row },
        };
        Some(Field { name: &embed.alias, holds })
    }

    fn check(&self, path: &str, row: &Map<String, Json>) -> Result<()> {
        let value = row.get(self.name).ok_or_else(|| Error::decode(path, format!("missing field `{}`", self.name)))?;
        match (&self.holds, value) {
            (Holds::Any, _) => Ok(()),
            (Holds::Value { is_nullable: true, .. } | Holds::One { is_nullable: true, .. }, Json::Null) => Ok(()),
            (Holds::Value { sql_type, .. }, value) if is_of(*sql_type, value) => Ok(()),
            (Holds::Value { sql_type, .. }, _) => {
                Err(Error::decode(self.path(path), format!("not of type {}", sql_type.as_str())))
            }
            (Holds::One { row, .. }, value) => row.check_row(&self.path(path), value),
            (Holds::Many(row), Json::Array(rows)) => row.check_rows(&self.path(path), rows),
            (Holds::Many(_), _) => Err(Error::decode(self.path(path), "expected a list of rows")),
        }
    }

    fn path(&self, of_row: &str) -> String {
        if of_row.is_empty() { self.name.to_owned() } else { format!("{of_row}.{}", self.name) }
    }
}

fn is_of(sql_type: SqlType, value: &Json) -> bool {
    match sql_type {
        SqlType::Jsonb => true,
        SqlType::Uuid | SqlType::Text | SqlType::Timestamptz => value.is_string(),
        SqlType::Integer | SqlType::BigInt => value.is_i64(),
    }
}

impl Serialize for RowShape<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.fields.len()))?;
        for field in &self.fields {
            list.serialize_element(field)?;
        }
        list.end()
    }
}

impl Serialize for Field<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (kind, row) = match &self.holds {
            Holds::Any | Holds::Value { sql_type: SqlType::Jsonb, .. } => ("any", None),
            Holds::Value { sql_type: SqlType::Integer | SqlType::BigInt, is_nullable: false } => ("integer", None),
            Holds::Value { sql_type: SqlType::Integer | SqlType::BigInt, is_nullable: true } => ("integer?", None),
            Holds::Value { is_nullable: false, .. } => ("string", None),
            Holds::Value { is_nullable: true, .. } => ("string?", None),
            Holds::One { is_nullable: false, row } => ("one", Some(row)),
            Holds::One { is_nullable: true, row } => ("one?", Some(row)),
            Holds::Many(row) => ("many", Some(row)),
        };
        let mut parts = serializer.serialize_tuple(2 + usize::from(row.is_some()))?;
        parts.serialize_element(self.name)?;
        parts.serialize_element(kind)?;
        if let Some(row) = row {
            parts.serialize_element(row)?;
        }
        parts.end()
    }
}
