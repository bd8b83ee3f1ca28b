//! Files for people: reports, which pass through from the marketplace's host without being held whole or kept, and
//! tables written here.

use crate::middleware::denials::Denied;
use app::{ExportedList, SignedIn};
use axum::Extension;
use axum::body::Body;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use backend::activity;
use backend::export::Export;
use backend::matching::{self, CsvFile};
use backend::reports::{self, ReportFile};
use backend::{Backend, Error};
use futures::TryStreamExt;

const CSV: &str = "text/csv; charset=utf-8";

/// Where a browser shows a file all the same, it runs nothing in it and loads nothing for it.
const SANDBOX: &str = "sandbox; default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// `GET /reports/{id}/download`
pub(crate) async fn report(
    State(backend): State<Backend>,
    Extension(SignedIn(staff)): Extension<SignedIn>,
    Path(id): Path<String>,
) -> Response {
    match reports::download(&backend, &staff, &id).await {
        Ok(ReportFile { name, content_type, length, content }) => {
            attachment(&name, content_type, length, Body::from_stream(content))
        }
        Err(error) => refusal(&error),
    }
}

/// `GET /activity/export.csv`, filtered as the page is.
pub(crate) async fn activity(
    State(backend): State<Backend>,
    Extension(SignedIn(staff)): Extension<SignedIn>,
    RawQuery(query): RawQuery,
) -> Response {
    let filter = app::activity_filter(query.as_deref().unwrap_or_default());
    exported(activity::export(&backend, &staff, filter).await)
}

/// `GET` of a list's file, filtered, searched and sorted as its page is.
pub(crate) async fn list(
    State((backend, list)): State<(Backend, ExportedList)>,
    Extension(SignedIn(staff)): Extension<SignedIn>,
    RawQuery(query): RawQuery,
) -> Response {
    exported(list.file(&backend, &staff, query.as_deref().unwrap_or_default()).await)
}

fn exported(export: Result<Export, Error>) -> Response {
    match export {
        Ok(Export { name, content }) => {
            let content = content.inspect_err(|error| tracing::error!(%error, "an export broke off"));
            attachment(&name, CSV, None, Body::from_stream(content))
        }
        Err(error) => refusal(&error),
    }
}

/// `GET /customers/matching.csv`
pub(crate) async fn customers(
    State(backend): State<Backend>,
    Extension(SignedIn(staff)): Extension<SignedIn>,
) -> Response {
    table(matching::export(&backend, &staff).await)
}

/// `GET /customers/matching/{id}/failed.csv`
pub(crate) async fn to_correct(
    State(backend): State<Backend>,
    Extension(SignedIn(staff)): Extension<SignedIn>,
    Path(id): Path<String>,
) -> Response {
    match id.parse() {
        Ok(id) => table(matching::failed(&backend, &staff, id).await),
        Err(_) => refusal(&Error::NotFound("table")),
    }
}

fn table(file: Result<CsvFile, Error>) -> Response {
    match file {
        Ok(CsvFile { name, text }) => attachment(&name, CSV, None, Body::from(text)),
        Err(error) => refusal(&error),
    }
}

/// Saved, never shown: whatever is in the file, no browser runs it in our name. A file that breaks off on the way breaks
/// the connection off too, so nobody takes half a report for a whole one.
fn attachment(name: &str, content_type: &'static str, length: Option<u64>, content: Body) -> Response {
    let mut response = content.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(header::CONTENT_DISPOSITION, content_disposition(name));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(SANDBOX));
    if let Some(length) = length {
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    }
    response
}

/// The name for browsers of today, and one in ASCII for what is older (RFC 6266). Neither leaves its quotes, its header or
/// the folder that the file is saved in.
fn content_disposition(name: &str) -> HeaderValue {
    let safe = |c: char| if c.is_alphanumeric() || "-_. ".contains(c) { c } else { '_' };
    let name: String = name.chars().map(safe).collect();
    let name = name.trim_matches(['.', ' ']);
    let ascii: String = name.chars().map(|c| if c.is_ascii() { c } else { '_' }).collect();
    let encoded = app::paths::segment(name);
    HeaderValue::try_from(format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{encoded}"))
        .unwrap_or(HeaderValue::from_static("attachment"))
}

/// A sentence, not a page: browsers show it where the download would have begun.
fn refusal(error: &Error) -> Response {
    let (status, message) = match error {
        Error::NotFound(what) => (StatusCode::NOT_FOUND, format!("There is no such {what}.")),
        Error::Forbidden(permission) => {
            (StatusCode::FORBIDDEN, format!("Your role does not let you {}.", permission.description()))
        }
        Error::Invalid(_) => (StatusCode::BAD_REQUEST, "This address cannot be used.".to_owned()),
        Error::Conflict(message) => (StatusCode::CONFLICT, message.clone()),
        Error::NotConnected => (StatusCode::BAD_GATEWAY, "No marketplace connection is configured.".to_owned()),
        Error::Marketplace(error) => {
            tracing::warn!(%error, "a report could not be downloaded");
            (StatusCode::BAD_GATEWAY, format!("The report could not be fetched: {}.", error.message()))
        }
        error => {
            tracing::error!(%error, "a file could not be downloaded");
            (StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong in Seatboard. Try again.".to_owned())
        }
    };
    let mut response = (status, message).into_response();
    if let Error::Forbidden(permission) = error {
        response.extensions_mut().insert(Denied(*permission));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_outside_ascii_has_a_plain_twin() {
        assert_eq!(
            content_disposition("März-2026.csv"),
            "attachment; filename=\"M_rz-2026.csv\"; filename*=UTF-8''M%C3%A4rz-2026.csv"
        );
    }

    #[test]
    fn a_name_leaves_neither_its_quotes_nor_its_folder() {
        for name in
            ["a\"; filename=b.exe", "../../etc/passwd", "..\\a.bat", "a\r\nset-cookie: x=1", "a/b", "%2e%2e%2fa", "\0"]
        {
            let written = content_disposition(name);
            let text = written.to_str().unwrap();
            assert_eq!(text.matches('"').count(), 2, "{text}");
            assert!(!text.contains(['/', '\\', '\r', '\n']), "{text}");
            assert!(!text.contains("..%") && !text.contains("\"..") && !text.contains("%2F"), "{text}");
        }
    }
}
