use uuid::Uuid;

use super::digits::push_id_prefix;
use super::text::{public_code, text_code};
use super::transliteration::transliterate;
use super::{CodeKind, InvalidCode, Reason};

/// The name of an event in URLs, such as `ai-ml-summit-2025-e1111111`.
///
/// ```
/// use eventos_core::codes::Slug;
///
/// let slug = Slug::parse("ai-ml-summit-2025-e1111111")?;
/// assert_eq!(format!("/events/{slug}"), "/events/ai-ml-summit-2025-e1111111");
/// # Ok::<(), eventos_core::codes::InvalidCode>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slug(Box<str>);

impl Slug {
    /// The most characters that a slug may have.
    pub const MAX_LENGTH: usize = 100;

    /// The slug of a text that a person chose.
    ///
    /// # Errors
    ///
    /// When the text is not 1 to 100 lower-case ASCII letters and digits in groups that single hyphens
    /// join.
    ///
    /// ```
    /// use eventos_core::codes::Slug;
    ///
    /// assert!(Slug::parse("ai-summit").is_ok());
    /// assert_eq!(
    ///     Slug::parse("ai summit").unwrap_err().to_string(),
    ///     "not a slug: character 3 may not stand there; expected 1 to 100 lower-case ASCII letters and \
    ///      digits, in groups joined by single hyphens, as in ai-summit-2025",
    /// );
    /// ```
    pub fn parse(text: &str) -> Result<Self, InvalidCode> {
        Self::validate(text).map(|()| Self(text.into()))
    }

    /// Whether a text is of the documented format. Allocates nothing.
    ///
    /// # Errors
    ///
    /// When it is not.
    ///
    /// ```
    /// use eventos_core::codes::{Reason, Slug};
    ///
    /// assert_eq!(Slug::validate("").unwrap_err().reason(), Reason::Length { found: 0 });
    /// assert_eq!(Slug::validate("ai--summit").unwrap_err().reason(), Reason::Character { position: 4 });
    /// ```
    pub fn validate(text: &str) -> Result<(), InvalidCode> {
        let invalid = |reason| Err(InvalidCode::new(CodeKind::Slug, reason));
        if text.is_empty() || text.len() > Self::MAX_LENGTH {
            let found = text.chars().count();
            if found == 0 || found > Self::MAX_LENGTH {
                return invalid(Reason::Length { found });
            }
        }
        match misplaced(text) {
            None => Ok(()),
            Some(place) => invalid(Reason::Character { position: place + 1 }),
        }
    }

    /// A slug as the database holds it, documented or not.
    ///
    /// ```
    /// use eventos_core::codes::Slug;
    ///
    /// assert_eq!(Slug::from_stored("AI_Summit").as_str(), "AI_Summit");
    /// ```
    #[must_use]
    pub fn from_stored(text: impl Into<Box<str>>) -> Self {
        Self(text.into())
    }

    /// The slug that the database's trigger `generate_event_slug` makes for an event: its name in
    /// ASCII, words joined by hyphens, then the first eight digits of its id.
    ///
    /// Letters of other alphabets than the Latin one have no ASCII form; a name with nothing left is
    /// called `event`. A long name is cut at a word, to at most 80 characters.
    ///
    /// ```
    /// use eventos_core::codes::Slug;
    ///
    /// let id = "e1111111-0000-4000-8000-000000000000".parse()?;
    /// assert_eq!(Slug::generate("AI Summit 2025", id).as_str(), "ai-summit-2025-e1111111");
    /// assert_eq!(Slug::generate("Café Zürich", id).as_str(), "cafe-zurich-e1111111");
    /// assert_eq!(Slug::generate("東京", id).as_str(), "event-e1111111");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn generate(name: &str, id: Uuid) -> Self {
        let mut slug = words_of(name);
        if slug.is_empty() {
            slug.push_str("event");
        }
        slug.push('-');
        push_id_prefix(&mut slug, id);
        Self(slug.into())
    }

    /// The slug as text.
    ///
    /// ```
    /// # use eventos_core::codes::Slug;
    /// assert_eq!(Slug::parse("ai-summit")?.as_str(), "ai-summit");
    /// # Ok::<(), eventos_core::codes::InvalidCode>(())
    /// ```
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is of the documented format; a slug from an older database may not be.
    ///
    /// ```
    /// # use eventos_core::codes::Slug;
    /// assert!(!Slug::from_stored("AI_Summit").is_documented());
    /// ```
    #[must_use]
    pub fn is_documented(&self) -> bool {
        Self::validate(&self.0).is_ok()
    }
}

