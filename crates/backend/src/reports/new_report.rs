//! What a person asks for when they schedule a report, and whether it can be asked of the marketplace.

use crate::stored::day;
use crate::{Error, FieldError, Result};
use marketplace::models::{ReportFormat, ReportRequest};
use time::{Date, OffsetDateTime, Time};
use uuid::Uuid;

/// The formats that can be asked for.
pub const FORMATS: [&str; 4] = ["csv", "xlsx", "json", "xml"];

/// A report to schedule, as typed.
#[derive(Clone, Debug)]
pub struct NewReport {
    /// The name it is configured under at the marketplace.
    pub name: String,
    /// One of [`FORMATS`].
    pub format: String,
    /// The first day it covers, `YYYY-MM-DD`, in UTC.
    pub from: String,
    /// The last day it covers, `YYYY-MM-DD`, in UTC.
    pub to: String,
    /// One per form shown: posting the same form twice schedules one report.
    pub form_token: Uuid,
}

/// A report that can be asked of the marketplace.
#[derive(Clone, Debug)]
pub(super) struct Checked {
    pub(super) name: String,
    pub(super) format: &'static str,
    pub(super) from: Date,
    pub(super) to: Date,
}

impl NewReport {
    /// Every field at fault at once.
    pub(super) fn check(&self, today: Date) -> Result<Checked> {
        let name = self.name.trim();
        let format = FORMATS.into_iter().find(|format| *format == self.format);
        let (from, to) = (day(&self.from), day(&self.to));
        let faults: Vec<FieldError> = [
            ("name", name_fault(name)),
            ("format", format.is_none().then_some("Choose a format")),
            ("from", from_fault(from, to)),
            ("to", to_fault(to, today)),
        ]
        .into_iter()
        .filter_map(|(field, fault)| Some(FieldError { field: field.to_owned(), message: fault?.to_owned() }))
        .collect();
        match (format, from, to) {
            (Some(format), Some(from), Some(to)) if faults.is_empty() => {
                Ok(Checked { name: name.to_owned(), format, from, to })
            }
            _ => Err(Error::Invalid(faults)),
        }
    }
}

impl Checked {
    /// From the first moment of the first day to the last second of the last, or to now if that day is not over.
    pub(super) fn request(&self, now: OffsetDateTime) -> ReportRequest {
        ReportRequest {
            name: Some(self.name.clone()),
            format: Some(ReportFormat::from(self.format)),
            start_date: Some(self.from.midnight().assume_utc()),
            end_date: Some(self.to.with_time(LAST_SECOND).assume_utc().min(now)),
            ..ReportRequest::default()
        }
    }
}

const LAST_SECOND: Time = time::macros::time!(23:59:59);

fn name_fault(name: &str) -> Option<&'static str> {
    match name.chars().count() {
        0 => Some("Choose which report to make"),
        1..=200 => None,
        _ => Some("Use the name as it is configured at the marketplace; this one is too long"),
    }
}

fn from_fault(from: Option<Date>, to: Option<Date>) -> Option<&'static str> {
    match (from, to) {
        (None, _) => Some("Enter the first day as a date, such as 2026-01-31"),
        (Some(from), Some(to)) if from > to => Some("Choose a first day that is not after the last day"),
        _ => None,
    }
}

fn to_fault(to: Option<Date>, today: Date) -> Option<&'static str> {
    match to {
        None => Some("Enter the last day as a date, such as 2026-01-31"),
        Some(to) if to > today => Some("Choose a last day that is not in the future"),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::{date, datetime};

    const TODAY: Date = date!(2026 - 03 - 02);

    fn new(name: &str, format: &str, from: &str, to: &str) -> NewReport {
        let [name, format, from, to] = [name, format, from, to].map(str::to_owned);
        NewReport { name, format, from, to, form_token: Uuid::nil() }
    }

    fn faulty_fields(new: &NewReport) -> Vec<String> {
        match new.check(TODAY).unwrap_err() {
            Error::Invalid(fields) => fields.into_iter().map(|field| field.field).collect(),
            other => panic!("{other}"),
        }
    }

    #[test]
    fn every_field_at_fault_is_told_at_once() {
        assert_eq!(faulty_fields(&new(" ", "pdf", "soon", "")), ["name", "format", "from", "to"]);
        assert_eq!(faulty_fields(&new("Usage", "csv", "2026-03-02", "2026-03-01")), ["from"]);
        assert_eq!(faulty_fields(&new("Usage", "csv", "2026-03-01", "2026-03-03")), ["to"]);
    }

    #[test]
    fn a_report_covers_its_last_day_but_never_the_future() {
        let now = datetime!(2026-03-02 9:00 UTC);
        let february = new(" Usage ", "xlsx", "2026-02-01", "2026-02-28").check(TODAY).unwrap().request(now);
        assert_eq!(february.name.as_deref(), Some("Usage"));
        assert_eq!(february.format, Some(ReportFormat::Xlsx));
        assert_eq!(february.start_date, Some(datetime!(2026-02-01 0:00 UTC)));
        assert_eq!(february.end_date, Some(datetime!(2026-02-28 23:59:59 UTC)));
        let until_today = new("Usage", "csv", "2026-03-01", "2026-03-02").check(TODAY).unwrap().request(now);
        assert_eq!(until_today.end_date, Some(now));
    }
}
