//! Scheduling a report: recorded before the call, made once, and honest about an answer that never came.

use super::new_report::Checked;
use super::{NewReport, sql};
use crate::activity::{self, Actor, Entry};
use crate::staff::Staff;
use crate::{Backend, Error, Result, sync};
use domain::Permission;
use marketplace::models::{Report, ReportRequest, ReportStatus};
use marketplace::{Answered, WriteOutcome};
use serde_json::{Value, json};
use time::Duration;
use uuid::Uuid;

/// How soon a report just scheduled is looked at.
const FIRST_LOOK_AFTER: Duration = Duration::seconds(2);

/// Has the marketplace make the report once (`POST /reports`) and answers with its id.
///
/// Posting the same form again answers with the same report. A call whose outcome is unknown is never repeated: it fails
/// with [`Error::Conflict`], and so does posting its form again; the list of reports is then asked for anew.
pub async fn schedule(backend: &Backend, staff: &Staff, new: NewReport) -> Result<String> {
    staff.require(Permission::ScheduleReports)?;
    let checked = new.check(backend.clock.now().date())?;
    backend.marketplace()?;
    if !begin(backend, staff, &checked, new.form_token).await? {
        let known = sql::report_of_request(&backend.pool, new.form_token, staff.id).await?;
        return known.ok_or_else(may_be_scheduled);
    }
    // A task of its own: the person leaving the page must not cut the call off between sending and recording.
    let sending = Sending { backend: backend.clone(), staff: staff.clone(), checked, form_token: new.form_token };
    tokio::spawn(sending.run()).await.map_err(|error| Error::Stored(format!("scheduling a report: {error}")))?
}

/// Records the wish. `false` when the form was posted before.
async fn begin(backend: &Backend, staff: &Staff, checked: &Checked, form_token: Uuid) -> Result<bool> {
    let now = backend.clock.now();
    let mut db = backend.pool.begin().await?;
    if !sql::begin_request(&mut db, form_token, staff.id, now).await? {
        return Ok(false);
    }
    let form = form_token.to_string();
    let entry = Entry { after: Some(checked.facts()), ..Entry::new("report.requested", "report_request", &form) };
    activity::record(&mut db, now, Actor::Staff(staff), entry).await?;
    db.commit().await?;
    Ok(true)
}

/// A report on its way to the marketplace.
struct Sending {
    backend: Backend,
    staff: Staff,
    checked: Checked,
    form_token: Uuid,
}

impl Sending {
    async fn run(self) -> Result<String> {
        let request = self.checked.request(self.backend.clock.now());
        match self.backend.marketplace()?.create_report(&request).await {
            Ok(answer) => self.scheduled(answer, request).await,
            Err(error) if error.outcome() == WriteOutcome::Unknown => {
                tracing::warn!(%error, "a report may or may not have been scheduled");
                self.record("unknown", "report.outcome_unknown", &error).await?;
                sync::request(&self.backend, sync::Collection::Reports).await?;
                Err(may_be_scheduled())
            }
            Err(error) => {
                self.record("refused", "report.refused", &error).await?;
                Err(error.into())
            }
        }
    }

    async fn scheduled(&self, answer: Answered<Report>, request: ReportRequest) -> Result<String> {
        let report = completed_from(answer.value, request);
        let now = self.backend.clock.now();
        let id = report.id.as_str();
        let mut db = self.backend.pool.begin().await?;
        sync::store_report(&mut db, &report, Some(self.staff.id), now).await?;
        sql::look_next(&mut db, id, now + FIRST_LOOK_AFTER, 0).await?;
        sql::end_request(&mut db, self.form_token, "scheduled", Some(id)).await?;
        let entry = Entry {
            after: Some(self.checked.facts()),
            correlation_id: answer.correlation_id.as_deref(),
            ..Entry::new("report.scheduled", "report", id)
        };
        activity::record(&mut db, now, Actor::Staff(&self.staff), entry).await?;
        db.commit().await?;
        Ok(id.to_owned())
    }

    async fn record(&self, state: &str, action: &str, error: &marketplace::Error) -> Result<()> {
        let form = self.form_token.to_string();
        let mut db = self.backend.pool.begin().await?;
        sql::end_request(&mut db, self.form_token, state, None).await?;
        let entry = Entry {
            after: Some(self.checked.facts()),
            correlation_id: error.correlation_id(),
            note: Some(error.message().to_owned()),
            ..Entry::new(action, "report_request", &form)
        };
        activity::record(&mut db, self.backend.clock.now(), Actor::Staff(&self.staff), entry).await?;
        db.commit().await?;
        Ok(())
    }
}

impl Checked {
    fn facts(&self) -> Value {
        json!({
            "name": self.name,
            "format": self.format,
            "from": self.from.to_string(),
            "to": self.to.to_string(),
        })
    }
}

/// The answer need not repeat what was asked.
fn completed_from(answer: Report, request: ReportRequest) -> Report {
    Report {
        name: answer.name.or(request.name),
        status: answer.status.or(Some(ReportStatus::Submitted)),
        format: answer.format.or(request.format),
        start_date: answer.start_date.or(request.start_date),
        end_date: answer.end_date.or(request.end_date),
        ..answer
    }
}

fn may_be_scheduled() -> Error {
    Error::Conflict(
        "The marketplace did not confirm this report, so it may or may not have been scheduled. Nothing is sent again by \
         itself. If it was scheduled, the list of reports shows it in a few minutes; look there before you ask again."
            .to_owned(),
    )
}
