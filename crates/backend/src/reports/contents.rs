//! Fetches a report's file. Its address is read anew each time and goes nowhere but into the next call.

use super::file_name::file_name;
use super::{Report, sql};
use crate::activity::{self, Actor, Entry};
use crate::staff::Staff;
use crate::{Backend, Error, Result, sync};
use bytes::Bytes;
use domain::{Permission, ReportId};
use futures::stream::BoxStream;
use marketplace::Download;
use std::fmt;
use time::Time;

/// A report's file on its way to a person.
pub struct ReportFile {
    /// What to call it: letters, digits, `-`, `_` and one full stop.
    pub name: String,
    /// What it is, by the report's format; the host is not asked.
    pub content_type: &'static str,
    /// How many bytes it has, if the host says so.
    pub length: Option<u64>,
    /// The bytes, as the host has them.
    pub content: BoxStream<'static, Result<Bytes, marketplace::Error>>,
}

/// Says nothing of the content.
impl fmt::Debug for ReportFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReportFile").field("name", &self.name).field("length", &self.length).finish_non_exhaustive()
    }
}

/// The file of a completed report, for a person who may see costs. Leaves an activity row.
pub async fn download(backend: &Backend, staff: &Staff, id: &str) -> Result<ReportFile> {
    staff.require(Permission::ViewCosts)?;
    let (report, file) = open(backend, id).await?;
    let entry = Entry::new("report.downloaded", "report", id);
    let mut db = backend.pool.acquire().await?;
    activity::record(&mut db, backend.clock.now(), Actor::Staff(staff), entry).await?;
    Ok(ReportFile {
        name: file_name(&report),
        content_type: content_type(&report.format),
        length: file.length,
        content: file.content,
    })
}

/// Reads the report (`GET /reports/{id}`), keeps what is new of it, and begins to fetch its file.
pub(super) async fn open(backend: &Backend, id: &str) -> Result<(Report, Download)> {
    let known = super::get(backend, id).await?;
    let as_of = backend.clock.now();
    if known.kept_until().is_some_and(|until| until <= as_of) {
        return Err(conflict("The marketplace keeps a report's file for 90 days, and this one is older."));
    }
    let marketplace = backend.marketplace()?;
    let fresh = marketplace.report(&ReportId::from(id)).await?;
    let mut db = backend.pool.acquire().await?;
    sync::store_report(&mut db, &fresh, None, as_of).await?;
    drop(db);
    let report = super::get(backend, id).await?;
    if !report.is_completed() {
        return Err(conflict("This report is not completed, so there is no file yet."));
    }
    let address = fresh
        .download_url
        .ok_or_else(|| conflict("The marketplace says that the report is completed, but not where its file is."))?;
    Ok((report, marketplace.download_report(&address, None).await?))
}

/// Notes that the person looked into the report; once a day is enough.
pub(super) async fn record_preview(backend: &Backend, staff: &Staff, id: &str) -> Result<()> {
    const ACTION: &str = "report.previewed";
    let now = backend.clock.now();
    let mut db = backend.pool.begin().await?;
    if !sql::was_recorded(&mut db, ACTION, id, staff.id, now.replace_time(Time::MIDNIGHT)).await? {
        activity::record(&mut db, now, Actor::Staff(staff), Entry::new(ACTION, "report", id)).await?;
    }
    db.commit().await?;
    Ok(())
}

fn content_type(format: &str) -> &'static str {
    match format {
        "csv" => "text/csv; charset=utf-8",
        "json" => "application/json",
        "xml" => "application/xml",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _ => "application/octet-stream",
    }
}

fn conflict(message: &str) -> Error {
    Error::Conflict(message.to_owned())
}
