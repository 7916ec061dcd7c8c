//! Which rows: comparisons of columns with values, joined by and, or and not.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::ops::{BitAnd, BitOr, Not};

use super::path::{JsonPath, Path};
use crate::codes::{OrderNumber, Slug, TicketNumber};
use crate::schema::{Column, ColumnValue, Nullable, One, Relation, Scalar, SqlType, Table, Value};

/// A condition on rows of `T`, joined to others with `&`, `|` and `!`.
///
/// ```
/// use eventos_core::{Event, EventStatus, EventType, query::from};
///
/// let on_sale = Event::STATUS.eq(EventStatus::Published);
/// let short = Event::TYPE.in_([EventType::Seminar, EventType::Workshop]) | Event::NAME.icontains("evening");
/// let request = from::<Event>().select::<Event>().filter(on_sale & short).to_request()?;
/// assert_eq!(
///     request.query,
///     "select=*&status=eq.published&or=(type.in.(seminar,workshop),name.ilike.%22*evening*%22)"
/// );
/// # Ok::<(), eventos_core::Error>(())
/// ```
pub struct Filter<T> {
    pub(crate) expr: Expr,
    marker: PhantomData<fn() -> T>,
}

impl<T: Table> Filter<T> {
    /// Rows that meet all of them; every row where there are none.
    ///
    /// For conditions that are put together at run time.
    ///
    /// ```
    /// use eventos_core::{Event, query::{Filter, from}};
    ///
    /// let (least, most): (Option<i32>, Option<i32>) = (Some(100), None);
    /// let wanted = [least.map(|seats| Event::CAPACITY.gte(seats)), most.map(|seats| Event::CAPACITY.lte(seats))];
    /// let request = from::<Event>().select::<Event>().filter(Filter::all(wanted.into_iter().flatten())).to_request()?;
    /// assert_eq!(request.query, "select=*&capacity=gte.100");
    /// # Ok::<(), eventos_core::Error>(())
    /// ```
    pub fn all(filters: impl IntoIterator<Item = Filter<T>>) -> Filter<T> {
        Filter::new(Expr::And(filters.into_iter().map(|filter| filter.expr).collect()))
    }

    /// Rows that meet at least one of them. Sending it fails where there are none.
    ///
    /// ```
    /// use eventos_core::{Event, query::{Filter, from}};
    ///
    /// let words = ["rust", "wasm"].map(|word| Event::NAME.icontains(word));
    /// let request = from::<Event>().select::<Event>().filter(Filter::any(words)).to_request()?;
    /// assert_eq!(request.query, "select=*&or=(name.ilike.%22*rust*%22,name.ilike.%22*wasm*%22)");
    /// # Ok::<(), eventos_core::Error>(())
    /// ```
    pub fn any(filters: impl IntoIterator<Item = Filter<T>>) -> Filter<T> {
        Filter::new(Expr::Or(filters.into_iter().map(|filter| filter.expr).collect()))
    }

    fn new(expr: Expr) -> Filter<T> {
        Filter { expr, marker: PhantomData }
    }

    fn compare(path: Path, operator: Operator, operand: Operand) -> Filter<T> {
        Filter::new(Expr::Compare(Comparison { path, operator, operand }))
    }
}

/// `a & b & c` is one list of three, not a list in a list.
macro_rules! joins {
    ($($trait:ident::$method:ident gives $list:ident;)*) => { $(
        impl<T> $trait for Filter<T> {
            type Output = Filter<T>;

            fn $method(self, other: Filter<T>) -> Filter<T> {
                let parts = match (self.expr, other.expr) {
                    (Expr::$list(mut parts), Expr::$list(more)) => {
                        parts.extend(more);
                        parts
                    }
                    (Expr::$list(mut parts), last) => {
                        parts.push(last);
                        parts
                    }
                    (first, Expr::$list(mut parts)) => {
                        parts.insert(0, first);
                        parts
                    }
                    (first, second) => {
                        // Where there are two there are often more.
                        let mut parts = Vec::with_capacity(4);
                        parts.extend([first, second]);
                        parts
                    }
                };
                Filter { expr: Expr::$list(parts), marker: PhantomData }
            }
        }
    )* };
}

