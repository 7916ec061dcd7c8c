//! `select`: columns, aggregates, embedded and spread relations.

use crate::cursor::{Cursor, Parsed};
use crate::name::{Column, identifier, name};

/// One item of a selection.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SelectItem {
    /// A column, all of them (`*`), or an aggregate over one.
    Field {
        /// The name that the answer gives it.
        alias: Option<String>,
        /// The column; named `*` for all columns and for `count()`.
        column: Column,
        /// The type that the column is cast to.
        cast: Option<String>,
        /// What is computed over the column.
        aggregate: Option<Aggregate>,
    },
    /// Rows of a related table, as an object or an array.
    Embed {
        /// The name that the answer gives it, and that filters may address it by.
        alias: Option<String>,
        /// The related table, the foreign key's column or the computed relationship.
        relation: String,
        /// What follows the first `!` that is not a join.
        hint: Option<String>,
        /// Whether rows without a match drop out.
        join: Option<Join>,
        /// What is selected of it.
        select: Vec<SelectItem>,
    },
    /// Columns of a related row, put among those of the row itself.
    Spread {
        /// The related table, the foreign key's column or the computed relationship.
        relation: String,
        /// What follows the first `!` that is not a join.
        hint: Option<String>,
        /// Whether rows without a match drop out.
        join: Option<Join>,
        /// What is selected of it.
        select: Vec<SelectItem>,
    },
}

/// An aggregate over the selected rows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Aggregate {
    /// `sum`, `avg`, `count`, `max` or `min`.
    pub function: String,
    /// The type that the result is cast to.
    pub cast: Option<String>,
}

/// How an embed joins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Join {
    /// `!inner`: rows without a match drop out.
    Inner,
    /// `!left`, and what is meant when nothing is said.
    Left,
}

impl SelectItem {
    /// All columns.
    pub fn all_columns() -> Self {
        Self::column(Column::named("*"))
    }

    /// A column as it is.
    pub fn column(column: Column) -> Self {
        Self::Field { alias: None, column, cast: None, aggregate: None }
    }
}

/// A selection; may be empty.
pub(crate) fn selection(cursor: &mut Cursor) -> Parsed<Vec<SelectItem>> {
    let items = cursor
        .optional(|cursor| cursor.separated(item, |cursor| cursor.spaced(|cursor| cursor.symbol(',', "a comma"))))?;
    Ok(items.unwrap_or_default())
}

fn item(cursor: &mut Cursor) -> Parsed<SelectItem> {
    cursor.either(spread, |cursor| cursor.either(embed, field))
}

fn spread(cursor: &mut Cursor) -> Parsed<SelectItem> {
    let (relation, (hint, join)) = cursor.attempt(|cursor| {
        cursor.spaces();
        cursor.word("...")?;
        let relation = name(cursor)?;
        let parameters = embed_parameters(cursor)?;
        opens(cursor)?;
        Ok((relation, parameters))
    })?;
    Ok(SelectItem::Spread { relation, hint, join, select: parenthesised_selection(cursor)? })
}

fn embed(cursor: &mut Cursor) -> Parsed<SelectItem> {
    let (alias, relation, (hint, join)) = cursor.attempt(|cursor| {
        cursor.spaces();
        let alias = alias(cursor)?;
        let relation = name(cursor)?;
        if relation == "count" {
            return cursor.fail("a relation that is not named count");
        }
        let parameters = embed_parameters(cursor)?;
        opens(cursor)?;
        Ok((alias, relation, parameters))
    })?;
    Ok(SelectItem::Embed { alias, relation, hint, join, select: parenthesised_selection(cursor)? })
}

fn opens(cursor: &mut Cursor) -> Parsed<()> {
    if cursor.sees("(") { Ok(()) } else { cursor.fail("an opening parenthesis") }
}

fn parenthesised_selection(cursor: &mut Cursor) -> Parsed<Vec<SelectItem>> {
    cursor.nested(|cursor| {
        cursor.symbol('(', "an opening parenthesis")?;
        let select = selection(cursor)?;
        cursor.symbol(')', "a closing parenthesis")?;
        Ok(select)
    })
}

