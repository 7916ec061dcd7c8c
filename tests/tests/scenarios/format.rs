//! The files of `tests/scenarios/` as its README describes them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

/// The kinds of scenario, each a folder.
pub(crate) const KINDS: [&str; 5] = ["query", "code", "error", "flow", "live"];

/// Files that hold no scenarios.
const BESIDES: [&str; 2] = ["callers.json", "scenario.schema.json"];

/// A scenario as it stands in its file, with the name under which it is reported.
pub(crate) struct Found {
    pub(crate) kind: String,
    /// `query/filters: finds by equality`.
    pub(crate) name: String,
    pub(crate) json: Value,
    /// The input as it is written, because a selection's columns keep their order.
    pub(crate) input: String,
}

/// A file of scenarios.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "$schema")]
    _schema: String,
    #[serde(rename = "about")]
    _about: String,
    scenarios: Vec<Box<RawValue>>,
}

#[derive(Deserialize)]
struct AsWritten<'a> {
    #[serde(borrow)]
    input: Option<&'a RawValue>,
}

/// A call of one client to a server that answers as told.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Scenario {
    #[serde(rename = "name")]
    _name: String,
    #[serde(rename = "note")]
    _note: Option<String>,
    #[serde(default, rename = "as")]
    pub(crate) caller: CallerName,
    #[serde(default)]
    pub(crate) client: ClientSettings,
    pub(crate) now: Option<String>,
    pub(crate) call: String,
    pub(crate) input: Value,
    #[serde(default)]
    pub(crate) exchanges: Vec<Exchange>,
    #[serde(default)]
    pub(crate) pauses_ms: Vec<u64>,
    #[serde(default, deserialize_with = "present")]
    pub(crate) result: Option<Value>,
    pub(crate) error: Option<Map<String, Value>>,
}

/// Who calls: one of `callers.json`.
#[derive(Deserialize, Clone)]
#[serde(transparent)]
pub(crate) struct CallerName(pub(crate) String);

impl Default for CallerName {
    fn default() -> Self {
        Self("visitor".to_owned())
    }
}

/// Settings of the client that are not as in `callers.json`.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(crate) struct ClientSettings {
    pub(crate) url: Option<String>,
    pub(crate) key: Option<String>,
    pub(crate) token: Option<String>,
    pub(crate) schema: Option<String>,
    pub(crate) max_rows: Option<u64>,
    pub(crate) tries: Option<u32>,
}

/// A request that the call must send, and what comes back.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Exchange {
    pub(crate) request: Request,
    pub(crate) response: Option<Response>,
    pub(crate) fault: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) path: String,
    #[serde(default)]
    pub(crate) query: Vec<[String; 2]>,
    #[serde(default)]
    pub(crate) headers: BTreeMap<String, String>,
    #[serde(default, deserialize_with = "present")]
    pub(crate) body: Option<Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Response {
    #[serde(default = "ok")]
    pub(crate) status: u16,
    #[serde(default)]
    pub(crate) headers: BTreeMap<String, String>,
    #[serde(default, deserialize_with = "present")]
    pub(crate) body: Option<Value>,
    pub(crate) text: Option<String>,
    pub(crate) repeat: Option<usize>,
}

/// A story played against a real server.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Story {
    #[serde(rename = "name")]
    _name: String,
    #[serde(rename = "note")]
    _note: Option<String>,
    #[serde(default)]
    pub(crate) fresh: Vec<String>,
    pub(crate) steps: Vec<Step>,
    #[serde(default)]
    pub(crate) cleanup: Vec<Step>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Step {
    pub(crate) name: String,
    #[serde(default, rename = "as")]
    pub(crate) caller: CallerName,
    pub(crate) call: String,
    pub(crate) input: Value,
    #[serde(default, deserialize_with = "present")]
    pub(crate) result: Option<Value>,
    pub(crate) error: Option<Map<String, Value>>,
    #[serde(default)]
    pub(crate) save: BTreeMap<String, String>,
}

/// Who can call, and what holds for every scenario that does not say otherwise.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Callers {
    #[serde(rename = "$schema")]
    _schema: String,
    #[serde(rename = "about")]
    _about: String,
    pub(crate) url: String,
    pub(crate) now: String,
    pub(crate) callers: BTreeMap<String, Credentials>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Credentials {
    pub(crate) key: String,
    pub(crate) token: Option<String>,
    #[serde(rename = "id")]
    _id: Option<String>,
    #[serde(rename = "email")]
    _email: Option<String>,
}

/// `tests/scenarios/`.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios")
}

pub(crate) fn callers() -> Result<Callers> {
    Ok(serde_json::from_value(read(&folder().join("callers.json"))?)?)
}

/// Every scenario of every file; fails where a file holds none, or two scenarios have one name.
pub(crate) fn all() -> Result<Vec<Found>> {
    let mut all = Vec::new();
    for path in files()? {
        let relative = relative(&path)?;
        let (kind, topic) = relative.split_once('/').with_context(|| format!("{relative} is in no kind's folder"))?;
        ensure!(KINDS.contains(&kind), "{relative}: {kind} is no kind of scenario: {}", KINDS.join(", "));
        let text = fs::read_to_string(&path)?;
        let file: File = serde_json::from_str(&text).with_context(|| relative.clone())?;
        ensure!(!file.scenarios.is_empty(), "{relative} holds no scenario");
        for written in file.scenarios {
            let json: Value = serde_json::from_str(written.get())?;
            let AsWritten { input } = serde_json::from_str(written.get())?;
            let input = input.map_or_else(String::new, |input| input.get().to_owned());
            let name = json["name"].as_str().with_context(|| format!("{relative}: a scenario has no name"))?;
            let name = format!("{kind}/{}: {name}", topic.trim_end_matches(".json"));
            ensure!(all.iter().all(|found: &Found| found.name != name), "two scenarios are called {name}");
            all.push(Found { kind: kind.to_owned(), name, json, input });
        }
    }
    Ok(all)
}

/// The JSON files that hold scenarios, in a stable order.
pub(crate) fn files() -> Result<Vec<PathBuf>> {
    let mut open = vec![folder()];
    let mut files = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))? {
            let path = entry?.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "json")
                && !BESIDES.contains(&relative(&path)?.as_str())
            {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

pub(crate) fn read(path: &Path) -> Result<Value> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} is no JSON", path.display()))
}

pub(crate) fn relative(path: &Path) -> Result<String> {
    Ok(path.strip_prefix(folder())?.to_string_lossy().replace('\\', "/"))
}

fn ok() -> u16 {
    200
}

/// Tells a null that is there from a field that is not.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}
