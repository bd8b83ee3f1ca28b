//! Billing and subscription periods, and the calendar arithmetic on them.

use time::{Date, Month, util::days_in_month};

/// A month or a year, so many times.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Period {
    pub(crate) unit: Unit,
    pub(crate) count: u16,
}

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
        add_months(anchor, self.months() * nth)
    }

    /// The period that `day` lies in, as first day and the day after the last. Before the anchor: the first period.
    pub(crate) fn around(self, anchor: Date, day: Date) -> (Date, Date) {
        let nth = self.passed(anchor, day);
        (self.start(anchor, nth), self.start(anchor, nth + 1))
    }

    /// How many whole periods have passed from `anchor` to `day`.
    pub(crate) fn passed(self, anchor: Date, day: Date) -> u32 {
        let months = |date: Date| date.year() * 12 + i32::from(u8::from(date.month()));
        let between = u32::try_from(months(day) - months(anchor)).unwrap_or(0);
        let nth = between / self.months();
        if self.start(anchor, nth) > day { nth.saturating_sub(1) } else { nth }
    }
}

fn add_months(date: Date, months: u32) -> Date {
    let total = u32::from(u8::from(date.month())) - 1 + months;
    let year = date.year() + i32::try_from(total / 12).unwrap_or(0);
    let month = u8::try_from(total % 12 + 1).ok().and_then(|month| Month::try_from(month).ok()).unwrap_or(date.month());
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

    proptest! {
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
