//! How event names are written in ASCII, one character at a time. The rules are in
//! `transliteration.rules`, and the same in the body of the trigger `generate_event_slug`.

mod table;

use table::{PAGE, PAGE_OF, PAGES, WORDS};

/// What a slug says for a character that is not ASCII: lower-case letters and digits, or a hyphen for
/// anything else; nothing for a mark that combines with the character before it.
pub(super) fn transliterate(character: char) -> &'static str {
    let code = character as usize;
    let page = PAGE_OF.get(code / PAGE).copied().unwrap_or_default();
    let word = PAGES.get(usize::from(page)).and_then(|page| page.get(code % PAGE));
    WORDS.get(usize::from(word.copied().unwrap_or_default())).copied().unwrap_or("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_ligatures_fractions_and_marks() {
        for (character, word) in [
            ('\u{c6}', "ae"),
            ('\u{df}', "ss"),
            ('\u{130}', "i"),
            ('\u{bd}', "-1-2"),
            ('\u{301}', ""),
            ('\u{1d4d0}', "a"),
            ('\u{416}', "-"),
            ('\u{1f3ab}', "-"),
            (char::MAX, "-"),
        ] {
            assert_eq!(transliterate(character), word, "{character:?}");
        }
    }

    /// The table against the file of rules, read here in another way than its generator reads it.
    #[test]
    fn the_table_says_what_the_rules_say() {
        let mut rules = std::collections::HashMap::new();
        for line in include_str!("transliteration.rules").lines().filter(|line| !line.starts_with('#')) {
            let mut characters = line.chars();
            let character = characters.next().unwrap();
            let letters = characters.map(|found| if found.is_ascii_alphanumeric() { found } else { ' ' });
            let letters = letters.collect::<String>().to_lowercase();
            rules.insert(character, letters.split_whitespace().collect::<Vec<_>>().join("-"));
        }
        assert_eq!(rules.len(), 2661);
        for character in '\u{80}'..=char::MAX {
            let expected = rules.get(&character).map_or("", String::as_str);
            let found = transliterate(character);
            assert_eq!(found.trim_matches('-'), expected, "{character:?}");
            let disappears = found.is_empty();
            assert_eq!(
                disappears,
                matches!(character, '\u{300}'..='\u{362}' | '\u{20dd}'..='\u{20e0}' | '\u{20e2}'..='\u{20e4}'),
                "{character:?}"
            );
        }
    }
}
