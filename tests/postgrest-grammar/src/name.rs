//! Names, columns with their json paths, and the dotted paths of keys.

use crate::cursor::{Cursor, Parsed};

/// A column, and the json path into it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Column {
    /// The column's name, unquoted.
    pub name: String,
    /// The steps into a json value; empty for the column itself.
    pub json: Vec<JsonStep>,
}

/// One step of a json path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JsonStep {
    /// `->>`, which gives text, rather than `->`, which gives json.
    pub as_text: bool,
    /// Where the step leads.
    pub to: JsonKey,
}

/// What a json path's step selects.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum JsonKey {
    /// The member of an object with this name.
    Member(String),
    /// The element of an array at this position, as it was written, minus sign included.
    Element(String),
}

impl Column {
    /// The column itself, without a json path.
    pub fn named(name: impl Into<String>) -> Self {
        Self { name: name.into(), json: Vec::new() }
    }

    pub(crate) fn parse(cursor: &mut Cursor) -> Parsed<Self> {
        cursor.spaced(|cursor| Ok(Self { name: name(cursor)?, json: json_path(cursor)? }))
    }
}

/// A name: quoted, or words of letters, digits, `_`, `$` and spaces joined by dashes.
pub(crate) fn name(cursor: &mut Cursor) -> Parsed<String> {
    cursor.either(quoted, |cursor| dashed(cursor, identifier))
}

/// A run of letters, digits, `_`, `$` and spaces, without the spaces around it.
pub(crate) fn identifier(cursor: &mut Cursor) -> Parsed<String> {
    let is_letter = |next: char| next.is_alphabetic() || next.is_ascii_digit() || matches!(next, '_' | ' ' | '$');
    let first = cursor.take_if("a name", is_letter)?;
    let rest = cursor.run(is_letter);
    Ok(format!("{first}{rest}").trim().to_owned())
}

/// A text in double quotes, in which a backslash stands before any character that is meant literally.
pub(crate) fn quoted(cursor: &mut Cursor) -> Parsed<String> {
    cursor.symbol('"', "a quote")?;
    let mut text = String::new();
    loop {
        match cursor.take_if("a closing quote", |_| true)? {
            '"' => return Ok(text),
            '\\' => text.push(cursor.take_if("an escaped character", |_| true)?),
            plain => text.push(plain),
        }
    }
}

/// A key of the query string: the path of embeds and the column that it ends in.
pub(crate) fn key_path(cursor: &mut Cursor) -> Parsed<(Vec<String>, Column)> {
    let mut path = cursor.separated(name, |cursor| cursor.symbol('.', "a dot"))?;
    let json = json_path(cursor)?;
    let name = path.pop().unwrap_or_default();
    Ok((path, Column { name, json }))
}

fn dashed(cursor: &mut Cursor, word: impl Fn(&mut Cursor) -> Parsed<String>) -> Parsed<String> {
    let words = cursor.separated(word, |cursor| {
        if cursor.sees("->") {
            return cursor.fail("a dash");
        }
        cursor.symbol('-', "a dash")
    })?;
    Ok(words.join("-"))
}

fn json_path(cursor: &mut Cursor) -> Parsed<Vec<JsonStep>> {
    let mut steps = Vec::new();
    loop {
        let as_text = cursor.sees("->>");
        if !cursor.sees("->") {
            return Ok(steps);
        }
        cursor.word(if as_text { "->>" } else { "->" })?;
        let to = cursor.either(
            |cursor| cursor.attempt(json_element).map(JsonKey::Element),
            |cursor| cursor.attempt(json_member).map(JsonKey::Member),
        )?;
        steps.push(JsonStep { as_text, to });
    }
}

/// A position, which must be followed by one of `->`, `::`, `.`, `,` or the end. A closing parenthesis is not
/// among them: there the digits are read as the name of a member.
fn json_element(cursor: &mut Cursor) -> Parsed<String> {
    let sign = cursor.optional(|cursor| cursor.symbol('-', "a minus sign"))?;
    let digits = cursor.run(|next| next.is_ascii_digit());
    let ends = cursor.at_end() || ["->", "::", ".", ","].iter().any(|end| cursor.sees(end));
    if digits.is_empty() || !ends {
        return cursor.fail("an array position");
    }
    Ok(if sign.is_some() { format!("-{digits}") } else { digits })
}

fn json_member(cursor: &mut Cursor) -> Parsed<String> {
    cursor.either(quoted, |cursor| {
        dashed(cursor, |cursor| {
            let is_plain = |next| !matches!(next, '(' | '-' | ':' | '.' | ',' | '>' | ')');
            let first = cursor.take_if("a json key", is_plain)?;
            let rest = cursor.run(is_plain);
            Ok(format!("{first}{rest}").trim().to_owned())
        })
    })
}
