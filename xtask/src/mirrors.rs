//! The tables as uniffi has them, for Swift, Kotlin and Python: rows, conditions, new rows, changes and queries.

use std::fmt::Write;

use eventos_core::schema::{ColumnDef, SqlType, TABLES, TableDef, Write as Written};

use crate::generate::Generated;
use crate::shell::{Shell, program};
use crate::typescript::{enumerations, ids, is_changed, is_written};

const PATH: &str = "eventos-ffi/src/tables.rs";

/// The rows that have cards, which `eventos-ffi/src/cards.rs` declares.
pub(crate) const WITH_CARDS: [&str; 3] = ["Event", "Order", "Ticket"];

/// The binding's `tables.rs`, as rustfmt wants it.
pub(crate) fn files(shell: &mut Shell) -> anyhow::Result<Vec<Generated>> {
    let written = crate::workspace::target().join("xtask/tables.rs");
    std::fs::write(&written, tables())?;
    let mut format = program("rustfmt", ["--edition", "2024"]);
    format.arg(&written);
    shell.run(format)?;
    Ok(vec![Generated { path: PATH, contents: std::fs::read_to_string(&written)? }])
}

fn tables() -> String {
    let mut out = String::from(
        "//! The tables, for Swift, Kotlin and Python. Written by `cargo xtask generate` from the tables of eventos-core. Do not edit.\n\n\
         use std::sync::Arc;\n\n\
         use serde_json::{Map, Value, json};\n\n\
         use crate::client::Client;\n\
         use crate::error::EventosError;\n\
         use crate::filters::{Joined, JsonTest, NumberTest, Test, TextTest, TimeTest, equality_test};\n\
         use crate::json::{ToJson, record};\n\
         use crate::query::{Direction, Expected, Form, typed};\n\
         use crate::values::{Cents, Json, Timestamp, id, labels};\n\n",
    );
    for name in ids() {
        let of = name.trim_end_matches("Id").to_lowercase();
        let _ = writeln!(out, "id! {{\n/// The id of one {of}.\n{name}\n}}");
        let _ =
            writeln!(out, "equality_test! {{\n/// How a column of these ids is compared.\n{name}Test of {name}\n}}\n");
    }
    for (name, labels) in enumerations() {
        let variants: Vec<String> = labels.iter().map(|label| format!("{} = \"{label}\"", pascal(label))).collect();
        let _ = writeln!(out, "labels! {{\n/// {}\n{name} {{ {} }}\n}}", described(name), variants.join(", "));
        let _ = writeln!(out, "equality_test! {{\n/// How a column of these is compared.\n{name}Test of {name}\n}}\n");
    }
    for table in TABLES {
        push_row(&mut out, table);
        push_columns(&mut out, table);
        push_filter(&mut out, table);
        push_query(&mut out, table);
        if is_written(table) {
            push_new(&mut out, table);
            push_change(&mut out, table);
            push_writes(&mut out, table);
        }
    }
    push_table_query(&mut out);
    push_deletion(&mut out);
    out
}

/// What an enumeration is, in the words of the column that it is of.
fn described(name: &str) -> &'static str {
    let column = TABLES.into_iter().flat_map(|table| table.columns).find(|column| column.type_name == name);
    column.map_or("", |column| column.doc.trim())
}

fn push_row(out: &mut String, table: &TableDef) {
    let TableDef { name, row, .. } = table;
    let _ = writeln!(out, "record! {{\n    /// A row of `{name}`.\n    {row} {{");
    for column in table.columns {
        let about = column.doc.trim();
        let _ = writeln!(out, "        /// {about}\n        {}: {},", field_of_record(column), read_type(column));
    }
    out.push_str("    }\n}\n\n");
}

fn push_columns(out: &mut String, table: &TableDef) {
    let TableDef { name, row, .. } = table;
    let _ = writeln!(
        out,
        "/// A column of `{name}`.\n#[derive(Debug, Clone, Copy, uniffi::Enum)]\npub enum {row}Column {{"
    );
    for column in table.columns {
        let _ = writeln!(out, "{},", pascal(column.name));
    }
    let _ = writeln!(out, "}}\n\nimpl {row}Column {{\nfn name(self) -> &'static str {{\nmatch self {{");
    for column in table.columns {
        let _ = writeln!(out, "Self::{} => \"{}\",", pascal(column.name), column.name);
    }
    out.push_str("}\n}\n}\n\n");
}

