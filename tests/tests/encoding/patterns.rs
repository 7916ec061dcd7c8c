//! `contains`, `starts_with` and `ends_with` find exactly the text that they were given.
//!
//! What PostgREST reads is evaluated here by a matcher of `LIKE` and of the part of POSIX regular expressions that the
//! core may use: anchors, and characters that stand for themselves.

use eventos_core::Venue;
use eventos_core::query::{Filter, from};
use postgrest_grammar::{Condition, Operator, Test};
use proptest::prelude::*;

use crate::{hostile, read};

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_text_is_found_where_it_is_and_nowhere_else(needle in hostile::text(), other in hostile::text(), cut in any::<prop::sample::Index>()) {
        let starts: Vec<usize> = needle.char_indices().map(|(at, _)| at).chain([needle.len()]).collect();
        let (left, right) = needle.split_at(starts[cut.index(starts.len())]);
        let haystacks = [
            needle.clone(),
            other.clone(),
            String::new(),
            format!("{other}{needle}"),
            format!("{needle}{other}"),
            format!("{other}{needle}{other}"),
            format!("{left}{other}{right}"),
            needle.replace('\\', ""),
            needle.replace(['*', '%', '_'], "x"),
            needle.to_uppercase(),
        ];
        let like = |filter: Filter<Venue>| tested(&filter);
        let contains = like(Venue::NAME.contains(&needle));
        let starts_with = like(Venue::NAME.starts_with(&needle));
        let ends_with = like(Venue::NAME.ends_with(&needle));
        let icontains = like(Venue::NAME.icontains(&needle));
        let istarts_with = like(Venue::NAME.istarts_with(&needle));
        let iends_with = like(Venue::NAME.iends_with(&needle));
        let small = folded(&needle);
        for haystack in &haystacks {
            prop_assert_eq!(matches(&contains, haystack), haystack.contains(&needle), "{:?} {:?}", contains, haystack);
            prop_assert_eq!(matches(&starts_with, haystack), haystack.starts_with(&needle), "{:?} {:?}", starts_with, haystack);
            prop_assert_eq!(matches(&ends_with, haystack), haystack.ends_with(&needle), "{:?} {:?}", ends_with, haystack);
            let other = folded(haystack);
            prop_assert_eq!(matches(&icontains, haystack), other.contains(&small), "{:?} {:?}", icontains, haystack);
            prop_assert_eq!(matches(&istarts_with, haystack), other.starts_with(&small), "{:?} {:?}", istarts_with, haystack);
            prop_assert_eq!(matches(&iends_with, haystack), other.ends_with(&small), "{:?} {:?}", iends_with, haystack);
        }
    }
}

/// The operator and the pattern that PostgREST reads; the same in a parameter and in a tree.
fn tested(filter: &Filter<Venue>) -> (Operator, String) {
    let alone = from::<Venue>().select::<Venue>().filter(filter.clone());
    let in_tree = from::<Venue>().select::<Venue>().filter(Venue::CITY.eq("x") | filter.clone());
    let compared = |condition: &Condition| match condition {
        Condition::Column { negated: false, test: Test::Compare(operator, pattern), .. } => {
            Some((*operator, pattern.clone()))
        }
        _ => None,
    };
    let alone = compared(&read(&alone.to_request().unwrap()).filters[0].condition).unwrap();
    match &read(&in_tree.to_request().unwrap()).filters[0].condition {
        Condition::Any { negated: false, of } => assert!(of.iter().any(|part| compared(part).as_ref() == Some(&alone))),
        other => panic!("{other:?}"),
    }
    alone
}

/// Whether PostgreSQL finds that a text matches.
pub(crate) fn matches((operator, pattern): &(Operator, String), text: &str) -> bool {
    match operator {
        Operator::Like => like(&pattern.chars().collect::<Vec<_>>(), &text.chars().collect::<Vec<_>>()),
        Operator::Ilike => {
            like(&folded(pattern).chars().collect::<Vec<_>>(), &folded(text).chars().collect::<Vec<_>>())
        }
        Operator::Match => literal_regex(pattern, text),
        Operator::Imatch => literal_regex(&folded(pattern), &folded(text)),
        other => panic!("{other:?} is no pattern's operator"),
    }
}

/// PostgreSQL folds with the database's locale; the letters of these tests are folded alike by both.
fn folded(text: &str) -> String {
    text.chars().map(|letter| letter.to_ascii_lowercase()).collect()
}

fn like(pattern: &[char], text: &[char]) -> bool {
    match pattern {
        [] => text.is_empty(),
        ['%', rest @ ..] => (0..=text.len()).any(|skipped| like(rest, &text[skipped..])),
        ['_', rest @ ..] => !text.is_empty() && like(rest, &text[1..]),
        ['\\', literal, rest @ ..] | [literal, rest @ ..] => text.first() == Some(literal) && like(rest, &text[1..]),
    }
}

fn literal_regex(pattern: &str, text: &str) -> bool {
    let mut literal = String::new();
    let (mut is_at_start, mut is_at_end) = (false, false);
    let mut characters = pattern.chars();
    while let Some(character) = characters.next() {
        assert!(!is_at_end, "{pattern}: text after `$`");
        match character {
            '^' if literal.is_empty() => is_at_start = true,
            '$' => is_at_end = true,
            '\\' => {
                let escaped = characters.next().expect("a character after the backslash");
                assert!(!escaped.is_alphanumeric(), "{pattern}: \\{escaped} is a class or a back reference");
                literal.push(escaped);
            }
            plain => {
                assert!(!".[]{}()|?+*^".contains(plain), "{pattern}: `{plain}` is an operator");
                literal.push(plain);
            }
        }
    }
    match (is_at_start, is_at_end) {
        (true, true) => text == literal,
        (true, false) => text.starts_with(&literal),
        (false, true) => text.ends_with(&literal),
        (false, false) => text.contains(&literal),
    }
}
