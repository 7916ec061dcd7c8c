//! The query string, split and decoded as the server does it.

use crate::Refusal;

/// The parameters in the order in which they were sent; the value is absent where no `=` was.
///
/// Traps that this reproduces: `;` separates parameters just as `&` does, `+` is a space, and a `%` that no two
/// hexadecimal digits follow stands for itself.
pub(crate) fn parameters(query: &str) -> Result<Vec<(String, Option<String>)>, Refusal> {
    query
        .split(['&', ';'])
        .filter(|parameter| !parameter.is_empty())
        .map(|parameter| {
            let (key, value) = match parameter.split_once('=') {
                Some((key, value)) => (key, Some(value)),
                None => (parameter, None),
            };
            let key = decode(key, true)?;
            let value = value.map(|value| decode(value, true)).transpose()?;
            Ok((key, value))
        })
        .collect()
}

/// Percent-decoded text; in a query string, unlike in a path, `+` is a space.
pub(crate) fn decode(text: &str, plus_is_space: bool) -> Result<String, Refusal> {
    let mut decoded = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        match (*first, after) {
            (b'+', _) if plus_is_space => decoded.push(b' '),
            (b'%', [high, low, after @ ..]) => match (hexadecimal(*high), hexadecimal(*low)) {
                (Some(high), Some(low)) => {
                    decoded.push(high * 16 + low);
                    rest = after;
                }
                _ => decoded.push(b'%'),
            },
            (plain, _) => decoded.push(plain),
        }
    }
    String::from_utf8(decoded).map_err(|_| Refusal::new(text, "it does not decode to UTF-8"))
}

fn hexadecimal(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}
