//! The periods people ask reports for, and how they are written.

use crate::format;
use backend::reports::Report;
use time::{Date, Duration};

/// The first and last day of the month before `today`'s.
pub(super) fn last_month(today: Date) -> (Date, Date) {
    let last = first_of_month(today) - Duration::DAY;
    (first_of_month(last), last)
}

/// From the first of the month to `today`.
pub(super) fn this_month(today: Date) -> (Date, Date) {
    (first_of_month(today), today)
}

/// `1 Feb 2026 to 28 Feb 2026`
pub(super) fn of_report(report: &Report) -> Option<String> {
    let day = |at: time::OffsetDateTime| format::date(at.to_offset(time::UtcOffset::UTC).date());
    match (report.start_at.map(day), report.end_at.map(day)) {
        (Some(from), Some(to)) if from == to => Some(from),
        (Some(from), Some(to)) => Some(format!("{from} to {to}")),
        (Some(from), None) => Some(format!("from {from}")),
        (None, Some(to)) => Some(format!("until {to}")),
        (None, None) => None,
    }
}

fn first_of_month(day: Date) -> Date {
    day - Duration::days(i64::from(day.day()) - 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn last_month_is_whole_whatever_the_day() {
        assert_eq!(last_month(date!(2026 - 03 - 31)), (date!(2026 - 02 - 01), date!(2026 - 02 - 28)));
        assert_eq!(last_month(date!(2026 - 01 - 01)), (date!(2025 - 12 - 01), date!(2025 - 12 - 31)));
        assert_eq!(this_month(date!(2026 - 03 - 02)), (date!(2026 - 03 - 01), date!(2026 - 03 - 02)));
    }
}
