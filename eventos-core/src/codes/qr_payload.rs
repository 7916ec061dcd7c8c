use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::text::text_code;
use super::{CodeKind, InvalidCode, Reason};

/// What a ticket's QR symbol says: 32 random bytes in base64. Whoever knows it is let in.
///
/// It is a secret, so `Debug` and errors show none of it and there is no `Display`: take
/// [`as_str`](Self::as_str) on purpose, and keep it out of URLs and logs.
///
/// ```
/// use eventos_core::codes::QrPayload;
///
/// let payload = QrPayload::from_bytes([7; 32]);
/// assert_eq!(payload.as_str(), "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=");
/// assert_eq!(format!("{payload:?}"), "QrPayload(…)");
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct QrPayload(Box<str>);

impl QrPayload {
    /// How many characters a payload has.
    pub const LENGTH: usize = 44;

    /// The payload of an exact text; for what a camera or a keyboard scanner read, use
    /// [`from_scan`](Self::from_scan).
    ///
    /// # Errors
    ///
    /// When the text is not the base64 of 32 bytes, in the standard alphabet and with its padding.
    ///
    /// ```
    /// use eventos_core::codes::{QrPayload, Reason};
    ///
    /// assert!(QrPayload::parse("BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=").is_ok());
    /// assert_eq!(QrPayload::parse("BwcH").unwrap_err().reason(), Reason::Length { found: 4 });
    /// ```
    pub fn parse(text: &str) -> Result<Self, InvalidCode> {
        Self::validate(text).map(|()| Self(text.into()))
    }

    /// Whether a text is of the documented format. Allocates nothing.
    ///
    /// # Errors
    ///
    /// When it is not. The error holds no part of the text.
    ///
    /// ```
    /// use eventos_core::codes::{QrPayload, Reason};
    ///
    /// let refused = QrPayload::validate("BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwd=").unwrap_err();
    /// assert_eq!(refused.reason(), Reason::Character { position: 43 }, "bits past the 32 bytes");
    /// ```
    pub fn validate(text: &str) -> Result<(), InvalidCode> {
        if text.len() != Self::LENGTH {
            let found = text.chars().count();
            if found != Self::LENGTH {
                return Err(invalid(Reason::Length { found }));
            }
        }
        match misplaced(text) {
            None => Ok(()),
            Some(place) => Err(invalid(Reason::Character { position: place + 1 })),
        }
    }

    /// The payload of a scan, forgiving what scanners and forms do to base64: white space around it,
    /// a space for `+`, the alphabet for URLs (`-` and `_`), missing padding.
    ///
    /// # Errors
    ///
    /// When what remains is not the base64 of 32 bytes. The error holds no part of the scan.
    ///
    /// ```
    /// use eventos_core::codes::QrPayload;
    ///
    /// let printed = "+/cHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=";
    /// for scan in [
    ///     "+/cHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=\r\n",
    ///     " /cHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=",
    ///     "-_cHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc",
    /// ] {
    ///     assert_eq!(QrPayload::from_scan(scan)?.as_str(), printed);
    /// }
    /// assert!(QrPayload::from_scan("https://example.com").is_err());
    /// # Ok::<(), eventos_core::codes::InvalidCode>(())
    /// ```
    pub fn from_scan(scan: &str) -> Result<Self, InvalidCode> {
        let code = without_surroundings(scan);
        let unpadded = code.strip_suffix('=').unwrap_or(code);
        let mut text = String::with_capacity(Self::LENGTH);
        if unpadded.contains([' ', '-', '_']) {
            text.extend(unpadded.chars().take(Self::LENGTH).map(|scanned| match scanned {
                ' ' | '-' => '+',
                '_' => '/',
                other => other,
            }));
        } else {
            text.push_str(unpadded);
        }
        text.push('=');
        match Self::validate(&text) {
            Ok(()) => Ok(Self(text.into())),
            Err(error) => match error.reason() {
                Reason::Length { .. } => Err(invalid(Reason::Length { found: code.chars().count() })),
                _ => Err(error),
            },
        }
    }

