//! The tables as Kotlin has them, on top of the module that uniffi generates: their columns as conditions name them, and how rows are
//! read and written.

use std::fmt::Write;

use eventos_core::schema::{ColumnDef, TABLES, TableDef};

use crate::generate::Generated;
use crate::mirrors::{Kind, WITH_CARDS, camel, field, pascal};
use crate::shell::Shell;
use crate::typescript::{enumerations, ids, is_written};

const PATH: &str = "eventos-ffi/bindings/kotlin/src/generated/kotlin/org/eventos/Tables.kt";

/// The package's `Tables.kt`.
pub(crate) fn files(_: &mut Shell) -> anyhow::Result<Vec<Generated>> {
    Ok(vec![Generated { path: PATH, contents: tables() }])
}

fn tables() -> String {
    let mut out = String::from(
        "// The tables. Written by `cargo xtask generate` from the tables of eventos-core. Do not edit.\n\n\
         package org.eventos\n",
    );
    for table in TABLES {
        push_handle(&mut out, table);
        push_conditions(&mut out, table);
        push_calls(&mut out, table);
        if WITH_CARDS.contains(&table.row) {
            push_cards(&mut out, table);
        }
    }
    out.push('\n');
    let compared = ids().into_iter().chain(enumerations().into_iter().map(|(name, _)| name));
    for name in compared {
        let _ = writeln!(
            out,
            "private val {} =\n    EqualityTests({name}Test::Is, {name}Test::IsNot, {name}Test::OneOf, {name}Test.IsNull, \
             {name}Test.IsNotNull)",
            tests(name)
        );
    }
    out
}

/// What the client has of a table.
fn push_handle(out: &mut String, table: &TableDef) {
    let TableDef { name, row, .. } = table;
    let (property, types) = (camel(name), types(table));
    let _ = writeln!(
        out,
        "\n/** Rows of `{name}` to read. */\ntypealias {row}Selection = Selection<{row}, {row}Column, {row}Filter, {row}Conditions>\n"
    );
    if is_written(table) {
        let _ = writeln!(
            out,
            "/** `{name}`. */\ntypealias {row}Table = Table<{types}>\n\n\
             /** `{name}`. */\nval Client.{property}: {row}Table get() = Table(this, {row}Calls)"
        );
    } else {
        let _ = writeln!(
            out,
            "/** `{name}`, which can only be read. */\n\
             val Client.{property}: {row}Selection get() = Selection(this, {row}Calls)"
        );
    }
}

fn types(table: &TableDef) -> String {
    let row = table.row;
    let written = if is_written(table) { format!("New{row}, {row}Change, ") } else { String::new() };
    format!("{row}, {written}{row}Column, {row}Filter, {row}Conditions")
}

fn push_conditions(out: &mut String, table: &TableDef) {
    let TableDef { name, row, .. } = table;
    let _ = writeln!(
        out,
        "\n/** Conditions on rows of `{name}`. */\n\
         object {row}Conditions : Conditions<{row}Filter>(\n    \
         {row}Filter::All, {{ (it as? {row}Filter.All)?.v1 }}, {row}Filter::Any, {{ (it as? {row}Filter.Any)?.v1 }}, {row}Filter::None,\n\
         ) {{"
    );
    for column in table.columns {
        let field = camel(field(column));
        let _ = writeln!(
            out,
            "    /** {} */\n    val {field}: {} = {}",
            column.doc.trim(),
            column_type(table, column),
            column_value(table, column)
        );
    }
    out.push_str("}\n");
}

fn column_type(table: &TableDef, column: &ColumnDef) -> String {
    let types = format!("{}Filter, {}", table.row, if column.is_nullable { "Nullable" } else { "NotNull" });
    match Kind::of(column) {
        Kind::Named(name) => format!("EqualityColumn<{types}, {name}>"),
        Kind::Text => format!("TextColumn<{types}>"),
        Kind::Money => format!("NumberColumn<{types}, Cents>"),
        Kind::Number => format!("NumberColumn<{types}, Long>"),
        Kind::Time => format!("TimeColumn<{types}>"),
        Kind::Json => format!("JsonColumn<{types}>"),
    }
}

