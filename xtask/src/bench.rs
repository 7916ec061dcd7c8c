//! `cargo xtask bench`: our code beside its peers, in one run, as a table of medians and ratios in BENCHMARKS.md.
//!
//! A benchmark group of criterion is one table. In it the function `eventos` is ours and every other function is a
//! peer; criterion's parameter, or what follows a slash in the function's name, makes a row of its own.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::thread;

use anyhow::{Context, Result, bail};
use chrono::Utc;
use clap::builder::PossibleValuesParser;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::progress::{dim, green, red};
use crate::shell::{Shell, cargo, program};
use crate::{install, kotlin, native, npm, python, swift, workspace};

/// What is measured, and what it has to reach.
const GROUPS: &[Group] = &[
    Group {
        name: "query_build",
        source: Source::Criterion("query_build"),
        title: "Build one query",
        goals: &[Goal::TimeAtMost(2.0, "format"), Goal::SpeedAtLeast(5.0, "postgrest")],
    },
    Group {
        name: "decode",
        source: Source::Criterion("decode"),
        title: "Decode 1,000 rows with two embeds",
        goals: &[Goal::SpeedAtLeast(0.9, "serde_json")],
    },
    Group {
        name: "overhead",
        source: Source::Criterion("overhead"),
        title: "One request through the client, 16 connections",
        goals: &[Goal::TimeAtMost(1.05, "reqwest")],
    },
    Group {
        name: "codes",
        source: Source::Criterion("codes"),
        title: "Generate and parse codes",
        goals: &[Goal::PerSecond(5_000_000.0)],
    },
    Group {
        name: "symbol",
        source: Source::Criterion("codes"),
        title: "Draw a QR symbol",
        goals: &[Goal::SpeedAtLeast(7.0, "qrcode")],
    },
    Group {
        name: "check_in",
        source: Source::Criterion("database"),
        title: "Check a ticket in, over HTTP",
        goals: &[Goal::PerSecond(500.0), Goal::Beside("look_up_and_patch")],
    },
    Group {
        name: "orders",
        source: Source::Criterion("database"),
        title: "Place an order for one event, over SQL",
        goals: &[Goal::Beside("unguarded")],
    },
    Group {
        name: "event_stats",
        source: Source::Criterion("database"),
        title: "Statistics of an event of 10,000 tickets",
        goals: &[Goal::PerSecond(200.0)],
    },
    Group {
        name: "web_query_build",
        source: Source::NodeTime,
        title: "Build one query, in Node",
        goals: &[Goal::TimeAtMost(0.5, "postgrest-js")],
    },
    Group {
        name: "web_decode",
        source: Source::NodeTime,
        title: "Decode 1,000 rows with two embeds, in Node",
        goals: &[Goal::SpeedAtLeast(0.7, "JSON.parse")],
    },
    Group {
        name: "web_decode_unchecked",
        source: Source::NodeTime,
        title: "The same by a client that does not look into rows, in Node",
        goals: &[Goal::SpeedAtLeast(0.95, "JSON.parse")],
    },
    Group {
        name: "web_symbol",
        source: Source::NodeTime,
        title: "Draw a QR symbol, in Node",
        goals: &[Goal::SpeedAtLeast(8.0, "qrcode")],
    },
    Group {
        name: "web_start",
        source: Source::NodeTime,
        title: "Load the library, in Node",
        goals: &[Goal::Beside("supabase-js")],
    },
    Group {
        name: "web_size",
        source: Source::NodeSize,
        title: "What a browser loads",
        goals: &[Goal::BytesAtMost(60.0 * 1024.0, "brotli"), Goal::Beside("supabase-js")],
    },
    Group {
        name: "native_size",
        source: Source::NativeSize,
        title: "The native library, stripped",
        goals: &[
            Goal::BytesAtMost(1_500_000.0, "x86_64-unknown-linux-gnu"),
            Goal::BytesAtMost(1_500_000.0, "aarch64-unknown-linux-gnu"),
        ],
    },
    Group {
        name: "python",
        source: Source::Python,
        title: "From Python",
        goals: &[Goal::Beside("json.loads"), Goal::Beside("json.loads into dataclasses")],
    },
    Group {
        name: "kotlin",
        source: Source::Kotlin,
        title: "From Kotlin, on a JVM",
        goals: &[Goal::Beside("kotlinx.serialization")],
    },
    Group { name: "swift", source: Source::Swift, title: "From Swift", goals: &[Goal::Beside("JSONDecoder")] },
];

