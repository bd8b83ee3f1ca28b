//! Where report files are downloaded: another origin, no API headers, a signature in the query.

use super::signature::Grant;
use super::{KEPT_FOR, formats, tables};
use crate::http::Params;
use crate::state::{Report, ReportStatus};
use crate::wire;
use crate::world::{Shared, World};
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use time::OffsetDateTime;
use uuid::Uuid;

/// The signed URL of a completed report, once something listens.
pub(crate) fn download_url(world: &World, report: &Report) -> Option<String> {
    let origin = world.files_origin.get().filter(|_| report.status == ReportStatus::Completed)?;
    let file = file_name(report);
    let query = Grant { file: &file, from: report.created, until: report.created + KEPT_FOR }.query(secret(world));
    Some(format!("{origin}/exports/{file}?{query}"))
}

/// Serves the files; knows nothing of keys and tokens, and refuses calls that carry them.
pub(crate) fn files_router(world: &Shared) -> Router {
    Router::new().route("/exports/{file}", get(download)).with_state(world.clone())
}

async fn download(
    State(world): State<Shared>,
    Path(file): Path<String>,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Refusal> {
    *world.stats().calls.entry("downloadReport").or_default() += 1;
    if headers.contains_key(header::AUTHORIZATION) || headers.contains_key("x-subscription-key") {
        return Err(FOREIGN_CREDENTIALS);
    }
    check_signature(&world, &file, &params)?;
    let state = world.state();
    let id = file.split('.').find_map(|part| part.parse::<Uuid>().ok()).ok_or(GONE)?;
    let report = state.reports.iter().find(|report| report.id == id && file == file_name(report)).ok_or(GONE)?;
    let (content_type, bytes) = formats::write(&tables::table(&state, report), report.format).ok_or(GONE)?;
    Ok(([(header::CONTENT_TYPE, content_type)], bytes).into_response())
}

fn check_signature(world: &World, file: &str, params: &Params) -> Result<(), Refusal> {
    let time = |name: &str| params.text(name).and_then(wire::parse_date_time);
    let (from, until): (OffsetDateTime, OffsetDateTime) = time("st").zip(time("se")).ok_or(NOT_AUTHENTICATED)?;
    let signature = params.text("sig").ok_or(NOT_AUTHENTICATED)?;
    let signed = Grant { file, from, until }.is_signed_by(signature, secret(world));
    if signed && world.clock.now() < until { Ok(()) } else { Err(NOT_AUTHENTICATED) }
}

/// Name, id, time and format, as the marketplace puts them together.
fn file_name(report: &Report) -> String {
    let name: String = report.name.text().split(' ').collect();
    format!("{name}.{}.{}.{}", report.id, wire::compact(report.created), wire::report::format(report.format))
}

fn secret(world: &World) -> &str {
    &world.credentials.password
}

/// A refusal in the words of the file store.
struct Refusal(StatusCode, &'static str, &'static str);

const NOT_AUTHENTICATED: Refusal = Refusal(
    StatusCode::FORBIDDEN,
    "AuthenticationFailed",
    "Server failed to authenticate the request: the signature is wrong or has expired.",
);
const FOREIGN_CREDENTIALS: Refusal = Refusal(
    StatusCode::BAD_REQUEST,
    "InvalidAuthenticationInfo",
    "Authentication information is not given in the correct format.",
);
const GONE: Refusal = Refusal(StatusCode::NOT_FOUND, "BlobNotFound", "The specified blob does not exist.");

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let Self(status, code, message) = self;
        let body = format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>{code}</Code><Message>{message}</Message></Error>"
        );
        (status, [(header::CONTENT_TYPE, "application/xml")], body).into_response()
    }
}
