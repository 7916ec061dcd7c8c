//! A whole request, and how the server reads one.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use crate::Refusal;
use crate::condition::{Condition, argument_or_test, parameter_test, tree, tree_key};
use crate::cursor::{Cursor, Parsed};
use crate::media_type::MediaType;
use crate::name::{key_path, name};
use crate::order::{OrderTerm, order};
use crate::page::{Page, number};
use crate::preferences::Preferences;
use crate::query_string::{decode, parameters};
use crate::select::{SelectItem, selection};

/// The names of the embeds that lead from the root to where something applies; empty for the root itself.
pub type EmbedPath = Vec<String>;

/// What PostgREST understands a request to ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The HTTP method.
    pub method: Method,
    /// What the path names.
    pub target: Target,
    /// The schema that `Accept-Profile` or, on writes and calls by POST, `Content-Profile` names.
    pub schema: Option<String>,
    /// The selection; [`SelectItem::all_columns`] when the request has none.
    pub select: Vec<SelectItem>,
    /// All conditions, filters and trees alike. Those of one path all have to hold.
    pub filters: Vec<Filter>,
    /// The order of the rows, by embed.
    pub orders: BTreeMap<EmbedPath, Vec<OrderTerm>>,
    /// The part of the rows that is asked for, by embed; at the root also as a `Range` header says it.
    pub pages: BTreeMap<EmbedPath, Page>,
    /// The columns that a write takes from its payload.
    pub columns: Option<BTreeSet<String>>,
    /// The unique columns by which an insert knows a row that is there already.
    pub on_conflict: Option<Vec<String>>,
    /// The arguments of a function that is called by GET.
    pub arguments: Vec<(String, String)>,
    /// What the `Prefer` headers say.
    pub preferences: Preferences,
    /// What the `Accept` header says, the preferred form first; empty without one.
    pub accept: Vec<MediaType>,
    /// Everything that was sent and that the server does nothing with, without a word: the tail of a parameter
    /// after a closing parenthesis, a second `select`, a limit that is no number. An encoder leaves none of it.
    pub ignored: Vec<String>,
}

/// An HTTP method that PostgREST answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Method {
    Get,
    Head,
    Post,
    Put,
    Patch,
    Delete,
    Options,
}

/// What a path names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// `/`: the description of the API.
    Root,
    /// `/events`: a table or a view.
    Table(String),
    /// `/rpc/check_in`: a function.
    Function(String),
}

/// A condition on the rows of one embed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Filter {
    /// Which embed, by its alias or else its name, whichever of the two the request used.
    pub path: EmbedPath,
    /// The condition.
    pub condition: Condition,
}

impl Request {
    /// Reads a request as PostgREST does.
    ///
    /// `path_and_query` is raw, as on the request line. The body is not read, and neither are the headers
    /// besides `Prefer`, `Accept`, `Range`, `Accept-Profile` and `Content-Profile`.
    ///
    /// # Errors
    ///
    /// [`Refusal`] when PostgREST 12.2 to 16, in one of these versions at least, would answer with an error
    /// whatever tables there are; also for what versions read differently, and for nesting that is absurdly deep.
    pub fn read(method: &str, path_and_query: &str, headers: &[(&str, &str)]) -> Result<Self, Refusal> {
        let (path, query) = path_and_query.split_once('?').unwrap_or((path_and_query, ""));
        let target = Target::read(path)?;
        let method = Method::read(method, &target)?;
        let mut reader = Reader {
            arguments_allowed: matches!(target, Target::Function(_)) && matches!(method, Method::Get | Method::Head),
            request: Self {
                method,
                target,
                schema: None,
                select: vec![SelectItem::all_columns()],
                filters: Vec::new(),
                orders: BTreeMap::new(),
                pages: BTreeMap::new(),
                columns: None,
                on_conflict: None,
                arguments: Vec::new(),
                preferences: Preferences::default(),
                accept: Vec::new(),
                ignored: Vec::new(),
            },
        };
        reader.query(parameters(query)?)?;
        reader.headers(headers)?;
        reader.check_pages()?;
        Ok(reader.request)
    }
}

