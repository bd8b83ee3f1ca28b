//! Dates and times as text.

use time::format_description::BorrowedFormatItem;
use time::format_description::well_known::Rfc3339;
use time::macros::format_description;
use time::{Date, OffsetDateTime};

const DATE: &[BorrowedFormatItem<'_>] = format_description!("[year]-[month]-[day]");
const SECONDS: &[BorrowedFormatItem<'_>] = format_description!("[year]-[month]-[day]T[hour]:[minute]:[second]Z");
const MILLIS: &[BorrowedFormatItem<'_>] =
    format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:3]+00:00");
const COMPACT: &[BorrowedFormatItem<'_>] = format_description!("[year]-[month]-[day].[hour]-[minute]-[second]");

/// `2026-11-23`.
pub(crate) fn day(date: Date) -> String {
    date.format(DATE).unwrap_or_default()
}

/// `2026-11-23T12:00:00Z`.
pub(crate) fn timestamp(at: OffsetDateTime) -> String {
    at.format(SECONDS).unwrap_or_default()
}

/// `2026-11-23T12:00:00.000+00:00`, as error bodies have it.
pub(crate) fn timestamp_millis(at: OffsetDateTime) -> String {
    at.format(MILLIS).unwrap_or_default()
}

/// `2026-11-23.12-00-00`, for file names.
pub(crate) fn compact(at: OffsetDateTime) -> String {
    at.format(COMPACT).unwrap_or_default()
}

/// Reads `YYYY-MM-DD` and nothing else.
pub(crate) fn parse_date(text: &str) -> Option<Date> {
    Date::parse(text, DATE).ok()
}

/// Reads RFC 3339.
pub(crate) fn parse_date_time(text: &str) -> Option<OffsetDateTime> {
    OffsetDateTime::parse(text, &Rfc3339).ok()
}
