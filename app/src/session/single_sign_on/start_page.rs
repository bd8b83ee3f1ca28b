use super::cookie;
use super::refusal::{NotSignedIn, explain};
use crate::context::{self, backend};
use crate::error::{AppError, Kind};
use crate::session::prove;
use crate::url::{self, Query};
use crate::{context::answer, paths};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use backend::staff::Staff;
use backend::staff::single_sign_on::{Intent, begin};
use leptos::prelude::*;
use secrecy::SecretString;

/// `/sign-in/oidc`: sends the browser to the provider.
#[component]
pub(crate) fn StartPage() -> impl IntoView {
    let query = Query::of_page();
    Suspend::new(async move {
        match start(&query).await {
            Ok(location) => {
                leptos_axum::redirect(&location);
                ().into_any()
            }
            Err(error) if error.kind == Kind::ProofNeeded => {
                leptos_axum::redirect(&paths::prove(paths::PROFILE));
                ().into_any()
            }
            Err(error) => view! { <NotSignedIn error/> }.into_any(),
        }
    })
}

async fn start(query: &Query) -> Result<String, AppError> {
    let link: Option<SecretString> = query.get("link").map(Into::into);
    let own = Own::read(query)?;
    let (intent, next) = match (&link, &own) {
        (Some(link), _) => (Intent::Link(link), paths::OVERVIEW),
        (None, Own::Bound(staff)) => (Intent::Bind(staff), paths::PROFILE),
        (None, Own::Proved(staff)) => (Intent::Prove(staff), prove::local(query.get("next"))),
        (None, Own::Nobody) => (Intent::SignIn, local(query.get("next"))),
    };
    // Another site must not have an account bound to whomever its visitor is signed in as at the provider.
    if !matches!(intent, Intent::SignIn) && !is_from_here() {
        return Err(answer(AppError::new(
            Kind::Forbidden,
            "An account is bound, or confirmed to be yours, only from a page of Seatboard itself. Open your profile or your \
             link, and continue from there.",
        )));
    }
    let begun = begin(&backend(), context::visitor().caller().network, cookie::shown().as_ref(), intent, next)
        .await
        .map_err(explain)?;
    cookie::give(&begun.browser);
    Ok(begun.location)
}

/// Whoever is signed in, where it is about their own account.
enum Own {
    Nobody,
    Bound(Staff),
    Proved(Staff),
}

impl Own {
    fn read(query: &Query) -> Result<Self, AppError> {
        match query.get("for") {
            Some("profile") => Ok(Self::Bound(context::require(domain::Permission::Browse)?)),
            // They come for the proof that everybody else has to bring along.
            Some("proof") => Ok(Self::Proved(context::staff().ok_or_else(sign_in_first)?)),
            _ => Ok(Self::Nobody),
        }
    }
}

fn sign_in_first() -> AppError {
    answer(AppError::new(Kind::SignInNeeded, "Sign in to go on."))
}

/// Where to go afterwards: a page of this site, and not around in a circle.
fn local(next: Option<&str>) -> &str {
    next.and_then(url::local_path).filter(|path| !path.starts_with(paths::SIGN_IN)).unwrap_or(paths::OVERVIEW)
}

/// Whether a page of this site led here, as the browser says; old ones say it by `Referer` alone.
fn is_from_here() -> bool {
    let public_url = backend().public_url;
    use_context::<Parts>().is_some_and(|parts| led_here(&parts.headers, public_url.trim_end_matches('/')))
}

fn led_here(headers: &HeaderMap, public_url: &str) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    match text("sec-fetch-site") {
        Some(site) => site == "same-origin",
        None => text(header::REFERER.as_str())
            .and_then(|referer| referer.strip_prefix(public_url))
            .is_some_and(|path| path.starts_with('/')),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::{HeaderName, HeaderValue};

    fn judged(headers: &[(&'static str, &'static str)]) -> bool {
        let pairs =
            headers.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
        led_here(&pairs.collect(), "https://seatboard.example")
    }

    #[test]
    fn only_a_page_of_this_site_leads_to_a_binding() {
        assert!(judged(&[("sec-fetch-site", "same-origin")]));
        assert!(judged(&[("referer", "https://seatboard.example/settings/profile")]));
        for elsewhere in [
            &[][..],
            &[("sec-fetch-site", "cross-site"), ("referer", "https://seatboard.example/")],
            &[("sec-fetch-site", "none")],
            &[("referer", "https://seatboard.example.evil.example/")],
            &[("referer", "https://evil.example/https://seatboard.example/")],
        ] {
            assert!(!judged(elsewhere), "{elsewhere:?}");
        }
    }

    #[test]
    fn what_comes_afterwards_is_a_page_of_this_site_and_no_circle() {
        assert_eq!(local(Some("/orders?status=error")), "/orders?status=error");
        for elsewhere in [None, Some("//evil.example"), Some("https://evil.example"), Some("/sign-in/oidc?next=/")] {
            assert_eq!(local(elsewhere), "/", "{elsewhere:?}");
        }
    }
}
