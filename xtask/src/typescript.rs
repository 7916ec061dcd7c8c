//! The tables as TypeScript, for the npm package: one interface for each way in which rows are read and written.

use std::fmt::Write;

use eventos_core::schema::{Arity, ColumnDef, SqlType, TABLES, TableDef, Via, Write as Written};

use crate::generate::Generated;

const PATH: &str = "eventos-wasm/npm/src/schema.ts";

/// The package's `schema.ts`.
pub(crate) fn files() -> Vec<Generated> {
    vec![Generated { path: PATH, contents: schema() }]
}

fn schema() -> String {
    let mut out = String::from(
        "// Written by `cargo xtask generate` from the tables of eventos-core. Do not edit.\n\n\
         import type { IdColumn, JsonColumn, LabelColumn, NumberColumn, Related, TextColumn, TimeColumn } from './filter.js';\n\
         import type { Id, Json, TimeInput, Timestamp } from './values.js';\n\n",
    );
    for name in ids() {
        let _ = writeln!(out, "export type {name} = Id<'{name}'>;");
    }
    out.push('\n');
    for (name, labels) in enumerations() {
        let _ = writeln!(out, "export type {name} = {};", union(labels));
    }
    for table in TABLES {
        push_table(&mut out, table);
    }
    push_schema(&mut out);
    push_database(&mut out);
    out
}

fn columns() -> impl Iterator<Item = &'static ColumnDef> {
    TABLES.into_iter().flat_map(|table| table.columns)
}

pub(crate) fn ids() -> Vec<&'static str> {
    let named = columns().filter(|column| column.sql_type == SqlType::Uuid && !column.type_name.is_empty());
    let mut names: Vec<&str> = named.map(|column| column.type_name).collect();
    names.sort_unstable();
    names.dedup();
    names
}

