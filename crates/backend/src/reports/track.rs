//! Follows reports until they are finished. What is due is rows, so any number of server processes share the work.

use super::{KEPT_FOR, sql};
use crate::{Backend, Result, sync};
use domain::ReportId;
use marketplace::Priority;
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use tokio_util::sync::CancellationToken;

/// Looking for due rows is one short query, cheaper than waking every process for every report.
const PAUSE: std::time::Duration = std::time::Duration::from_secs(2);

/// How soon a report just scheduled is looked at.
const FIRST_LOOK_AFTER: Duration = Duration::seconds(2);

/// How often a report is read while somebody has its page open.
const WHILE_WATCHED: Duration = Duration::seconds(15);

/// Reads reports under way again and again, less and less often, until `stop`.
pub async fn track(backend: Backend, stop: CancellationToken) {
    let forever = async {
        loop {
            match look_at_next(&backend).await {
                Ok(true) => {}
                Ok(false) => tokio::time::sleep(PAUSE).await,
                Err(error) => {
                    tracing::warn!(%error, "a report under way could not be read");
                    tokio::time::sleep(PAUSE).await;
                }
            }
        }
    };
    stop.run_until_cancelled(forever).await;
}

/// Follows a report that was just scheduled.
pub(crate) async fn follow(db: &mut PgConnection, id: &str, now: OffsetDateTime) -> Result<()> {
    sql::look_next(db, id, now + FIRST_LOOK_AFTER, 0).await
}

/// Somebody watches the report: it is read again once what we know of it is some seconds old.
pub async fn hurry(backend: &Backend, id: &str) -> Result<()> {
    let report = super::get(backend, id).await?;
    sql::look_by(&backend.pool, id, report.as_of + WHILE_WATCHED).await
}

/// Reads the report that is due, if one is; `false` when there was nothing to do.
pub(super) async fn look_at_next(backend: &Backend) -> Result<bool> {
    let Ok(marketplace) = backend.marketplace() else { return Ok(false) };
    let now = backend.clock.now();
    let mut db = backend.pool.begin().await?;
    let Some(due) = sql::due(&mut db, now, now - KEPT_FOR).await? else { return Ok(false) };
    // The next look is noted before this one, so a crash or a failure delays the report but never repeats at once.
    sql::look_next(&mut db, &due.id, now + pause_after(due.looks, due.requested_by.is_some()), due.looks + 1).await?;
    db.commit().await?;
    let priority = if due.requested_by.is_some() { Priority::People } else { Priority::Background };
    let report = marketplace.with_priority(priority).report(&ReportId::from(due.id)).await?;
    let mut db = backend.pool.acquire().await?;
    sync::store_report(&mut db, &report, None, now).await?;
    Ok(true)
}

/// How long to wait after that many earlier looks. Reports nobody here asked for are in no hurry.
fn pause_after(looks: i32, requested_here: bool) -> Duration {
    match looks {
        0 if requested_here => Duration::seconds(5),
        1..=3 if requested_here => Duration::seconds(15),
        ..30 => Duration::MINUTE,
        _ => Duration::minutes(15),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_looked_at_less_and_less_often() {
        let pauses = [0, 1, 3, 4, 29, 30].map(|looks| pause_after(looks, true).whole_seconds());
        assert_eq!(pauses, [5, 15, 15, 60, 60, 900]);
        assert_eq!(pause_after(0, false), Duration::MINUTE);
    }
}