/// Where the programs for Node are.
const NODE: &str = "eventos-wasm/npm/bench";

/// Our function's name in every group.
const OURS: &str = "eventos";

/// One group of criterion.
struct Group {
    name: &'static str,
    source: Source,
    title: &'static str,
    goals: &'static [Goal],
}

/// Where a group's figures come from.
enum Source {
    /// A bench target of ours, by criterion, in nanoseconds.
    Criterion(&'static str),
    /// A program of the npm package's, which measures in nanoseconds.
    NodeTime,
    /// A program of the npm package's, which measures in bytes.
    NodeSize,
    /// The native library for this machine, in bytes.
    NativeSize,
    /// The Python package's program, with the library that is published, in nanoseconds.
    Python,
    /// The Kotlin package's, on a JVM.
    Kotlin,
    /// The Swift package's.
    Swift,
}

/// What a row has to reach.
enum Goal {
    /// At most so many times the peer's time.
    TimeAtMost(f64, &'static str),
    /// At least so many times the peer's speed.
    SpeedAtLeast(f64, &'static str),
    /// At least so many operations a second.
    PerSecond(f64),
    /// At most so many bytes, in this row alone.
    BytesAtMost(f64, &'static str),
    /// None: the peer is there to be compared with.
    Beside(&'static str),
}

/// Which groups to measure.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// The group to measure; all when none is named.
    #[arg(value_name = "NAME", value_parser = PossibleValuesParser::new(GROUPS.iter().map(|group| group.name)))]
    name: Option<String>,
}

/// Measures, writes the tables, and fails when a goal is missed.
pub(crate) fn run(options: &Options) -> Result<ExitCode> {
    let page = workspace::root().join("BENCHMARKS.md");
    let mut missed = 0;
    for group in GROUPS.iter().filter(|group| options.name.as_deref().is_none_or(|name| name == group.name)) {
        let table = group.measure()?;
        println!("{}\n", table.text);
        missed += table.missed;
        let text = fs::read_to_string(&page).unwrap_or_else(|_| empty_page());
        let block = format!("{}\n{}", table.text, measured_on()?);
        fs::write(&page, with_block(&text, group.name, &block)?)?;
    }
    println!("{}", dim("written to BENCHMARKS.md"));
    if missed > 0 {
        println!("{}", red(&format!("goals missed: {missed}")));
        return Ok(ExitCode::FAILURE);
    }
    println!("{}", green("all goals met"));
    Ok(ExitCode::SUCCESS)
}

impl Group {
    fn measure(&self) -> Result<Table> {
        let mut shell = Shell::open(&format!("bench-{}", self.name))?;
        let measured = match self.source {
            Source::Criterion(target) => self.with_criterion(target, &mut shell),
            Source::NodeTime | Source::NodeSize => self.in_node(&mut shell),
            Source::NativeSize => {
                native::measured(&mut shell).map(|weights| weights.into_iter().map(Measurement::of).collect())
            }
            Source::Python => python::benchmarks(&mut shell).and_then(|printed| lines(&printed)),
            Source::Kotlin => kotlin::benchmarks(&mut shell).and_then(|printed| lines(&printed)),
            Source::Swift => swift::benchmarks(&mut shell).and_then(|printed| lines(&printed)),
        };
        self.table(&shell.close(measured)?)
    }

    fn with_criterion(&self, target: &str, shell: &mut Shell) -> Result<Vec<Measurement>> {
        let folder = workspace::target().join("criterion").join(self.name);
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        let mut bench = cargo("bench --workspace --all-features --bench");
        bench.args([target, "--", &format!("^{}/", self.name)]);
        shell.run(bench)?;
        measurements(&folder)
    }

    fn in_node(&self, shell: &mut Shell) -> Result<Vec<Measurement>> {
        if let Err(missing) = npm::build(shell)? {
            bail!("{}; install it: {}", missing.what, missing.install);
        }
        install::npm_packages(NODE, shell)?;
        let printed = shell.read(program("node", [format!("{NODE}/{}.mjs", self.name).as_str()]))?;
        lines(&printed)
    }

    fn table(&self, measurements: &[Measurement]) -> Result<Table> {
        let mut rows: BTreeMap<&str, BTreeMap<&str, &Measurement>> = BTreeMap::new();
        for measurement in measurements {
            rows.entry(&measurement.row).or_default().insert(&measurement.function, measurement);
        }
        let mut table = Table::new(self.title, self.source.unit());
        for (row, functions) in &rows {
            let Some(ours) = functions.get(OURS) else {
                bail!("the benchmark `{}` has no function `{OURS}` for `{row}`", self.name);
            };
            let judged = self.goals.iter().filter(|goal| goal.is_for(row)).filter_map(|goal| match goal.peer() {
                Some(peer) => Some((goal, Some(*functions.get(peer)?))),
                None => Some((goal, None)),
            });
            let judged: Vec<_> = judged.collect();
            for (goal, peer) in &judged {
                table.judge(row, ours, *peer, goal);
            }
            if judged.is_empty() {
                table.show(row, ours);
            }
        }
        for peer in self.goals.iter().filter_map(Goal::peer) {
            if !rows.values().any(|functions| functions.contains_key(peer)) {
                bail!("the benchmark `{}` has no function `{peer}`", self.name);
            }
        }
        if rows.is_empty() {
            bail!("the benchmark `{}` measured nothing; does its criterion group have the same name?", self.name);
        }
        Ok(table)
    }
}

impl Goal {
    fn peer(&self) -> Option<&'static str> {
        match self {
            Self::TimeAtMost(_, peer) | Self::SpeedAtLeast(_, peer) | Self::Beside(peer) => Some(peer),
            Self::PerSecond(_) | Self::BytesAtMost(..) => None,
        }
    }

    fn is_for(&self, row: &str) -> bool {
        !matches!(self, Self::BytesAtMost(_, only) if *only != row)
    }

    fn in_words(&self) -> String {
        match self {
            Self::TimeAtMost(times, _) => format!("at most {times} × its time"),
            Self::SpeedAtLeast(times, _) => format!("at least {times} × its speed"),
            Self::PerSecond(count) => format!("at least {} a second", thousands(*count)),
            Self::BytesAtMost(bytes, _) => format!("at most {}", size(*bytes)),
            Self::Beside(_) => String::new(),
        }
    }

    /// What was reached, and whether that is enough.
    fn judge(&self, ours: &Measurement, peer: Option<&Measurement>, unit: &Unit) -> (String, bool) {
        let theirs = peer.map_or(f64::NAN, |peer| peer.figure);
        match self {
            Self::TimeAtMost(times, _) => {
                let ratio = ours.figure / theirs;
                (format!("{ratio:.2} × its time"), ratio <= *times)
            }
            Self::SpeedAtLeast(times, _) => {
                let ratio = theirs / ours.figure;
                (format!("{ratio:.2} × its speed"), ratio >= *times)
            }
            Self::PerSecond(count) => {
                let reached = 1e9 / ours.figure;
                (format!("{} a second", thousands(reached)), reached >= *count)
            }
            Self::BytesAtMost(bytes, _) => (size(ours.figure), ours.figure <= *bytes),
            Self::Beside(_) => (format!("{:.2} × its {}", ours.figure / theirs, unit.name), true),
        }
    }
}

/// A group's results as Markdown.
struct Table {
    text: String,
    missed: usize,
    unit: Unit,
}

/// What a table's figures are.
struct Unit {
    name: &'static str,
    show: fn(f64) -> String,
}

impl Source {
    fn unit(&self) -> Unit {
        match self {
            Self::Criterion(_) | Self::NodeTime | Self::Python | Self::Kotlin | Self::Swift => {
                Unit { name: "time", show: time }
            }
            Self::NodeSize | Self::NativeSize => Unit { name: "size", show: size },
        }
    }
}

impl Table {
    fn new(title: &str, unit: Unit) -> Self {
        let text = format!(
            "### {title}\n\n| case | eventos | peer | its {} | result | goal | |\n|---|---:|---|---:|---:|---|---|",
            unit.name
        );
        Self { text, missed: 0, unit }
    }

    /// A row with its goal.
    fn judge(&mut self, row: &str, ours: &Measurement, peer: Option<&Measurement>, goal: &Goal) {
        let (reached, met) = goal.judge(ours, peer, &self.unit);
        self.missed += usize::from(!met);
        let (name, time) = peer.map_or((String::new(), String::new()), |peer| {
            (format!("`{}`", peer.function), (self.unit.show)(peer.figure))
        });
        self.text.push_str(&format!(
            "\n| {row} | {} | {name} | {time} | {reached} | {} | {} |",
            (self.unit.show)(ours.figure),
            goal.in_words(),
            match goal {
                Goal::Beside(_) => "",
                _ if met => "met",
                _ => "**missed**",
            },
        ));
    }

    /// A row that has no peer to be compared with.
    fn show(&mut self, row: &str, ours: &Measurement) {
        self.text.push_str(&format!("\n| {row} | {} | | | | | |", (self.unit.show)(ours.figure)));
    }
}

/// One function's figure: its median time for one operation in nanoseconds, or a size in bytes.
#[derive(Deserialize)]
struct Measurement {
    row: String,
    function: String,
    #[serde(rename = "value")]
    figure: f64,
}

/// Reads what a program printed, a measurement a line.
fn lines(printed: &str) -> Result<Vec<Measurement>> {
    printed.lines().map(|line| Ok(serde_json::from_str(line)?)).collect()
}

/// Reads all that criterion wrote below a group's folder.
fn measurements(folder: &Path) -> Result<Vec<Measurement>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).with_context(|| format!("no results in {}", folder.display()))? {
            let path = entry?.path();
            if path.file_name().is_some_and(|name| name == "new") {
                found.push(Measurement::read(&path)?);
            } else if path.is_dir() {
                folders.push(path);
            }
        }
    }
    Ok(found)
}

