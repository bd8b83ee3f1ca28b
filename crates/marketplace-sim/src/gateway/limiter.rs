//! How many calls one key may make: a sliding minute and a fixed day, both in real time.

use std::collections::{HashMap, VecDeque};
use time::Duration;

const MINUTE: Duration = Duration::minutes(1);
const DAY: Duration = Duration::days(1);

/// Counts calls per key. Times are real time since the start.
#[derive(Debug)]
pub(crate) struct Limiter {
    per_minute: usize,
    per_day: u32,
    keys: HashMap<String, Calls>,
}

#[derive(Debug, Default)]
struct Calls {
    recent: VecDeque<Duration>,
    day_started: Duration,
    today: u32,
}

/// Why a call was turned away, and for how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TurnedAway {
    /// Too many calls in the last minute.
    TooFast(Duration),
    /// The day's calls are used up.
    OutOfQuota(Duration),
}

impl Limiter {
    /// Zero is unlimited.
    pub(crate) fn new(per_minute: u32, per_day: u32) -> Self {
        Self { per_minute: per_minute as usize, per_day, keys: HashMap::new() }
    }

    /// Counts a call at `now`, unless it must be turned away; calls turned away do not count.
    pub(crate) fn admit(&mut self, key: &str, now: Duration) -> Result<(), TurnedAway> {
        let calls = self.keys.entry(key.to_owned()).or_default();
        if now - calls.day_started >= DAY {
            calls.day_started = now;
            calls.today = 0;
        }
        if self.per_day > 0 && calls.today >= self.per_day {
            return Err(TurnedAway::OutOfQuota(calls.day_started + DAY - now));
        }
        if self.per_minute > 0 {
            while calls.recent.front().is_some_and(|call| now - *call >= MINUTE) {
                calls.recent.pop_front();
            }
            if let Some(oldest) = calls.recent.front().filter(|_| calls.recent.len() >= self.per_minute) {
                return Err(TurnedAway::TooFast(*oldest + MINUTE - now));
            }
            calls.recent.push_back(now);
        }
        calls.today += 1;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(seconds: i64) -> Duration {
        Duration::seconds(seconds)
    }

    #[test]
    fn the_window_slides() {
        let mut limiter = Limiter::new(2, 0);
        assert_eq!(limiter.admit("key", at(0)), Ok(()));
        assert_eq!(limiter.admit("key", at(40)), Ok(()));
        assert_eq!(limiter.admit("key", at(50)), Err(TurnedAway::TooFast(at(10))));
        assert_eq!(limiter.admit("other", at(50)), Ok(()), "each key has its own window");
        assert_eq!(limiter.admit("key", at(60)), Ok(()), "the first call has left the window");
        assert_eq!(limiter.admit("key", at(61)), Err(TurnedAway::TooFast(at(39))));
    }

    #[test]
    fn the_quota_comes_back_after_a_day() {
        let mut limiter = Limiter::new(0, 1);
        assert_eq!(limiter.admit("key", at(0)), Ok(()));
        assert_eq!(limiter.admit("key", at(3_600)), Err(TurnedAway::OutOfQuota(Duration::hours(23))));
        assert_eq!(limiter.admit("key", at(86_400)), Ok(()));
    }

    proptest! {
        #[test]
        fn no_minute_ever_holds_more_calls_than_allowed(gaps in prop::collection::vec(0i64..30, 1..80)) {
            let mut limiter = Limiter::new(5, 0);
            let mut now = at(0);
            let mut admitted = Vec::new();
            for gap in gaps {
                now += at(gap);
                if limiter.admit("key", now).is_ok() {
                    admitted.push(now);
                }
            }
            for window in admitted.windows(6) {
                prop_assert!(window[5] - window[0] >= MINUTE);
            }
        }
    }
}