joins! {
    BitAnd::bitand gives And;
    BitOr::bitor gives Or;
}

impl<T> Not for Filter<T> {
    type Output = Filter<T>;
    fn not(self) -> Filter<T> {
        let expr = match self.expr {
            Expr::Not(inner) => *inner,
            expr => Expr::Not(Box::new(expr)),
        };
        Filter { expr, marker: PhantomData }
    }
}

impl<T> Clone for Filter<T> {
    fn clone(&self) -> Self {
        Filter { expr: self.expr.clone(), marker: PhantomData }
    }
}

impl<T> fmt::Debug for Filter<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.expr.fmt(f)
    }
}

/// A condition as data: what a [`Filter`] holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    /// All of them hold.
    And(Vec<Expr>),
    /// At least one of them holds.
    Or(Vec<Expr>),
    /// It does not hold.
    Not(Box<Expr>),
    /// A value compares as said.
    Compare(Comparison),
    /// Related rows that the selection embeds under this name exist.
    Related(Cow<'static, str>),
}

/// A comparison as data.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    pub(crate) path: Path,
    pub(crate) operator: Operator,
    pub(crate) operand: Operand,
}

/// What a value is compared with.
#[derive(Clone, PartialEq)]
pub enum Operand {
    /// One value.
    Value(Value),
    /// Any value of a list (`in`, or a quantified operator).
    Any(Vec<Value>),
    /// All values of a list (a quantified operator).
    All(Vec<Value>),
    /// One of SQL's own: null, true, false, unknown.
    Is(Is),
    /// A text search.
    Search(Box<TextSearch>),
}

/// Values may be secrets, such as a ticket's code, so only their number is shown.
impl fmt::Debug for Operand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Operand::Value(_) => f.write_str("value"),
            Operand::Any(values) => write!(f, "any of {}", values.len()),
            Operand::All(values) => write!(f, "all of {}", values.len()),
            Operand::Is(is) => is.fmt(f),
            Operand::Search(_) => f.write_str("text search"),
        }
    }
}

macro_rules! operators {
    ($($(#[$doc:meta])* $name:ident = $wire:literal),* $(,)?) => {
        /// PostgREST's operators.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Operator {
            $($(#[$doc])* $name,)*
        }

        impl Operator {
            /// Every operator.
            pub const ALL: &'static [Operator] = &[$(Operator::$name),*];

            /// As PostgREST writes it.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Operator::$name => $wire,)*
                }
            }
        }
    };
}

operators! {
    /// Equal.
    Eq = "eq",
    /// Not equal.
    Neq = "neq",
    /// Greater.
    Gt = "gt",
    /// Greater or equal.
    Gte = "gte",
    /// Less.
    Lt = "lt",
    /// Less or equal.
    Lte = "lte",
    /// `LIKE`, with `*` for `%`.
    Like = "like",
    /// `ILIKE`, with `*` for `%`.
    Ilike = "ilike",
    /// Regular expression, `~`.
    Match = "match",
    /// Regular expression whatever the case, `~*`.
    Imatch = "imatch",
    /// One of a list.
    In = "in",
    /// `IS NULL`, `IS TRUE`, …
    Is = "is",
    /// `IS DISTINCT FROM`.
    IsDistinct = "isdistinct",
    /// Contains, `@>`.
    Contains = "cs",
    /// Contained in, `<@`.
    ContainedBy = "cd",
    /// Overlaps, `&&`.
    Overlaps = "ov",
    /// Strictly left of a range, `<<`.
    StrictlyLeft = "sl",
    /// Strictly right of a range, `>>`.
    StrictlyRight = "sr",
    /// Does not extend to the right of a range, `&<`.
    NotRight = "nxr",
    /// Does not extend to the left of a range, `&>`.
    NotLeft = "nxl",
    /// Adjacent to a range, `-|-`.
    Adjacent = "adj",
    /// Text search with `to_tsquery`.
    Fts = "fts",
    /// Text search with `plainto_tsquery`.
    PlainFts = "plfts",
    /// Text search with `phraseto_tsquery`.
    PhraseFts = "phfts",
    /// Text search with `websearch_to_tsquery`.
    WebFts = "wfts",
}

/// An operator that compares with any or all of several values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Quantified {
    /// Equal.
    Eq,
    /// Greater.
    Gt,
    /// Greater or equal.
    Gte,
    /// Less.
    Lt,
    /// Less or equal.
    Lte,
}

