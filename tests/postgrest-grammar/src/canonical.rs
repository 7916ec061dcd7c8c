//! One form for all requests that mean the same.

use crate::condition::{Condition, Test};
use crate::media_type::MediaType;
use crate::order::{Direction, Nulls, OrderTerm};
use crate::page::Page;
use crate::preferences::{Handling, Missing, Returning};
use crate::request::{Filter, Request};
use crate::select::{Join, SelectItem};

impl Request {
    /// The same request in a form that is equal for requests which mean the same.
    ///
    /// The order of independent conditions, elements of a list and names of conflict columns is lost; `and` at
    /// the top becomes separate filters; nested trees of one kind become one; what says no more than the
    /// default is dropped, and the defaults of an order are spelt out. What the server ignores is gone: compare
    /// [`Request::ignored`] first. The order of selected columns stays, for it is the answer's.
    #[must_use]
    pub fn canonical(mut self) -> Self {
        self.select = selection(self.select);
        self.filters = filters(self.filters);
        for terms in self.orders.values_mut() {
            terms.iter_mut().for_each(spell_out);
        }
        self.pages.retain(|_, page| *page != Page::default());
        if let Some(columns) = &mut self.on_conflict {
            columns.sort();
        }
        self.arguments.sort();
        self.accept = match self.accept.into_iter().next() {
            None | Some(MediaType::Json | MediaType::Any) => Vec::new(),
            Some(preferred) => vec![preferred],
        };
        drop_default(&mut self.preferences.returning, Returning::Minimal);
        drop_default(&mut self.preferences.missing, Missing::Null);
        drop_default(&mut self.preferences.handling, Handling::Lenient);
        self.ignored.clear();
        self
    }
}

fn drop_default<T: PartialEq>(preference: &mut Option<T>, default: T) {
    if preference.as_ref() == Some(&default) {
        *preference = None;
    }
}

fn selection(items: Vec<SelectItem>) -> Vec<SelectItem> {
    items
        .into_iter()
        .map(|item| match item {
            SelectItem::Field { alias, column, cast, aggregate } => SelectItem::Field {
                alias: alias.filter(|alias| *alias != column.name || !column.json.is_empty() || aggregate.is_some()),
                column,
                cast,
                aggregate,
            },
            SelectItem::Embed { alias, relation, hint, join, select } => SelectItem::Embed {
                alias: alias.filter(|alias| *alias != relation),
                relation,
                hint,
                join: join.filter(|join| *join == Join::Inner),
                select: selection(select),
            },
            SelectItem::Spread { relation, hint, join, select } => SelectItem::Spread {
                relation,
                hint,
                join: join.filter(|join| *join == Join::Inner),
                select: selection(select),
            },
        })
        .collect()
}

fn filters(filters: Vec<Filter>) -> Vec<Filter> {
    let mut separate: Vec<Filter> = filters
        .into_iter()
        .flat_map(|Filter { path, condition }| {
            let conditions = match condition.canonical() {
                Condition::All { negated: false, of } => of,
                other => vec![other],
            };
            conditions.into_iter().map(move |condition| Filter { path: path.clone(), condition })
        })
        .collect();
    separate.sort();
    separate.dedup();
    separate
}

impl Condition {
    fn canonical(self) -> Self {
        match self {
            Self::Column { column, negated, test } => Self::Column { column, negated, test: test.canonical() },
            Self::All { negated, of } => {
                let of = merged(of, |child| match child {
                    Self::All { negated: false, of } => Ok(of),
                    other => Err(other),
                });
                lone_or(of, negated, |of| Self::All { negated, of })
            }
            Self::Any { negated, of } => {
                let of = merged(of, |child| match child {
                    Self::Any { negated: false, of } => Ok(of),
                    other => Err(other),
                });
                lone_or(of, negated, |of| Self::Any { negated, of })
            }
        }
    }

    fn negated_if(mut self, flip: bool) -> Self {
        match &mut self {
            Self::Column { negated, .. } | Self::All { negated, .. } | Self::Any { negated, .. } => {
                *negated ^= flip;
            }
        }
        self
    }
}

/// The children in canonical form and order, with those of the same kind taken apart.
fn merged(
    children: Vec<Condition>,
    take_apart: impl Fn(Condition) -> Result<Vec<Condition>, Condition>,
) -> Vec<Condition> {
    let mut merged: Vec<Condition> = children
        .into_iter()
        .flat_map(|child| take_apart(child.canonical()).unwrap_or_else(|other| vec![other]))
        .collect();
    merged.sort();
    merged.dedup();
    merged
}

/// The only child itself, negated with its parent; or what `several` makes of them.
fn lone_or(
    mut children: Vec<Condition>,
    negated: bool,
    several: impl FnOnce(Vec<Condition>) -> Condition,
) -> Condition {
    match children.pop() {
        Some(only) if children.is_empty() => only.negated_if(negated),
        Some(last) => {
            children.push(last);
            several(children)
        }
        None => several(children),
    }
}

impl Test {
    fn canonical(self) -> Self {
        match self {
            Self::In(mut values) => {
                values.sort();
                values.dedup();
                Self::In(values)
            }
            Self::CompareEach(operator, quantifier, mut values) => {
                values.sort();
                values.dedup();
                Self::CompareEach(operator, quantifier, values)
            }
            other => other,
        }
    }
}

fn spell_out(term: &mut OrderTerm) {
    let direction = *term.direction.get_or_insert(Direction::Ascending);
    term.nulls.get_or_insert(match direction {
        Direction::Ascending => Nulls::Last,
        Direction::Descending => Nulls::First,
    });
}
