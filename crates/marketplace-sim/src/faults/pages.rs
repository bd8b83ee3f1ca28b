//! HTML pages where JSON was expected.

use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};

/// What the proxy in front answers when the platform is too slow.
pub(super) fn gateway_timeout() -> Response {
    proxy_page(StatusCode::GATEWAY_TIMEOUT, "504 Gateway Time-out")
}

/// What the proxy in front answers during maintenance.
pub(super) fn maintenance() -> Response {
    proxy_page(StatusCode::SERVICE_UNAVAILABLE, "503 Service Temporarily Unavailable")
}

/// A page of something in between that is not the marketplace at all.
pub(super) fn captive_portal() -> Response {
    Html("<!doctype html><html><head><title>Welcome</title></head><body><h1>Sign in to the network</h1></body></html>")
        .into_response()
}

fn proxy_page(status: StatusCode, title: &str) -> Response {
    let page = format!(
        "<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n<center><h1>{title}</h1></center>\r\n\
         <hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
    );
    (status, Html(page)).into_response()
}