fn push_filter(out: &mut String, table: &TableDef) {
    let TableDef { name, row, .. } = table;
    let _ = writeln!(
        out,
        "/// A condition on rows of `{name}`.\n#[derive(Debug, Clone, uniffi::Enum)]\npub enum {row}Filter {{\n\
         /// All of these hold.\nAll(Joined<{row}Filter>),\n\
         /// At least one of these holds.\nAny(Joined<{row}Filter>),\n\
         /// None of these holds.\nNone(Joined<{row}Filter>),"
    );
    for column in table.columns {
        let _ = writeln!(out, "{}({}),", pascal(column.name), test_type(column));
    }
    let _ = writeln!(
        out,
        "}}\n\nimpl ToJson for {row}Filter {{\nfn to_json(self) -> Value {{\n\
         match self {{\n\
         Self::All(filters) => json!({{ \"and\": filters.to_json() }}),\n\
         Self::Any(filters) => json!({{ \"or\": filters.to_json() }}),\n\
         Self::None(filters) => json!({{ \"not\": {{ \"or\": filters.to_json() }} }}),"
    );
    for column in table.columns {
        let _ = writeln!(out, "Self::{}(test) => test.on(\"{}\"),", pascal(column.name), column.name);
    }
    out.push_str("}\n}\n}\n\n");
}

fn push_query(out: &mut String, table: &TableDef) {
    let TableDef { name, row, .. } = table;
    let _ = writeln!(
        out,
        "/// Which rows of `{name}` are read, and in what order.\n\
         #[derive(Debug, Clone, uniffi::Record)]\npub struct {row}Query {{\n\
         /// All of these hold.\n#[uniffi(default = [])]\npub filters: Vec<{row}Filter>,\n\
         /// Of several columns, the first decides.\n#[uniffi(default = [])]\npub order: Vec<{row}Order>,\n\
         /// At most so many rows.\n#[uniffi(default = None)]\npub limit: Option<u64>,\n\
         /// Without the first so many rows.\n#[uniffi(default = None)]\npub offset: Option<u64>,\n}}\n\n\
         /// A column of `{name}` that rows are put in order by.\n\
         #[derive(Debug, Clone, uniffi::Record)]\npub struct {row}Order {{\npub column: {row}Column,\n\
         pub direction: Direction,\n}}\n\n\
         impl {row}Query {{\npub(crate) fn form(self) -> Form {{\n\
         let order = self.order.iter().map(|by| format!(\"{{}}.{{}}\", by.column.name(), by.direction.suffix()));\n\
         let form = Form::of(\"{name}\").with(\"where\", self.filters.to_json()).with(\"order\", order.collect::<Vec<_>>());\n\
         form.with_maybe(\"limit\", self.limit).with_maybe(\"offset\", self.offset)\n}}\n}}\n\n\
         /// A page of `{name}`, and where the next one begins; nothing after the last one.\n\
         #[derive(Debug, uniffi::Record)]\npub struct {row}Page {{\npub rows: Vec<{row}>,\npub cursor: Option<String>,\n}}\n\n\
         #[uniffi::export]\nimpl Client {{\n\
         /// Reads rows of `{name}`.\n\
         pub async fn read_{name}(self: Arc<Self>, query: {row}Query, expected: Expected) -> Result<Vec<{row}>, EventosError> {{\n\
         typed(self.rows(query.form(), expected).await?)\n}}\n\n\
         /// Reads a page of so many rows of `{name}`; the first without a cursor.\n\
         #[uniffi::method(default(cursor = None))]\n\
         pub async fn page_of_{name}(self: Arc<Self>, query: {row}Query, size: u64, cursor: Option<String>) -> Result<{row}Page, EventosError> {{\n\
         let (rows, cursor) = self.page(query.form(), size, cursor).await?;\nOk({row}Page {{ rows: typed(rows)?, cursor }})\n}}\n}}\n\n"
    );
}