/// A pattern operator that compares with any or all of several patterns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum QuantifiedText {
    /// `LIKE`, with `*` or `%` for any text.
    Like,
    /// `ILIKE`, with `*` or `%` for any text.
    Ilike,
    /// Regular expression.
    Match,
    /// Regular expression whatever the case.
    Imatch,
}

impl From<Quantified> for Operator {
    fn from(quantified: Quantified) -> Operator {
        match quantified {
            Quantified::Eq => Operator::Eq,
            Quantified::Gt => Operator::Gt,
            Quantified::Gte => Operator::Gte,
            Quantified::Lt => Operator::Lt,
            Quantified::Lte => Operator::Lte,
        }
    }
}

impl From<QuantifiedText> for Operator {
    fn from(quantified: QuantifiedText) -> Operator {
        match quantified {
            QuantifiedText::Like => Operator::Like,
            QuantifiedText::Ilike => Operator::Ilike,
            QuantifiedText::Match => Operator::Match,
            QuantifiedText::Imatch => Operator::Imatch,
        }
    }
}

/// What `is` compares with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Is {
    /// Null.
    Null,
    /// True.
    True,
    /// False.
    False,
    /// Neither true nor false.
    Unknown,
}

impl Is {
    /// As PostgREST writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Is::Null => "null",
            Is::True => "true",
            Is::False => "false",
            Is::Unknown => "unknown",
        }
    }
}

/// A full-text search: how the words are read, and in which language.
///
/// ```
/// use eventos_core::{Event, query::{TextSearch, from}};
///
/// let search = TextSearch::web("machine learning -vision").config("english");
/// let request = from::<Event>().select::<Event>().filter(Event::DESCRIPTION.search(search)).to_request()?;
/// assert_eq!(request.query, "select=*&description=wfts(english).machine%20learning%20-vision");
/// # Ok::<(), eventos_core::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextSearch {
    pub(crate) operator: Operator,
    pub(crate) config: Option<Cow<'static, str>>,
    pub(crate) query: String,
}

impl TextSearch {
    /// `to_tsquery`: words joined by `&`, `|`, `!` and `<->`.
    pub fn raw(query: impl Into<String>) -> TextSearch {
        TextSearch { operator: Operator::Fts, config: None, query: query.into() }
    }

    /// `plainto_tsquery`: all of the words.
    pub fn plain(query: impl Into<String>) -> TextSearch {
        TextSearch { operator: Operator::PlainFts, config: None, query: query.into() }
    }

    /// `phraseto_tsquery`: the words one after the other.
    pub fn phrase(query: impl Into<String>) -> TextSearch {
        TextSearch { operator: Operator::PhraseFts, config: None, query: query.into() }
    }

    /// `websearch_to_tsquery`: as people write in a search box.
    pub fn web(query: impl Into<String>) -> TextSearch {
        TextSearch { operator: Operator::WebFts, config: None, query: query.into() }
    }

    /// The text search configuration, such as `english`; the database's default otherwise.
    #[must_use]
    pub fn config(mut self, config: impl Into<Cow<'static, str>>) -> TextSearch {
        self.config = Some(config.into());
        self
    }
}

/// A value that a column of `S` can be compared with: the type itself or a reference to it; text also with `&str`.
#[diagnostic::on_unimplemented(message = "this column is compared with `{S}`, not `{Self}`", label = "expected `{S}`")]
pub trait Compare<S> {
    /// The value as it is sent.
    fn into_operand(self) -> Value;
}

#[diagnostic::do_not_recommend]
impl<S: Scalar> Compare<S> for S {
    fn into_operand(self) -> Value {
        self.to_value()
    }
}

#[diagnostic::do_not_recommend]
impl<S: Scalar> Compare<S> for &S {
    fn into_operand(self) -> Value {
        self.to_value()
    }
}

#[diagnostic::do_not_recommend]
impl Compare<String> for &str {
    fn into_operand(self) -> Value {
        Value::Text(Cow::Owned(self.to_owned()))
    }
}

