//! What can be refused before anything is sent, by the tables' declarations.

use std::borrow::Cow;

use super::{Action, Comparison, Conflict, Embed, Expr, Is, Item, OnConflict, Operand, Query, Scope};
use crate::error::{Error, Result};
use crate::schema::{ColumnDef, Rule, TableDef, Value, Values, Write, is_writable_time};

pub(crate) fn check(query: &Query) -> Result<()> {
    check_filtered_write(query)?;
    if query.settings.is_repeatable && !matches!(query.action, Action::Insert { .. } | Action::Call { .. }) {
        return Err(Error::invalid_input("repeatable", "only an insert or a call can be made safe to repeat"));
    }
    match &query.action {
        Action::Insert { rows, conflict } => {
            if let Some(table) = query.table() {
                if query.settings.is_repeatable {
                    check_recognisable(table, rows, conflict.as_ref())?;
                }
                if matches!(conflict, Some(conflict) if conflict.resolution == OnConflict::Merge) {
                    check_same_columns(table, rows)?;
                }
                rows.iter().try_for_each(|row| check_new_row(table, row))?;
            }
        }
        Action::Update(values) => {
            if let Some(table) = query.table() {
                check_change(table, values)?;
            }
        }
        Action::Read | Action::Delete | Action::Call { .. } => {}
    }
    match query.table() {
        Some(table) => check_embeds(table, &query.selection, &query.scope),
        None => Ok(()),
    }
}

/// Conditions that were put together at run time may turn out to be none, and the write would touch every row.
fn check_filtered_write(query: &Query) -> Result<()> {
    let filters = &query.scope.filters;
    if matches!(query.action, Action::Update(_) | Action::Delete)
        && !filters.is_empty()
        && !query.settings.is_every_row_meant
        && filters.iter().all(|filter| leaves_no_row_out(filter, query.table()))
    {
        return Err(Error::invalid_input(
            query.table().map_or("filter", |table| table.name),
            "the filter leaves no row out: add conditions, or say `.every_row()` if all of them are meant",
        ));
    }
    Ok(())
}

fn leaves_no_row_out(filter: &Expr, table: Option<&TableDef>) -> bool {
    match filter {
        Expr::And(parts) => parts.iter().all(|part| leaves_no_row_out(part, table)),
        Expr::Or(parts) => parts.iter().any(|part| leaves_no_row_out(part, table)),
        Expr::Not(inner) => leaves_every_row_out(inner, table),
        Expr::Compare(Comparison { operand: Operand::All(values), .. }) => values.is_empty(),
        Expr::Compare(_) | Expr::Related(_) => false,
    }
}

fn leaves_every_row_out(filter: &Expr, table: Option<&TableDef>) -> bool {
    match filter {
        Expr::And(parts) => parts.iter().any(|part| leaves_every_row_out(part, table)),
        Expr::Or(parts) => parts.iter().all(|part| leaves_every_row_out(part, table)),
        Expr::Not(inner) => leaves_no_row_out(inner, table),
        Expr::Compare(Comparison { operand: Operand::Any(values), .. }) => values.is_empty(),
        Expr::Compare(Comparison { path, operand: Operand::Is(Is::Null), .. }) => {
            let column = table.and_then(|table| table.column(path.column));
            path.steps.is_empty() && column.is_some_and(|column| !column.is_nullable)
        }
        Expr::Compare(_) | Expr::Related(_) => false,
    }
}

/// Where rows merge into others, a column that one row leaves out would take its default there, and the old value be lost.
fn check_same_columns(table: &TableDef, rows: &[Values]) -> Result<()> {
    let Some((first, others)) = rows.split_first() else { return Ok(()) };
    let brings = |row: &Values, column: &str| row.iter().any(|(set, _)| set == column);
    for row in others {
        let missing = first.iter().find(|(column, _)| !brings(row, column));
        let extra = row.iter().find(|(column, _)| !brings(first, column));
        if let Some((column, _)) = missing.or(extra) {
            return Err(refused(
                table,
                column,
                "an upsert must bring the same columns in every row: send these rows apart",
            ));
        }
    }
    Ok(())
}

/// A repeat must meet the rows of the first try, so each brings the key by which the database tells them apart.
fn check_recognisable(table: &TableDef, rows: &[Values], conflict: Option<&Conflict>) -> Result<()> {
    let key = [Cow::Borrowed(table.key)];
    let columns = match conflict {
        Some(conflict) if !conflict.columns.is_empty() => conflict.columns.as_slice(),
        _ => &key,
    };
    for column in columns {
        if !rows.iter().all(|row| row.iter().any(|(set, _)| set == column)) {
            return Err(refused(table, column, "a repeatable insert must bring it: set it, such as with `new_id`"));
        }
    }
    Ok(())
}

fn check_new_row(table: &TableDef, row: &Values) -> Result<()> {
    let is_set = |name: &str| row.iter().any(|(set, _)| set == name);
    if let Some(missing) = table.columns.iter().find(|column| column.write == Write::Required && !is_set(column.name)) {
        return Err(refused(table, missing.name, "is required"));
    }
    for (name, value) in row {
        let column = known(table, name)?;
        if column.write == Write::Never {
            return Err(refused(table, name, "the database alone writes it: leave it out"));
        }
        check_value(table, column, value)?;
    }
    check_rules(table, row)
}

