//! Filters: a test of one column, and trees of `and`, `or` and `not`.

use crate::array::array_elements;
use crate::cursor::{Cursor, Parsed};
use crate::name::{Column, identifier, name, quoted};

/// A condition on a row.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Condition {
    /// A test of one column.
    Column {
        /// What is tested. May name an embed: `venue=is.null` tests whether there is one.
        column: Column,
        /// Whether `not.` stands before the operator.
        negated: bool,
        /// The test.
        test: Test,
    },
    /// `and(…)`.
    All {
        /// Whether `not.` stands before it.
        negated: bool,
        /// The conditions; at least one.
        of: Vec<Condition>,
    },
    /// `or(…)`.
    Any {
        /// Whether `not.` stands before it.
        negated: bool,
        /// The conditions; at least one.
        of: Vec<Condition>,
    },
}

/// A test of one column. All values are decoded: they are what PostgreSQL gets.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Test {
    /// One value, by one operator. In the patterns of `like` and `ilike`, `*` is already `%`.
    Compare(Operator, String),
    /// `op(any).{…}` or `op(all).{…}`.
    CompareEach(Operator, Quantifier, Vec<Option<String>>),
    /// `in.(…)`. Without elements it matches nothing.
    In(Vec<String>),
    /// `is.…`.
    Is(IsValue),
    /// `isdistinct.…`.
    DistinctFrom(String),
    /// Full-text search, with its text search configuration.
    Search(Search, Option<String>, String),
}

/// An operator that takes one value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Operator {
    Eq,
    Neq,
    Gt,
    Gte,
    Lt,
    Lte,
    Like,
    Ilike,
    /// `~`
    Match,
    /// `~*`
    Imatch,
    /// `cs`, `@>`
    Contains,
    /// `cd`, `<@`
    ContainedBy,
    /// `ov`, `&&`
    Overlaps,
    /// `sl`, `<<`
    StrictlyLeft,
    /// `sr`, `>>`
    StrictlyRight,
    /// `nxr`, `&<`
    NotExtendsRight,
    /// `nxl`, `&>`
    NotExtendsLeft,
    /// `adj`, `-|-`
    Adjacent,
}

/// Whether one element of an array has to pass, or each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Quantifier {
    /// `(any)`
    Any,
    /// `(all)`
    All,
}

/// What `is` compares with. `not_null` is not here: versions before 13 refuse it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum IsValue {
    Null,
    True,
    False,
    Unknown,
}

/// How a text search's query is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Search {
    /// `fts`, `to_tsquery`
    Query,
    /// `plfts`, `plainto_tsquery`
    Plain,
    /// `phfts`, `phraseto_tsquery`
    Phrase,
    /// `wfts`, `websearch_to_tsquery`
    Web,
}

const PLAIN_OPERATORS: [(&str, Operator); 9] = [
    ("neq", Operator::Neq),
    ("cs", Operator::Contains),
    ("cd", Operator::ContainedBy),
    ("ov", Operator::Overlaps),
    ("sl", Operator::StrictlyLeft),
    ("sr", Operator::StrictlyRight),
    ("nxr", Operator::NotExtendsRight),
    ("nxl", Operator::NotExtendsLeft),
    ("adj", Operator::Adjacent),
];

const QUANTIFIABLE_OPERATORS: [(&str, Operator); 9] = [
    ("eq", Operator::Eq),
    ("gte", Operator::Gte),
    ("gt", Operator::Gt),
    ("lte", Operator::Lte),
    ("lt", Operator::Lt),
    ("like", Operator::Like),
    ("ilike", Operator::Ilike),
    ("match", Operator::Match),
    ("imatch", Operator::Imatch),
];

const SEARCHES: [(&str, Search); 4] =
    [("fts", Search::Query), ("plfts", Search::Plain), ("phfts", Search::Phrase), ("wfts", Search::Web)];

/// Where a test's value ends: at the end of a parameter, or where a tree goes on.
#[derive(Clone, Copy)]
enum Place {
    Parameter,
    Tree,
}