/// Marks column values that are text to PostgreSQL and to the reader.
#[diagnostic::on_unimplemented(message = "text operators need a text column", label = "this column holds `{Self}`")]
pub trait Text {}
#[diagnostic::do_not_recommend]
impl Text for String {}
#[diagnostic::do_not_recommend]
impl Text for Slug {}
#[diagnostic::do_not_recommend]
impl Text for OrderNumber {}
#[diagnostic::do_not_recommend]
impl Text for TicketNumber {}

macro_rules! comparisons {
    ($(impl<$($param:ident $(: $bound:ident)?),*> $operand:ty, |$self:ident| $path:expr;)*) => { $(
        impl<$($param $(: $bound)?),*> $operand {
            /// Rows where it equals `value`.
            ///
            /// ```
            /// use eventos_core::{Order, PaymentStatus, query::from};
            ///
            /// let request = from::<Order>().select::<Order>().filter(Order::PAYMENT_STATUS.eq(PaymentStatus::Paid)).to_request()?;
            /// assert_eq!(request.query, "select=*&payment_status=eq.paid");
            /// # Ok::<(), eventos_core::Error>(())
            /// ```
            pub fn eq(self, value: impl Compare<V::Scalar>) -> Filter<T> {
                self.compare(Operator::Eq, Operand::Value(value.into_operand()))
            }

            /// Rows where it is another value; rows where it is null are left out, as in SQL.
            ///
            /// To keep them, use [`is_distinct_from`](Self::is_distinct_from).
            pub fn neq(self, value: impl Compare<V::Scalar>) -> Filter<T> {
                self.compare(Operator::Neq, Operand::Value(value.into_operand()))
            }

            /// Rows where it is greater.
            pub fn gt(self, value: impl Compare<V::Scalar>) -> Filter<T> {
                self.compare(Operator::Gt, Operand::Value(value.into_operand()))
            }

            /// Rows where it is greater or equal.
            ///
            /// ```
            /// use eventos_core::{Cents, Event, query::from};
            ///
            /// let request = from::<Event>().select::<Event>().filter(Event::PRICE_CENTS.gte(Cents::new(10_000)) & Event::CAPACITY.lt(500)).to_request()?;
            /// assert_eq!(request.query, "select=*&price_cents=gte.10000&capacity=lt.500");
            /// # Ok::<(), eventos_core::Error>(())
            /// ```
            pub fn gte(self, value: impl Compare<V::Scalar>) -> Filter<T> {
                self.compare(Operator::Gte, Operand::Value(value.into_operand()))
            }

            /// Rows where it is less.
            pub fn lt(self, value: impl Compare<V::Scalar>) -> Filter<T> {
                self.compare(Operator::Lt, Operand::Value(value.into_operand()))
            }

            /// Rows where it is less or equal.
            pub fn lte(self, value: impl Compare<V::Scalar>) -> Filter<T> {
                self.compare(Operator::Lte, Operand::Value(value.into_operand()))
            }

            /// Rows where it is one of the values; no row where there are none.
            ///
            /// ```
            /// use eventos_core::{Event, EventType, query::from};
            ///
            /// let kinds = [EventType::Seminar, EventType::Workshop];
            /// let request = from::<Event>().select::<Event>().filter(Event::TYPE.in_(kinds)).to_request()?;
            /// assert_eq!(request.query, "select=*&type=in.(seminar,workshop)");
            /// # Ok::<(), eventos_core::Error>(())
            /// ```
            pub fn in_<O: Compare<V::Scalar>>(self, values: impl IntoIterator<Item = O>) -> Filter<T> {
                self.compare(Operator::In, Operand::Any(values.into_iter().map(Compare::into_operand).collect()))
            }

            /// Rows where the comparison holds with at least one of the values.
            ///
            /// ```
            /// use eventos_core::{Event, query::{Quantified, from}};
            ///
            /// let request = from::<Event>().select::<Event>().filter(Event::CAPACITY.any(Quantified::Gte, [100, 500])).to_request()?;
            /// assert_eq!(request.query, "select=*&capacity=gte(any).%7B%22100%22,%22500%22%7D");
            /// # Ok::<(), eventos_core::Error>(())
            /// ```
            pub fn any<O: Compare<V::Scalar>>(
                self,
                operator: Quantified,
                values: impl IntoIterator<Item = O>,
            ) -> Filter<T> {
                let values = values.into_iter().map(Compare::into_operand).collect();
                self.compare(operator.into(), Operand::Any(values))
            }

            /// Rows where the comparison holds with every one of the values.
            ///
            /// ```
            /// use eventos_core::{Event, query::{Quantified, from}};
            ///
            /// let request = from::<Event>().select::<Event>().filter(Event::CAPACITY.all(Quantified::Lt, [200, 900])).to_request()?;
            /// assert_eq!(request.query, "select=*&capacity=lt(all).%7B%22200%22,%22900%22%7D");
            /// # Ok::<(), eventos_core::Error>(())
            /// ```
            pub fn all<O: Compare<V::Scalar>>(
                self,
                operator: Quantified,
                values: impl IntoIterator<Item = O>,
            ) -> Filter<T> {
                let values = values.into_iter().map(Compare::into_operand).collect();
                self.compare(operator.into(), Operand::All(values))
            }

            /// Rows where it is another value or null (`IS DISTINCT FROM`).
            ///
            /// ```
            /// use eventos_core::{Venue, query::from};
            ///
            /// let request = from::<Venue>().select::<Venue>().filter(Venue::POSTAL_CODE.is_distinct_from("M5V 2W6")).to_request()?;
            /// assert_eq!(request.query, "select=*&postal_code=isdistinct.M5V%202W6");
            /// # Ok::<(), eventos_core::Error>(())
            /// ```
            pub fn is_distinct_from(self, value: impl Compare<V::Scalar>) -> Filter<T> {
                self.compare(Operator::IsDistinct, Operand::Value(value.into_operand()))
            }

            /// Rows where it is null.
            ///
            /// Only for columns that may be null: on others it does not compile.
            ///
            /// ```
            /// use eventos_core::{Ticket, query::from};
            ///
            /// let request = from::<Ticket>().select::<Ticket>().filter(Ticket::CHECKED_IN_AT.is_null() & Ticket::ATTENDEE_ID.is_not_null()).to_request()?;
            /// assert_eq!(request.query, "select=*&checked_in_at=is.null&attendee_id=not.is.null");
            /// # Ok::<(), eventos_core::Error>(())
            /// ```
            pub fn is_null(self) -> Filter<T>
            where
                V: Nullable,
            {
                self.compare(Operator::Is, Operand::Is(Is::Null))
            }

            /// Rows where it is not null.
            pub fn is_not_null(self) -> Filter<T>
            where
                V: Nullable,
            {
                !self.compare(Operator::Is, Operand::Is(Is::Null))
            }

            /// Rows where it matches a `LIKE` pattern: `%` or `*` for any text, `_` for any character.
            ///
            /// For text that a person typed use [`contains`](Self::contains), [`starts_with`](Self::starts_with) or
            /// [`ends_with`](Self::ends_with), where nothing is a wildcard.
            ///
            /// ```
            /// use eventos_core::{Order, query::from};
            ///
            /// let request = from::<Order>().select::<Order>().filter(Order::ORDER_NUMBER.like("ORD-202510__-*")).to_request()?;
            /// assert_eq!(request.query, "select=*&order_number=like.ORD-202510__-*");
            /// # Ok::<(), eventos_core::Error>(())
            /// ```
            pub fn like(self, pattern: impl Into<String>) -> Filter<T>
            where
                V::Scalar: Text,
            {
                self.compare(Operator::Like, text(pattern))
            }

            /// Rows where it matches a `LIKE` pattern whatever the case.
            pub fn ilike(self, pattern: impl Into<String>) -> Filter<T>
            where
                V::Scalar: Text,
            {
                self.compare(Operator::Ilike, text(pattern))
            }

            /// Rows where it matches a POSIX regular expression.
            ///
            /// ```
            /// use eventos_core::{Venue, query::from};
            ///
            /// let request = from::<Venue>().select::<Venue>().filter(Venue::POSTAL_CODE.matches("^M5[A-Z]")).to_request()?;
            /// assert_eq!(request.query, "select=*&postal_code=match.%5EM5%5BA-Z%5D");
            /// # Ok::<(), eventos_core::Error>(())
            /// ```
            pub fn matches(self, regex: impl Into<String>) -> Filter<T>
            where
                V::Scalar: Text,
            {
                self.compare(Operator::Match, text(regex))
            }

            /// Rows where it matches a POSIX regular expression whatever the case.
            pub fn imatches(self, regex: impl Into<String>) -> Filter<T>
            where
                V::Scalar: Text,
            {
                self.compare(Operator::Imatch, text(regex))
            }

            /// Rows where it matches at least one of the patterns.
            ///
            /// ```
            /// use eventos_core::{Event, query::{QuantifiedText, from}};
            ///
            /// let request = from::<Event>().select::<Event>().filter(Event::NAME.any_pattern(QuantifiedText::Ilike, ["*summit*", "*gala*"])).to_request()?;
            /// assert_eq!(request.query, "select=*&name=ilike(any).%7B%22*summit*%22,%22*gala*%22%7D");
            /// # Ok::<(), eventos_core::Error>(())
            /// ```
            pub fn any_pattern<O: Into<String>>(
                self,
                operator: QuantifiedText,
                patterns: impl IntoIterator<Item = O>,
            ) -> Filter<T>
            where
                V::Scalar: Text,
            {
                let patterns = patterns.into_iter().map(|pattern| Value::Text(Cow::Owned(pattern.into()))).collect();
                self.compare(operator.into(), Operand::Any(patterns))
            }

            /// Rows where it matches every one of the patterns.
            ///
            /// ```
            /// use eventos_core::{Event, query::{QuantifiedText, from}};
            ///
            /// let request = from::<Event>().select::<Event>().filter(Event::NAME.all_patterns(QuantifiedText::Ilike, ["*ai*", "*summit*"])).to_request()?;
            /// assert_eq!(request.query, "select=*&name=ilike(all).%7B%22*ai*%22,%22*summit*%22%7D");
            /// # Ok::<(), eventos_core::Error>(())
            /// ```
            pub fn all_patterns<O: Into<String>>(
                self,
                operator: QuantifiedText,
                patterns: impl IntoIterator<Item = O>,
            ) -> Filter<T>
            where
                V::Scalar: Text,
            {
                let patterns = patterns.into_iter().map(|pattern| Value::Text(Cow::Owned(pattern.into()))).collect();
                self.compare(operator.into(), Operand::All(patterns))
            }

            /// Rows where it contains this text, as written: nothing in it is a wildcard.
            ///
            /// ```
            /// use eventos_core::{Event, query::from};
            ///
            /// let request = from::<Event>().select::<Event>().filter(Event::NAME.contains("100% Rust")).to_request()?;
            /// assert_eq!(request.query, "select=*&name=like.*100%5C%25%20Rust*");
            /// # Ok::<(), eventos_core::Error>(())
            /// ```
            pub fn contains(self, needle: &str) -> Filter<T>
            where
                V::Scalar: Text,
            {
                self.literal(Place::Anywhere, Operator::Like, needle)
            }

            /// Rows where it contains this text whatever the case.
            pub fn icontains(self, needle: &str) -> Filter<T>
            where
                V::Scalar: Text,
            {
                self.literal(Place::Anywhere, Operator::Ilike, needle)
            }

            /// Rows where it starts with this text, as written.
            ///
            /// ```
            /// use eventos_core::{Venue, query::from};
            ///
            /// let request = from::<Venue>().select::<Venue>().filter(Venue::POSTAL_CODE.starts_with("M5V")).to_request()?;
            /// assert_eq!(request.query, "select=*&postal_code=like.M5V*");
            /// # Ok::<(), eventos_core::Error>(())
            /// ```
            pub fn starts_with(self, prefix: &str) -> Filter<T>
            where
                V::Scalar: Text,
            {
                self.literal(Place::Start, Operator::Like, prefix)
            }

            /// Rows where it starts with this text whatever the case.
            pub fn istarts_with(self, prefix: &str) -> Filter<T>
            where
                V::Scalar: Text,
            {
                self.literal(Place::Start, Operator::Ilike, prefix)
            }

            /// Rows where it ends with this text, as written.
            ///
            /// ```
            /// use eventos_core::{Profile, query::from};
            ///
            /// let request = from::<Profile>().select::<Profile>().filter(Profile::EMAIL.ends_with("@eventos.com")).to_request()?;
            /// assert_eq!(request.query, "select=*&email=like.*%40eventos.com");
            /// # Ok::<(), eventos_core::Error>(())
            /// ```
            pub fn ends_with(self, suffix: &str) -> Filter<T>
            where
                V::Scalar: Text,
            {
                self.literal(Place::End, Operator::Like, suffix)
            }

            /// Rows where it ends with this text whatever the case.
            pub fn iends_with(self, suffix: &str) -> Filter<T>
            where
                V::Scalar: Text,
            {
                self.literal(Place::End, Operator::Ilike, suffix)
            }

            /// Rows that a full-text search finds.
            ///
            /// [`TextSearch`] has an example.
            pub fn search(self, search: TextSearch) -> Filter<T>
            where
                V::Scalar: Text,
            {
                self.compare(search.operator, Operand::Search(Box::new(search)))
            }

            fn literal(self, place: Place, operator: Operator, needle: &str) -> Filter<T> {
                let (operator, pattern) = literal_pattern(place, operator, needle);
                self.compare(operator, Operand::Value(Value::Text(Cow::Owned(pattern))))
            }

            fn compare(self, operator: Operator, operand: Operand) -> Filter<T> {
                let $self = self;
                Filter::compare($path, operator, operand)
            }
        }
    )* };
}

