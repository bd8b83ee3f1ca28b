//! Which browser asks, and from which network.

use super::network::Network;
use app::Visitor;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use secrecy::{ExposeSecret, SecretString};

/// Half a year, as long as the database knows the browser.
const MAX_AGE_SECONDS: u32 = 180 * 24 * 60 * 60;

/// What the browser's cookie is called, and whether it is sent over TLS only.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BrowserCookie {
    pub(crate) secure: bool,
}

/// Puts the visitor into the request, and gives the browser a new cookie where whoever answered left one.
pub(crate) async fn known(State(cookie): State<BrowserCookie>, mut request: Request, next: Next) -> Response {
    let network = request.extensions().get::<Network>().map(|network| network.0);
    let visitor = Visitor::new(network, cookie.read(request.headers()));
    request.extensions_mut().insert(visitor.clone());
    let mut response = next.run(request).await;
    if let Some(browser) = visitor.take_mark()
        && let Ok(value) = HeaderValue::try_from(cookie.set(&browser))
    {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}

impl BrowserCookie {
    fn name(self) -> &'static str {
        if self.secure { "__Host-seatboard-browser" } else { "seatboard-browser" }
    }

    fn read(self, headers: &HeaderMap) -> Option<SecretString> {
        let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut cookies =
            cookies.flat_map(|cookies| cookies.split(';')).filter_map(|cookie| cookie.trim().split_once('='));
        cookies.find(|(name, _)| *name == self.name()).map(|(_, value)| value.into())
    }

    fn set(self, browser: &SecretString) -> String {
        let secure = if self.secure { "; Secure" } else { "" };
        let (name, value) = (self.name(), browser.expose_secret());
        format!("{name}={value}; Path=/; Max-Age={MAX_AGE_SECONDS}; HttpOnly; SameSite=Lax{secure}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cookie_is_read_from_among_others_and_by_its_whole_name() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("x-seatboard-browser=no; seatboard=session"));
        headers.append(header::COOKIE, HeaderValue::from_static("a=b; seatboard-browser=yes"));
        let read = |secure| BrowserCookie { secure }.read(&headers).map(|value| value.expose_secret().to_owned());
        assert_eq!(read(false).as_deref(), Some("yes"));
        assert_eq!(read(true), None, "over TLS only the one that no other host can plant counts");
    }

    #[test]
    fn the_cookie_is_out_of_reach_of_scripts_and_with_tls_of_other_hosts() {
        let set = BrowserCookie { secure: true }.set(&"token".into());
        assert_eq!(set, "__Host-seatboard-browser=token; Path=/; Max-Age=15552000; HttpOnly; SameSite=Lax; Secure");
    }
}
