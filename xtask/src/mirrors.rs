//! The tables as uniffi has them, for Swift, Kotlin and Python: rows, conditions, new rows, changes and queries.

use std::fmt::Write;

use eventos_core::schema::{ColumnDef, SqlType, TABLES, TableDef, Write as Written};

use crate::generate::Generated;
use crate::shell::{Shell, program};
use crate::typescript::{enumerations, ids, is_changed, is_written};

const PATH: &str = "eventos-ffi/src/tables.rs";

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
         use serde::{Deserialize, Serialize};\n\
         use serde_json::{Map, Value, json};\n\n\
         use crate::client::Client;\n\
         use crate::error::EventosError;\n\
         use crate::filters::{JsonTest, NumberTest, Test, TextTest, TimeTest, equality_test};\n\
         use crate::query::{Count, Direction, Form};\n\
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
    out
}

/// What an enumeration is, in the words of the column that it is of.
fn described(name: &str) -> &'static str {
    let column = TABLES.into_iter().flat_map(|table| table.columns).find(|column| column.type_name == name);
    column.map_or("", |column| column.doc.trim())
}

fn push_row(out: &mut String, table: &TableDef) {
    let TableDef { name, row, .. } = table;
    let _ = writeln!(
        out,
        "/// A row of `{name}`.\n#[derive(Debug, Clone, PartialEq, Deserialize, uniffi::Record)]\npub struct {row} {{"
    );
    for column in table.columns {
        let _ =
            writeln!(out, "/// {}\n{}{}: {},", column.doc.trim(), renamed(column), field(column), read_type(column));
    }
    out.push_str("}\n\n");
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
         /// All of these hold.\nAll {{ of: Vec<{row}Filter> }},\n\
         /// At least one of these holds.\nAny {{ of: Vec<{row}Filter> }},\n\
         /// None of these holds.\nNone {{ of: Vec<{row}Filter> }},"
    );
    for column in table.columns {
        let _ = writeln!(out, "{} {{ test: {} }},", pascal(column.name), test_type(column));
    }
    let _ = writeln!(
        out,
        "}}\n\nimpl {row}Filter {{\nfn condition(&self) -> Value {{\n\
         let all = |filters: &[{row}Filter]| filters.iter().map({row}Filter::condition).collect::<Vec<_>>();\n\
         match self {{\n\
         Self::All {{ of }} => json!({{ \"and\": all(of) }}),\n\
         Self::Any {{ of }} => json!({{ \"or\": all(of) }}),\n\
         Self::None {{ of }} => json!({{ \"not\": {{ \"or\": all(of) }} }}),"
    );
    for column in table.columns {
        let _ = writeln!(out, "Self::{} {{ test }} => test.on(\"{}\"),", pascal(column.name), column.name);
    }
    out.push_str("}\n}\n}\n\n");
}

fn push_query(out: &mut String, table: &TableDef) {
    let TableDef { name, row, .. } = table;
    let _ = writeln!(
        out,
        "/// A read of `{name}`. Every call gives another query; the first stays as it is.\n\
         #[derive(uniffi::Object)]\npub struct {row}Query {{\nform: Form,\n}}\n\n\
         /// A page of `{name}`, and where the next one begins; nothing after the last one.\n\
         #[derive(Debug, uniffi::Record)]\npub struct {row}Page {{\npub rows: Vec<{row}>,\npub cursor: Option<String>,\n}}\n\n\
         #[uniffi::export]\nimpl {row}Query {{\n\
         /// Rows of which this holds too.\n\
         pub fn filter(&self, filter: {row}Filter) -> Result<Arc<{row}Query>, EventosError> {{\n\
         Ok(Arc::new({row}Query {{ form: self.form.and(\"where\", filter.condition()) }}))\n}}\n\n\
         /// In the order of a column; of several, the first decides.\n\
         pub fn order_by(&self, column: {row}Column, direction: Direction) -> Result<Arc<{row}Query>, EventosError> {{\n\
         Ok(Arc::new({row}Query {{ form: self.form.ordered(column.name(), direction) }}))\n}}\n\n\
         /// At most so many rows.\n\
         pub fn limit(&self, rows: u64) -> Result<Arc<{row}Query>, EventosError> {{\n\
         Ok(Arc::new({row}Query {{ form: self.form.with(\"limit\", rows) }}))\n}}\n\n\
         /// Without the first so many rows.\n\
         pub fn offset(&self, rows: u64) -> Result<Arc<{row}Query>, EventosError> {{\n\
         Ok(Arc::new({row}Query {{ form: self.form.with(\"offset\", rows) }}))\n}}\n\n\
         /// The rows.\n\
         pub async fn all(self: Arc<Self>) -> Result<Vec<{row}>, EventosError> {{\nself.form.fetch().await\n}}\n\n\
         /// The one row.\n\
         pub async fn single(self: Arc<Self>) -> Result<{row}, EventosError> {{\nself.form.with(\"answer\", \"one\").fetch().await\n}}\n\n\
         /// The row, or nothing.\n\
         pub async fn maybe_single(self: Arc<Self>) -> Result<Option<{row}>, EventosError> {{\n\
         self.form.with(\"answer\", \"at_most_one\").fetch().await\n}}\n\n\
         /// How many rows there are.\n\
         pub async fn count(self: Arc<Self>, how: Count) -> Result<u64, EventosError> {{\n\
         self.form.with(\"answer\", \"count\").with(\"count\", how.as_str()).fetch().await\n}}\n\n\
         /// A page of so many rows; the first without a cursor.\n\
         pub async fn page(self: Arc<Self>, size: u64, cursor: Option<String>) -> Result<{row}Page, EventosError> {{\n\
         let (rows, cursor) = self.form.page(size, cursor).await?;\nOk({row}Page {{ rows, cursor }})\n}}\n\n\
         /// The rows as CSV.\n\
         pub async fn csv(self: Arc<Self>) -> Result<String, EventosError> {{\nself.form.with(\"answer\", \"csv\").fetch().await\n}}\n}}\n\n\
         #[uniffi::export]\nimpl Client {{\n\
         /// Reads `{name}`.\n\
         pub fn {name}(&self) -> Result<Arc<{row}Query>, EventosError> {{\n\
         Ok(Arc::new({row}Query {{ form: Form::of(&self.eventos, \"{name}\") }}))\n}}\n}}\n\n"
    );
}