text_code!(Slug);
public_code!(Slug);

/// The first byte of a text that is neither a small letter nor a digit nor a hyphen between two groups
/// of them.
fn misplaced(text: &str) -> Option<usize> {
    let is_in_group = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let mut all_well = true;
    let mut after_group = false;
    for byte in text.bytes() {
        // No branch in here: nearly every text is valid.
        all_well &= is_in_group(byte) | (after_group & (byte == b'-'));
        after_group = byte != b'-';
    }
    if all_well && after_group {
        return None;
    }
    let mut after_group = false;
    let misplaced = text.bytes().position(|byte| {
        let fits = is_in_group(byte) || (after_group && byte == b'-');
        after_group = byte != b'-';
        !fits
    });
    misplaced.or(text.len().checked_sub(1))
}

/// The most characters that a slug takes from a name.
const LONGEST_NAME: usize = 80;

/// The words of a name in lower-case ASCII, joined by hyphens and cut where they get too long.
fn words_of(name: &str) -> String {
    let mut words = Words { text: String::with_capacity(LONGEST_NAME + 10), hyphen_due: false };
    for character in name.chars() {
        if character.is_ascii() {
            words.push(character);
        } else {
            transliterate(character).chars().for_each(|character| words.push(character));
        }
        if words.text.len() > LONGEST_NAME {
            words.text.truncate(LONGEST_NAME + 1);
            let cut = words.text.rfind('-').unwrap_or(LONGEST_NAME);
            words.text.truncate(cut);
            break;
        }
    }
    words.text
}

struct Words {
    text: String,
    /// Other characters than letters and digits came after the last word. The hyphen is written with
    /// the next word, so that none begins or ends the text.
    hyphen_due: bool,
}

