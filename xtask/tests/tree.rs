//! Reads the tree and holds its rules: who may depend on whom, in which order it is read, and what never goes into git.
#![allow(clippy::unwrap_used, reason = "a tree that cannot be read fails the test")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The core's modules, each knowing only those before it. Add a new module where it belongs.
const LAYERS: [&str; 11] =
    ["error", "json", "codes", "schema", "query", "wire", "host", "auth", "client", "flows", "door"];

/// What our crates may depend on among themselves, outside of tests.
const ALLOWED: [(&str, &[&str]); 4] = [
    ("eventos-core", &["eventos-derive"]),
    ("eventos-derive", &[]),
    ("eventos-wasm", &["eventos-core"]),
    ("eventos-ffi", &["eventos-core"]),
];

const LARGEST_FILE: u64 = 1_000_000;

/// Names that tell nothing.
const EMPTY_NAMES: [&str; 6] = ["util", "utils", "helper", "helpers", "misc", "common"];

/// Beginnings of paths that exist on one machine only, in two halves so that this file does not contain them.
const PRIVATE_PATHS: [(&str, &str); 5] =
    [("/ho", "me/"), ("/Us", "ers/"), ("/ro", "ot/"), ("/wo", "rk/"), (r"C:\Us", r"ers\")];

#[test]
fn no_module_of_the_core_depends_on_one_above_it() {
    let core = Core::read();
    let found: Vec<String> = core.files.iter().flat_map(|file| core.upward_paths(file)).collect();
    assert!(found.is_empty(), "dependencies point upward, or nowhere:\n{}", found.join("\n"));
}

#[test]
fn the_core_lists_its_modules_in_reading_order() {
    let listed = modules(&code_of(&root().join("eventos-core/src/lib.rs")));
    let reading_order = LAYERS.iter().skip(1).chain(LAYERS.first());
    let expected: Vec<&str> = reading_order.copied().filter(|layer| listed.iter().any(|name| name == layer)).collect();
    assert_eq!(listed, expected, "eventos-core/src/lib.rs: modules go in reading order, each named in LAYERS");
}

#[test]
fn crates_depend_on_each_other_only_as_allowed() {
    let mut metadata = Command::new("cargo");
    let printed = output(metadata.args(["metadata", "--no-deps", "--format-version", "1"]).current_dir(root()));
    let metadata: serde_json::Value = serde_json::from_str(&printed).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let ours: Vec<&str> = packages.iter().map(|package| package["name"].as_str().unwrap()).collect();
    for package in packages {
        let name = package["name"].as_str().unwrap();
        let Some((_, allowed)) = ALLOWED.iter().find(|(crate_name, _)| *crate_name == name) else {
            continue;
        };
        for dependency in package["dependencies"].as_array().unwrap() {
            let other = dependency["name"].as_str().unwrap();
            let is_for_tests = dependency["kind"] == "dev";
            assert!(
                is_for_tests || !ours.contains(&other) || allowed.contains(&other),
                "{name} depends on {other}; it may depend on {allowed:?} only"
            );
        }
    }
}

#[test]
fn no_file_or_folder_has_an_empty_name() {
    for file in tracked() {
        let empty = file.iter().find(|part| {
            let stem = Path::new(part).file_stem().unwrap_or(part);
            EMPTY_NAMES.iter().any(|name| stem == *name)
        });
        assert_eq!(empty, None, "{}: name what it tells", file.display());
    }
}

#[test]
fn every_file_is_small() {
    for file in tracked() {
        let size = fs::metadata(root().join(&file)).unwrap().len();
        assert!(size < LARGEST_FILE, "{} has {size} bytes; keep files under {LARGEST_FILE}", file.display());
    }
}

#[test]
fn npm_lock_files_name_no_registry() {
    for file in tracked().iter().filter(|file| file.ends_with("package-lock.json")) {
        let text = fs::read_to_string(root().join(file)).unwrap();
        assert!(
            !text.contains("\"resolved\": \"http"),
            "{}: run `npm install --package-lock-only --omit-lockfile-registry-resolved` in its folder",
            file.display()
        );
    }
}

#[test]
fn no_file_names_a_path_of_one_machine() {
    for file in tracked() {
        let Ok(text) = fs::read_to_string(root().join(&file)) else {
            continue;
        };
        for (number, line) in text.lines().enumerate() {
            let found = private_path(line);
            assert_eq!(found, None, "{}:{}: a path that only one machine has", file.display(), number + 1);
        }
    }
}

/// The core's source, and where the names at its root come from.
struct Core {
    files: Vec<SourceFile>,
    layer_of: BTreeMap<String, String>,
}

struct SourceFile {
    path: PathBuf,
    layer: String,
    code: String,
}

impl Core {
    fn read() -> Self {
        let source = root().join("eventos-core/src");
        let mut files = Vec::new();
        let mut folders = vec![source.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|extension| extension == "rs") {
                    let layer = path.strip_prefix(&source).unwrap().with_extension("");
                    let layer = layer.iter().next().unwrap().to_str().unwrap().to_owned();
                    files.push(SourceFile { code: code_of(&path), path, layer });
                }
            }
        }
        let (roots, files): (Vec<_>, Vec<_>) = files.into_iter().partition(|file| file.layer == "lib");
        Self::new(&roots.first().unwrap().code, files)
    }

    fn new(lib: &str, files: Vec<SourceFile>) -> Self {
        let mut layer_of = BTreeMap::new();
        for layer in LAYERS {
            layer_of.insert(layer.to_owned(), layer.to_owned());
        }
        for export in lib.split("pub use ").skip(1).filter_map(|rest| rest.split(';').next()) {
            let mut words = export.split(|character| !is_word(character)).filter(|word| *word != "crate");
            let source = words.next().unwrap_or_default();
            for name in words.filter(|_| LAYERS.contains(&source)) {
                layer_of.entry(name.to_owned()).or_insert(source.to_owned());
            }
        }
        for file in &files {
            layer_of.extend(macros(&file.code).map(|name| (format!("{name}!"), file.layer.clone())));
        }
        Self { files, layer_of }
    }

    /// The paths in a file that lead to a module above its own, or to one that cannot be told.
    fn upward_paths(&self, file: &SourceFile) -> Vec<String> {
        let height = |layer: &str| LAYERS.iter().position(|known| *known == layer);
        let Some(own) = height(&file.layer) else {
            return vec![format!("{}: add `{}` to LAYERS in xtask/tests/tree.rs", file.path.display(), file.layer)];
        };
        let from_root = ["crate", "eventos_core"].into_iter().flat_map(|start| paths_below(&file.code, start));
        let wrong = from_root.filter_map(|name| {
            let target = self.layer_of.get(&name).and_then(|layer| height(layer));
            match target {
                Some(target) if target <= own => None,
                Some(_) => Some(format!("{}: `{}` must not know `{name}`", file.path.display(), file.layer)),
                None => Some(format!("{}: write `crate::{name}` with its module", file.path.display())),
            }
        });
        // Other layers are named from the root: a way there through `super` would escape this reading.
        let around = paths_below(&file.code, "super").into_iter().filter_map(|name| {
            let target = height(&name)?;
            (target > own).then(|| format!("{}: `{}` must not know `super::{name}`", file.path.display(), file.layer))
        });
        wrong.chain(around).collect()
    }
}