/// The value of a filter parameter: `not.` or nothing, the operator, the value.
pub(crate) fn parameter_test(cursor: &mut Cursor) -> Parsed<(bool, Test)> {
    negatable_test(cursor, Place::Parameter)
}

/// What a parameter of a function called by GET holds: a filter, or the value of an argument.
pub(crate) fn argument_or_test(cursor: &mut Cursor) -> Parsed<Option<(bool, Test)>> {
    cursor.either(
        |cursor| parameter_test(cursor).map(Some),
        |cursor| {
            cursor.rest();
            Ok(None)
        },
    )
}

/// The key of a tree, `venue.not.or` say: the path of embeds, and the operator as a tree begins with it.
pub(crate) fn tree_key(cursor: &mut Cursor) -> Parsed<(Vec<String>, String)> {
    let mut path = cursor.separated(name, |cursor| cursor.symbol('.', "a dot"))?;
    let negated = path.iter().any(|step| step == "not");
    let operator = path.pop().unwrap_or_default();
    path.retain(|step| step != "not");
    let prefix = if negated { "not." } else { "" };
    Ok((path, format!("{prefix}{operator}")))
}

/// A tree, or one condition of it.
pub(crate) fn tree(cursor: &mut Cursor) -> Parsed<Condition> {
    cursor.either(|cursor| cursor.attempt(tree_test), tree_branch)
}

fn tree_test(cursor: &mut Cursor) -> Parsed<Condition> {
    let column = Column::parse(cursor)?;
    cursor.symbol('.', "a dot")?;
    let (negated, test) = negatable_test(cursor, Place::Tree)?;
    Ok(Condition::Column { column, negated, test })
}

fn tree_branch(cursor: &mut Cursor) -> Parsed<Condition> {
    let negated = cursor.word("not.").is_ok();
    let all = cursor.word("and").is_ok();
    if !all {
        cursor.word("or")?;
    }
    let of = cursor.nested(|cursor| {
        cursor.spaced(|cursor| cursor.symbol('(', "an opening parenthesis"))?;
        let of = cursor.separated(tree, |cursor| cursor.spaced(|cursor| cursor.symbol(',', "a comma")))?;
        cursor.spaced(|cursor| cursor.symbol(')', "a closing parenthesis"))?;
        Ok(of)
    })?;
    Ok(if all { Condition::All { negated, of } } else { Condition::Any { negated, of } })
}

fn negatable_test(cursor: &mut Cursor, place: Place) -> Parsed<(bool, Test)> {
    let negated = cursor.word("not.").is_ok();
    Ok((negated, test(cursor, place)?))
}

fn test(cursor: &mut Cursor, place: Place) -> Parsed<Test> {
    if cursor.word("in.").is_ok() {
        return list(cursor).map(Test::In);
    }
    if cursor.word("is.").is_ok() {
        return is_value(cursor).map(Test::Is);
    }
    if cursor.word("isdistinct.").is_ok() {
        return value(cursor, place).map(Test::DistinctFrom);
    }
    cursor.either(
        |cursor| cursor.attempt(|cursor| search(cursor, place)),
        |cursor| cursor.attempt(|cursor| comparison(cursor, place)),
    )
}

fn search(cursor: &mut Cursor, place: Place) -> Parsed<Test> {
    for (word, search) in SEARCHES {
        if cursor.word(word).is_ok() {
            let configuration = cursor.optional(|cursor| {
                cursor.attempt(|cursor| {
                    cursor.symbol('(', "an opening parenthesis")?;
                    let configuration = identifier(cursor)?;
                    cursor.symbol(')', "a closing parenthesis")?;
                    Ok(configuration)
                })
            })?;
            cursor.symbol('.', "a dot")?;
            return Ok(Test::Search(search, configuration, value(cursor, place)?));
        }
    }
    cursor.fail("an operator")
}