    /// A payload as the database holds it, documented or not.
    ///
    /// ```
    /// use eventos_core::codes::QrPayload;
    ///
    /// assert!(!QrPayload::from_stored("ticket 7 of 12").is_documented());
    /// ```
    #[must_use]
    pub fn from_stored(text: impl Into<Box<str>>) -> Self {
        Self(text.into())
    }

    /// The payload of 32 bytes, which must come from a cryptographic source of randomness.
    ///
    /// ```
    /// # use eventos_core::codes::QrPayload;
    /// assert_eq!(QrPayload::from_bytes([0; 32]).as_str().len(), QrPayload::LENGTH);
    /// ```
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(STANDARD.encode(bytes).into())
    }

    /// The 32 bytes; none if the payload is not of the documented format.
    ///
    /// ```
    /// # use eventos_core::codes::QrPayload;
    /// assert_eq!(QrPayload::from_bytes([7; 32]).to_bytes(), Some([7; 32]));
    /// ```
    #[must_use]
    pub fn to_bytes(&self) -> Option<[u8; 32]> {
        STANDARD.decode(self.0.as_bytes()).ok()?.try_into().ok()
    }

    /// The payload as text: the secret itself.
    ///
    /// ```
    /// # use eventos_core::codes::QrPayload;
    /// assert!(QrPayload::from_bytes([7; 32]).as_str().ends_with('='));
    /// ```
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is of the documented format; a payload from an older database may not be.
    ///
    /// ```
    /// # use eventos_core::codes::QrPayload;
    /// assert!(QrPayload::from_bytes([7; 32]).is_documented());
    /// ```
    #[must_use]
    pub fn is_documented(&self) -> bool {
        Self::validate(&self.0).is_ok()
    }
}

impl fmt::Debug for QrPayload {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("QrPayload(…)")
    }
}

text_code!(QrPayload);

const fn invalid(reason: Reason) -> InvalidCode {
    InvalidCode::new(CodeKind::QrPayload, reason)
}

/// The first byte of a text of 44 characters that cannot stand there.
///
/// 32 bytes leave the last two bits of the 43rd character unused, and they are zero, so that no two
/// texts stand for the same bytes.
fn misplaced(text: &str) -> Option<usize> {
    let is_digit = |byte: u8| byte.is_ascii_alphanumeric() | (byte == b'+') | (byte == b'/');
    let (digits, end) = text.as_bytes().split_at_checked(QrPayload::LENGTH - 2)?;
    // No early exit at first: nearly every text is valid.
    if !digits.iter().fold(true, |all, byte| all & is_digit(*byte)) {
        return digits.iter().position(|byte| !is_digit(*byte));
    }
    match end {
        [last, b'='] if b"AEIMQUYcgkosw048".contains(last) => None,
        [last, _] if b"AEIMQUYcgkosw048".contains(last) => Some(QrPayload::LENGTH - 1),
        _ => Some(QrPayload::LENGTH - 2),
    }
}

