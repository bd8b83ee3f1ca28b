//! Dates and date-times as the marketplace writes them, and as it has been seen to write them.

use super::field::Wire;
use serde::Serializer;
use serde::ser::Error as _;
use serde_json::Value;
use time::format_description::BorrowedFormatItem;
use time::format_description::well_known::Rfc3339;
use time::macros::format_description;
use time::{Date, OffsetDateTime, PrimitiveDateTime};

const DATE: &[BorrowedFormatItem<'_>] = format_description!("[year]-[month]-[day]");
const WITHOUT_OFFSET: &[BorrowedFormatItem<'_>] =
    format_description!("[year]-[month]-[day]T[hour]:[minute][optional [:[second][optional [.[subsecond]]]]]");
const OFFSET_WITHOUT_COLON: &[BorrowedFormatItem<'_>] = format_description!(
    "[year]-[month]-[day]T[hour]:[minute]:[second][optional [.[subsecond]]][offset_hour sign:mandatory][offset_minute]"
);

/// `YYYY-MM-DD`. A date-time is read as the day it names.
impl Wire for Date {
    fn from_json(value: Value) -> Result<Option<Self>, serde_json::Error> {
        present(value, |text| Self::parse(text.get(..10).unwrap_or(text), DATE).ok(), "a date such as 2026-01-31")
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.format(DATE).map_err(S::Error::custom)?)
    }
}

/// RFC 3339. A space for the `T`, a missing fraction, offset or time are forgiven; without an offset it is UTC (assumed).
impl Wire for OffsetDateTime {
    fn from_json(value: Value) -> Result<Option<Self>, serde_json::Error> {
        present(value, parse_date_time, "a date-time such as 2026-01-31T12:00:00Z")
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.format(&Rfc3339).map_err(S::Error::custom)?)
    }
}

fn parse_date_time(text: &str) -> Option<OffsetDateTime> {
    let text = text.replacen(' ', "T", 1);
    OffsetDateTime::parse(&text, &Rfc3339)
        .or_else(|_| OffsetDateTime::parse(&text, OFFSET_WITHOUT_COLON))
        .or_else(|_| PrimitiveDateTime::parse(&text, WITHOUT_OFFSET).map(PrimitiveDateTime::assume_utc))
        .or_else(|_| Date::parse(&text, DATE).map(|date| date.midnight().assume_utc()))
        .ok()
}

/// Empty text is absent; other text that does not parse is an error, so that a changed format is noticed.
fn present<T>(
    value: Value,
    parse: impl FnOnce(&str) -> Option<T>,
    expected: &str,
) -> Result<Option<T>, serde_json::Error> {
    let text = super::field::text(value);
    match text.trim() {
        "" => Ok(None),
        trimmed => parse(trimmed)
            .map(Some)
            .ok_or_else(|| serde::de::Error::custom(format_args!("`{trimmed}` is not {expected}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::{date, datetime};

    fn read<T: Wire>(text: &str) -> Option<T> {
        T::from_json(Value::from(text)).unwrap()
    }

    #[test]
    fn date_times_are_read_in_every_spelling_seen() {
        let noon = Some(datetime!(2021-10-14 12:00 UTC));
        for text in [
            "2021-10-14T12:00:00Z",
            "2021-10-14T12:00:00.000Z",
            "2021-10-14 12:00:00+00:00",
            "2021-10-14T13:00:00.000+0100",
            "2021-10-14T12:00:00",
            "2021-10-14 12:00",
        ] {
            assert_eq!(read::<OffsetDateTime>(text), noon, "{text}");
        }
        assert_eq!(read("2021-10-14"), Some(datetime!(2021-10-14 00:00 UTC)));
    }

    #[test]
    fn a_date_is_read_from_a_date_time_too() {
        assert_eq!(read("2020-02-12"), Some(date!(2020 - 02 - 12)));
        assert_eq!(read("2020-02-12T23:59:59+00:00"), Some(date!(2020 - 02 - 12)));
        assert_eq!(read::<Date>(""), None);
    }

    #[test]
    fn a_date_that_is_none_is_an_error() {
        assert!(Date::from_json(Value::from("2020-02-31")).is_err());
        assert!(OffsetDateTime::from_json(Value::from("soon")).is_err());
    }
}
