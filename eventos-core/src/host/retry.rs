//! When a request is sent again, and after how long.

use std::time::Duration;

use crate::error::{ErrorKind, Result};
use crate::wire::Response;

/// How often, and after which pauses, a request that may be repeated is sent again.
///
/// Only reads, and writes that the caller made repeatable with an id of its own, are ever repeated: nobody knows whether
/// a write that got no answer took effect. The pause after try *n* is random between half and the whole of
/// `first_pause` × 2ⁿ⁻¹, at most `longest_pause`; a server's `Retry-After` counts where it is longer, and where it is
/// longer than `longest_pause` the error goes to the caller at once. What may pass is a broken connection, and an answer
/// with status 429, 502 to 504 or 520 to 530.
///
/// Unless set there are three tries, with 0.1 to 0.2 s between the first two and 0.2 to 0.4 s before the third.
///
/// ```
/// use std::time::Duration;
/// use eventos_core::host::RetryPolicy;
///
/// // A job at night waits longer: pauses of up to 2, 4, 8, 10 and 10 seconds.
/// let patient = RetryPolicy {
///     tries: 6,
///     first_pause: Duration::from_secs(2),
///     longest_pause: Duration::from_secs(10),
/// };
/// assert_eq!(RetryPolicy::default().tries, 3);
/// assert_eq!(RetryPolicy::never().tries, 1);
/// # assert!(patient != RetryPolicy::default());
/// ```
///
/// Set it with [`Builder::retry`](crate::Builder::retry). All tries and pauses together keep to the client's time limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryPolicy {
    /// How many tries there are in all, 1 or more.
    pub tries: u32,
    /// The longest pause after the first try.
    pub first_pause: Duration,
    /// The longest pause after any try.
    pub longest_pause: Duration,
}

impl Default for RetryPolicy {
    /// Three tries, with pauses of up to 0.2 s and 0.4 s.
    fn default() -> RetryPolicy {
        RetryPolicy { tries: 3, first_pause: Duration::from_millis(200), longest_pause: Duration::from_secs(5) }
    }
}

impl RetryPolicy {
    /// Never again.
    pub const fn never() -> RetryPolicy {
        RetryPolicy { tries: 1, first_pause: Duration::ZERO, longest_pause: Duration::ZERO }
    }

    /// The pause before the next try, where there is one. `chance` is random.
    pub(super) fn pause(&self, tried: u32, answer: &Result<Response>, chance: u8) -> Option<Duration> {
        let retry_after = passing_fault(answer)?.retry_after;
        if tried >= self.tries || retry_after > self.longest_pause {
            return None;
        }
        let doubled = self.first_pause.saturating_mul(2_u32.saturating_pow(tried.saturating_sub(1)));
        let half = doubled.min(self.longest_pause) / 2;
        let jittered = half.saturating_add(half.mul_f64(f64::from(chance) / f64::from(u8::MAX)));
        Some(jittered.max(retry_after))
    }
}

/// Whether the same request may meet a better answer.
pub(super) fn may_pass(answer: &Result<Response>) -> bool {
    passing_fault(answer).is_some()
}

/// A fault that may be gone at the next try.
struct PassingFault {
    retry_after: Duration,
}

/// Faults of the connection, and answers that say that the server is not ready; an error of its own (500) is none.
fn passing_fault(answer: &Result<Response>) -> Option<PassingFault> {
    match answer {
        Ok(response) if matches!(response.status, 429 | 502..=504 | 520..=530) => {
            let seconds = response.retry_after().unwrap_or_default();
            Some(PassingFault { retry_after: Duration::from_secs(seconds) })
        }
        Err(error) if error.kind() == ErrorKind::Connect => Some(PassingFault { retry_after: Duration::ZERO }),
        Ok(_) | Err(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;

    const EIGHT: Duration = Duration::from_secs(8);

    fn answered(status: u16, retry_after: Option<&str>) -> Result<Response> {
        let headers = retry_after.map(|seconds| ("Retry-After".to_owned(), seconds.to_owned()));
        Ok(Response { status, headers: headers.into_iter().collect(), body: Vec::new() })
    }

    #[test]
    fn pauses_double_between_half_and_the_whole_up_to_the_longest() {
        let policy = RetryPolicy { tries: 9, first_pause: EIGHT / 8, longest_pause: EIGHT * 5 / 8 };
        let pauses = |chance| [1, 2, 3, 4, 8].map(|tried| policy.pause(tried, &answered(503, None), chance).unwrap());
        assert_eq!(pauses(u8::MAX), [1, 2, 4, 5, 5].map(Duration::from_secs));
        assert_eq!(pauses(0), [500, 1000, 2000, 2500, 2500].map(Duration::from_millis));
        assert!(pauses(128).iter().zip(pauses(u8::MAX)).all(|(some, most)| *some > most / 2 && *some < most));
    }

    #[test]
    fn the_last_try_has_none_after_it() {
        let policy = RetryPolicy { tries: 2, ..RetryPolicy::default() };
        assert!(policy.pause(1, &answered(503, None), 0).is_some());
        assert_eq!(policy.pause(2, &answered(503, None), 0), None);
        assert_eq!(RetryPolicy::never().pause(1, &answered(503, None), 0), None);
        assert_eq!(RetryPolicy { tries: 0, ..policy }.pause(1, &answered(503, None), 0), None);
    }

    #[test]
    fn the_server_may_ask_for_a_longer_pause_and_not_for_a_shorter_one() {
        let policy = RetryPolicy { tries: 3, first_pause: EIGHT, longest_pause: EIGHT };
        for (retry_after, pause) in [
            ("0", Some(EIGHT / 2)),
            ("5", Some(Duration::from_secs(5))),
            ("8", Some(EIGHT)),
            ("9", None),
            ("18446744073709551615", None),
            ("Wed, 21 Oct 2026 07:28:00 GMT", Some(EIGHT / 2)),
            ("-1", Some(EIGHT / 2)),
        ] {
            assert_eq!(policy.pause(1, &answered(429, Some(retry_after)), 0), pause, "{retry_after}");
        }
    }

    #[test]
    fn only_faults_that_may_pass_are_worth_a_try() {
        let is_repeated = |answer| RetryPolicy::default().pause(1, &answer, 0).is_some();
        let repeated: Vec<u16> = (100..=599).filter(|status| is_repeated(answered(*status, None))).collect();
        assert_eq!(repeated, [429, 502, 503, 504, 520, 521, 522, 523, 524, 525, 526, 527, 528, 529, 530]);
        assert!(is_repeated(Err(Error::connect("refused"))));
        for error in [Error::timeout(""), Error::cancelled(""), Error::invalid_input("", ""), Error::signed_out("")] {
            assert!(!is_repeated(Err(error)));
        }
    }

    #[test]
    fn the_longest_times_do_not_overflow() {
        let policy = RetryPolicy { tries: u32::MAX, first_pause: Duration::MAX, longest_pause: Duration::MAX };
        for tried in [1, 2, 33, u32::MAX - 1] {
            assert!(policy.pause(tried, &answered(503, None), u8::MAX).unwrap() > Duration::MAX / 2);
        }
    }
}
