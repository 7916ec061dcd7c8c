//! When a request is sent again, and after how long.

use std::time::Duration;

use crate::error::{ErrorKind, Result};
use crate::wire::Response;

/// How often, and after which pauses, a request that may be repeated is sent again.
///
/// Only reads, and writes that the caller made repeatable with an id of its own, are ever repeated: nobody knows whether
/// a write that got no answer took effect. The pause before try *n* is random between half and the whole of
/// `first_pause` × 2ⁿ⁻¹, at most `longest_pause`; a server's `Retry-After` counts where it is longer, and where it is
/// longer than `longest_pause` the error goes to the caller at once.
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
        let longest = doubled.min(self.longest_pause);
        let jittered = longest / 2 + (longest / 2).mul_f64(f64::from(chance) / 255.0);
        Some(jittered.max(retry_after))
    }
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