/// The first names after `start::`, for `start::a`, and for each in `start::{a, b::c}`.
fn paths_below(code: &str, start: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut rest = code;
    while let Some(at) = rest.find(start) {
        let is_whole_word = !rest.get(..at).unwrap().ends_with(is_word);
        rest = rest.get(at + start.len()..).unwrap();
        let Some(path) = rest.trim_start().strip_prefix("::").filter(|_| is_whole_word) else {
            continue;
        };
        match path.trim_start().strip_prefix('{') {
            Some(group) => names.extend(heads_of_group(group)),
            None => names.push(head(path)),
        }
    }
    names
}

/// The first name of each path in `a, b::c, d::{e, f}}`, up to the brace that closes the group.
fn heads_of_group(group: &str) -> Vec<String> {
    let (mut depth, mut items) = (0, vec![String::new()]);
    for character in group.chars() {
        match character {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => items.push(String::new()),
            _ if depth == 0 => items.last_mut().unwrap().push(character),
            _ => {}
        }
    }
    items.iter().map(|item| head(item)).filter(|name| !name.is_empty()).collect()
}

/// The first name of a path; that of a macro's call ends in `!`.
fn head(path: &str) -> String {
    let path = path.trim_start();
    let end = path.find(|character| !is_word(character)).unwrap_or(path.len());
    let (name, rest) = path.split_at(end);
    if rest.starts_with('!') { format!("{name}!") } else { name.to_owned() }
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

/// The names of the modules that have a file of their own, in the order in which they are declared.
fn modules(code: &str) -> Vec<String> {
    let declared = code.lines().map(|line| line.trim().trim_start_matches("pub ").trim_start_matches("pub(crate) "));
    declared.filter_map(|line| line.strip_prefix("mod ")?.strip_suffix(';')).map(head).collect()
}

/// The names of the macros that a file defines.
fn macros(code: &str) -> impl Iterator<Item = &str> {
    let defined = code.split("macro_rules!").skip(1);
    defined.filter_map(|rest| rest.trim_start().split(|character| !is_word(character)).next())
}

fn code_of(path: &Path) -> String {
    without_comments_and_text(&fs::read_to_string(path).unwrap())
}

/// Rust source without its comments and without what stands in its string literals.
fn without_comments_and_text(source: &str) -> String {
    let mut code = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(character) = rest.chars().next() {
        let skipped = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            block_comment(rest)
        } else if let Some(length) = raw_string(rest).filter(|_| !code.ends_with(is_word)) {
            length
        } else if character == '"' {
            string(rest)
        } else if rest.starts_with("'\"'") {
            3
        } else {
            code.push(character);
            rest = rest.get(character.len_utf8()..).unwrap();
            continue;
        };
        rest = rest.get(skipped..).unwrap();
    }
    code
}