impl Method {
    fn read(method: &str, target: &Target) -> Result<Self, Refusal> {
        match (method, target) {
            ("GET", _) => Ok(Self::Get),
            ("HEAD", _) => Ok(Self::Head),
            ("OPTIONS", _) => Ok(Self::Options),
            ("POST", Target::Table(_) | Target::Function(_)) => Ok(Self::Post),
            ("PUT", Target::Table(_)) => Ok(Self::Put),
            ("PATCH", Target::Table(_)) => Ok(Self::Patch),
            ("DELETE", Target::Table(_)) => Ok(Self::Delete),
            _ => Err(Refusal::new("method", format!("{method} is not answered at this path"))),
        }
    }

    fn sends_profile_with_content(self) -> bool {
        matches!(self, Self::Post | Self::Put | Self::Patch | Self::Delete)
    }
}

impl Target {
    fn read(path: &str) -> Result<Self, Refusal> {
        let refuse = || Refusal::new("path", format!("`{path}` is no /table, /rpc/function or /"));
        let segments = path
            .strip_prefix('/')
            .ok_or_else(refuse)?
            .split('/')
            .map(|segment| decode(segment, false))
            .collect::<Result<Vec<_>, _>>()?;
        match segments.as_slice() {
            [root] if root.is_empty() => Ok(Self::Root),
            [table] => Ok(Self::Table(table.clone())),
            [rpc, function] if rpc == "rpc" && !function.is_empty() => Ok(Self::Function(function.clone())),
            _ => Err(refuse()),
        }
    }
}

struct Reader {
    arguments_allowed: bool,
    request: Request,
}

impl Reader {
    fn query(&mut self, parameters: Vec<(String, Option<String>)>) -> Result<(), Refusal> {
        let mut pairs = Vec::new();
        for (key, value) in parameters {
            if key.contains('\0') {
                return Err(Refusal::new(key, "a name with a NUL is cut at it"));
            }
            match value {
                Some(value) => pairs.push((key, value)),
                None => self.request.ignored.push(format!("{key} without a value")),
            }
        }
        // The selection comes first: it has the embeds that everything else may address.
        self.select(&pairs)?;
        let mut limits = BTreeMap::new();
        let mut offsets = BTreeMap::new();
        for (key, value) in &pairs {
            match (key.as_str(), last_word(key)) {
                ("select", _) => {}
                ("columns", _) => self.columns(value)?,
                ("on_conflict", _) => self.on_conflict(value)?,
                (_, "and" | "or") => self.tree(key, value)?,
                (_, "order") => self.order(key, value)?,
                (_, "limit") => self.bound(key, value, &mut limits)?,
                (_, "offset") => self.bound(key, value, &mut offsets)?,
                _ => self.filter(key, value)?,
            }
        }
        self.pages(limits, offsets)
    }

    fn select(&mut self, pairs: &[(String, String)]) -> Result<(), Refusal> {
        let mut given = pairs.iter().filter(|(key, _)| key == "select");
        if let Some((key, value)) = given.next() {
            let select = self.parse(key, value, selection)?;
            if !select.is_empty() {
                self.request.select = select;
            }
        }
        for (_, value) in given {
            self.request.ignored.push(format!("select: a second one, {value}"));
        }
        Ok(())
    }

    fn columns(&mut self, value: &str) -> Result<(), Refusal> {
        if self.request.columns.is_some() {
            self.request.ignored.push(format!("columns: a second one, {value}"));
            return Ok(());
        }
        let columns = self.parse("columns", value, names)?;
        self.request.columns = Some(columns.into_iter().collect());
        Ok(())
    }

