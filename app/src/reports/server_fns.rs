use crate::error::AppError;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// Has the marketplace make a report, then goes to its page.
#[server(endpoint = "schedule_report")]
pub async fn schedule_report(
    name: String,
    format: String,
    from: String,
    to: String,
    form_token: String,
) -> Result<(), AppError> {
    use crate::{context, flash, paths};
    let values = [("name", &*name), ("format", &*format), ("from", &*from), ("to", &*to)];
    flash::post(super::new_page::FORM, paths::NEW_REPORT, &values, async {
        let staff = context::require(domain::Permission::ScheduleReports)?;
        let form_token = context::form_token(&form_token)?;
        let (name, format, from, to) = (name.clone(), format.clone(), from.clone(), to.clone());
        let new = backend::reports::NewReport { name, format, from, to, form_token };
        let id = backend::reports::schedule(&context::backend(), &staff, new).await.map_err(context::surface)?;
        Ok(paths::report(&id))
    })
    .await
}

/// How far a report is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportStatusNow {
    /// As the marketplace names it.
    pub status: String,
    /// Whether the marketplace still works on it.
    pub under_way: bool,
}

/// How far the report is, as far as we know; asking makes it be read from the marketplace more often.
#[server(endpoint = "report_status")]
pub async fn report_status(id: String) -> Result<ReportStatusNow, AppError> {
    use crate::context::{backend, require, surface};
    require(domain::Permission::Browse)?;
    let report = backend::reports::get(&backend(), &id).await.map_err(surface)?;
    let under_way = report.is_under_way();
    if under_way {
        backend::reports::hurry(&backend(), &id).await.map_err(surface)?;
    }
    Ok(ReportStatusNow { status: report.status, under_way })
}
