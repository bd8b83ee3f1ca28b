//! Usage reports: listed from the copy, scheduled at the marketplace, followed until they are finished, looked at and
//! downloaded. What is in a report is never kept here: each look fetches the file anew, because it holds costs and its
//! address is a secret.

mod contents;
mod file_name;
mod list;
mod new_report;
mod preview;
mod schedule;
mod sql;
mod table;
#[cfg(test)]
mod tests;
mod track;

pub use contents::{ReportFile, download};
pub use list::{ReportFilter, page};
pub use new_report::{FORMATS, NewReport};
pub use preview::preview;
pub use schedule::schedule;
pub(crate) use table::delimiter;
pub use table::{Column, PREVIEW_ROWS, Preview};
pub(crate) use track::follow;
pub use track::{hurry, track};

use crate::{Backend, Error, Result};
use time::{Duration, OffsetDateTime};

/// How long the marketplace keeps a report's file.
pub const KEPT_FOR: Duration = Duration::days(90);

/// A report, as copied from the marketplace.
#[derive(Clone, Debug)]
pub struct Report {
    /// Identifier at the marketplace.
    pub id: String,
    /// The name it is configured under.
    pub name: String,
    /// The variant of it.
    pub customisation: Option<String>,
    /// How far it is, as the marketplace names it.
    pub status: String,
    /// What made it, as the marketplace names it.
    pub kind: String,
    /// The file's format, as the marketplace names it.
    pub format: String,
    /// When it was asked for.
    pub created_at: Option<OffsetDateTime>,
    /// The beginning of what it covers.
    pub start_at: Option<OffsetDateTime>,
    /// The end of what it covers.
    pub end_at: Option<OffsetDateTime>,
    /// The name of the staff member who scheduled it here.
    pub requested_by: Option<String>,
    /// When this was read from the marketplace.
    pub as_of: OffsetDateTime,
}

impl Report {
    /// Whether the marketplace still works on it.
    pub fn is_under_way(&self) -> bool {
        matches!(self.status.as_str(), "submitted" | "processing")
    }

    /// Whether there is, or was, a file.
    pub fn is_completed(&self) -> bool {
        self.status == "completed"
    }

    /// Until when the marketplace keeps the file; `None` when nobody said when the report was made.
    pub fn kept_until(&self) -> Option<OffsetDateTime> {
        self.created_at.map(|at| at + KEPT_FOR)
    }
}

/// One report.
pub async fn get(backend: &Backend, id: &str) -> Result<Report> {
    sql::get(&backend.pool, id).await?.ok_or(Error::NotFound("report"))
}

/// The names under which reports were made so far, in alphabetical order. The marketplace takes only names that are
/// configured there and has no list of them; those that were used before are the ones we can know.
pub async fn known_names(backend: &Backend) -> Result<Vec<String>> {
    sql::known_names(&backend.pool).await
}
