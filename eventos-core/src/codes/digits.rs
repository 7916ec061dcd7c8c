//! Digits of the codes, written faster than `format!` writes them.

use uuid::Uuid;

/// Writes the first eight hexadecimal digits of an id, in lower case.
pub(super) fn push_id_prefix(text: &mut String, id: Uuid) {
    let mut digits = [0; 36];
    text.extend(id.as_hyphenated().encode_lower(&mut digits).split('-').next());
}

/// Writes a number in decimal, with leading zeros to at least `width` digits.
pub(super) fn push_decimal(text: &mut String, number: u32, width: u32) {
    let digits = width.max(number.checked_ilog10().unwrap_or_default() + 1);
    for place in (0..digits).rev() {
        text.extend(char::from_digit(number / 10_u32.pow(place) % 10, 10));
    }
}