    fn on_conflict(&mut self, value: &str) -> Result<(), Refusal> {
        if self.request.on_conflict.is_some() {
            self.request.ignored.push(format!("on_conflict: a second one, {value}"));
            return Ok(());
        }
        let columns = self.parse("on_conflict", value, names)?;
        self.request.on_conflict = Some(columns);
        Ok(())
    }

    fn filter(&mut self, key: &str, value: &str) -> Result<(), Refusal> {
        let (path, column) = self.parse(key, key, key_path)?;
        let test = if self.arguments_allowed {
            self.parse(key, value, argument_or_test)?
        } else {
            Some(self.parse(key, value, parameter_test)?)
        };
        match test {
            Some((negated, test)) => {
                let path = self.address(key, &path)?;
                let condition = Condition::Column { column, negated, test };
                self.request.filters.push(Filter { path, condition });
            }
            None => self.request.arguments.push((column.name, value.to_owned())),
        }
        Ok(())
    }

    fn tree(&mut self, key: &str, value: &str) -> Result<(), Refusal> {
        let (path, operator) = self.parse(key, key, tree_key)?;
        let condition = self.parse(key, &format!("{operator}{value}"), tree)?;
        let path = self.address(key, &path)?;
        self.request.filters.push(Filter { path, condition });
        Ok(())
    }

    /// Of several orders of one embed the first counts.
    fn order(&mut self, key: &str, value: &str) -> Result<(), Refusal> {
        let path = self.path_of(key)?;
        let terms = self.parse(key, value, order)?;
        match self.request.orders.entry(path) {
            Entry::Vacant(first) => drop(first.insert(terms)),
            Entry::Occupied(_) => {
                let repeated = format!("{key}: a second one, {value}");
                self.request.ignored.push(repeated);
            }
        }
        Ok(())
    }

    /// Of several limits or offsets of one embed the last counts, even when it is no number and means nothing.
    fn bound(&mut self, key: &str, value: &str, bounds: &mut BTreeMap<EmbedPath, Option<u64>>) -> Result<(), Refusal> {
        let bound = match number(value) {
            None => {
                self.request.ignored.push(format!("{key}: {value} is no number"));
                None
            }
            Some(number) => match u64::try_from(number) {
                Ok(number) if i64::try_from(number).is_ok() => Some(number),
                _ => return Err(Refusal::new(key, "it is negative, or too large")),
            },
        };
        let path = self.path_of(key)?;
        if bounds.insert(path, bound).is_some() {
            self.request.ignored.push(format!("{key}: all but the last one"));
        }
        Ok(())
    }

    fn pages(
        &mut self,
        limits: BTreeMap<EmbedPath, Option<u64>>,
        mut offsets: BTreeMap<EmbedPath, Option<u64>>,
    ) -> Result<(), Refusal> {
        for (path, limit) in limits {
            let offset = offsets.remove(&path);
            if limit.is_none() && offset.is_some() {
                let reason = "beside an offset, a limit that is no number asks for less than nothing";
                return Err(Refusal::new("limit", reason));
            }
            let offset = offset.flatten().unwrap_or(0);
            self.request.pages.insert(path, Page { offset, limit });
        }
        for (path, offset) in offsets {
            let offset = offset.unwrap_or(0);
            self.request.pages.insert(path, Page { offset, limit: None });
        }
        Ok(())
    }

    fn headers(&mut self, headers: &[(&str, &str)]) -> Result<(), Refusal> {
        let all = |wanted: &'static str| {
            headers.iter().filter(move |(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| *value)
        };
        let ignored = &mut self.request.ignored;
        self.request.preferences = Preferences::read(all("prefer"), ignored)?;
        self.request.accept = all("accept").next().map(MediaType::accepted).unwrap_or_default();

        let profiles = ["accept-profile", "content-profile"];
        let by_content = self.request.method.sends_profile_with_content();
        for (profile, counts) in profiles.into_iter().zip([!by_content, by_content]) {
            match all(profile).next() {
                Some(schema) if counts => self.request.schema = Some(schema.to_owned()),
                Some(_) => ignored.push(format!("{profile} with this method")),
                None => {}
            }
        }
        match all("range").next() {
            Some(range) if self.request.method == Method::Get => self.range(range),
            Some(_) => {
                ignored.push("Range with this method".to_owned());
                Ok(())
            }
            None => Ok(()),
        }
    }