comparisons! {
    impl<T: Table, V: ColumnValue, W> Column<T, V, W>, |column| Path::column(column.name);
    impl<T: Table, V: ColumnValue> JsonPath<T, V>, |json| json.path;
}

impl<T: Table, W> Column<T, serde_json::Value, W> {
    /// Rows whose document contains this one (`@>`): all of its keys with these values.
    ///
    /// ```
    /// use eventos_core::{Venue, query::from};
    ///
    /// let parking = serde_json::json!({ "parking": true });
    /// let request = from::<Venue>().select::<Venue>().filter(Venue::AMENITIES.contains_json(parking)).to_request()?;
    /// assert_eq!(request.query, "select=*&amenities=cs.%7B%22parking%22:true%7D");
    /// # Ok::<(), eventos_core::Error>(())
    /// ```
    pub fn contains_json(self, document: serde_json::Value) -> Filter<T> {
        Filter::compare(Path::column(self.name), Operator::Contains, Operand::Value(Value::Json(document)))
    }

    /// Rows whose document is contained in this one (`<@`).
    ///
    /// ```
    /// use eventos_core::{Venue, query::from};
    ///
    /// let most = serde_json::json!({ "parking": true, "wifi": true });
    /// let request = from::<Venue>().select::<Venue>().filter(Venue::AMENITIES.contained_by_json(most)).to_request()?;
    /// assert_eq!(request.query, "select=*&amenities=cd.%7B%22parking%22:true,%22wifi%22:true%7D");
    /// # Ok::<(), eventos_core::Error>(())
    /// ```
    pub fn contained_by_json(self, document: serde_json::Value) -> Filter<T> {
        Filter::compare(Path::column(self.name), Operator::ContainedBy, Operand::Value(Value::Json(document)))
    }
}

