//! One request with its retries, within its time limit.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use super::{Host, RetryPolicy};
use crate::error::{Error, Result};
use crate::wire::{Request, Response};

/// Sends requests to one server: repeats what may be repeated and keeps to time limits.
#[derive(Clone)]
pub(crate) struct Sender {
    pub(crate) host: Arc<dyn Host>,
    pub(crate) retry: RetryPolicy,
    pub(crate) timeout: Duration,
}

impl Sender {
    /// The answer, whatever its status.
    pub(crate) async fn send(&self, base: &str, request: &Request) -> Result<Response> {
        let limit = request.timeout.unwrap_or(self.timeout);
        match race(self.tries(base, request), self.host.sleep(limit)).await {
            Some(answer) => answer,
            None => Err(Error::timeout(format!(
                "no answer within {} s: try again, or allow more time with `.timeout(…)`",
                limit.as_secs_f32()
            ))),
        }
    }

    async fn tries(&self, base: &str, request: &Request) -> Result<Response> {
        let mut tried = 0;
        loop {
            tried += 1;
            let answer = self.host.send(base, request).await;
            if !request.is_repeatable {
                return answer;
            }
            let mut chance = [0];
            if self.host.fill_random(&mut chance).is_err() {
                return answer;
            }
            let [chance] = chance;
            match self.retry.pause(tried, &answer, chance) {
                Some(pause) => self.host.sleep(pause).await,
                None => return answer,
            }
        }
    }
}

/// What the future gives, or `None` where the limit passed first.
async fn race<T>(future: impl Future<Output = T>, limit: impl Future<Output = ()>) -> Option<T> {
    let mut future = pin!(future);
    let mut limit = pin!(limit);
    std::future::poll_fn(|context| {
        if let Poll::Ready(value) = future.as_mut().poll(context) {
            return Poll::Ready(Some(value));
        }
        limit.as_mut().poll(context).map(|()| None)
    })
    .await
}