fn push_new(out: &mut String, table: &TableDef) {
    let TableDef { name, row, .. } = table;
    let _ = writeln!(
        out,
        "/// What a new row of `{name}` brings. What is left out, the database decides.\n\
         #[derive(Debug, Clone, uniffi::Record)]\npub struct New{row} {{"
    );
    let columns: Vec<&ColumnDef> = table.columns.iter().filter(|column| column.write != Written::Never).collect();
    for column in &columns {
        let scalar = scalar(column);
        let (attribute, field_type) = match column.write {
            Written::Required => ("", scalar.to_owned()),
            _ => ("#[uniffi(default = None)]\n", format!("Option<{scalar}>")),
        };
        let _ = writeln!(out, "/// {}\n{attribute}pub {}: {field_type},", column.doc.trim(), field(column));
    }
    let _ =
        writeln!(out, "}}\n\nimpl ToJson for New{row} {{\nfn to_json(self) -> Value {{\nlet mut values = Map::new();");
    for column in columns {
        let (name, field) = (column.name, field(column));
        let _ = match column.write {
            Written::Required => writeln!(out, "values.insert(\"{name}\".to_owned(), self.{field}.to_json());"),
            _ => writeln!(
                out,
                "if let Some(value) = self.{field} {{\nvalues.insert(\"{name}\".to_owned(), value.to_json());\n}}"
            ),
        };
    }
    out.push_str("values.into()\n}\n}\n\n");
}

fn push_change(out: &mut String, table: &TableDef) {
    let TableDef { name, row, .. } = table;
    let changed: Vec<&ColumnDef> = table.columns.iter().filter(|column| is_changed(column)).collect();
    let _ = writeln!(
        out,
        "/// What an update of `{name}` sets. What is not named stays as it is; a column that may be null is cleared by null.\n\
         #[derive(Debug, Clone, uniffi::Enum)]\npub enum {row}Change {{"
    );
    for column in &changed {
        let _ = writeln!(out, "{}({}),", pascal(column.name), read_type(column));
    }
    let _ = writeln!(
        out,
        "}}\n\nimpl {row}Change {{\nfn set(self) -> (String, Value) {{\nlet (name, value) = match self {{"
    );
    for column in &changed {
        let _ = writeln!(out, "Self::{}(value) => (\"{}\", value.to_json()),", pascal(column.name), column.name);
    }
    out.push_str("};\n(name.to_owned(), value)\n}\n}\n\n");
}

fn push_writes(out: &mut String, table: &TableDef) {
    let TableDef { name, row, .. } = table;
    let _ = writeln!(
        out,
        "#[uniffi::export]\nimpl Client {{\n\
         /// Makes rows of `{name}`, and gives them back.\n\
         pub async fn insert_{name}(self: Arc<Self>, rows: Vec<New{row}>) -> Result<Vec<{row}>, EventosError> {{\n\
         let form = Form::of(\"{name}\").with(\"insert\", rows.to_json());\n\
         typed(self.rows(form.with(\"select\", every_column()), Expected::AnyNumber).await?)\n}}\n\n\
         /// Changes the rows of `{name}` of which a condition holds, and gives them back.\n\
         pub async fn update_{name}(self: Arc<Self>, changes: Vec<{row}Change>, filter: {row}Filter) -> Result<Vec<{row}>, EventosError> {{\n\
         let values: Map<String, Value> = changes.into_iter().map({row}Change::set).collect();\n\
         let form = Form::of(\"{name}\").with(\"update\", values).with(\"where\", vec![filter.to_json()]);\n\
         typed(self.rows(form.with(\"select\", every_column()), Expected::AnyNumber).await?)\n}}\n}}\n\n"
    );
}

fn push_table_query(out: &mut String) {
    out.push_str("/// A query of any table.\n#[derive(Debug, Clone, uniffi::Enum)]\npub enum TableQuery {\n");
    for TableDef { name, row, .. } in TABLES {
        let _ = writeln!(out, "{}({row}Query),", pascal(name));
    }
    out.push_str("}\n\nimpl TableQuery {\npub(crate) fn form(self) -> Form {\nmatch self {\n");
    for TableDef { name, .. } in TABLES {
        let _ = writeln!(out, "Self::{}(query) => query.form(),", pascal(name));
    }
    out.push_str("}\n}\n}\n\n");
}

