//! What browsers are told when somebody has signed out.

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

/// Where people sign out.
const PATH: &str = "/api/sign_out";

/// What pages may have stored in the browser. Not `"cache"`: pages are never cached, and clearing the files that are takes
/// browsers seconds. Not `"cookies"`: that is everything of the whole domain, of other programs too; the session's own
/// cookie is removed by name.
const CLEARED: HeaderValue = HeaderValue::from_static("\"storage\"");

/// Has the browser forget what pages of the person stored, and the cookie. Only then: the cookie of a session that has ended
/// still tells whose a form is that comes too late. `secure` says that its name begins with `__Host-`; such a one is removed
/// only by what may set it.
pub(crate) async fn forget(State(secure): State<bool>, request: Request, next: Next) -> Response {
    let signs_out = request.uri().path() == PATH;
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let set: Vec<HeaderValue> = headers.get_all(header::SET_COOKIE).iter().cloned().collect();
    headers.remove(header::SET_COOKIE);
    for cookie in set {
        match cookie.to_str().unwrap_or_default() {
            removal if removal.contains("Max-Age=0") && !signs_out => {}
            removal if removal.contains("Max-Age=0") && secure => {
                let removal = format!("{removal}; Secure; HttpOnly; SameSite=Lax");
                headers.extend(HeaderValue::try_from(removal).map(|removal| (header::SET_COOKIE, removal)));
            }
            _ => {
                headers.append(header::SET_COOKIE, cookie);
            }
        }
    }
    if signs_out && response.status().is_redirection() {
        response.headers_mut().insert(HeaderName::from_static("clear-site-data"), CLEARED);
    }
    response
}
