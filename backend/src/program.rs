//! The Node program, as a child process.

use std::fmt;
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail};

use crate::{Options, packages};

const OLDEST_NODE: u32 = 20;
const LONGEST_START: Duration = Duration::from_secs(120);
const LONGEST_STOP: Duration = Duration::from_secs(20);
const LINES_KEPT: usize = 30;

/// `serve.mjs`, running. It stops when its standard input is closed: when this is dropped, and when
/// this process ends without dropping it.
pub(crate) struct Program {
    child: Child,
}

impl Program {
    /// Starts it and waits for the line that it prints when it is ready.
    pub(crate) fn start(arguments: &[String], options: &Options) -> Result<(Self, String)> {
        check_node()?;
        let child = Command::new("node")
            .arg(packages::backend().join("src/serve.mjs"))
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .context("cannot run node")?;
        let mut program = Self { child };

        let progress = options.clone();
        let said = program.child.stderr.take().context("node has no standard error")?;
        let listener = thread::spawn(move || last_lines(said, &progress));
        let answers = program.child.stdout.take().context("node has no standard output")?;
        let (tell, told) = mpsc::channel();
        thread::spawn(move || {
            let mut line = String::new();
            let read = BufReader::new(answers).read_line(&mut line);
            if read.is_ok() && line.ends_with('\n') {
                let _ = tell.send(line);
            }
        });

        match told.recv_timeout(LONGEST_START) {
            Ok(answer) => Ok((program, answer)),
            Err(reason) => Err(program.failure(reason, listener)),
        }
    }

    /// Stops it and tells why it did not start.
    fn failure(self, reason: RecvTimeoutError, listener: JoinHandle<Vec<String>>) -> anyhow::Error {
        drop(self);
        let lines = listener.join().unwrap_or_default().join("\n");
        match reason {
            RecvTimeoutError::Disconnected => anyhow!("the backend did not start:\n{lines}"),
            RecvTimeoutError::Timeout => {
                anyhow!("the backend did not start within {} seconds:\n{lines}", LONGEST_START.as_secs())
            }
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let deadline = Instant::now() + LONGEST_STOP;
        while Instant::now() < deadline {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return;
            }
            thread::sleep(Duration::from_millis(10));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl fmt::Debug for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Program").field("process", &self.child.id()).finish()
    }
}

/// Passes each line on, and answers the last ones when there are no more.
fn last_lines(stream: impl Read, options: &Options) -> Vec<String> {
    let mut kept = Vec::new();
    for line in BufReader::new(stream).lines().map_while(Result::ok) {
        options.report(&line);
        if kept.len() == LINES_KEPT {
            kept.remove(0);
        }
        kept.push(line);
    }
    kept
}

fn check_node() -> Result<()> {
    let output = Command::new("node")
        .arg("--version")
        .stdin(Stdio::null())
        .output()
        .context("cannot run node: install Node.js 20 or newer")?;
    let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    let major = version.trim_start_matches('v').split('.').next().and_then(|part| part.parse().ok());
    if major.is_none_or(|major: u32| major < OLDEST_NODE) {
        bail!("the backend needs Node.js {OLDEST_NODE} or newer, and this is {version}: install a newer one");
    }
    Ok(())
}