pub(crate) fn enumerations() -> Vec<(&'static str, &'static [&'static str])> {
    let mut found: Vec<_> =
        columns().filter(|column| !column.labels.is_empty()).map(|column| (column.type_name, column.labels)).collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn union(labels: &[&str]) -> String {
    labels.iter().map(|label| format!("'{label}'")).collect::<Vec<_>>().join(" | ")
}

fn push_table(out: &mut String, table: &TableDef) {
    let row = table.row;
    let _ = writeln!(out, "\n/** A row of `{}`. */\nexport interface {row} {{", table.name);
    for column in table.columns {
        let _ = writeln!(out, "  /** {} */\n  {}: {};", column.doc.trim(), column.name, read_type(column));
    }
    out.push_str("}\n");
    if is_written(table) {
        let _ = writeln!(out, "\n/** What a new row of `{}` brings. */\nexport interface New{row} {{", table.name);
        for column in table.columns.iter().filter(|column| column.write != Written::Never) {
            let mark = if column.write == Written::Required { "" } else { "?" };
            let _ = writeln!(out, "  {}{mark}: {};", column.name, write_type(column));
        }
        let _ =
            writeln!(out, "}}\n\n/** What an update of `{}` can set. */\nexport interface {row}Patch {{", table.name);
        for column in table.columns.iter().filter(|column| is_changed(column)) {
            let _ = writeln!(out, "  {}?: {};", column.name, write_type(column));
        }
        out.push_str("}\n");
    }
    let _ = writeln!(out, "\n/** What conditions on `{}` compare. */\nexport interface {row}Columns {{", table.name);
    for column in table.columns {
        let _ = writeln!(out, "  readonly {}: {};", column.name, column_type(column));
    }
    for relation in table.relations {
        let _ = writeln!(out, "  readonly {}: Related;", relation.name);
    }
    let _ = writeln!(out, "}}\n\n/** Where `{}` leads. */\nexport interface {row}Relations {{", table.name);
    for relation in table.relations {
        let target = (relation.target)().name;
        let _ = writeln!(out, "  {}: {{ to: '{target}'; many: {} }};", relation.name, relation.arity == Arity::Many);
    }
    out.push_str("}\n");
}

pub(crate) fn is_written(table: &TableDef) -> bool {
    table.columns.iter().any(|column| column.write != Written::Never)
}

pub(crate) fn is_changed(column: &ColumnDef) -> bool {
    matches!(column.write, Written::Required | Written::Optional)
}

fn push_schema(out: &mut String) {
    out.push_str("\n/** Every table and view by its name. */\nexport interface Schema {\n");
    for table in TABLES {
        let TableDef { name, row, .. } = table;
        let written = match is_written(table) {
            true => format!("new: New{row}; patch: {row}Patch"),
            false => "new: never; patch: never".to_owned(),
        };
        let _ =
            writeln!(out, "  {name}: {{ row: {row}; {written}; columns: {row}Columns; relations: {row}Relations }};");
    }
    out.push_str("}\n\n");
    let _ = writeln!(out, "export type TableName = keyof Schema;");
}

/// The shape of the types that the Supabase CLI generates, for those who stay with its client.
fn push_database(out: &mut String) {
    out.push_str("\n/** The tables in the shape of Supabase's generated types, for `createClient<Database>()` of supabase-js. */\n");
    out.push_str("export interface Database {\n  public: {\n    Tables: {\n");
    for table in TABLES.into_iter().filter(|table| is_written(table)) {
        let TableDef { name, row, .. } = table;
        let _ = writeln!(
            out,
            "      {name}: {{ Row: Flat<{row}>; Insert: Flat<New{row}>; Update: Flat<{row}Patch>; Relationships: [{}] }};",
            relationships(table)
        );
    }
    out.push_str("    };\n    Views: {\n");
    for table in TABLES.into_iter().filter(|table| !is_written(table)) {
        let _ = writeln!(out, "      {}: {{ Row: Flat<{}>; Relationships: [] }};", table.name, table.row);
    }
    out.push_str("    };\n    Functions: Record<string, never>;\n    Enums: Record<string, never>;\n    CompositeTypes: Record<string, never>;\n  };\n}\n\n");
    out.push_str(
        "/** An interface as an object type, which supabase-js asks for, with plain texts for ids. */\n\
         type Flat<T> = { [K in keyof T]: T[K] extends Id<string> | null | undefined ? string | Extract<T[K], null | undefined> : T[K] };\n\n\
         export type Tables<T extends keyof Database['public']['Tables'] | keyof Database['public']['Views']> =\n  \
         (Database['public']['Tables'] & Database['public']['Views'])[T]['Row'];\n\
         export type TablesInsert<T extends keyof Database['public']['Tables']> = Database['public']['Tables'][T]['Insert'];\n\
         export type TablesUpdate<T extends keyof Database['public']['Tables']> = Database['public']['Tables'][T]['Update'];\n",
    );
}

fn relationships(table: &TableDef) -> String {
    let keys = table.relations.iter().filter_map(|relation| match (relation.arity, relation.via) {
        (Arity::One, Via::ForeignKey(column)) if table.column(column).is_some() => {
            let target = (relation.target)();
            Some(format!(
                "{{ foreignKeyName: '{}_{column}_fkey'; columns: ['{column}']; isOneToOne: false; \
                 referencedRelation: '{}'; referencedColumns: ['{}'] }}",
                table.name, target.name, target.key
            ))
        }
        _ => None,
    });
    keys.collect::<Vec<_>>().join(", ")
}

fn read_type(column: &ColumnDef) -> String {
    nullable(column, scalar(column, "Timestamp"))
}

fn write_type(column: &ColumnDef) -> String {
    nullable(column, scalar(column, "TimeInput"))
}

fn nullable(column: &ColumnDef, scalar: String) -> String {
    if column.is_nullable { format!("{scalar} | null") } else { scalar }
}

fn scalar(column: &ColumnDef, time: &str) -> String {
    match column.sql_type {
        SqlType::Uuid if !column.type_name.is_empty() => column.type_name,
        SqlType::Text if !column.labels.is_empty() => column.type_name,
        SqlType::Uuid | SqlType::Text => "string",
        SqlType::Integer | SqlType::BigInt => "number",
        SqlType::Timestamptz => time,
        SqlType::Jsonb => "Json",
    }
    .to_owned()
}

fn column_type(column: &ColumnDef) -> String {
    let is_null = if column.is_nullable { "null" } else { "never" };
    match column.sql_type {
        SqlType::Uuid if !column.type_name.is_empty() => format!("IdColumn<{}, {is_null}>", column.type_name),
        SqlType::Text if !column.labels.is_empty() => format!("LabelColumn<{}, {is_null}>", column.type_name),
        SqlType::Uuid | SqlType::Text => format!("TextColumn<{is_null}>"),
        SqlType::Integer | SqlType::BigInt => format!("NumberColumn<{is_null}>"),
        SqlType::Timestamptz => format!("TimeColumn<{is_null}>"),
        SqlType::Jsonb => format!("JsonColumn<{is_null}>"),
    }
}