impl Measurement {
    /// How large something of ours is.
    fn of((row, bytes): (String, u64)) -> Self {
        Self { row, function: OURS.to_owned(), figure: bytes as f64 }
    }

    fn read(folder: &Path) -> Result<Self> {
        let benchmark: Benchmark = json(folder.join("benchmark.json"))?;
        let estimates: Estimates = json(folder.join("estimates.json"))?;
        let operations = benchmark.throughput.and_then(|throughput| throughput.elements).unwrap_or(1);
        let function = benchmark.function_id.context("a benchmark without a function's name")?;
        let (function, row) = match (function.split_once('/'), benchmark.value_str) {
            (_, Some(value)) => (function, value),
            (Some((function, row)), None) => (function.to_owned(), row.to_owned()),
            (None, None) => (function, "all".to_owned()),
        };
        Ok(Self { row, function, figure: estimates.median.point_estimate / operations as f64 })
    }
}

/// Criterion's `benchmark.json`.
#[derive(Deserialize)]
struct Benchmark {
    function_id: Option<String>,
    value_str: Option<String>,
    throughput: Option<Throughput>,
}

/// How many operations one iteration makes, when the benchmark says so.
#[derive(Deserialize)]
struct Throughput {
    #[serde(rename = "Elements")]
    elements: Option<u64>,
}

