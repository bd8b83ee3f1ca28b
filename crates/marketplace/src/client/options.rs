//! How patient the client is.

use std::time::Duration;

/// Time-outs and repetition.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// How long to wait for an answer.
    pub timeouts: Timeouts,
    /// When to ask again.
    pub retry: RetryPolicy,
}

/// How long to wait, for each kind of call.
#[derive(Clone, Copy, Debug)]
pub struct Timeouts {
    /// For the connection. Nothing was sent before it stands.
    pub connect: Duration,
    /// For the whole of a read, an estimate or a token.
    pub read: Duration,
    /// For the whole of a write. Placing an order is known to take more than a minute.
    pub write: Duration,
    /// For the next piece of a download.
    pub download: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            read: Duration::from_secs(30),
            write: Duration::from_secs(150),
            download: Duration::from_mins(1),
        }
    }
}

/// When a read is asked again. Writes never are.
#[derive(Clone, Copy, Debug)]
pub struct RetryPolicy {
    /// Calls in all, the first included.
    pub attempts: u32,
    /// The wait before the second call; doubles with each further one.
    pub first_wait: Duration,
    /// The longest wait. When the marketplace asks for a longer one the error is returned instead.
    pub longest_wait: Duration,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self { attempts: 4, first_wait: Duration::from_millis(500), longest_wait: Duration::from_secs(10) }
    }
}

impl RetryPolicy {
    /// Asks once.
    pub fn never() -> Self {
        Self { attempts: 1, ..Self::default() }
    }

    /// How long to wait after `made` calls; `None` to give up. `share` (0 to 1) spreads callers that failed together
    /// over the second half of the wait.
    pub(super) fn wait_after(self, made: u32, retry_after: Option<Duration>, share: f64) -> Option<Duration> {
        if made >= self.attempts {
            return None;
        }
        let doubled = self.first_wait.saturating_mul(1u32.checked_shl(made - 1).unwrap_or(u32::MAX));
        let wait = doubled.min(self.longest_wait);
        let spread = wait / 2 + (wait / 2).mul_f64(share.clamp(0.0, 1.0));
        match retry_after {
            Some(asked) if asked > self.longest_wait => None,
            Some(asked) => Some(asked + spread.min(self.first_wait)),
            None => Some(spread),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const POLICY: RetryPolicy =
        RetryPolicy { attempts: 4, first_wait: Duration::from_secs(1), longest_wait: Duration::from_secs(10) };

    #[test]
    fn waits_double_and_then_end() {
        let waits: Vec<_> = (1..=4).map(|made| POLICY.wait_after(made, None, 1.0)).collect();
        assert_eq!(
            waits,
            [1, 2, 4].map(|s| Some(Duration::from_secs(s))).into_iter().chain([None]).collect::<Vec<_>>()
        );
    }

    #[test]
    fn a_longer_wait_than_is_sensible_is_left_to_the_caller() {
        assert_eq!(POLICY.wait_after(1, Some(Duration::from_mins(1)), 0.5), None);
    }

    proptest! {
        #[test]
        fn nobody_comes_back_before_the_marketplace_asked(made in 1u32..4, asked in 0u64..=10, share in 0.0..=1.0) {
            let asked = Duration::from_secs(asked);
            prop_assert!(POLICY.wait_after(made, Some(asked), share).unwrap() >= asked);
        }

        #[test]
        fn every_wait_is_bounded(made in 1u32..100, attempts in 1u32..200, share in -1.0..2.0) {
            let policy = RetryPolicy { attempts, ..POLICY };
            prop_assert!(policy.wait_after(made, None, share).unwrap_or_default() <= POLICY.longest_wait);
        }
    }
}
