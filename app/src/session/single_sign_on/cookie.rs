//! The cookie of a browser that is on its way to the provider: only that browser comes back from there signed in.

use crate::context::backend;
use axum::http::request::Parts;
use axum::http::{HeaderValue, header};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use secrecy::{ExposeSecret, SecretString};

/// As long as a way to the provider may take.
const MAX_AGE_SECONDS: u32 = 10 * 60;

/// The cookie that the browser shows.
pub(super) fn shown() -> Option<SecretString> {
    let parts = use_context::<Parts>()?;
    let cookies = parts.headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut cookies = cookies.flat_map(|cookies| cookies.split(';')).filter_map(|cookie| cookie.trim().split_once('='));
    let name = name(is_secure());
    cookies.find(|(shown, _)| *shown == name).map(|(_, value)| value.into())
}

/// Gives the browser its cookie. `Lax`, because the provider sends it back here.
pub(super) fn give(browser: &SecretString) {
    let set = set(browser, is_secure());
    if let (Some(response), Ok(value)) = (use_context::<ResponseOptions>(), HeaderValue::try_from(set)) {
        response.append_header(header::SET_COOKIE, value);
    }
}

fn set(browser: &SecretString, secure: bool) -> String {
    let (name, value) = (name(secure), browser.expose_secret());
    let secure = if secure { "; Secure" } else { "" };
    format!("{name}={value}; Path=/; Max-Age={MAX_AGE_SECONDS}; HttpOnly; SameSite=Lax{secure}")
}

/// Over TLS a name that no other host can plant.
fn name(secure: bool) -> &'static str {
    if secure { "__Host-seatboard-sign-in" } else { "seatboard-sign-in" }
}

fn is_secure() -> bool {
    backend().public_url.starts_with("https:")
}

#[cfg(test)]
mod tests {
    use super::set;

    #[test]
    fn the_cookie_is_out_of_reach_of_scripts_and_with_tls_of_other_hosts() {
        assert_eq!(
            set(&"token".into(), true),
            "__Host-seatboard-sign-in=token; Path=/; Max-Age=600; HttpOnly; SameSite=Lax; Secure"
        );
    }
}