fn column_value(table: &TableDef, column: &ColumnDef) -> String {
    let condition = format!("{}Filter::{}", table.row, pascal(column.name));
    match Kind::of(column) {
        Kind::Named(name) => format!("EqualityColumn.of({}, {condition})", tests(name)),
        Kind::Text => format!("TextColumn({condition})"),
        Kind::Money => format!("NumberColumn.ofMoney({condition})"),
        Kind::Number => format!("NumberColumn.ofNumbers({condition})"),
        Kind::Time => format!("TimeColumn({condition})"),
        Kind::Json => format!("JsonColumn({condition})"),
    }
}

/// `EventId` as `eventIdTests`.
fn tests(name: &str) -> String {
    format!("{}Tests", camel(name))
}

fn push_calls(out: &mut String, table: &TableDef) {
    let TableDef { name, row, .. } = table;
    let (many, types) = (pascal(name), types(table));
    let calls = if is_written(table) { "WriteCalls" } else { "ReadCalls" };
    let _ = write!(
        out,
        "
private object {row}Calls : {calls}<{types}> {{
    override val conditions = {row}Conditions

    override fun query(rows: {row}Selection) = TableQuery.{many}(record(rows))

    override suspend fun read(rows: {row}Selection, expected: Expected) = rows.client.read{many}(record(rows), expected)

    override suspend fun page(rows: {row}Selection, size: ULong, cursor: String?) =
        rows.client.pageOf{many}(record(rows), size, cursor).let {{ Page(it.rows, it.cursor) }}
"
    );
    if is_written(table) {
        let _ = write!(
            out,
            "
    override suspend fun insert(client: Client, rows: List<New{row}>) = client.insert{many}(rows)

    override suspend fun update(client: Client, changes: List<{row}Change>, filter: {row}Filter) =
        client.update{many}(changes, filter)

    override fun deletion(filter: {row}Filter) = Deletion.{many}(filter)
"
        );
    }
    let _ = write!(
        out,
        "
    fun record(rows: {row}Selection): {row}Query {{
        val order = rows.order.map {{ (column, direction) -> {row}Order(column, direction) }}
        return {row}Query(rows.filters, order, rows.limit, rows.offset)
    }}
}}
"
    );
}

fn push_cards(out: &mut String, table: &TableDef) {
    let row = table.row;
    let cards = format!("{}Cards", camel(&row.to_lowercase()));
    let single = format!("single{row}Card");
    let maybe_single = format!("maybeSingle{row}Card");
    let _ = write!(
        out,
        "
/** The rows as cards: with what belongs to them, as screens show them. */
@JvmName(\"{cards}\")
suspend fun {row}Selection.cards(): List<{row}Card> =
    client.{cards}({row}Calls.record(this), Expected.ANY_NUMBER)

/**
 * The one row that there is, as a card.
 *
 * @throws EventosException.NotFound where there is none.
 * @throws EventosException.ManyRows where there are several.
 */
@JvmName(\"{single}\")
suspend fun {row}Selection.singleCard(): {row}Card =
    client.{cards}({row}Calls.record(this), Expected.ONE).single()

/**
 * The one row as a card, or null where there is none.
 *
 * @throws EventosException.ManyRows where there are several.
 */
@JvmName(\"{maybe_single}\")
suspend fun {row}Selection.maybeSingleCard(): {row}Card? =
    client.{cards}({row}Calls.record(this), Expected.AT_MOST_ONE).singleOrNull()
"
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_of_every_table_can_be_compared() {
        let kotlin = tables();
        for table in TABLES {
            let conditions = format!("object {}Conditions : ", table.row);
            let (_, conditions) = kotlin.split_once(&conditions).unwrap();
            let (conditions, _) = conditions.split_once("\n}\n").unwrap();
            assert_eq!(conditions.matches("    val ").count(), table.columns.len(), "{}", table.name);
        }
    }

    #[test]
    fn a_view_is_only_read() {
        let kotlin = tables();
        assert!(kotlin.contains("val Client.eventStats: EventStatsSelection"));
        assert!(kotlin.contains("val Client.events: EventTable"));
        assert!(!kotlin.contains("EventStatsTable"));
    }

    #[test]
    fn only_what_may_be_null_can_be_asked_for_null() {
        let kotlin = tables();
        assert!(kotlin.contains("val venueId: EqualityColumn<EventFilter, Nullable, VenueId> "));
        assert!(kotlin.contains("val organizerId: EqualityColumn<EventFilter, NotNull, ProfileId> "));
    }
}
