//! Loaders: permission first, then the service.

use super::new_page::FORM;
use super::period;
use crate::context::{backend, list_as_of, require, surface};
use crate::error::AppError;
use crate::flash::{self, Flash};
use crate::ui::list_request;
use crate::url::{Query, day};
use axum::http::StatusCode;
use backend::list::Page;
use backend::reports::{self, Preview, Report, ReportFilter};
use backend::sync::Collection;
use domain::Permission;
use leptos::prelude::expect_context;
use leptos_axum::ResponseOptions;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// What the list of reports shows.
pub(super) struct Listed {
    /// The page that the query asks for.
    pub(super) page: Page<Report>,
    /// How old it is.
    pub(super) as_of: Option<OffsetDateTime>,
    /// Whether the person may schedule a report.
    pub(super) may_schedule: bool,
}

/// The page of reports that the query asks for.
pub(super) async fn list(query: Query) -> Result<Listed, AppError> {
    let staff = require(Permission::Browse)?;
    let text = |field| query.get(field).map(ToOwned::to_owned);
    let day = |field| query.get(field).and_then(day);
    let filter = ReportFilter {
        search: text("search"),
        status: text("status"),
        kind: text("kind"),
        format: text("format"),
        from: day("from"),
        to: day("to"),
    };
    let page = reports::page(&backend(), &list_request(&query), &filter).await.map_err(surface)?;
    let as_of = list_as_of(page.rows.iter().map(|row| row.as_of), Collection::Reports).await?;
    Ok(Listed { page, as_of, may_schedule: staff.role.may(Permission::ScheduleReports) })
}

/// What the form for a new report starts with.
pub(super) struct NewForm {
    /// Names to choose from; none when the name is typed.
    pub(super) names: Vec<String>,
    /// Today, in UTC.
    pub(super) today: Date,
    /// What the last post was refused for.
    pub(super) refused: Option<Flash>,
    /// Makes a second post of the same form harmless.
    pub(super) form_token: Uuid,
}

/// The form for a new report.
pub(super) async fn new_form(query: Query) -> Result<NewForm, AppError> {
    require(Permission::ScheduleReports)?;
    let backend = backend();
    let refused = flash::take(FORM).await;
    let mut names = reports::known_names(&backend).await.map_err(surface)?;
    let typed = refused.as_ref().and_then(|flash| flash.value("name"));
    if query.get("name_entry") == Some("typed") || typed.is_some_and(|name| !names.iter().any(|known| known == name)) {
        names.clear();
    }
    Ok(NewForm { names, today: backend.clock.now().date(), refused, form_token: Uuid::new_v4() })
}

/// One report's page.
pub(super) struct Loaded {
    pub(super) report: Report,
    /// Now, in UTC.
    pub(super) now: OffsetDateTime,
    pub(super) contents: Contents,
}

/// What there is of a report's contents.
pub(super) enum Contents {
    /// It is not completed.
    NotThere,
    /// The marketplace no longer keeps the file.
    Gone,
    /// The person may not see costs.
    NotPermitted,
    /// The rows; none where the format is not shown. Or why they could not be read.
    There(Result<Option<Preview>, AppError>),
}

/// The page of one report, and which page of its rows.
pub(super) async fn get(id: String, query: Query) -> Result<Loaded, AppError> {
    let staff = require(Permission::Browse)?;
    let backend = backend();
    let report = reports::get(&backend, &id).await.map_err(surface)?;
    if report.is_under_way() {
        reports::hurry(&backend, &id).await.map_err(surface)?;
    }
    let now = backend.clock.now();
    let contents = if !report.is_completed() {
        Contents::NotThere
    } else if report.kept_until().is_some_and(|until| until <= now) {
        Contents::Gone
    } else if !staff.role.may(Permission::ViewCosts) {
        Contents::NotPermitted
    } else {
        let preview = reports::preview(&backend, &staff, &id, preview_page(&query)).await;
        Contents::There(preview.map_err(|error| on_a_whole_page(surface(error))))
    };
    Ok(Loaded { report, now, contents })
}

/// Which page of the rows the query asks for, from 0.
pub(super) fn preview_page(query: &Query) -> usize {
    query.get("rows").and_then(|page| page.parse().ok()).map_or(0, |page: usize| page.saturating_sub(1))
}

/// The first and last day the form starts with: what the query says, otherwise last month.
pub(super) fn starting_period(query: &Query, today: Date) -> (Date, Date) {
    let (from, to) = period::last_month(today);
    (query.get("from").and_then(day).unwrap_or(from), query.get("to").and_then(day).unwrap_or(to))
}

/// The rows could not be read, but the page around them could: its status is not theirs.
fn on_a_whole_page(error: AppError) -> AppError {
    expect_context::<ResponseOptions>().set_status(StatusCode::OK);
    error
}
