//! `GET` and `POST /reports`, `GET /reports/{reportId}`.

use crate::error::ApiError;
use crate::faults::{ProvisioningFails, operation};
use crate::http::{JsonBody, Params};
use crate::reports::{KEPT_FOR, download_url};
use crate::state::{Event, Report, ReportFormat, ReportName, ReportStatus, ReportType};
use crate::wire;
use crate::world::{Shared, World};
use axum::extract::{Path, State};
use axum::routing::{get, post};
use axum::{Extension, Json, Router};
use marketplace::models::{self, Page, ReportRequest};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

const FORMATS: [&str; 5] = ["csv", "xml", "xlsx", "json", "unknown"];
const STATUSES: [&str; 5] = ["submitted", "processing", "completed", "error", "unknown"];
const TYPES: [&str; 6] = ["periodic", "daily", "monthly", "onetime", "on_invoice", "unknown"];
const STARTS_AFTER: Duration = Duration::seconds(2);
const FINISHES_AFTER: Duration = Duration::seconds(8);

pub(super) fn routes(world: &Shared) -> Router<Shared> {
    let all = operation(world, "getReports", get(list)).merge(operation(world, "createReport", post(create)));
    Router::new().route("/reports", all).route("/reports/{id}", operation(world, "getReportById", get(one)))
}

/// Ignores `offset` and `limit`: the answer holds everything. Its rows lack the download URL.
async fn list(State(world): State<Shared>, params: Params) -> Result<Json<Page<models::Report>>, ApiError> {
    let format = params.one_of("format", &FORMATS)?;
    let status = params.one_of("status", &STATUSES)?;
    let kind = params.one_of("type", &TYPES)?;
    let (from, until) = (params.date("from")?, params.date("to")?);
    if from.zip(until).is_some_and(|(from, until)| from > until) {
        return Err(ApiError::invalid("from", "must not be after to"));
    }
    let name = params.text("name").map(str::to_lowercase);
    let same = |asked: Option<&str>, held: &str| asked.is_none_or(|asked| asked.eq_ignore_ascii_case(held));
    let now = world.clock.now();
    let state = world.state();
    let matching = state.reports.iter().rev().filter(|report| {
        let created = report.created.date();
        is_kept(report, now)
            && same(format, wire::report::format(report.format))
            && same(status, wire::report::status(report.status).as_str())
            && same(kind, wire::report::kind(report.kind).as_str())
            && from.is_none_or(|from| from <= created)
            && until.is_none_or(|until| created <= until)
            && name.as_ref().is_none_or(|name| report.name.text().to_lowercase().contains(name))
    });
    let rows: Vec<_> = matching.map(|report| wire::report(report, None)).collect();
    let total = u64::try_from(rows.len()).unwrap_or(u64::MAX);
    Ok(Json(Page::new(rows, 0, total, total)))
}

async fn one(State(world): State<Shared>, Path(id): Path<String>) -> Result<Json<models::Report>, ApiError> {
    let uuid: Uuid = id.parse().map_err(|_| ApiError::invalid("reportId", "must be a UUID"))?;
    let state = world.state();
    let report = state.reports.iter().find(|report| report.id == uuid && is_kept(report, world.clock.now()));
    let report = report.ok_or_else(|| ApiError::not_found("Report", uuid))?;
    Ok(Json(wire::report(report, download_url(&world, report))))
}

async fn create(
    State(world): State<Shared>,
    fails: Option<Extension<ProvisioningFails>>,
    JsonBody(request): JsonBody<ReportRequest>,
) -> Result<Json<models::Report>, ApiError> {
    let report = check(&world, request, fails.is_some())?;
    let created = report.created;
    let answer = wire::report(&report, None);
    let mut state = world.state();
    state.reports.push(report);
    let index = state.reports.len() - 1;
    state.schedule(created + STARTS_AFTER, Event::StartReport(index));
    state.schedule(created + FINISHES_AFTER, Event::FinishReport(index));
    world.stats().reports_created += 1;
    Ok(Json(answer))
}

fn check(world: &World, request: ReportRequest, fails: bool) -> Result<Report, ApiError> {
    let now = world.clock.now();
    let name = request.name.unwrap_or_default();
    let known = ReportName::ALL.into_iter().find(|known| known.text().eq_ignore_ascii_case(name.trim()));
    let name = known.ok_or_else(|| ApiError::invalid("name", format_args!("`{name}` is not a configured report")))?;
    let from = request.start_date.ok_or_else(|| ApiError::invalid("startDate", "is required"))?;
    let until = request.end_date.unwrap_or(now);
    if from > until {
        return Err(ApiError::invalid("startDate", "must not be after endDate"));
    }
    Ok(Report {
        id: world.uuid(),
        name,
        customization: request.customization_name,
        status: ReportStatus::Submitted,
        kind: ReportType::OneTime,
        format: format(request.format.as_ref())?,
        created: now,
        from,
        until,
        fails,
    })
}

/// CSV unless the request says otherwise.
fn format(asked: Option<&models::ReportFormat>) -> Result<ReportFormat, ApiError> {
    match asked {
        None | Some(models::ReportFormat::Csv) => Ok(ReportFormat::Csv),
        Some(models::ReportFormat::Xml) => Ok(ReportFormat::Xml),
        Some(models::ReportFormat::Xlsx) => Ok(ReportFormat::Xlsx),
        Some(models::ReportFormat::Json) => Ok(ReportFormat::Json),
        Some(_) => Err(ApiError::invalid("format", "must be one of csv, xml, xlsx, json")),
    }
}

fn is_kept(report: &Report, now: OffsetDateTime) -> bool {
    now - report.created < KEPT_FOR
}
