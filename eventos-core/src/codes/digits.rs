//! Digits of the codes, written faster than `format!` writes them.

use uuid::Uuid;

/// Writes the first eight hexadecimal digits of an id, in lower case.
pub(super) fn push_id_prefix(text: &mut String, id: Uuid) {
    let mut digits = [0; 36];
    text.extend(id.as_hyphenated().encode_lower(&mut digits).split('-').next());
}

/// Writes a number in decimal, with leading zeros to at least `width` digits.
pub(super) fn push_decimal(text: &mut String, number: u32, width: usize) {
    let mut digits = [b'0'; 10];
    let (mut left, mut length) = (number, 0);
    for digit in digits.iter_mut().rev() {
        *digit = b'0' + u8::try_from(left % 10).unwrap_or_default();
        left /= 10;
        length += 1;
        if left == 0 && length >= width {
            break;
        }
    }
    let written = digits.get(digits.len() - length..).unwrap_or_default();
    text.push_str(str::from_utf8(written).unwrap_or_default());
}