fn alias(cursor: &mut Cursor) -> Parsed<Option<String>> {
    cursor.optional(|cursor| {
        cursor.attempt(|cursor| {
            let alias = name(cursor)?;
            cursor.symbol(':', "a colon")?;
            if cursor.sees(":") {
                return cursor.fail("a single colon");
            }
            Ok(alias)
        })
    })
}

enum EmbedParameter {
    Join(Join),
    Hint(String),
}

/// Up to two of `!hint`, `!inner` and `!left`. The joins are recognised by their first letters, so a hint that
/// begins with `inner` or `left` must be quoted.
fn embed_parameters(cursor: &mut Cursor) -> Parsed<(Option<String>, Option<Join>)> {
    let (mut hint, mut join) = (None, None);
    for _ in 0..2 {
        match cursor.optional(embed_parameter)? {
            Some(EmbedParameter::Hint(first)) if hint.is_none() => hint = Some(first),
            Some(EmbedParameter::Join(first)) if join.is_none() => join = Some(first),
            Some(_) => cursor.drop_silently("a second hint or join of one embed".to_owned()),
            None => {}
        }
    }
    Ok((hint, join))
}

fn embed_parameter(cursor: &mut Cursor) -> Parsed<EmbedParameter> {
    cursor.symbol('!', "an exclamation mark")?;
    if cursor.word("left").is_ok() {
        return Ok(EmbedParameter::Join(Join::Left));
    }
    if cursor.word("inner").is_ok() {
        return Ok(EmbedParameter::Join(Join::Inner));
    }
    cursor.attempt(name).map(EmbedParameter::Hint)
}

fn field(cursor: &mut Cursor) -> Parsed<SelectItem> {
    cursor.spaced(|cursor| {
        cursor.either(|cursor| cursor.attempt(star), |cursor| cursor.either(|cursor| cursor.attempt(row_count), column))
    })
}

fn star(cursor: &mut Cursor) -> Parsed<SelectItem> {
    cursor.word("*")?;
    ends(cursor)?;
    Ok(SelectItem::all_columns())
}

fn row_count(cursor: &mut Cursor) -> Parsed<SelectItem> {
    let alias = alias(cursor)?;
    cursor.word("count()")?;
    let cast = cast(cursor)?;
    ends(cursor)?;
    Ok(SelectItem::Field {
        alias,
        column: Column::named("*"),
        cast: None,
        aggregate: Some(Aggregate { function: "count".to_owned(), cast }),
    })
}

fn column(cursor: &mut Cursor) -> Parsed<SelectItem> {
    let alias = alias(cursor)?;
    let column = Column::parse(cursor)?;
    let before = cast(cursor)?;
    let function = cursor.optional(|cursor| cursor.attempt(aggregate_function))?;
    let after = cast(cursor)?;
    ends(cursor)?;
    let aggregate = match (function, after) {
        (Some(function), cast) => Some(Aggregate { function, cast }),
        (None, Some(cast)) => {
            cursor.drop_silently(format!("the second cast, to {cast}"));
            None
        }
        (None, None) => None,
    };
    Ok(SelectItem::Field { alias, column, cast: before, aggregate })
}

fn cast(cursor: &mut Cursor) -> Parsed<Option<String>> {
    cursor.optional(|cursor| {
        cursor.word("::")?;
        identifier(cursor)
    })
}

fn aggregate_function(cursor: &mut Cursor) -> Parsed<String> {
    cursor.symbol('.', "a dot")?;
    for function in ["sum", "avg", "count", "max", "min"] {
        if cursor.word(function).is_ok() {
            cursor.word("()")?;
            return Ok(function.to_owned());
        }
    }
    cursor.fail("an aggregate: sum, avg, count, max or min")
}

fn ends(cursor: &Cursor) -> Parsed<()> {
    if cursor.at_end() || cursor.sees(")") || cursor.sees(",") {
        Ok(())
    } else {
        cursor.fail("a comma, a closing parenthesis or the end")
    }
}
