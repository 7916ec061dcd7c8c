//! Text in URLs: percent-encoding, PostgREST's quotes, and PostgreSQL's array literals.

/// Appends text percent-encoded, so that the server reads exactly this text.
pub(super) fn push_encoded(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| !is_plain(byte)) {
        let (plain, special) = rest.split_at(at);
        out.push_str(plain);
        let length = special.chars().next().map_or(1, char::len_utf8);
        let (special, after) = special.split_at(length);
        for byte in special.bytes() {
            push_byte(out, byte);
        }
        rest = after;
    }
    out.push_str(rest);
}

/// Appends text in double quotes, for a place where PostgREST gives commas, dots and parentheses a meaning.
pub(super) fn push_quoted(out: &mut String, text: &str) {
    out.push_str("%22");
    let mut start = 0;
    for (at, _) in text.match_indices(['"', '\\']) {
        push_encoded(out, text.get(start..at).unwrap_or_default());
        out.push_str("%5C");
        start = at;
    }
    push_encoded(out, text.get(start..).unwrap_or_default());
    out.push_str("%22");
}

/// Appends text as it is where it cannot be mistaken for anything else, and in quotes otherwise.
pub(super) fn push_element(out: &mut String, text: &str) {
    if is_word(text) { out.push_str(text) } else { push_quoted(out, text) }
}

/// Whether text is letters, digits, `_` and `-` alone.
pub(super) fn is_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}

/// Values as a PostgreSQL array literal, every element in quotes.
pub(super) fn array_literal<'a>(elements: impl Iterator<Item = std::borrow::Cow<'a, str>>) -> String {
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

/// Characters that a URL's query and PostgREST both take as themselves.
const fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(byte, b'-' | b'_' | b'.' | b'~' | b'*' | b'(' | b')' | b',' | b':' | b'!' | b'/')
}

fn push_byte(out: &mut String, byte: u8) {
    const HEX: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'];
    out.push('%');
    for nibble in [byte >> 4, byte & 15] {
        out.extend(HEX.get(usize::from(nibble)));
    }
}