/// Criterion's `estimates.json`.
#[derive(Deserialize)]
struct Estimates {
    median: Estimate,
}

#[derive(Deserialize)]
struct Estimate {
    point_estimate: f64,
}

fn json<T: DeserializeOwned>(path: PathBuf) -> Result<T> {
    let text = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    serde_json::from_slice(&text).with_context(|| format!("cannot understand {}", path.display()))
}

fn empty_page() -> String {
    let blocks: String =
        GROUPS.iter().map(|group| format!("\n{}\n{}\n", opening(group.name), closing(group.name))).collect();
    format!(
        "# Benchmarks\n\nMedians of one run, ours and the peers' side by side. Everything between two markers is written by \
         `cargo xtask bench`.\n{blocks}"
    )
}

fn opening(group: &str) -> String {
    format!("<!-- {group}: written by cargo xtask bench {group} -->")
}

fn closing(group: &str) -> String {
    format!("<!-- end of {group} -->")
}

/// The page with a group's block replaced, or added at the end when the page has none.
fn with_block(page: &str, group: &str, block: &str) -> Result<String> {
    let (opening, closing) = (opening(group), closing(group));
    let Some((before, rest)) = page.split_once(&opening) else {
        return Ok(format!("{}\n\n{opening}\n{block}\n{closing}\n", page.trim_end()));
    };
    let (_, after) = rest.split_once(&closing).with_context(|| format!("BENCHMARKS.md lacks the line `{closing}`"))?;
    Ok(format!("{before}{opening}\n{block}\n{closing}{after}"))
}

