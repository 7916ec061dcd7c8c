//! Running other programs for a step: what they print goes to the step's log, and is shown when they fail.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write, pipe};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::progress::{self, Latest, Progress};
use crate::workspace;

/// How long a finished program's children may keep its output open.
const LINGER: Duration = Duration::from_secs(5);

/// How much of a failure's log is printed; the rest stays in the file.
const SHOWN_LINES: usize = 60;

/// Runs programs in the workspace's root on behalf of one step.
pub(crate) struct Shell {
    log: Arc<File>,
    log_path: PathBuf,
    progress: Progress,
}

impl Shell {
    /// Opens the step's log and starts to show its progress.
    pub(crate) fn open(step: &str) -> Result<Self> {
        let log_path = workspace::log(step)?;
        let log = File::create(&log_path).with_context(|| format!("cannot write {}", log_path.display()))?;
        Ok(Self { log: Arc::new(log), log_path, progress: Progress::start(step) })
    }

    /// Where everything printed is kept.
    pub(crate) fn log_path(&self) -> &Path {
        &self.log_path
    }

    /// Tells the person watching, and the log, what happens now.
    pub(crate) fn note(&mut self, text: &str) -> Result<()> {
        self.progress.latest().set(text);
        writeln!(&*self.log, "{text}")?;
        Ok(())
    }

    /// Passes lines on to the progress and the log, for what reports from another thread.
    pub(crate) fn listener(&self) -> impl Fn(&str) + Send + Sync + use<> {
        let (latest, log) = (self.progress.latest(), Arc::clone(&self.log));
        move |line| {
            latest.set(line);
            let _ = writeln!(&*log, "{line}");
        }
    }

    /// Runs a program to its end; an exit code other than 0 is an error.
    pub(crate) fn run(&mut self, mut command: Command) -> Result<()> {
        let shown = shown(&command);
        self.note(&format!("$ {shown}"))?;
        let (output, input) = pipe()?;
        if command.get_current_dir().is_none() {
            command.current_dir(workspace::root());
        }
        command
            .env("CARGO_TERM_COLOR", if progress::is_coloured() { "always" } else { "never" })
            .env("CARGO_TERM_PROGRESS_WHEN", "never")
            .stdin(Stdio::null())
            .stdout(input.try_clone()?)
            .stderr(input);
        let mut child = command.spawn().with_context(|| format!("cannot run `{shown}`"))?;
        // The command holds the writing ends: without this the reader would never see the end.
        drop(command);

        let copied = copy(output, Arc::clone(&self.log), self.progress.latest());
        let status = child.wait()?;
        let _ = copied.recv_timeout(LINGER);
        if !status.success() {
            bail!("`{shown}` failed ({status})");
        }
        Ok(())
    }

    /// Runs a program and returns what it printed on standard output.
    pub(crate) fn read(&mut self, mut command: Command) -> Result<String> {
        let shown = shown(&command);
        self.note(&format!("$ {shown}"))?;
        let output =
            command.current_dir(workspace::root()).output().with_context(|| format!("cannot run `{shown}`"))?;
        (&*self.log).write_all(&output.stdout)?;
        (&*self.log).write_all(&output.stderr)?;
        if !output.status.success() {
            bail!("`{shown}` failed ({})", output.status);
        }
        Ok(String::from_utf8(output.stdout)?)
    }

    /// Ends the progress; of a failure the last of what was printed is shown.
    pub(crate) fn close<T>(self, result: Result<T>) -> Result<T> {
        let log = self.log_path;
        drop(self.progress);
        result
            .inspect_err(|_| print!("{}", account_of_failure(&log)))
            .with_context(|| format!("see {}", workspace::shown(&log)))
    }
}

/// What a log says of a failure: the accounts of the tests that failed, then its last lines.
pub(crate) fn account_of_failure(log: &Path) -> String {
    let text = fs::read(log).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    let accounts = accounts_of_failed_tests(&text).take(SHOWN_LINES);
    let skipped = text.lines().count().saturating_sub(SHOWN_LINES);
    accounts.chain(text.lines().skip(skipped)).map(|line| format!("    {line}\n")).collect()
}

/// The lines from libtest's `---- name stdout ----` to the list of names that follows, without frames of the stack.
fn accounts_of_failed_tests(log: &str) -> impl Iterator<Item = &str> {
    let mut is_account = false;
    log.lines().filter(move |line| {
        is_account = (is_account || line.starts_with("---- ")) && *line != "failures:";
        let is_frame = line.trim_start().starts_with("at ")
            || line.trim_start().split_once(": ").is_some_and(|(number, _)| number.parse::<u32>().is_ok());
        is_account && !is_frame
    })
}

/// A program with its arguments, found on `PATH`.
pub(crate) fn program<'a>(name: &str, arguments: impl IntoIterator<Item = &'a str>) -> Command {
    let mut command = Command::new(name);
    command.args(arguments);
    command
}

/// `cargo` with arguments written as on the command line, separated by spaces.
pub(crate) fn cargo(arguments: &str) -> Command {
    program("cargo", arguments.split(' '))
}

/// Copies lines to the log and to the progress; the receiver hears when the output ends.
fn copy(output: impl std::io::Read + Send + 'static, log: Arc<File>, latest: Latest) -> mpsc::Receiver<()> {
    let (done, copied) = mpsc::channel();
    thread::spawn(move || {
        let mut lines = BufReader::new(output);
        let mut line = Vec::new();
        while lines.read_until(b'\n', &mut line).is_ok_and(|length| length > 0) {
            latest.set(&String::from_utf8_lossy(&line));
            if (&*log).write_all(&line).is_err() {
                break;
            }
            line.clear();
        }
        let _ = done.send(());
    });
    copied
}

fn shown(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy()];
    words.extend(command.get_args().map(|argument| argument.to_string_lossy()));
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_test_is_told_without_its_stack() {
        let log = "\
test sells ... ok
test admits ... FAILED

failures:

---- admits stdout ----
thread 'admits' panicked at door.rs:7:5:
two are inside
   0: std::panicking::begin_panic
             at /rust/panicking.rs:697:5

failures:
    admits

test result: FAILED. 1 passed; 1 failed";
        let account: Vec<&str> = accounts_of_failed_tests(log).collect();
        let told = ["---- admits stdout ----", "thread 'admits' panicked at door.rs:7:5:", "two are inside", ""];
        assert_eq!(account, told);
        assert_eq!(accounts_of_failed_tests("test sells ... ok").count(), 0);
    }
}
