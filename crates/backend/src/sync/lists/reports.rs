use super::{List, Position, word};
use crate::Result;
use crate::connection::ensure_same_copy;
use crate::sync::sql::reports::{self as sql, ReportRow};
use marketplace::models::{Page, Report};
use marketplace::{Client, ReportFilter};
use sqlx::{Connection, PgConnection};
use time::OffsetDateTime;
use uuid::Uuid;

/// All reports: the marketplace gives them in one answer.
pub(in crate::sync) struct Reports;

impl List for Reports {
    type Item = Report;

    async fn page(&self, client: &Client, _position: Position) -> Result<Page<Report>, marketplace::Error> {
        let reports = client.reports(&ReportFilter::default()).await?;
        let total = u64::try_from(reports.len()).unwrap_or(u64::MAX);
        Ok(Page::new(reports, 0, total, total))
    }

    async fn store(&self, db: &mut PgConnection, items: &[Report], as_of: OffsetDateTime) -> Result<i64> {
        let rows: Vec<_> = items.iter().map(|report| row(report, None)).collect();
        sql::upsert(db, &rows, as_of).await
    }
}

/// Stores a report just read or scheduled, without its download address, as the marketplace had it at `as_of` (when the
/// call began). `requested_by`: who scheduled it here.
pub async fn store_report(
    db: &mut PgConnection,
    report: &Report,
    requested_by: Option<Uuid>,
    as_of: OffsetDateTime,
) -> Result<()> {
    let mut db = db.begin().await?;
    ensure_same_copy(&mut db, as_of).await?;
    sql::upsert(&mut db, &[row(report, requested_by)], as_of).await?;
    Ok(db.commit().await?)
}

fn row(report: &Report, requested_by: Option<Uuid>) -> ReportRow<'_> {
    ReportRow {
        id: report.id.as_str(),
        name: report.name.as_deref().unwrap_or("Report"),
        customisation: report.customization_name.as_deref(),
        status: word(report.status.as_ref()),
        kind: word(report.kind.as_ref()),
        format: word(report.format.as_ref()),
        created_at: report.creation_date,
        start_at: report.start_date,
        end_at: report.end_date,
        requested_by,
    }
}
