//! A text under parse, with the backtracking rules of the parser library that PostgREST is written with.
//!
//! The rule that decides which texts are accepted: an alternative is tried only when the one before it failed
//! *without consuming anything*. [`Cursor::attempt`] makes a failure give back what it consumed.

/// What was expected where a parse stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mismatch {
    pub(crate) expected: &'static str,
    pub(crate) at: usize,
}

pub(crate) type Parsed<T> = Result<T, Mismatch>;

/// Deeper nesting than this is refused here, so that no input can exhaust the stack. PostgREST has no such limit.
const MAX_DEPTH: usize = 100;

pub(crate) struct Cursor {
    text: Vec<char>,
    at: usize,
    depth: usize,
    dropped: Vec<String>,
    flaw: Option<&'static str>,
}

impl Cursor {
    pub(crate) fn new(text: &str) -> Self {
        Self { text: text.chars().collect(), at: 0, depth: 0, dropped: Vec::new(), flaw: None }
    }

    pub(crate) fn peek(&self) -> Option<char> {
        self.text.get(self.at).copied()
    }

    pub(crate) fn at_end(&self) -> bool {
        self.at >= self.text.len()
    }

    /// Whether `word` comes next.
    pub(crate) fn sees(&self, word: &str) -> bool {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let mut rest = rest.iter();
        word.chars().all(|wanted| rest.next() == Some(&wanted))
    }

    pub(crate) fn fail<T>(&self, expected: &'static str) -> Parsed<T> {
        Err(Mismatch { expected, at: self.at })
    }

    /// Takes the next character if `accepts` it.
    pub(crate) fn take_if(&mut self, expected: &'static str, accepts: impl Fn(char) -> bool) -> Parsed<char> {
        match self.peek() {
            Some(next) if accepts(next) => {
                self.at += 1;
                Ok(next)
            }
            _ => self.fail(expected),
        }
    }

    pub(crate) fn symbol(&mut self, wanted: char, expected: &'static str) -> Parsed<()> {
        self.take_if(expected, |next| next == wanted).map(drop)
    }

    /// Takes the whole of `word` or nothing.
    pub(crate) fn word(&mut self, word: &'static str) -> Parsed<()> {
        if self.sees(word) {
            self.at += word.chars().count();
            Ok(())
        } else {
            self.fail(word)
        }
    }

    /// Takes `word`, in any mixture of upper and lower case, or nothing.
    pub(crate) fn word_of_any_case(&mut self, word: &'static str) -> Parsed<()> {
        let length = word.chars().count();
        let next = self.text.get(self.at..self.at + length).unwrap_or_default();
        if next.len() == length
            && next.iter().zip(word.chars()).all(|(have, wanted)| have.eq_ignore_ascii_case(&wanted))
        {
            self.at += length;
            Ok(())
        } else {
            self.fail(word)
        }
    }

    /// Takes characters for as long as `accepts` does; possibly none.
    pub(crate) fn run(&mut self, accepts: impl Fn(char) -> bool) -> String {
        let mut taken = String::new();
        while let Some(next) = self.peek().filter(|next| accepts(*next)) {
            taken.push(next);
            self.at += 1;
        }
        taken
    }

    /// Everything that is left.
    pub(crate) fn rest(&mut self) -> String {
        self.run(|_| true)
    }

    pub(crate) fn spaces(&mut self) {
        self.run(|next| next == ' ' || next == '\t');
    }

    /// `parse` between optional spaces and tabs.
    pub(crate) fn spaced<T>(&mut self, parse: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        self.spaces();
        let value = parse(self)?;
        self.spaces();
        Ok(value)
    }

    /// `parse`, and on failure as if it had consumed nothing.
    pub(crate) fn attempt<T>(&mut self, parse: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        let start = self.at;
        let outcome = parse(self);
        if outcome.is_err() {
            self.at = start;
        }
        outcome
    }

    /// `first`, or `second` when `first` failed without consuming.
    pub(crate) fn either<T>(
        &mut self,
        first: impl FnOnce(&mut Self) -> Parsed<T>,
        second: impl FnOnce(&mut Self) -> Parsed<T>,
    ) -> Parsed<T> {
        let start = self.at;
        match first(self) {
            Err(_) if self.at == start => second(self),
            outcome => outcome,
        }
    }

    /// `parse`, or nothing when it failed without consuming.
    pub(crate) fn optional<T>(&mut self, parse: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<Option<T>> {
        self.either(|cursor| parse(cursor).map(Some), |_| Ok(None))
    }

    /// One or more of `item`, with `separator` between them.
    pub(crate) fn separated<T>(
        &mut self,
        item: impl Fn(&mut Self) -> Parsed<T>,
        separator: impl Fn(&mut Self) -> Parsed<()>,
    ) -> Parsed<Vec<T>> {
        let mut items = vec![item(self)?];
        while self.optional(&separator)?.is_some() {
            items.push(item(self)?);
        }
        Ok(items)
    }

    /// `parse` one level of parentheses further in.
    pub(crate) fn nested<T>(&mut self, parse: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        if self.depth >= MAX_DEPTH {
            return self.fail("less nesting");
        }
        self.depth += 1;
        let outcome = parse(self);
        self.depth -= 1;
        outcome
    }

    /// Notes something that the server reads and then does nothing with.
    pub(crate) fn drop_silently(&mut self, what: String) {
        self.dropped.push(what);
    }

    /// Notes that what was read keeps to the grammar, and that PostgreSQL will refuse it all the same.
    pub(crate) fn find_flaw(&mut self, flaw: &'static str) {
        self.flaw = Some(flaw);
    }

    /// Why PostgreSQL will refuse what was read, if it will.
    pub(crate) fn flaw(&self) -> Option<&'static str> {
        self.flaw
    }

    /// Ends the parse: everything that the server will do nothing with, an unread tail included.
    pub(crate) fn into_dropped(mut self) -> Vec<String> {
        let tail = self.rest();
        if !tail.is_empty() {
            self.dropped.push(tail);
        }
        self.dropped
    }
}