fn comparison(cursor: &mut Cursor, place: Place) -> Parsed<Test> {
    for (word, operator) in PLAIN_OPERATORS {
        if cursor.word(word).is_ok() {
            cursor.symbol('.', "a dot")?;
            return Ok(Test::Compare(operator, value(cursor, place)?));
        }
    }
    for (word, operator) in QUANTIFIABLE_OPERATORS {
        if cursor.word(word).is_ok() {
            let quantifier = quantifier(cursor);
            cursor.symbol('.', "a dot")?;
            let mut value = value(cursor, place)?;
            if matches!(operator, Operator::Like | Operator::Ilike) {
                value = value.replace('*', "%");
            }
            return Ok(match quantifier {
                None => Test::Compare(operator, value),
                Some(quantifier) => {
                    let elements = array_elements(&value).unwrap_or_else(|| {
                        cursor.find_flaw("any and all need an array literal of one dimension");
                        Vec::new()
                    });
                    Test::CompareEach(operator, quantifier, elements)
                }
            });
        }
    }
    cursor.fail("an operator")
}

fn quantifier(cursor: &mut Cursor) -> Option<Quantifier> {
    if cursor.word("(any)").is_ok() {
        Some(Quantifier::Any)
    } else if cursor.word("(all)").is_ok() {
        Some(Quantifier::All)
    } else {
        None
    }
}

fn is_value(cursor: &mut Cursor) -> Parsed<IsValue> {
    for (word, value) in
        [("null", IsValue::Null), ("unknown", IsValue::Unknown), ("true", IsValue::True), ("false", IsValue::False)]
    {
        if cursor.word_of_any_case(word).is_ok() {
            return Ok(value);
        }
    }
    cursor.fail("null, true, false or unknown, without quotes")
}

/// The elements of `in`. One empty element is how the server sees an empty list, quoted or not.
fn list(cursor: &mut Cursor) -> Parsed<Vec<String>> {
    cursor.spaced(|cursor| cursor.symbol('(', "an opening parenthesis"))?;
    let elements = cursor.separated(
        |cursor| cursor.either(|cursor| cursor.attempt(quoted_to_its_end), bare),
        |cursor| cursor.symbol(',', "a comma"),
    )?;
    cursor.spaced(|cursor| cursor.symbol(')', "a closing parenthesis"))?;
    Ok(match elements.as_slice() {
        [only] if only.is_empty() => Vec::new(),
        _ => elements.into_iter().map(until_nul).collect(),
    })
}

fn value(cursor: &mut Cursor, place: Place) -> Parsed<String> {
    let value = match place {
        Place::Parameter => cursor.rest(),
        Place::Tree => cursor.either(
            |cursor| cursor.attempt(quoted_to_its_end),
            |cursor| cursor.either(|cursor| cursor.attempt(flat_array), bare),
        )?,
    };
    Ok(until_nul(value))
}

/// A quoted text that a comma, a closing parenthesis or the end follows; anything else makes the quotes part of
/// a bare value.
fn quoted_to_its_end(cursor: &mut Cursor) -> Parsed<String> {
    let text = quoted(cursor)?;
    match cursor.peek() {
        None | Some(',' | ')') => Ok(text),
        Some(_) => cursor.fail("a comma or a closing parenthesis"),
    }
}

/// An array literal inside a tree needs no quotes as long as no braces are inside.
fn flat_array(cursor: &mut Cursor) -> Parsed<String> {
    cursor.symbol('{', "an opening brace")?;
    let inside = cursor.run(|next| next != '{' && next != '}');
    cursor.symbol('}', "a closing brace")?;
    Ok(format!("{{{inside}}}"))
}

fn bare(cursor: &mut Cursor) -> Parsed<String> {
    Ok(cursor.run(|next| next != ',' && next != ')'))
}

/// PostgREST gives PostgreSQL a value only up to its first NUL.
fn until_nul(value: String) -> String {
    match value.split_once('\0') {
        Some((before, _)) => before.to_owned(),
        None => value,
    }
}