/// When and where this run was.
fn measured_on() -> Result<String> {
    let cores = thread::available_parallelism()?;
    let rustc = program("rustc", ["--version"]).output()?.stdout;
    let rustc = String::from_utf8_lossy(&rustc);
    let rustc = rustc.split(" (").next().unwrap_or_default();
    let day = Utc::now().format("%-d %B %Y");
    Ok(format!("\nMeasured on {day}: {}, {cores} cores, {rustc}.\n", processor()))
}

fn processor() -> String {
    let linux = fs::read_to_string("/proc/cpuinfo").ok().and_then(|text| {
        let line = text.lines().find(|line| line.starts_with("model name"))?;
        Some(line.split_once(':')?.1.trim().to_owned())
    });
    let apple = || {
        let output = Command::new("sysctl").args(["-n", "machdep.cpu.brand_string"]).output().ok()?;
        Some(String::from_utf8(output.stdout).ok()?.trim().to_owned())
    };
    linux.or_else(apple).filter(|name| !name.is_empty()).unwrap_or_else(|| std::env::consts::ARCH.to_owned())
}

fn time(nanoseconds: f64) -> String {
    match nanoseconds {
        ..1e3 => format!("{nanoseconds:.1} ns"),
        1e3..1e6 => format!("{:.2} µs", nanoseconds / 1e3),
        _ => format!("{:.2} ms", nanoseconds / 1e6),
    }
}

fn size(bytes: f64) -> String {
    format!("{:.1} KB", bytes / 1024.0)
}

/// A whole number with commas: `5,000,000`.
fn thousands(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUERY: Group = Group {
        name: "query_build",
        source: Source::Criterion("query_build"),
        title: "Build",
        goals: &[Goal::TimeAtMost(2.0, "format")],
    };

    fn measured(function: &str, figure: f64) -> Measurement {
        Measurement { row: "listing".into(), function: function.into(), figure }
    }

    #[test]
    fn a_goal_that_is_met_says_so() {
        let table = QUERY.table(&[measured("eventos", 1500.0), measured("format", 1000.0)]).unwrap();
        assert!(
            table
                .text
                .ends_with("| listing | 1.50 µs | `format` | 1.00 µs | 1.50 × its time | at most 2 × its time | met |")
        );
        assert_eq!(table.missed, 0);
    }

    #[test]
    fn a_goal_that_is_missed_is_counted() {
        let table = QUERY.table(&[measured("eventos", 2001.0), measured("format", 1000.0)]).unwrap();
        assert_eq!(table.missed, 1);
    }

    #[test]
    fn a_goal_without_its_peer_is_an_error() {
        let error = QUERY.table(&[measured("eventos", 1.0)]).err().unwrap();
        assert_eq!(error.to_string(), "the benchmark `query_build` has no function `format`");
    }

    #[test]
    fn speed_and_count_goals_are_judged_the_right_way_round() {
        let (ours, peer) = (measured("eventos", 100.0), measured("postgrest", 450.0));
        let time = Source::NodeTime.unit();
        let speed = Goal::SpeedAtLeast(5.0, "postgrest").judge(&ours, Some(&peer), &time);
        assert_eq!(speed, ("4.50 × its speed".into(), false));
        assert_eq!(Goal::PerSecond(5e6).judge(&ours, None, &time), ("10,000,000 a second".into(), true));
    }

    #[test]
    fn a_size_has_a_goal_in_its_row_alone() {
        let size = Group { source: Source::NodeSize, goals: &[Goal::BytesAtMost(2048.0, "brotli")], ..QUERY };
        let row = |row: &str, figure| Measurement { row: row.into(), function: "eventos".into(), figure };
        let table = size.table(&[row("brotli", 3072.0), row("raw", 9216.0)]).unwrap();
        assert!(
            table.text.contains("| brotli | 3.0 KB |  |  | 3.0 KB | at most 2.0 KB | **missed** |"),
            "{}",
            table.text
        );
        assert!(table.text.ends_with("| raw | 9.0 KB | | | | | |"));
        assert_eq!(table.missed, 1);
    }

    #[test]
    fn a_block_is_replaced_and_the_rest_of_the_page_stays() {
        let page = with_block(&empty_page(), "codes", "first").unwrap();
        let page = with_block(&page, "decode", "other").unwrap();
        let page = with_block(&page, "codes", "second").unwrap();
        assert!(page.contains("bench codes -->\nsecond\n<!-- end of codes -->"));
        assert!(page.contains("other") && !page.contains("first"));
    }
}
