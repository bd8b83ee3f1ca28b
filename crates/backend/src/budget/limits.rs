//! How many calls fit into which window, and who may use the last places.

use marketplace::Priority;
use time::Duration;

/// What the marketplace allows per subscription key; `None` switches a limit off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Calls per minute.
    pub per_minute: Option<u32>,
    /// Calls per 24 hours.
    pub per_day: Option<u32>,
}

impl Default for Limits {
    /// What CloudBlue recommends to operators of its gateway; the marketplace publishes no figures of its own.
    fn default() -> Self {
        Self { per_minute: Some(60), per_day: Some(5_000) }
    }
}

/// At most `places` calls in any `length` of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Window {
    pub(crate) length: Duration,
    pub(crate) places: u32,
}

impl Limits {
    /// What a call of this priority must fit into. Both windows are a little longer than the marketplace's, and the
    /// short one has a few places fewer: the marketplace counts when calls arrive, not when they leave here.
    pub(super) fn windows(self, priority: Priority) -> impl Iterator<Item = Window> {
        let minute = self.per_minute.map(|limit| Window {
            length: Duration::seconds(61),
            places: match priority {
                Priority::People => for_people(limit),
                Priority::Background => for_people(limit).saturating_sub((limit / 10).max(6)).max(1),
            },
        });
        let day = self.per_day.map(|limit| Window {
            length: DAY,
            places: match priority {
                Priority::People => limit.max(1),
                Priority::Background => for_background(limit),
            },
        });
        minute.into_iter().chain(day)
    }

    /// The part of the day that may be used up before reading details pauses: two thirds. The lists of a large account
    /// can then still be kept fresh while it is copied for the first time.
    pub(crate) fn day_for_details(self) -> Option<Window> {
        self.per_day.map(|limit| Window { length: DAY, places: (limit / 3 * 2).max(1) })
    }

    /// The calls a day for keeping the lists fresh: 45 of the day's 100 parts, or what `others`, the last day's calls
    /// for anything else, leave of the background's 90.
    pub(crate) fn day_for_lists(self, others: i64) -> Option<u32> {
        let others = u32::try_from(others).unwrap_or(u32::MAX);
        let left = |limit: u32| for_background(limit).saturating_sub(others);
        self.per_day.map(|limit| (limit / 100 * 45).min(left(limit)).max(1))
    }
}

const DAY: Duration = Duration::minutes(24 * 60 + 1);

fn for_people(per_minute: u32) -> u32 {
    per_minute.saturating_sub((per_minute / 20).max(1)).max(1)
}

fn for_background(per_day: u32) -> u32 {
    (per_day - per_day / 10).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(limits: Limits, priority: Priority) -> Vec<u32> {
        limits.windows(priority).map(|window| window.places).collect()
    }

    #[test]
    fn people_have_a_reserve_in_both_windows() {
        assert_eq!(places(Limits::default(), Priority::People), [57, 5_000]);
        assert_eq!(places(Limits::default(), Priority::Background), [51, 4_500]);
    }

    #[test]
    fn the_smallest_limit_still_lets_calls_through() {
        let limits = Limits { per_minute: Some(1), per_day: Some(1) };
        assert_eq!(places(limits, Priority::People), [1, 1]);
        assert_eq!(places(limits, Priority::Background), [1, 1]);
    }

    #[test]
    fn the_lists_get_less_of_a_day_that_details_have_used_up() {
        let day = |others| Limits::default().day_for_lists(others);
        assert_eq!([0, 2_250, 3_333, 9_999].map(day), [Some(2_250), Some(2_250), Some(1_167), Some(1)]);
        assert_eq!(Limits { per_day: None, ..Limits::default() }.day_for_lists(0), None);
    }

    #[test]
    fn a_limit_that_is_off_is_no_window() {
        assert_eq!(places(Limits { per_minute: None, per_day: None }, Priority::Background), [] as [u32; 0]);
    }
}
