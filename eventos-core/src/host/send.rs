//! One request with its retries, within its time limit.

use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use super::retry::may_pass;
use super::{BoxFuture, Host, RetryPolicy};
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
        self.within(request.timeout.unwrap_or(self.timeout), pin!(self.tries(base, request))).await
    }

    /// What the future gives, if that is within the limit.
    pub(crate) async fn within<T>(&self, limit: Duration, future: impl Future<Output = Result<T>>) -> Result<T> {
        match race(pin!(future), self.host.sleep(limit)).await {
            Some(answer) => answer,
            None => Err(Error::timeout(format!(
                "no answer within {} s: try again, or allow more time with `.timeout(…)`",
                limit.as_secs_f32()
            ))),
        }
    }

    /// The answer to the last of its tries, whatever its status and however long they take.
    pub(crate) async fn tries(&self, base: &str, request: &Request) -> Result<Response> {
        let mut tried = 0;
        loop {
            tried += 1;
            let answer = self.host.send(base, request).await;
            if !request.is_repeatable || !may_pass(&answer) {
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
async fn race<T>(mut future: Pin<&mut impl Future<Output = T>>, mut limit: BoxFuture<'_, ()>) -> Option<T> {
    std::future::poll_fn(|context| {
        if let Poll::Ready(value) = future.as_mut().poll(context) {
            return Poll::Ready(Some(value));
        }
        limit.as_mut().poll(context).map(|()| None)
    })
    .await
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;
    use std::task::{Context, Waker};

    use chrono::{DateTime, Utc};

    use super::*;
    use crate::host::{BoxFuture, RecordingHost};
    use crate::wire::Method;

    fn sender(host: Arc<dyn Host>) -> Sender {
        Sender { host, retry: RetryPolicy::default(), timeout: Duration::from_secs(30) }
    }

    fn answer(sender: &Sender, request: &Request) -> Result<u16> {
        let mut sending = pin!(sender.send("https://example.supabase.co", request));
        match sending.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(answer) => answer.map(|response| response.status),
            Poll::Pending => panic!("these hosts wait for nothing"),
        }
    }

    fn of(method: Method) -> Request {
        Request::new(method, "/events")
    }

    #[test]
    fn repeats_reads_and_writes_that_may_be_repeated() {
        let repeatable = Request { is_repeatable: true, ..of(Method::Post) };
        for (request, sent, status) in [
            (of(Method::Get), 2, 200),
            (of(Method::Head), 2, 200),
            (repeatable, 2, 200),
            (of(Method::Post), 1, 503),
            (of(Method::Patch), 1, 503),
            (of(Method::Delete), 1, 503),
        ] {
            let host = Arc::new(RecordingHost::starting_at(DateTime::UNIX_EPOCH));
            host.answer(503, "");
            host.answer(200, "[]");
            assert_eq!(answer(&sender(host.clone()), &request).unwrap(), status, "{request:?}");
            assert_eq!(host.exchanges().len(), sent, "{request:?}");
        }
    }

    #[test]
    fn the_requests_own_limit_counts_before_the_clients() {
        let host = Arc::new(Mute::default());
        let sender = sender(host.clone());
        answer(&sender, &of(Method::Get)).unwrap_err();
        let error = answer(&sender, &Request { timeout: Some(Duration::from_millis(1500)), ..of(Method::Get) });
        assert_eq!(
            error.unwrap_err().to_string(),
            "no answer within 1.5 s: try again, or allow more time with `.timeout(…)`"
        );
        assert_eq!(*host.slept.lock().unwrap(), [Duration::from_secs(30), Duration::from_millis(1500)]);
    }

    /// Never answers, and time passes at once.
    #[derive(Default)]
    struct Mute {
        slept: Mutex<Vec<Duration>>,
    }

    impl Host for Mute {
        fn send<'a>(&'a self, _: &'a str, _: &'a Request) -> BoxFuture<'a, Result<Response>> {
            Box::pin(std::future::pending())
        }

        fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
            self.slept.lock().unwrap().push(duration);
            Box::pin(std::future::ready(()))
        }

        fn now(&self) -> DateTime<Utc> {
            DateTime::UNIX_EPOCH
        }

        fn fill_random(&self, _: &mut [u8]) -> Result<()> {
            Ok(())
        }
    }
}