fn check_change(table: &TableDef, values: &Values) -> Result<()> {
    if values.is_empty() {
        return Err(Error::invalid_input(table.name, "an update must set at least one column"));
    }
    for (name, value) in values {
        let column = known(table, name)?;
        if !matches!(column.write, Write::Required | Write::Optional) {
            return Err(refused(table, name, "it never changes after the row was made: leave it out"));
        }
        check_value(table, column, value)?;
    }
    check_rules(table, values)
}

fn known(table: &TableDef, name: &str) -> Result<&'static ColumnDef> {
    table.column(name).ok_or_else(|| refused(table, name, "no such column"))
}

fn check_value(table: &TableDef, column: &ColumnDef, value: &Value) -> Result<()> {
    match value {
        Value::Null if !column.is_nullable => Err(refused(table, column.name, "cannot be null")),
        Value::Integer(number) => match column.limits {
            Some((smallest, largest)) if !(smallest..=largest).contains(number) => {
                Err(refused(table, column.name, format!("{number} is outside {smallest} to {largest}")))
            }
            _ => Ok(()),
        },
        Value::Text(text) => check_text(table, column, text),
        Value::Timestamp(instant) if !is_writable_time(*instant) => {
            Err(refused(table, column.name, "the year must be 1 to 9999"))
        }
        Value::Null | Value::Bool(_) | Value::Uuid(_) | Value::Timestamp(_) | Value::Json(_) => Ok(()),
    }
}

fn check_text(table: &TableDef, column: &ColumnDef, text: &str) -> Result<()> {
    if text.contains('\0') {
        return Err(refused(table, column.name, "text cannot hold the character U+0000"));
    }
    if !column.labels.is_empty() && !column.labels.contains(&text) {
        return Err(refused(table, column.name, format!("expected one of {}", column.labels.join(", "))));
    }
    match column.check {
        Some(check) => check(text).map_err(|problem| refused(table, column.name, problem)),
        None => Ok(()),
    }
}

/// Rules hold where the values bring every column that they name; the database checks the rest.
fn check_rules(table: &TableDef, values: &Values) -> Result<()> {
    let value = |name: &str| values.iter().find(|(set, _)| set == name).map(|(_, value)| value);
    for rule in table.rules {
        match rule {
            Rule::Later { later, earlier } => {
                if let (Some(Value::Timestamp(end)), Some(Value::Timestamp(start))) = (value(later), value(earlier))
                    && end <= start
                {
                    return Err(refused(table, later, format!("must be after {earlier}")));
                }
            }
            Rule::Product { product, factors: [first, second] } => {
                if let (
                    Some(Value::Integer(total)),
                    Some(Value::Integer(first_value)),
                    Some(Value::Integer(second_value)),
                ) = (value(product), value(first), value(second))
                    && first_value.checked_mul(*second_value) != Some(*total)
                {
                    return Err(refused(table, product, format!("must be {first} × {second}")));
                }
            }
        }
    }
    Ok(())
}

/// Conditions and orders lead to the embeds that they name.
fn check_embeds(table: &'static TableDef, items: &[Item], scope: &Scope) -> Result<()> {
    scope.filters.iter().try_for_each(|filter| check_related(table, items, filter))?;
    for relation in scope.order.iter().filter_map(|key| key.relation.as_deref()) {
        addressed(table, items, relation)?;
    }
    for (alias, inner) in &scope.embeds {
        let embed = addressed(table, items, alias)?;
        if let Some(relation) = table.relation(&embed.relation) {
            check_embeds((relation.target)(), &embed.items, inner)?;
        }
    }
    Ok(())
}

fn check_related(table: &'static TableDef, items: &[Item], filter: &Expr) -> Result<()> {
    match filter {
        Expr::And(parts) | Expr::Or(parts) => parts.iter().try_for_each(|part| check_related(table, items, part)),
        Expr::Not(inner) => check_related(table, items, inner),
        Expr::Related(alias) => addressed(table, items, alias).map(|_| ()),
        Expr::Compare(_) => Ok(()),
    }
}

/// The embed of that alias, where PostgREST finds the same one: it takes the first with this alias *or* of the table
/// with this name, and `not` in a key for a negation.
fn addressed<'a>(table: &'static TableDef, items: &'a [Item], alias: &str) -> Result<&'a Embed> {
    let refused = |problem| Err(Error::invalid_input(alias.to_owned(), problem));
    if alias == "not" {
        return refused("conditions cannot name an embed `not`: give it another name");
    }
    for item in items {
        let Item::Embed(embed) = item else { continue };
        if embed.alias == alias {
            return Ok(embed);
        }
        let target = table.relation(&embed.relation).map(|relation| (relation.target)().name);
        if target == Some(alias) {
            return refused(
                "an embed before it is of the table with this name: give it another name, or embed it first",
            );
        }
    }
    refused("the selection does not embed it: select it, or leave its conditions out")
}

fn refused(table: &TableDef, column: &str, problem: impl Into<Cow<'static, str>>) -> Error {
    Error::invalid_input(format!("{}.{column}", table.name), problem)
}