/// The scan without white space around it. White space in front goes only as far as the code does not
/// need it: a form turns a code's first `+` into a space too. At the end no `+` can be.
fn without_surroundings(scan: &str) -> &str {
    let code = scan.trim_end();
    let padding = usize::from(code.ends_with('='));
    let mut rest = code;
    while rest.len() > QrPayload::LENGTH - 1 + padding {
        match rest.strip_prefix(char::is_whitespace) {
            Some(shorter) => rest = shorter,
            None => break,
        }
    }
    rest
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TEXT: &str = "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=";

    fn reason(result: Result<QrPayload, InvalidCode>) -> Reason {
        result.unwrap_err().reason()
    }

    #[test]
    fn other_texts_are_refused_with_the_reason() {
        for (text, expected) in [
            ("", Reason::Length { found: 0 }),
            (&TEXT[..43], Reason::Length { found: 43 }),
            (&*format!("{TEXT}="), Reason::Length { found: 45 }),
            (&TEXT.replace('=', "A"), Reason::Character { position: 44 }),
            (&TEXT.replace("c=", "=="), Reason::Character { position: 43 }),
            (&TEXT.replacen('c', "-", 1), Reason::Character { position: 3 }),
            (&TEXT.replacen('c', "é", 1), Reason::Character { position: 3 }),
        ] {
            assert_eq!(reason(QrPayload::parse(text)), expected, "{text:?}");
        }
    }

    #[test]
    fn scans_of_something_else_are_refused() {
        for (scan, expected) in [
            ("", Reason::Length { found: 0 }),
            (" \r\n", Reason::Length { found: 0 }),
            ("=", Reason::Length { found: 1 }),
            (&TEXT[1..], Reason::Length { found: 43 }),
            (&*format!("{TEXT}{TEXT}"), Reason::Length { found: 88 }),
            (&format!("{TEXT}="), Reason::Length { found: 45 }),
            (&format!("]Q1{TEXT}"), Reason::Length { found: 47 }),
            (&TEXT.replacen('c', "\n", 1), Reason::Character { position: 3 }),
            (&TEXT.replacen('c', "%", 1), Reason::Character { position: 3 }),
        ] {
            assert_eq!(reason(QrPayload::from_scan(scan)), expected, "{scan:?}");
        }
    }

    #[test]
    fn nothing_shows_a_payload_unasked() {
        let secret = "secret".repeat(7);
        let stored = QrPayload::from_stored(secret.as_str());
        let refused = QrPayload::parse(&secret).unwrap_err();
        assert_eq!(stored.as_str(), secret);
        for shown in [format!("{stored:?}"), format!("{refused}"), format!("{refused:?}")] {
            assert!(!shown.contains("secret"), "{shown}");
        }
    }

    #[test]
    fn rows_keep_what_the_database_holds() {
        let payload: QrPayload = serde_json::from_str("\"old code\"").unwrap();
        assert_eq!((payload.as_str(), payload.to_bytes()), ("old code", None));
        assert_eq!(serde_json::to_string(&payload).unwrap(), "\"old code\"");
    }

    #[test]
    fn valid_is_what_a_base64_reader_takes_for_32_bytes() {
        let first = STANDARD.encode([0xff; 32]);
        for place in 0..first.len() {
            for byte in 0..128_u8 {
                let mut bytes = first.clone().into_bytes();
                bytes[place] = byte;
                let text = String::from_utf8(bytes).unwrap();
                let is_32_bytes = STANDARD.decode(&text).is_ok_and(|bytes| bytes.len() == 32);
                assert_eq!(QrPayload::validate(&text).is_ok(), is_32_bytes, "{text}");
            }
        }
    }

    proptest! {
        #[test]
        fn bytes_come_back(bytes in any::<[u8; 32]>()) {
            let payload = QrPayload::from_bytes(bytes);
            prop_assert_eq!(QrPayload::parse(payload.as_str()), Ok(payload.clone()));
            prop_assert_eq!(payload.to_bytes(), Some(bytes));
        }

        #[test]
        fn a_scan_comes_back_whatever_was_done_to_it(
            mut bytes in any::<[u8; 32]>(),
            begins_with_plus in any::<bool>(),
            spaces_for_plus in any::<bool>(),
            for_urls in any::<bool>(),
            padded in any::<bool>(),
            before in "[ \t\r\n\u{a0}]{0,3}",
            after in "[ \t\r\n\u{a0}]{0,3}",
        ) {
            if begins_with_plus {
                bytes[0] = 0b1111_1011;
            }
            let payload = QrPayload::from_bytes(bytes);
            let mut code = payload.as_str().to_owned();
            if spaces_for_plus {
                code = code.replace('+', " ");
            }
            if for_urls {
                code = code.replace('+', "-").replace('/', "_");
            }
            if !padded {
                code.pop();
            }
            prop_assert_eq!(QrPayload::from_scan(&format!("{before}{code}{after}")), Ok(payload));
        }

        #[test]
        fn any_scan_is_read_or_refused(scan in any::<String>()) {
            prop_assert!(QrPayload::from_scan(&scan).is_err());
        }
    }
}