impl<S: Table, T: Table, N> Relation<S, T, N> {
    /// Rows with related rows. The selection must embed the relation; conditions inside the embed count.
    ///
    /// ```
    /// use eventos_core::{Event, EventId, Projection, Ticket, TicketId, TicketStatus, query::from};
    ///
    /// #[derive(Projection)]
    /// #[projection(of = Ticket)]
    /// struct Used { id: TicketId }
    ///
    /// #[derive(Projection)]
    /// #[projection(of = Event)]
    /// struct Begun { id: EventId, tickets: Vec<Used> }
    ///
    /// // Events where somebody came in.
    /// let request = from::<Event>()
    ///     .select::<Begun>()
    ///     .embed(Event::TICKETS, |tickets| tickets.filter(Ticket::STATUS.eq(TicketStatus::Used)))
    ///     .filter(Event::TICKETS.exists())
    ///     .to_request()?;
    /// assert_eq!(
    ///     request.query,
    ///     "select=id,tickets:tickets!event_id(id)&tickets=not.is.null&tickets.status=eq.used"
    /// );
    /// # Ok::<(), eventos_core::Error>(())
    /// ```
    pub fn exists(self) -> Filter<S> {
        Filter::new(Expr::Related(Cow::Borrowed(self.alias)))
    }