fn block_comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while let Some(here) = rest.get(at..).filter(|here| !here.is_empty()) {
        if here.starts_with("/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if here.starts_with("*/") {
            (depth, at) = (depth - 1, at + 2);
            if depth == 0 {
                return at;
            }
        } else {
            at += here.chars().next().unwrap().len_utf8();
        }
    }
    rest.len()
}

fn string(rest: &str) -> usize {
    let mut escaped = false;
    for (at, character) in rest.char_indices().skip(1) {
        match character {
            '"' if !escaped => return at + 1,
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    rest.len()
}

fn raw_string(rest: &str) -> Option<usize> {
    let hashes = rest.strip_prefix("br").or_else(|| rest.strip_prefix('r'))?;
    let count = hashes.len() - hashes.trim_start_matches('#').len();
    let text = hashes.get(count..)?.strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(count));
    let length = text.find(&end).map_or(text.len(), |at| at + end.len());
    Some(rest.len() - text.len() + length)
}

/// The path in a line that names a folder of one machine.
fn private_path(line: &str) -> Option<&str> {
    PRIVATE_PATHS.iter().find_map(|(first, second)| {
        let at = line.find(&format!("{first}{second}"))?;
        let is_path_s_beginning = !line.get(..at)?.ends_with(|before| is_word(before) || "./-+}$~>".contains(before));
        is_path_s_beginning.then(|| line.get(at..)).flatten()
    })
}

/// The files in git that are there.
fn tracked() -> Vec<PathBuf> {
    let printed = output(Command::new("git").args(["ls-files", "-z"]).current_dir(root()));
    let files = printed.split('\0').filter(|name| !name.is_empty()).map(PathBuf::from);
    files.filter(|file| root().join(file).is_file()).collect()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

fn output(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?} failed: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The reading itself can fail: small sources that break the rules are caught.
mod the_reading {
    use super::*;

    fn upward(layer: &str, source: &str) -> Vec<String> {
        let code = without_comments_and_text(source);
        let file = SourceFile { path: "file.rs".into(), layer: layer.into(), code };
        let client = SourceFile {
            path: "client.rs".into(),
            layer: "client".into(),
            code: "macro_rules! handle { () => {} } macro_rules! codes { () => {} }".into(),
        };
        Core::new("pub use client::{Eventos, config::Config as Settings}; pub use error::Error;", vec![client])
            .upward_paths(&file)
    }

    #[test]
    fn finds_an_upward_path_however_it_is_written() {
        for source in [
            "use crate::wire::Request;",
            "use crate::{error::Error, wire};",
            "use crate::{error::{Error, Kind}, wire};",
            "fn f() { crate::flows::buy() }",
            "macro_rules! table { () => { $crate::client::Table } }",
            "use crate::Eventos;",
            "use crate::Settings;",
            "crate::handle!();",
            "crate::codes!();",
            "use super::super::host;",
            "use eventos_core::auth::Token;",
            r#"const A: &str = "\""; use crate::wire::X;"#,
            "const A: &str = r\"\\\"; use crate::wire::X;",
            "const A: char = '\"'; use crate::wire::X;",
        ] {
            assert_eq!(upward("query", source).len(), 1, "{source}");
        }
    }

    #[test]
    fn allows_what_points_down_and_what_only_talks() {
        for source in [
            "use crate::{codes::Slug, error::Error, query::filter, schema};",
            "use crate::Error;",
            "use super::wires; use super::filter;",
            "// crate::wire\n/* crate::wire /* */ crate::wire */",
            r###"const A: &str = "crate::wire"; const B: &str = r#"" crate::wire"#;"###,
        ] {
            assert_eq!(upward("query", source), [""; 0], "{source}");
        }
    }

    #[test]
    fn refuses_a_module_and_a_name_that_it_does_not_know() {
        assert_eq!(upward("news", "").len(), 1);
        assert_eq!(upward("query", "use crate::Unknown;").len(), 1);
    }

    #[test]
    fn lists_modules_in_order() {
        assert_eq!(
            modules("#[macro_use]\npub mod schema;\nmod codes;\npub(crate) mod wire;\nmod inline {"),
            ["schema", "codes", "wire"]
        );
    }

    #[test]
    fn knows_a_private_path_from_an_ordinary_one() {
        let (first, second) = PRIVATE_PATHS[0];
        assert!(private_path(&format!("see {first}{second}ada/notes")).is_some());
        assert!(private_path(&format!("see docs{first}{second}page")).is_none());
    }
}
