//! What changes something has to come from this site. Browsers say where a request comes from.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Refuses what would change something and comes from elsewhere, forms included. `secure` says that people reach the site
/// by https.
pub(crate) async fn require(State(secure): State<bool>, request: Request, next: Next) -> Response {
    if is_safe(request.method()) || is_from_here(request.headers(), secure) {
        return next.run(request).await;
    }
    (StatusCode::FORBIDDEN, "This request came from another site, so nothing was done.").into_response()
}

/// Nothing is changed by these.
fn is_safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// Old browsers send no `Sec-Fetch-Site`; every browser sends `Origin` with a post. What sends neither is no browser, and
/// then has no cookie that somebody else could make use of.
fn is_from_here(headers: &HeaderMap, secure: bool) -> bool {
    let all = |name: HeaderName| headers.get_all(name).iter().map(|value| value.to_str().unwrap_or_default());
    let (sites, origins): (Vec<_>, Vec<_>) = (all(FETCH_SITE).collect(), all(header::ORIGIN).collect());
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    match (&*sites, &*origins, host) {
        ([site], ..) => *site == "same-origin",
        ([], [origin], Some(host)) => is_origin_of(origin, host, secure),
        ([], [], _) => !headers.contains_key(header::COOKIE),
        _ => false,
    }
}

fn is_origin_of(origin: &str, host: &str, secure: bool) -> bool {
    match origin.split_once("://") {
        Some(("https", from)) => from.eq_ignore_ascii_case(host),
        Some(("http", from)) => !secure && from.eq_ignore_ascii_case(host),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(headers: &[(&str, &str)], secure: bool) -> bool {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(HeaderName::try_from(*name).unwrap(), value.parse().unwrap());
        }
        is_from_here(&map, secure)
    }

    const HOST: (&str, &str) = ("host", "seatboard.example");
    const COOKIE: (&str, &str) = ("cookie", "__Host-seatboard=x");

    #[test]
    fn a_browser_that_says_where_it_comes_from_is_believed() {
        assert!(judged(&[HOST, COOKIE, ("sec-fetch-site", "same-origin")], true));
        for elsewhere in ["cross-site", "same-site", "none", "", "same-origin, cross-site", "SAME-ORIGIN "] {
            assert!(!judged(&[HOST, COOKIE, ("sec-fetch-site", elsewhere)], true), "{elsewhere:?}");
        }
        let twice = [HOST, COOKIE, ("sec-fetch-site", "same-origin"), ("sec-fetch-site", "cross-site")];
        assert!(!judged(&twice, true), "said twice");
    }

    #[test]
    fn an_old_browser_is_judged_by_its_origin() {
        assert!(judged(&[HOST, COOKIE, ("origin", "https://seatboard.example")], true));
        for elsewhere in [
            "null",
            "",
            "https://evil.example",
            "https://seatboard.example.evil.example",
            "https://seatboard.example:8443",
            "http://seatboard.example",
            "seatboard.example",
            "ftp://seatboard.example",
        ] {
            assert!(!judged(&[HOST, COOKIE, ("origin", elsewhere)], true), "{elsewhere:?}");
        }
        assert!(!judged(&[COOKIE, ("origin", "https://seatboard.example")], true), "without a host");
        assert!(judged(&[("host", "127.0.0.1:3000"), COOKIE, ("origin", "http://127.0.0.1:3000")], false));
    }

    #[test]
    fn what_says_nothing_of_itself_brings_no_cookie() {
        assert!(judged(&[HOST], true));
        assert!(!judged(&[HOST, COOKIE], true));
    }
}
