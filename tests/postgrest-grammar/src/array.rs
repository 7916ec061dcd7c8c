//! PostgreSQL's array literals of one dimension.

/// The elements of an array literal such as `{a,"b, c",NULL}`; `None` is a null.
///
/// Gives nothing where PostgreSQL finds the literal malformed, and for arrays of arrays, which no filter needs.
///
/// ```
/// let elements = postgrest_grammar::array_elements(r#"{a b,"c,\"d\"",NULL,"NULL"}"#).unwrap();
/// assert_eq!(elements, [Some("a b".into()), Some("c,\"d\"".into()), None, Some("NULL".into())]);
/// assert_eq!(postgrest_grammar::array_elements("{a,}"), None);
/// ```
pub fn array_elements(literal: &str) -> Option<Vec<Option<String>>> {
    let inside = trim(literal).strip_prefix('{')?;
    let mut rest = inside.trim_start_matches(is_space);
    let mut elements = Vec::new();
    if let Some(after) = rest.strip_prefix('}') {
        return after.is_empty().then_some(elements);
    }
    loop {
        let (element, after) = match rest.strip_prefix('"') {
            Some(quoted) => quoted_element(quoted)?,
            None => bare_element(rest)?,
        };
        elements.push(element);
        rest = after.trim_start_matches(is_space);
        if let Some(after) = rest.strip_prefix(',') {
            rest = after.trim_start_matches(is_space);
        } else {
            return (rest == "}").then_some(elements);
        }
    }
}

fn quoted_element(text: &str) -> Option<(Option<String>, &str)> {
    let mut element = String::new();
    let mut rest = text.chars();
    loop {
        match rest.next()? {
            '"' => return Some((Some(element), rest.as_str())),
            '\\' => element.push(rest.next()?),
            plain => element.push(plain),
        }
    }
}

fn bare_element(text: &str) -> Option<(Option<String>, &str)> {
    let mut element = String::new();
    let mut kept = 0;
    let mut escaped = false;
    let mut rest = text;
    loop {
        let mut after = rest.chars();
        match after.next()? {
            ',' | '}' => break,
            '{' | '"' => return None,
            '\\' => {
                escaped = true;
                element.push(after.next()?);
                kept = element.len();
            }
            plain => {
                element.push(plain);
                if !is_space(plain) {
                    kept = element.len();
                }
            }
        }
        rest = after.as_str();
    }
    element.truncate(kept);
    if element.is_empty() {
        return None;
    }
    let is_null = !escaped && element.eq_ignore_ascii_case("null");
    Some(((!is_null).then_some(element), rest))
}

fn trim(literal: &str) -> &str {
    literal.trim_matches(is_space)
}

fn is_space(next: char) -> bool {
    matches!(next, ' ' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}')
}
