//! What a person sees while a step runs: one moving line on a terminal, a line now and then elsewhere.

use std::env;
use std::io::{IsTerminal, Write, stdout};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

const FRAMES: [&str; 10] = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const REPAINT: Duration = Duration::from_millis(120);
const HEARTBEAT: Duration = Duration::from_secs(60);

/// Shows that a step is running until it is dropped.
pub(crate) struct Progress {
    latest: Latest,
    stop: Option<Sender<()>>,
    painter: Option<JoinHandle<()>>,
}

impl Progress {
    /// Starts showing a step.
    pub(crate) fn start(name: &str) -> Self {
        let latest = Latest::default();
        let (stop, stopped) = mpsc::channel();
        let painter = thread::spawn({
            let (name, latest) = (name.to_owned(), latest.clone());
            move || {
                let started = Instant::now();
                let pause = if is_terminal() { REPAINT } else { HEARTBEAT };
                for frame in FRAMES.iter().cycle() {
                    if is_terminal() {
                        repaint(frame, &name, started.elapsed(), &latest.line());
                    }
                    match stopped.recv_timeout(pause) {
                        Err(RecvTimeoutError::Timeout) if is_terminal() => {}
                        Err(RecvTimeoutError::Timeout) => {
                            println!("  … {name}: {} so far; {}", duration(started.elapsed()), latest.line());
                        }
                        _ => break,
                    }
                }
            }
        });
        Self { latest, stop: Some(stop), painter: Some(painter) }
    }

    /// Where the newest line of output goes.
    pub(crate) fn latest(&self) -> Latest {
        self.latest.clone()
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.stop.take();
        if let Some(painter) = self.painter.take() {
            let _ = painter.join();
        }
        if is_terminal() {
            print!("\r\x1b[K");
            let _ = stdout().flush();
        }
    }
}

/// The newest line that a step's command printed.
#[derive(Clone, Default)]
pub(crate) struct Latest(Arc<Mutex<String>>);

impl Latest {
    /// Replaces the line.
    pub(crate) fn set(&self, line: &str) {
        let line = without_colours(line);
        if !line.trim().is_empty() {
            *self.lock() = line.trim().to_owned();
        }
    }

    fn line(&self) -> String {
        self.lock().clone()
    }

    fn lock(&self) -> MutexGuard<'_, String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn repaint(frame: &str, name: &str, elapsed: Duration, line: &str) {
    let room = terminal_width().saturating_sub(28);
    let line: String = line.chars().take(room).collect();
    print!("\r\x1b[K  {frame} {name:<14} {:>7}  {}", duration(elapsed), dim(&line));
    let _ = stdout().flush();
}

fn terminal_width() -> usize {
    env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).unwrap_or(80)
}

/// A duration for people: `0.4 s`, `12 s`, `3 min 05 s`.
pub(crate) fn duration(time: Duration) -> String {
    let seconds = time.as_secs();
    match seconds {
        0..10 => format!("{:.1} s", time.as_secs_f64()),
        10..60 => format!("{seconds} s"),
        _ => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

/// Whether a person is watching.
pub(crate) fn is_terminal() -> bool {
    stdout().is_terminal()
}

/// Whether to colour: on terminals, unless `NO_COLOR` is set.
pub(crate) fn is_coloured() -> bool {
    is_terminal() && env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// Red, for what failed.
pub(crate) fn red(text: &str) -> String {
    painted("31", text)
}

/// Green, for what passed.
pub(crate) fn green(text: &str) -> String {
    painted("32", text)
}

/// Yellow, for what was skipped.
pub(crate) fn yellow(text: &str) -> String {
    painted("33", text)
}

/// Dim, for what is beside the point.
pub(crate) fn dim(text: &str) -> String {
    painted("2", text)
}

fn painted(code: &str, text: &str) -> String {
    if is_coloured() { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
}

fn without_colours(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut characters = line.chars();
    while let Some(character) = characters.next() {
        if character == '\x1b' {
            characters.by_ref().skip(1).find(char::is_ascii_alphabetic);
        } else if !character.is_control() {
            plain.push(character);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_like_speech() {
        assert_eq!(duration(Duration::from_millis(440)), "0.4 s");
        assert_eq!(duration(Duration::from_secs(12)), "12 s");
        assert_eq!(duration(Duration::from_secs(185)), "3 min 05 s");
    }

    #[test]
    fn colours_are_taken_out_of_the_moving_line() {
        assert_eq!(without_colours("\x1b[1m\x1b[32m Compiling\x1b[0m serde"), " Compiling serde");
    }
}
