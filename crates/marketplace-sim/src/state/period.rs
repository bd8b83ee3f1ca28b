//! Billing and subscription periods, and the calendar arithmetic on them.

use time::{Date, Month, util::days_in_month};

/// A month or a year, so many times.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Period {
    pub(crate) unit: Unit,
    pub(crate) count: u16,
}

/// More periods than a first term can hold, and enough to come back to a 29 February.
const LONGEST_WAY_BACK: u32 = 48;

/// What a period is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Unit {
    Month,
    Year,
}

impl Period {
    pub(crate) const MONTH: Self = Self { unit: Unit::Month, count: 1 };
    pub(crate) const YEAR: Self = Self { unit: Unit::Year, count: 1 };
    /// What a perpetual licence is sold for: its expiry is far away.
    pub(crate) const PERPETUAL: Self = Self { unit: Unit::Year, count: 99 };

    /// Its length in months.
    pub(crate) fn months(self) -> u32 {
        u32::from(self.count) * if self.unit == Unit::Year { 12 } else { 1 }
    }

    /// The start of the `nth` period (from 0) since `anchor`. Counted from the anchor each time, so that a
    /// subscription begun on the 31st comes back to the 31st after a shorter month.
    pub(crate) fn start(self, anchor: Date, nth: u32) -> Date {
        add_months(anchor, i64::from(self.months() * nth))
    }

    /// The period that `day` lies in, as first day and the day after the last. Before the anchor: the first period.
    pub(crate) fn around(self, anchor: Date, day: Date) -> (Date, Date) {
        let nth = self.passed(anchor, day);
        (self.start(anchor, nth), self.start(anchor, nth + 1))
    }

    /// A day, not after `day`, to count periods from so that one of them ends on `end`.
    pub(crate) fn anchor(self, end: Date, day: Date) -> Date {
        let back = |nth: u32| add_months(end, -i64::from(self.months() * nth));
        // Only from the same day of the month do later periods come back to `end`: it may be the 31st.
        let mut starts = (1..=LONGEST_WAY_BACK).map(back).filter(|start| start.day() == end.day());
        starts.find(|start| *start <= day).unwrap_or(day)
    }

    /// The last day of a month that lies after `from` and, where there is one, not after `until`.
    pub(crate) fn last_end_of_month(from: Date, until: Date) -> Date {
        let end_of = |day: Date| {
            let last = days_in_month(day.month(), day.year());
            day.replace_day(last).unwrap_or(day)
        };
        let latest = if end_of(until) == until { until } else { end_of(add_months(until, -1)) };
        if latest > from { latest } else { end_of(from.next_day().unwrap_or(from)) }
    }

    /// How many whole periods have passed from `anchor` to `day`.
    pub(crate) fn passed(self, anchor: Date, day: Date) -> u32 {
        let months = |date: Date| date.year() * 12 + i32::from(u8::from(date.month()));
        let between = u32::try_from(months(day) - months(anchor)).unwrap_or(0);
        let nth = between / self.months();
        if self.start(anchor, nth) > day { nth.saturating_sub(1) } else { nth }
    }
}

fn add_months(date: Date, months: i64) -> Date {
    let total = i64::from(u8::from(date.month())) - 1 + months;
    let year = date.year() + i32::try_from(total.div_euclid(12)).unwrap_or(0);
    let month = u8::try_from(total.rem_euclid(12) + 1).ok().and_then(|month| Month::try_from(month).ok());
    let month = month.unwrap_or(date.month());
    let day = date.day().min(days_in_month(month, year));
    Date::from_calendar_date(year, month, day).unwrap_or(Date::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use time::macros::date;

    #[test]
    fn a_month_begun_on_the_31st_comes_back_to_it() {
        let anchor = date!(2026 - 01 - 31);
        assert_eq!(Period::MONTH.start(anchor, 1), date!(2026 - 02 - 28));
        assert_eq!(Period::MONTH.start(anchor, 2), date!(2026 - 03 - 31));
        assert_eq!(Period::MONTH.around(anchor, date!(2026 - 03 - 30)), (date!(2026 - 02 - 28), date!(2026 - 03 - 31)));
    }

    #[test]
    fn a_term_that_ends_with_the_month_is_no_longer_than_a_full_one() {
        let last = Period::last_end_of_month;
        assert_eq!(last(date!(2026 - 11 - 23), date!(2026 - 12 - 23)), date!(2026 - 11 - 30));
        assert_eq!(last(date!(2026 - 11 - 23), date!(2027 - 11 - 23)), date!(2027 - 10 - 31));
        assert_eq!(last(date!(2027 - 01 - 31), date!(2027 - 02 - 28)), date!(2027 - 02 - 28));
        assert_eq!(last(date!(2026 - 11 - 30), date!(2026 - 12 - 30)), date!(2026 - 12 - 31), "but never empty");
    }

    proptest! {
        #[test]
        fn periods_counted_from_the_anchor_end_on_the_day_asked_for(ends_in in 1i64..1_100, yearly: bool) {
            let today = date!(2026 - 11 - 23);
            let end = today + time::Duration::days(ends_in);
            let period = if yearly { Period::YEAR } else { Period::MONTH };
            let anchor = period.anchor(end, today);
            prop_assert!(anchor <= today);
            prop_assert_eq!(period.around(anchor, end).0, end);
        }

        #[test]
        fn a_day_lies_in_the_period_around_it(start in 0i64..2_000, after in 0i64..3_000, yearly: bool) {
            let anchor = date!(2020 - 01 - 01) + time::Duration::days(start);
            let day = anchor + time::Duration::days(after);
            let period = if yearly { Period::YEAR } else { Period::MONTH };
            let (from, until) = period.around(anchor, day);
            prop_assert!(from <= day && day < until);
        }
    }
}
