//! How much failed tries slow down the next. Pure.

use time::{Duration, OffsetDateTime};

/// How many tries of an account are not slowed down.
const FREE: i32 = 5;
const LONGEST: Duration = Duration::minutes(15);
const MEMORY: Duration = Duration::DAY;

/// How many tries of a network can be open at once, and how long it takes until one more can.
const BURST: i32 = 50;
const REFILL: Duration = Duration::minutes(2);

/// Nothing has to be waited for. Not the moment of the try itself: one that began at the same time may have read its clock a
/// little earlier.
pub(super) const AT_ANY_TIME: OffsetDateTime = OffsetDateTime::UNIX_EPOCH;

/// How a counter slows down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pace {
    /// Each failure doubles the wait.
    Doubling,
    /// A fixed number at once, then one after each pause.
    Steady,
}

/// What is known of the tries so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) failures: i32,
    /// Before that no try is looked at.
    pub(super) next_at: OffsetDateTime,
    /// From then on nothing counts any more.
    pub(super) forgotten_at: OffsetDateTime,
}

impl Tally {
    /// How long has to be waited now.
    pub(super) fn wait(self, now: OffsetDateTime) -> Option<Duration> {
        (self.next_at > now).then(|| self.next_at - now)
    }
}

impl Pace {
    /// With one failure more.
    pub(super) fn after_failure(self, tally: Tally, now: OffsetDateTime) -> Tally {
        let before = if tally.forgotten_at > now { tally.failures } else { 0 };
        let failures = before.saturating_add(1);
        match self {
            Self::Doubling => {
                let next_at = doubled(failures).map_or(AT_ANY_TIME, |wait| now + wait);
                Tally { failures, next_at, forgotten_at: now + MEMORY }
            }
            Self::Steady => {
                let forgotten_at = tally.forgotten_at.max(now) + REFILL;
                Tally { failures, next_at: forgotten_at - REFILL * (BURST - 1), forgotten_at }
            }
        }
    }

    /// What is left once the try that was counted last has succeeded; `None` where nothing is.
    pub(super) fn after_success(self, tally: Tally) -> Option<Tally> {
        match self {
            Self::Doubling => None,
            Self::Steady => Some(Tally {
                failures: tally.failures.saturating_sub(1).max(0),
                next_at: tally.next_at - REFILL,
                forgotten_at: tally.forgotten_at - REFILL,
            }),
        }
    }
}

/// How long has to be waited after so many failures in a row.
fn doubled(failures: i32) -> Option<Duration> {
    let over = u32::try_from(failures - FREE).ok()?;
    // 2¹⁰ s are more than the longest.
    Some((Duration::SECOND * 2_i32.pow(over.min(10))).min(LONGEST))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::START;
    use proptest::prelude::*;

    #[test]
    fn of_two_tries_at_once_the_one_with_the_earlier_clock_is_looked_at_as_well() {
        for pace in [Pace::Doubling, Pace::Steady] {
            let counted = pace.after_failure(FRESH, START);
            assert_eq!(counted.wait(START - Duration::MILLISECOND), None, "{pace:?}");
        }
    }

    const FRESH: Tally = Tally { failures: 0, next_at: START, forgotten_at: START };

    /// How many of `tries` at these moments are looked at.
    fn looked_at(pace: Pace, moments: impl Iterator<Item = OffsetDateTime>) -> usize {
        let mut tally = FRESH;
        moments
            .filter(|now| {
                let open = tally.wait(*now).is_none();
                if open {
                    tally = pace.after_failure(tally, *now);
                }
                open
            })
            .count()
    }

    #[test]
    fn after_five_failures_each_one_doubles_the_wait_up_to_a_quarter_of_an_hour() {
        let waits: Vec<i64> = (1..=18).map(|failures| doubled(failures).map_or(0, Duration::whole_seconds)).collect();
        assert_eq!(waits, [0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900, 900]);
        assert_eq!(doubled(i32::MAX), Some(LONGEST));
    }

    #[test]
    fn a_day_without_a_failure_is_a_new_start() {
        let many = Tally { failures: 40, next_at: START, forgotten_at: START + MEMORY };
        let now = START + MEMORY;
        assert_eq!(Pace::Doubling.after_failure(many, now).failures, 1);
        assert_eq!(Pace::Doubling.after_failure(many, now - Duration::SECOND).failures, 41);
    }

    #[test]
    fn a_network_has_fifty_at_once_and_then_one_every_two_minutes() {
        assert_eq!(looked_at(Pace::Steady, std::iter::repeat_n(START, 1000)), 50);
        let seconds = (0..7200).map(|second| START + Duration::seconds(second));
        assert_eq!(looked_at(Pace::Steady, seconds), 50 + 59);
    }

    #[test]
    fn a_network_whose_tries_succeed_is_never_slowed_down() {
        let mut tally = FRESH;
        for _ in 0..1000 {
            assert_eq!(tally.wait(START), None);
            tally = Pace::Steady.after_success(Pace::Steady.after_failure(tally, START)).unwrap();
        }
    }

    proptest! {
        #[test]
        fn nobody_ever_waits_longer_than_a_quarter_of_an_hour_for_an_account(pauses in proptest::collection::vec(0_i64..2000, 0..60)) {
            let (mut tally, mut now) = (FRESH, START);
            for pause in pauses {
                now += Duration::seconds(pause);
                if tally.wait(now).is_none() {
                    tally = Pace::Doubling.after_failure(tally, now);
                }
                prop_assert!(tally.wait(now).unwrap_or_default() <= LONGEST);
            }
        }
    }
}