    /// Rows without related rows. The selection must embed the relation; conditions inside the embed count.
    pub fn is_absent(self) -> Filter<S> {
        !self.exists()
    }
}

fn text(pattern: impl Into<String>) -> Operand {
    Operand::Value(Value::Text(Cow::Owned(pattern.into())))
}

/// Where in a text another one must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Anywhere,
    Start,
    End,
}

/// The pattern that finds `needle` as written.
///
/// PostgREST turns every `*` of a `like` pattern into `%` and knows no escape for it, so a text with a `*` goes as a
/// regular expression.
pub(crate) fn literal_pattern(place: Place, operator: Operator, needle: &str) -> (Operator, String) {
    if needle.contains('*') {
        let operator = if operator == Operator::Ilike { Operator::Imatch } else { Operator::Match };
        let mut regex = String::with_capacity(needle.len() + 8);
        regex.push_str(if place == Place::Start { "^" } else { "" });
        push_escaped(&mut regex, needle, |byte| byte.is_ascii_punctuation());
        regex.push_str(if place == Place::End { "$" } else { "" });
        return (operator, regex);
    }
    let mut pattern = String::with_capacity(needle.len() + 4);
    pattern.push_str(if place == Place::Start { "" } else { "*" });
    push_escaped(&mut pattern, needle, |byte| matches!(byte, b'%' | b'_' | b'\\'));
    pattern.push_str(if place == Place::End { "" } else { "*" });
    (operator, pattern)
}

