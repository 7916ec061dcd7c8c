//! `order`: the terms that rows are sorted by.

use crate::cursor::{Cursor, Parsed};
use crate::name::{Column, name};

/// One term of an order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrderTerm {
    /// The embedded to-one relation whose column this is, as in `venue(name)`.
    pub relation: Option<String>,
    /// What is sorted by.
    pub column: Column,
    /// Ascending when nothing is said.
    pub direction: Option<Direction>,
    /// When nothing is said, last in ascending and first in descending order.
    pub nulls: Option<Nulls>,
}

/// Which way rows are sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// Smallest first.
    Ascending,
    /// Largest first.
    Descending,
}

/// Where rows without a value go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nulls {
    /// Before all others.
    First,
    /// After all others.
    Last,
}

/// The terms of an order, first one first.
pub(crate) fn order(cursor: &mut Cursor) -> Parsed<Vec<OrderTerm>> {
    cursor.separated(
        |cursor| {
            cursor
                .spaced(|cursor| cursor.either(|cursor| cursor.attempt(term_of_relation), |cursor| term(cursor, None)))
        },
        |cursor| cursor.symbol(',', "a comma"),
    )
}

fn term_of_relation(cursor: &mut Cursor) -> Parsed<OrderTerm> {
    let relation = name(cursor)?;
    cursor.symbol('(', "an opening parenthesis")?;
    let column = Column::parse(cursor)?;
    cursor.symbol(')', "a closing parenthesis")?;
    modifiers(cursor, Some(relation), column)
}

fn term(cursor: &mut Cursor, relation: Option<String>) -> Parsed<OrderTerm> {
    let column = Column::parse(cursor)?;
    modifiers(cursor, relation, column)
}

fn modifiers(cursor: &mut Cursor, relation: Option<String>, column: Column) -> Parsed<OrderTerm> {
    let direction = modifier(cursor, &[(".asc", Direction::Ascending), (".desc", Direction::Descending)]);
    let nulls = modifier(cursor, &[(".nullsfirst", Nulls::First), (".nullslast", Nulls::Last)]);
    if !cursor.at_end() && !cursor.sees(",") {
        return cursor.fail("asc, desc, nullsfirst, nullslast, a comma or the end");
    }
    Ok(OrderTerm { relation, column, direction, nulls })
}

fn modifier<T: Copy>(cursor: &mut Cursor, choices: &[(&'static str, T)]) -> Option<T> {
    choices.iter().find(|(word, _)| cursor.word(word).is_ok()).map(|(_, meaning)| *meaning)
}