    fn range(&mut self, header: &str) -> Result<(), Refusal> {
        let page = match Page::of_range_header(header) {
            None => {
                self.request.ignored.push(format!("Range: {header}"));
                return Ok(());
            }
            Some(page) => page.map_err(|reason| Refusal::new("Range", reason))?,
        };
        let root = self.request.pages.entry(Vec::new()).or_default();
        if root.limit == Some(0) {
            return Ok(());
        }
        *root = root
            .intersection(page)
            .ok_or_else(|| Refusal::new("Range", "it has no row in common with limit and offset"))?;
        Ok(())
    }

    /// Writes know no page: versions before 14 want an order beside it, later ones take no notice of it.
    fn check_pages(&self) -> Result<(), Refusal> {
        let has_page = self.request.pages.contains_key(&Vec::new());
        if has_page && matches!(self.request.method, Method::Put | Method::Patch | Method::Delete) {
            let reason = "on PUT, PATCH and DELETE the server refuses it or takes no notice";
            return Err(Refusal::new("limit", reason));
        }
        Ok(())
    }

    fn path_of(&mut self, key: &str) -> Result<EmbedPath, Refusal> {
        let (path, _) = self.parse(key, key, key_path)?;
        self.address(key, &path)
    }

    /// The embed that a path leads to: at each step the first one whose name *or* alias it is.
    fn address(&self, key: &str, path: &[String]) -> Result<EmbedPath, Refusal> {
        let mut select = self.request.select.as_slice();
        let mut address = Vec::new();
        for step in path {
            let embed = select.iter().find_map(|item| item.embed_called(step));
            let Some((called, within)) = embed else {
                let reason = format!("`{step}` is not embedded in the selection");
                return Err(Refusal::new(key, reason));
            };
            address.push(called.to_owned());
            select = within;
        }
        Ok(address)
    }

    fn parse<T>(&mut self, part: &str, text: &str, parse: impl FnOnce(&mut Cursor) -> Parsed<T>) -> Result<T, Refusal> {
        let mut cursor = Cursor::new(text);
        match parse(&mut cursor) {
            Ok(value) => {
                if let Some(flaw) = cursor.flaw() {
                    return Err(Refusal::new(part, flaw));
                }
                let dropped = cursor.into_dropped();
                self.request.ignored.extend(dropped.into_iter().map(|what| format!("{part}: {what}")));
                Ok(value)
            }
            Err(mismatch) => {
                let rest: String = text.chars().skip(mismatch.at).take(20).collect();
                let reason = format!("{} is expected before `{rest}` in `{text}`", mismatch.expected);
                Err(Refusal::new(part, reason))
            }
        }
    }
}

impl SelectItem {
    /// The name by which an answer shows this embed and what it selects, if `name` is its name or its alias.
    fn embed_called(&self, called: &str) -> Option<(&str, &[Self])> {
        match self {
            Self::Embed { alias, relation, select, .. } => {
                let is_it = relation == called || alias.as_deref() == Some(called);
                is_it.then(|| (alias.as_ref().unwrap_or(relation).as_str(), select.as_slice()))
            }
            Self::Spread { relation, select, .. } => {
                (relation == called).then_some((relation.as_str(), select.as_slice()))
            }
            Self::Field { .. } => None,
        }
    }
}

fn names(cursor: &mut Cursor) -> Parsed<Vec<String>> {
    cursor.separated(name, |cursor| cursor.spaced(|cursor| cursor.symbol(',', "a comma")))
}

/// What follows the last dot of a key. Quotes do not hide a dot here, but they do hide a word.
fn last_word(key: &str) -> &str {
    key.rsplit('.').next().unwrap_or(key)
}
