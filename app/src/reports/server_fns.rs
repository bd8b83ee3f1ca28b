use crate::error::AppError;
use leptos::prelude::*;

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
