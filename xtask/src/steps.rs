//! Named steps: run in order, each timed, with a summary that says what to do next.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::Result;

use crate::progress::{self, dim, duration, green, red, yellow};
use crate::shell::{self, Shell};
use crate::workspace;

/// The exit code of a run in which nothing failed and something was skipped.
const INCOMPLETE: u8 = 3;

/// One thing to check.
pub(crate) struct Step<Settings: 'static> {
    /// What it is called on the command line.
    pub(crate) name: &'static str,
    /// What it holds, in one line.
    pub(crate) about: &'static str,
    /// Does it.
    pub(crate) run: fn(&Settings, &mut Shell) -> Result<Outcome>,
}

/// How a step that did not fail ended.
pub(crate) enum Outcome {
    /// It holds.
    Passed,
    /// Something that only the person can install is missing.
    Skipped(Missing),
}

/// Something that this machine lacks.
pub(crate) struct Missing {
    /// What, in words.
    pub(crate) what: String,
    /// The command that installs it.
    pub(crate) install: String,
}

/// How strict a run is.
pub(crate) struct Rules {
    /// Run the remaining steps after one failed.
    pub(crate) keep_going: bool,
    /// Count a skipped step as failed.
    pub(crate) skip_fails: bool,
}

/// Runs the steps in order and prints how each went; the last line counts them.
pub(crate) fn run<Settings>(steps: &[&Step<Settings>], settings: &Settings, rules: &Rules) -> Result<ExitCode> {
    let started = Instant::now();
    let mut tally = Tally::default();
    let mut waiting = steps.iter();
    for step in waiting.by_ref() {
        tally.count(run_one(step, settings)?, rules);
        if tally.failed > 0 && !rules.keep_going {
            break;
        }
    }
    println!();
    let not_run: Vec<&str> = waiting.map(|step| step.name).collect();
    if !not_run.is_empty() {
        println!("Not run: {}. To run them all the same: --keep-going", not_run.join(", "));
    }
    if tally.skipped > 0 {
        println!("{}", yellow("Incomplete: install what is named above, then run the skipped steps again."));
    }
    println!("{}", dim(&format!("{} in all", duration(started.elapsed()))));
    println!("{}", tally.line());
    Ok(tally.exit_code())
}

enum Ending {
    Passed,
    Failed,
    Skipped,
}

fn run_one<Settings>(step: &Step<Settings>, settings: &Settings) -> Result<Ending> {
    let (name, started) = (step.name, Instant::now());
    if !progress::is_terminal() {
        println!("  ▸ {name}: {}", step.about);
    }
    let mut shell = Shell::open(name)?;
    let log = shell.log_path().to_owned();
    let result = (step.run)(settings, &mut shell);
    drop(shell);

    let time = started.elapsed();
    Ok(match result {
        Ok(Outcome::Passed) => {
            report(&green("✓"), name, time, "");
            Ending::Passed
        }
        Ok(Outcome::Skipped(missing)) => {
            report(&yellow("–"), name, time, &yellow(&format!("skipped: {}", missing.what)));
            println!("      install it: {}", missing.install);
            println!("      then run:   cargo xtask test {name}");
            Ending::Skipped
        }
        Err(error) => {
            report(&red("✗"), name, time, &red("failed"));
            print!("{}", shell::account_of_failure(&log));
            println!("      {}", red(&format!("{error:#}")));
            println!("      whole log:  {}", workspace::shown(&log));
            println!("      run again:  cargo xtask test {name}");
            Ending::Failed
        }
    })
}

fn report(mark: &str, name: &str, time: Duration, note: &str) {
    println!("{}", format!("  {mark} {name:<14} {:>11}  {note}", duration(time)).trim_end());
}

#[derive(Default)]
struct Tally {
    passed: usize,
    failed: usize,
    skipped: usize,
}

impl Tally {
    fn count(&mut self, ending: Ending, rules: &Rules) {
        match ending {
            Ending::Passed => self.passed += 1,
            Ending::Skipped if !rules.skip_fails => self.skipped += 1,
            Ending::Skipped | Ending::Failed => self.failed += 1,
        }
    }

    fn line(&self) -> String {
        let counted = format!("{} passed, {} failed", self.passed, self.failed);
        if self.skipped == 0 { counted } else { format!("{counted}, {} skipped", self.skipped) }
    }

    fn exit_code(&self) -> ExitCode {
        match self {
            Self { failed: 1.., .. } => ExitCode::FAILURE,
            Self { skipped: 1.., .. } => ExitCode::from(INCOMPLETE),
            _ => ExitCode::SUCCESS,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CI: Rules = Rules { keep_going: true, skip_fails: true };
    const PERSON: Rules = Rules { keep_going: false, skip_fails: false };

    fn tally(endings: impl IntoIterator<Item = Ending>, rules: &Rules) -> Tally {
        let mut tally = Tally::default();
        endings.into_iter().for_each(|ending| tally.count(ending, rules));
        tally
    }

    #[test]
    fn a_run_in_which_all_passed_succeeds() {
        let tally = tally([Ending::Passed, Ending::Passed], &PERSON);
        assert_eq!(tally.line(), "2 passed, 0 failed");
        assert_eq!(tally.exit_code(), ExitCode::SUCCESS);
    }

    #[test]
    fn a_skip_makes_a_person_s_run_incomplete() {
        let tally = tally([Ending::Passed, Ending::Skipped], &PERSON);
        assert_eq!(tally.line(), "1 passed, 0 failed, 1 skipped");
        assert_eq!(tally.exit_code(), ExitCode::from(INCOMPLETE));
    }

    #[test]
    fn a_skip_in_ci_is_a_failure() {
        let tally = tally([Ending::Passed, Ending::Skipped], &CI);
        assert_eq!(tally.line(), "1 passed, 1 failed");
        assert_eq!(tally.exit_code(), ExitCode::FAILURE);
    }

    #[test]
    fn a_failure_outweighs_a_skip() {
        let tally = tally([Ending::Failed, Ending::Skipped], &PERSON);
        assert_eq!(tally.exit_code(), ExitCode::FAILURE);
    }
}
