//! Plays every scenario of `tests/scenarios/`, each as a test of its own name, and proves that each can fail.
//!
//! `cargo test -p eventos-tests --test scenarios query/` plays those of one kind; add `-- --list` to see them all.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]

mod calls;
mod compare;
mod format;
mod live;
mod play;

use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use boon::{Compiler, Schemas};
use libtest_mimic::{Arguments, Failed, Trial};
use serde_json::Value;

use crate::format::{Callers, Found};

fn main() -> ExitCode {
    let callers = Arc::new(format::callers().unwrap());
    let all = format::all().unwrap_or_else(|problem| panic!("{problem:#}"));
    let unplayed = unplayed_calls(&all);
    let mut trials = vec![
        Trial::test("every file follows the schema", every_file_follows_the_schema),
        Trial::test("every call is played", move || report(unplayed)),
    ];
    for found in all {
        trials.extend(trials_of(found, &callers));
    }
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

/// A scenario is played, and again with each of its expectations changed, when it must fail.
fn trials_of(found: Found, callers: &Arc<Callers>) -> Vec<Trial> {
    let found = Arc::new(found);
    let trial = |name: String, run: fn(&Found, &Callers) -> Result<(), Failed>| {
        let (found, callers) = (found.clone(), callers.clone());
        Trial::test(name, move || run(&found, &callers))
    };
    let name = found.name.clone();
    if found.kind == "live" {
        return vec![trial(name, is_told)];
    }
    vec![trial(name.clone(), is_met), trial(format!("{name} (can fail)"), can_fail)]
}

fn is_met(found: &Found, callers: &Callers) -> Result<(), Failed> {
    report(block_on(play::play(&found.json, &found.input, callers)))
}

fn is_told(found: &Found, _: &Callers) -> Result<(), Failed> {
    report(block_on(live::play(&found.json)))
}

fn can_fail(found: &Found, callers: &Callers) -> Result<(), Failed> {
    let mut accepted = Vec::new();
    for (place, mutant) in expectations_changed(&found.json) {
        if block_on(play::play(&mutant, &found.input, callers)).is_ok_and(|differences| differences.is_empty()) {
            accepted.push(format!("another {place} would be accepted as well"));
        }
    }
    report(Ok(accepted))
}

/// Copies of a scenario that expect something else: another leaf, an exchange less.
fn expectations_changed(json: &Value) -> Vec<(String, Value)> {
    let mut places = vec!["/result".to_owned(), "/error".to_owned(), "/pauses_ms".to_owned()];
    let exchanges = json["exchanges"].as_array().map_or(0, Vec::len);
    places.extend((0..exchanges).map(|index| format!("/exchanges/{index}/request")));
    let mut changed = Vec::new();
    for place in places {
        let Some(part) = json.pointer(&place) else { continue };
        for (below, mutant) in compare::mutants(part) {
            let mut copy = json.clone();
            *copy.pointer_mut(&place).unwrap() = mutant;
            changed.push((format!("{place}{below}"), copy));
        }
    }
    if exchanges > 0 {
        let mut copy = json.clone();
        copy["exchanges"].as_array_mut().unwrap().pop();
        changed.push(("number of exchanges".to_owned(), copy));
    }
    changed
}

fn every_file_follows_the_schema() -> Result<(), Failed> {
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    let schema = format::folder().join("scenario.schema.json");
    let schema = schema.to_str().unwrap();
    let file = compiler.compile(schema, &mut schemas)?;
    let callers = compiler.compile(&format!("{schema}#/$defs/callers"), &mut schemas)?;
    let mut wrong = Vec::new();
    for (path, schema) in
        format::files()?.into_iter().map(|path| (path, file)).chain([(format::folder().join("callers.json"), callers)])
    {
        if let Err(problem) = schemas.validate(&format::read(&path)?, schema) {
            wrong.push(format!("{}: {problem:#}", format::relative(&path)?));
        }
    }
    report(Ok(wrong))
}

/// Calls that the schema names and no scenario makes.
fn unplayed_calls(all: &[Found]) -> anyhow::Result<Vec<String>> {
    let schema = format::read(&format::folder().join("scenario.schema.json"))?;
    let calls = schema["$defs"]["call"]["enum"].as_array().context("the schema names no calls")?;
    let is_played = |call: &Value| all.iter().any(|found| found.json["call"] == *call);
    Ok(calls.iter().filter(|call| !is_played(call)).map(|call| format!("no scenario plays {call}")).collect())
}

fn report(outcome: anyhow::Result<Vec<String>>) -> Result<(), Failed> {
    match outcome {
        Ok(lines) if lines.is_empty() => Ok(()),
        Ok(lines) => Err(Failed::from(lines.join("\n    "))),
        Err(problem) => Err(Failed::from(format!("{problem:#}"))),
    }
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}
