//! Headers that tell browsers what they may do and keep. The pages' content security policy is the shell's.

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use tower::{Layer, Service};
use tower_http::set_header::{SetResponseHeader, SetResponseHeaderLayer};

/// For files whose name holds a hash of their content.
pub(crate) const IMMUTABLE: &str = "public, max-age=31536000, immutable";
/// For files that keep their name.
pub(crate) const AN_HOUR: &str = "public, max-age=3600";

/// Adds a cache policy to the files of a service. What is not there gets none: a file of the next release, asked for too
/// early, must not be remembered as missing.
pub(crate) fn cached<S, B>(
    files: S,
    policy: &'static str,
) -> SetResponseHeader<S, impl FnMut(&http::Response<B>) -> Option<HeaderValue> + Clone>
where
    S: Service<Request, Response = http::Response<B>>,
{
    let unless_missing = move |response: &http::Response<B>| {
        (!response.status().is_client_error()).then_some(HeaderValue::from_static(policy))
    };
    SetResponseHeaderLayer::if_not_present(header::CACHE_CONTROL, unless_missing).layer(files)
}

/// What is no page of ours shows nothing, runs nothing and is shown in nothing. Pages bring a policy of their own.
const NO_PAGE: &str = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Two years, and everything below the host's name: browsers then never ask without TLS, whatever a link says.
const ALWAYS_TLS: &str = "max-age=63072000; includeSubDomains";

/// On every response. `secure` says that people reach the site by https.
pub(crate) async fn security(State(secure): State<bool>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        (
            "permissions-policy",
            "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), \
             microphone=(), midi=(), payment=(), usb=()",
        ),
    ] {
        // A page may say something stricter.
        headers.entry(HeaderName::from_static(name)).or_insert(HeaderValue::from_static(value));
    }
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(NO_PAGE));
    if secure {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(ALWAYS_TLS));
    }
    response
}

/// On everything that may hold a customer's facts: never kept by a cache.
pub(crate) async fn private(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}