fn push_new(out: &mut String, table: &TableDef) {
    let TableDef { name, row, .. } = table;
    let _ = writeln!(
        out,
        "/// What a new row of `{name}` brings. What is left out, the database decides.\n\
         #[derive(Debug, Clone, Serialize, uniffi::Record)]\npub struct New{row} {{"
    );
    for column in table.columns.iter().filter(|column| column.write != Written::Never) {
        let mut scalar = scalar(column);
        let mut attributes = String::new();
        if column.write != Written::Required {
            scalar = format!("Option<{scalar}>");
            attributes.push_str("#[uniffi(default = None)]\n#[serde(skip_serializing_if = \"Option::is_none\")]\n");
        }
        let _ = writeln!(out, "/// {}\n{attributes}{}{}: {scalar},", column.doc.trim(), renamed(column), field(column));
    }
    out.push_str("}\n\n");
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
        let _ = writeln!(out, "{} {{ value: {} }},", pascal(column.name), read_type(column));
    }
    let _ = writeln!(
        out,
        "}}\n\nimpl {row}Change {{\nfn set(&self, values: &mut Map<String, Value>) {{\nlet (name, value) = match self {{"
    );
    for column in &changed {
        let _ = writeln!(out, "Self::{} {{ value }} => (\"{}\", json!(value)),", pascal(column.name), column.name);
    }
    out.push_str("};\nvalues.insert(name.to_owned(), value);\n}\n}\n\n");
}

fn push_writes(out: &mut String, table: &TableDef) {
    let TableDef { name, row, .. } = table;
    let _ = writeln!(
        out,
        "#[uniffi::export]\nimpl Client {{\n\
         /// Makes rows of `{name}`, and gives them back.\n\
         pub async fn insert_{name}(self: Arc<Self>, rows: Vec<New{row}>) -> Result<Vec<{row}>, EventosError> {{\n\
         Form::of(&self.eventos, \"{name}\").with(\"insert\", json!(rows)).with(\"select\", json!({{ \"*\": 1 }})).fetch().await\n}}\n\n\
         /// Changes the rows of `{name}` of which a condition holds, and gives them back.\n\
         pub async fn update_{name}(self: Arc<Self>, changes: Vec<{row}Change>, filter: {row}Filter) -> Result<Vec<{row}>, EventosError> {{\n\
         let mut values = Map::new();\nchanges.iter().for_each(|change| change.set(&mut values));\n\
         let form = Form::of(&self.eventos, \"{name}\").with(\"update\", values);\n\
         form.and(\"where\", filter.condition()).with(\"select\", json!({{ \"*\": 1 }})).fetch().await\n}}\n\n\
         /// Removes the rows of `{name}` of which a condition holds; how many they were.\n\
         pub async fn delete_{name}(self: Arc<Self>, filter: {row}Filter) -> Result<u64, EventosError> {{\n\
         let form = Form::of(&self.eventos, \"{name}\").with(\"delete\", true).and(\"where\", filter.condition());\n\
         form.with(\"answer\", \"affected\").fetch().await\n}}\n}}\n\n"
    );
}

/// A column's name as a field: `type` is a word of Rust's.
fn field(column: &ColumnDef) -> String {
    match column.name {
        "type" => "pub kind".to_owned(),
        name => format!("pub {name}"),
    }
}

fn renamed(column: &ColumnDef) -> &'static str {
    if column.name == "type" { "#[serde(rename = \"type\")]\n" } else { "" }
}

fn read_type(column: &ColumnDef) -> String {
    let scalar = scalar(column);
    if column.is_nullable { format!("Option<{scalar}>") } else { scalar }
}

fn scalar(column: &ColumnDef) -> String {
    match column.sql_type {
        SqlType::Uuid if !column.type_name.is_empty() => column.type_name,
        SqlType::Text if !column.labels.is_empty() => column.type_name,
        SqlType::Uuid | SqlType::Text => "String",
        SqlType::Integer | SqlType::BigInt if column.type_name == "Cents" || column.name.ends_with("_cents") => "Cents",
        SqlType::Integer | SqlType::BigInt => "i64",
        SqlType::Timestamptz => "Timestamp",
        SqlType::Jsonb => "Json",
    }
    .to_owned()
}

fn test_type(column: &ColumnDef) -> String {
    match column.sql_type {
        SqlType::Uuid if !column.type_name.is_empty() => format!("{}Test", column.type_name),
        SqlType::Text if !column.labels.is_empty() => format!("{}Test", column.type_name),
        SqlType::Uuid | SqlType::Text => "TextTest".to_owned(),
        SqlType::Integer | SqlType::BigInt => "NumberTest".to_owned(),
        SqlType::Timestamptz => "TimeTest".to_owned(),
        SqlType::Jsonb => "JsonTest".to_owned(),
    }
}

/// `start_at` as `StartAt`.
fn pascal(name: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default()
    };
    name.split('_').map(word).collect()
}
