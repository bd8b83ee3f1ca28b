//! Reports.

use super::{Query, day, given};
use crate::models::{ReportFormat, ReportStatus, ReportType};
use time::Date;

/// Reports (`GET /reports`), which come all at once.
#[derive(Clone, Debug, Default)]
pub struct ReportFilter {
    /// The name they are configured under.
    pub name: Option<String>,
    /// In one format.
    pub format: Option<ReportFormat>,
    /// In one status.
    pub status: Option<ReportStatus>,
    /// Of one type.
    pub kind: Option<ReportType>,
    /// From this day.
    pub from: Option<Date>,
    /// Until this day.
    pub to: Option<Date>,
}

impl ReportFilter {
    pub(in crate::client) fn query(&self) -> Query {
        given([
            ("name", self.name.clone()),
            ("format", self.format.as_ref().map(ToString::to_string)),
            ("status", self.status.as_ref().map(ToString::to_string)),
            ("type", self.kind.as_ref().map(ToString::to_string)),
            ("from", self.from.map(day)),
            ("to", self.to.map(day)),
        ])
    }
}