fn push_deletion(out: &mut String) {
    let written = || TABLES.into_iter().filter(|table| is_written(table));
    out.push_str("/// Which rows are removed: those of a table of which a condition holds.\n");
    out.push_str("#[derive(Debug, Clone, uniffi::Enum)]\npub enum Deletion {\n");
    for TableDef { name, row, .. } in written() {
        let _ = writeln!(out, "{}({row}Filter),", pascal(name));
    }
    out.push_str("}\n\nimpl Deletion {\npub(crate) fn form(self) -> Form {\nlet (table, filter) = match self {\n");
    for TableDef { name, .. } in written() {
        let _ = writeln!(out, "Self::{}(filter) => (\"{name}\", filter.to_json()),", pascal(name));
    }
    out.push_str("};\nForm::of(table).with(\"delete\", true).with(\"where\", vec![filter])\n}\n}\n\n");
    out.push_str("/// What a write gives back of each row.\nfn every_column() -> Value {\njson!({ \"*\": 1 })\n}\n");
}

/// A column's name as a field: `type` is a word of Rust's.
pub(crate) fn field(column: &ColumnDef) -> &'static str {
    match column.name {
        "type" => "kind",
        name => name,
    }
}

fn field_of_record(column: &ColumnDef) -> String {
    match column.name {
        "type" => format!("{} as \"type\"", field(column)),
        name => name.to_owned(),
    }
}

fn read_type(column: &ColumnDef) -> String {
    let scalar = scalar(column);
    if column.is_nullable { format!("Option<{scalar}>") } else { scalar.to_owned() }
}

/// What a column holds, as phones and scripts see it.
pub(crate) enum Kind {
    /// An id or a label, of a type of its own.
    Named(&'static str),
    Text,
    Money,
    Number,
    Time,
    Json,
}

impl Kind {
    pub(crate) fn of(column: &ColumnDef) -> Kind {
        match column.sql_type {
            SqlType::Uuid if !column.type_name.is_empty() => Kind::Named(column.type_name),
            SqlType::Text if !column.labels.is_empty() => Kind::Named(column.type_name),
            SqlType::Uuid | SqlType::Text => Kind::Text,
            SqlType::Integer | SqlType::BigInt if column.type_name == "Cents" || column.name.ends_with("_cents") => {
                Kind::Money
            }
            SqlType::Integer | SqlType::BigInt => Kind::Number,
            SqlType::Timestamptz => Kind::Time,
            SqlType::Jsonb => Kind::Json,
        }
    }
}

fn scalar(column: &ColumnDef) -> &'static str {
    match Kind::of(column) {
        Kind::Named(name) => name,
        Kind::Text => "String",
        Kind::Money => "Cents",
        Kind::Number => "i64",
        Kind::Time => "Timestamp",
        Kind::Json => "Json",
    }
}

fn test_type(column: &ColumnDef) -> String {
    match Kind::of(column) {
        Kind::Named(name) => format!("{name}Test"),
        Kind::Text => "TextTest".to_owned(),
        Kind::Money | Kind::Number => "NumberTest".to_owned(),
        Kind::Time => "TimeTest".to_owned(),
        Kind::Json => "JsonTest".to_owned(),
    }
}

/// `start_at` as `StartAt`.
pub(crate) fn pascal(name: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default()
    };
    name.split('_').map(word).collect()
}

/// `event_stats` as `eventStats`, `EventId` as `eventId`.
pub(crate) fn camel(name: &str) -> String {
    let name = pascal(name);
    let mut letters = name.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::workspace;

    #[test]
    fn the_rows_with_cards_are_those_of_the_binding() {
        let binding = fs::read_to_string(workspace::root().join("eventos-ffi/src/cards.rs")).unwrap();
        for table in TABLES {
            let has_cards = binding.contains(&format!("pub async fn {}_cards(", table.row.to_lowercase()));
            assert_eq!(has_cards, WITH_CARDS.contains(&table.row), "{}", table.row);
        }
    }
}