/// Appends text with a backslash before each special ASCII character.
fn push_escaped(out: &mut String, text: &str, is_special: impl Fn(u8) -> bool) {
    let mut rest = text;
    while let Some(at) = rest.bytes().position(&is_special) {
        let (plain, from) = rest.split_at(at);
        let (special, after) = from.split_at(1);
        out.push_str(plain);
        out.push('\\');
        out.push_str(special);
        rest = after;
    }
    out.push_str(rest);
}

impl<S: Table, T: Table> Relation<S, T, One> {
    /// Orders by a column of the one related row. The selection must embed the relation.
    ///
    /// ```
    /// use eventos_core::{Event, EventId, Projection, Venue, query::from};
    ///
    /// #[derive(Projection)]
    /// #[projection(of = Venue)]
    /// struct Place { city: String }
    ///
    /// #[derive(Projection)]
    /// #[projection(of = Event)]
    /// struct Card { id: EventId, venue: Option<Place> }
    ///
    /// let request = from::<Event>().select::<Card>().order(Event::VENUE.order(Venue::CITY.asc())).to_request()?;
    /// assert_eq!(request.query, "select=id,venue:venues!venue_id(city)&order=venue(city).asc");
    /// # Ok::<(), eventos_core::Error>(())
    /// ```
    pub fn order(self, order: super::Order<T>) -> super::Order<S> {
        order.of_relation(self.alias)
    }
}

/// Whether an operator makes sense for a column of that type.
pub(crate) fn accepts(sql_type: SqlType, operator: Operator) -> bool {
    use Operator as Op;
    match operator {
        Op::Like | Op::Ilike | Op::Match | Op::Imatch | Op::Fts | Op::PlainFts | Op::PhraseFts | Op::WebFts => {
            sql_type == SqlType::Text
        }
        Op::Contains | Op::ContainedBy => sql_type == SqlType::Jsonb,
        Op::Overlaps | Op::StrictlyLeft | Op::StrictlyRight | Op::NotRight | Op::NotLeft | Op::Adjacent => false,
        Op::Eq | Op::Neq | Op::Gt | Op::Gte | Op::Lt | Op::Lte | Op::In | Op::Is | Op::IsDistinct => true,
    }
}
