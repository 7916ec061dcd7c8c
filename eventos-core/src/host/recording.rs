//! A host for tests: answers as told, remembers what was sent, and holds clock and randomness still.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::{BoxFuture, Host};
use crate::error::{Error, Result};
use crate::wire::{Request, Response};

/// Answers requests from a list, in order, and remembers them.
///
/// Sleeping moves the clock and takes no time, random bytes count up, and a request beyond the list fails as a broken
/// connection.
///
/// ```
/// use std::sync::Arc;
/// use eventos_core::{Event, Eventos, host::RecordingHost};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let host = Arc::new(RecordingHost::starting_at("2025-06-15T09:00:00Z".parse().unwrap()));
/// host.answer(200, "[]");
/// let eventos = Eventos::builder("https://example.supabase.co", "anon-key").host(host.clone()).build()?;
/// # let mut call = Box::pin(std::future::IntoFuture::into_future(eventos.events().select::<Event>().limit(5)));
/// # let mut context = std::task::Context::from_waker(std::task::Waker::noop());
/// # let std::task::Poll::Ready(Ok(events)) = call.as_mut().poll(&mut context) else { panic!() };
/// // let events = eventos.events().select::<Event>().limit(5).await?;
/// assert!(events.is_empty());
/// assert_eq!(host.exchanges()[0].request.target(), "/events?select=*&limit=5");
/// # use std::future::Future;
/// # Ok(())
/// # }
/// ```
pub struct RecordingHost {
    state: Mutex<State>,
}

/// One request as it was sent.
#[derive(Debug, Clone)]
pub struct Exchange {
    /// The address before the request's path.
    pub base: String,
    /// The request.
    pub request: Request,
}

struct State {
    now: DateTime<Utc>,
    random: u8,
    answers: VecDeque<Result<Response>>,
    exchanges: Vec<Exchange>,
    pauses: Vec<Duration>,
}

impl RecordingHost {
    /// A host whose clock shows this time.
    pub fn starting_at(now: DateTime<Utc>) -> RecordingHost {
        let state = State { now, random: 0, answers: VecDeque::new(), exchanges: Vec::new(), pauses: Vec::new() };
        RecordingHost { state: Mutex::new(state) }
    }

    /// Answers the next request that has no answer yet with this status and JSON body.
    pub fn answer(&self, status: u16, body: &str) {
        self.respond(Response {
            status,
            headers: vec![("content-type".into(), "application/json".into())],
            body: body.as_bytes().to_vec(),
        });
    }

    /// Answers the next request that has no answer yet with this response.
    pub fn respond(&self, response: Response) {
        self.state().answers.push_back(Ok(response));
    }

    /// Fails the next request that has no answer yet.
    pub fn fail(&self, error: Error) {
        self.state().answers.push_back(Err(error));
    }

    /// Moves the clock, at most to the end of its time.
    pub fn advance(&self, duration: Duration) {
        let mut state = self.state();
        let later = TimeDelta::from_std(duration).ok().and_then(|delta| state.now.checked_add_signed(delta));
        state.now = later.unwrap_or(DateTime::<Utc>::MAX_UTC);
    }

    /// What was sent so far.
    pub fn exchanges(&self) -> Vec<Exchange> {
        self.state().exchanges.clone()
    }

    /// The pauses that were waited for so far; time limits that did not pass are none.
    pub fn pauses(&self) -> Vec<Duration> {
        self.state().pauses.clone()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Host for RecordingHost {
    fn send<'a>(&'a self, base: &'a str, request: &'a Request) -> BoxFuture<'a, Result<Response>> {
        let answer = {
            let mut state = self.state();
            state.exchanges.push(Exchange { base: base.to_owned(), request: request.clone() });
            state.answers.pop_front()
        };
        let answer = answer.unwrap_or_else(|| Err(Error::connect("the recording host has no answer left")));
        Box::pin(std::future::ready(answer))
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            self.advance(duration);
            self.state().pauses.push(duration);
        })
    }

    fn now(&self) -> DateTime<Utc> {
        self.state().now
    }

    fn fill_random(&self, bytes: &mut [u8]) -> Result<()> {
        let mut state = self.state();
        for byte in bytes {
            state.random = state.random.wrapping_add(1);
            *byte = state.random;
        }
        Ok(())
    }
}

impl fmt::Debug for RecordingHost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RecordingHost").field("sent", &self.state().exchanges.len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_stops_at_the_end_of_time() {
        let host = RecordingHost::starting_at(DateTime::UNIX_EPOCH);
        host.advance(Duration::from_secs(1));
        assert_eq!(host.now(), DateTime::UNIX_EPOCH + TimeDelta::seconds(1));
        for _ in 0..2 {
            host.advance(Duration::MAX);
            assert_eq!(host.now(), DateTime::<Utc>::MAX_UTC);
        }
    }
}
