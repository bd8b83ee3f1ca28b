//! Paths as the API sees them: relative to its base, without a trailing slash.

use axum::extract::Request;
use axum::http::Uri;
use axum::http::uri::PathAndQuery;
use axum::middleware::Next;
use axum::response::Response;

/// The path of a call relative to the API's base, as error bodies name it: `/orders`.
#[derive(Clone, Debug)]
pub(crate) struct CallPath(String);

impl CallPath {
    pub(crate) fn of(request: &Request) -> Self {
        Self(without_trailing_slash(request.uri().path()).to_owned())
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Takes a trailing slash off the path: the API's documentation writes some calls with one.
pub(crate) async fn normalise(mut request: Request, next: Next) -> Response {
    if let Some(uri) = trimmed(request.uri()) {
        *request.uri_mut() = uri;
    }
    next.run(request).await
}

fn trimmed(uri: &Uri) -> Option<Uri> {
    let path = without_trailing_slash(uri.path());
    if path == uri.path() {
        return None;
    }
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = PathAndQuery::try_from(format!("{path}{query}")).ok();
    Uri::from_parts(parts).ok()
}

fn without_trailing_slash(path: &str) -> &str {
    match path.trim_end_matches('/') {
        "" => "/",
        path => path,
    }
}
