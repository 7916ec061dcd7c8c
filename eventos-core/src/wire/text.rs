//! Text in URLs: percent-encoding, PostgREST's quotes, and PostgreSQL's array literals.

use std::borrow::Cow;

/// Appends text percent-encoded, so that the server reads exactly this text.
pub(super) fn push_encoded(out: &mut String, text: &str) {
    push_special(out, text, push_bytes);
}

/// Appends text in double quotes, for a place where PostgREST gives commas, dots and parentheses a meaning.
pub(super) fn push_quoted(out: &mut String, text: &str) {
    out.push_str("%22");
    push_special(out, text, |out, special| {
        if matches!(special, "\"" | "\\") {
            out.push_str("%5C");
        }
        push_bytes(out, special);
    });
    out.push_str("%22");
}

/// Appends text as it is where it cannot be mistaken for anything else, and in quotes otherwise.
pub(super) fn push_element(out: &mut String, text: &str) {
    if is_word(text) { out.push_str(text) } else { push_quoted(out, text) }
}

/// Appends a name as it is where PostgREST takes it so anywhere, and in quotes otherwise.
pub(super) fn push_name(out: &mut String, name: &str) {
    if is_plain_name(name) { out.push_str(name) } else { push_quoted(out, name) }
}

/// Whether a name is letters, digits and `_` alone. PostgREST also knows dashes in names, but only between words.
pub(super) fn is_plain_name(name: &str) -> bool {
    is_word(name) && !name.contains('-')
}

/// Whether text is letters, digits, `_` and `-` alone.
fn is_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| is_one_of(&WORD, byte))
}

/// Values as a PostgreSQL array literal, every element in quotes.
pub(super) fn array_literal<'a>(elements: impl Iterator<Item = Cow<'a, str>>) -> String {
    let mut literal = String::from("{");
    for (index, element) in elements.enumerate() {
        literal.push_str(if index == 0 { "\"" } else { ",\"" });
        for character in element.chars() {
            if matches!(character, '"' | '\\') {
                literal.push('\\');
            }
            literal.push(character);
        }
        literal.push('"');
    }
    literal.push('}');
    literal
}

/// Letters, digits, `_` and `-`.
const WORD: [bool; 256] = bytes_and(b"");

/// Characters that a URL's path and query and PostgREST all take as themselves.
const PLAIN: [bool; 256] = bytes_and(b".~*(),:!");

/// Which bytes are letters, digits, `_`, `-` or one of `more`.
const fn bytes_and(more: &[u8]) -> [bool; 256] {
    let mut set = [false; 256];
    let mut index = 0;
    #[allow(clippy::indexing_slicing, reason = "the compiler runs it")]
    while index < 256 {
        let byte = index as u8;
        set[index] = byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
        index += 1;
    }
    let mut index = 0;
    #[allow(clippy::indexing_slicing, reason = "the compiler runs it")]
    while index < more.len() {
        set[more[index] as usize] = true;
        index += 1;
    }
    set
}

fn is_one_of(set: &[bool; 256], byte: u8) -> bool {
    set.get(usize::from(byte)).copied().unwrap_or_default()
}

/// Appends runs of plain characters as they are, and each other character as `special` says.
fn push_special(out: &mut String, text: &str, special: impl Fn(&mut String, &str)) {
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| !is_one_of(&PLAIN, byte)) {
        let (plain, from) = rest.split_at(at);
        out.push_str(plain);
        let (character, after) = from.split_at(from.chars().next().map_or(0, char::len_utf8));
        special(out, character);
        rest = after;
    }
    out.push_str(rest);
}

fn push_bytes(out: &mut String, text: &str) {
    for byte in text.bytes() {
        out.extend(['%', hex_digit(byte >> 4), hex_digit(byte & 15)]);
    }
}

fn hex_digit(nibble: u8) -> char {
    char::from(if nibble < 10 { b'0' + nibble } else { b'A' + nibble - 10 })
}