impl Words {
    /// Takes an ASCII character.
    fn push(&mut self, character: char) {
        if !character.is_ascii_alphanumeric() {
            self.hyphen_due = !self.text.is_empty();
            return;
        }
        if self.hyphen_due {
            self.hyphen_due = false;
            self.text.push('-');
        }
        self.text.push(character.to_ascii_lowercase());
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ID: Uuid = Uuid::from_u128(0xe111_1111_0000_4000_8000_0000_0000_0000);

    #[track_caller]
    fn assert_slug(name: &str, expected: &str) {
        assert_eq!(Slug::generate(name, ID).as_str(), format!("{expected}-e1111111"), "{name:?}");
    }

    #[test]
    fn names_become_ascii_words() {
        assert_slug("AI & ML Summit 2025", "ai-ml-summit-2025");
        assert_slug("Café Zürich — Straße Ærø", "cafe-zurich-strasse-aero");
        assert_slug("C++/C# Night", "c-c-night");
        assert_slug("İstanbul ﬁn №5 ½", "istanbul-fin-no5-1-2");
        assert_slug("Cafe\u{301}", "cafe");
        assert_slug("  (hello)\0world!\n", "hello-world");
        assert_slug("© 2025", "c-2025");
    }

    #[test]
    fn names_with_nothing_left_are_events() {
        for name in ["", " ", "---", "東京", "Москва", "\u{301}", "🎫🎫"] {
            assert_slug(name, "event");
        }
    }

    #[test]
    fn long_names_are_cut_at_a_word() {
        let word = |letters| "x".repeat(letters);
        assert_slug(&word(80), &word(80));
        assert_slug(&word(81), &word(80));
        assert_slug(&format!("{} a", word(78)), &format!("{}-a", word(78)));
        assert_slug(&format!("{} ab", word(78)), &word(78));
        assert_slug(&format!("{} a", word(80)), &word(80));
        assert_slug(&format!("{} ", word(80)), &word(80));
        assert_slug(&format!("{}!", word(81)), &word(80));
        assert_slug(&format!("a {}", word(81)), "a");
        assert_slug(&format!("a {} b", word(40)).repeat(9), &format!("a-{0}-ba", word(40)));
        assert_slug(&"½".repeat(50), &"1-2-".repeat(20)[..79]);
    }

    #[test]
    fn only_groups_of_small_letters_and_digits_are_valid() {
        for valid in ["a", "0", "a-b", "2025", "a1-b2-c3", &"a".repeat(100)] {
            assert_eq!(Slug::validate(valid), Ok(()), "{valid:?}");
        }
        for (invalid, reason) in [
            ("", Reason::Length { found: 0 }),
            (&*"a".repeat(101), Reason::Length { found: 101 }),
            (&"é".repeat(101), Reason::Length { found: 101 }),
            (&"é".repeat(100), Reason::Character { position: 1 }),
            ("-", Reason::Character { position: 1 }),
            ("-a", Reason::Character { position: 1 }),
            ("a-", Reason::Character { position: 2 }),
            ("a--b", Reason::Character { position: 3 }),
            ("aB", Reason::Character { position: 2 }),
            ("a b", Reason::Character { position: 2 }),
            ("a_b", Reason::Character { position: 2 }),
            ("abé", Reason::Character { position: 3 }),
            ("a\n", Reason::Character { position: 2 }),
        ] {
            assert_eq!(Slug::validate(invalid).map_err(|error| error.reason()), Err(reason), "{invalid:?}");
        }
    }

    #[test]
    fn rows_keep_what_the_database_holds() {
        let slug: Slug = serde_json::from_str("\"Old Slug\"").unwrap();
        assert_eq!((slug.as_str(), slug.is_documented()), ("Old Slug", false));
        assert_eq!(serde_json::to_string(&slug).unwrap(), "\"Old Slug\"");
    }

    /// A second telling of the rules, step by step as the design has them.
    fn told_again(name: &str) -> String {
        let ascii: String = name
            .chars()
            .map(|letter| if letter.is_ascii() { letter.to_string() } else { transliterate(letter).to_owned() })
            .collect();
        let words: Vec<&str> =
            ascii.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let mut words = words.join("-").to_lowercase();
        if words.len() > 80 {
            words = words[..81].rsplit_once('-').map_or(&words[..80], |(kept, _)| kept).to_owned();
        }
        if words.is_empty() { "event".to_owned() } else { words }
    }

    proptest! {
        #[test]
        fn every_name_gives_a_valid_slug(name in any::<String>(), id in any::<u128>()) {
            let slug = Slug::generate(&name, Uuid::from_u128(id));
            prop_assert!(slug.is_documented(), "{slug}");
            let (words, prefix) = slug.as_str().rsplit_once('-').unwrap();
            prop_assert_eq!(prefix, format!("{:08x}", id >> 96));
            prop_assert_eq!(words, told_again(&name));
        }

        #[test]
        fn names_of_words_are_cut_as_told(name in "([a-zA-Z0-9é½ﬃ]{1,30}[ ,./—]{0,3}){1,12}") {
            let slug = Slug::generate(&name, ID);
            prop_assert_eq!(slug.as_str(), format!("{}-e1111111", told_again(&name)));
        }

        #[test]
        fn valid_is_what_the_pattern_says(text in "[a-cA\\- é]{0,6}") {
            let in_groups = text.split('-').all(|group| {
                !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_lowercase())
            });
            prop_assert_eq!(Slug::validate(&text).is_ok(), in_groups);
        }
    }
}
