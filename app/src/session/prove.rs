use super::Prove;
use super::typed_is_kept::TypedIsKept;
use crate::context::{self, backend, surface};
use crate::error::AppError;
use crate::flash::{self, Flash};
use crate::paths;
use crate::ui::{ErrorSummary, Field, Page, load};
use crate::url::{self, Query};
use backend::staff::{Means, means};
use domain::Permission;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// What refused posts of this page are kept under.
pub(super) const FORM: &str = "prove";

/// `/prove`: for whoever is about to do something that a session which was left open is not enough for.
#[component]
pub(crate) fn ProvePage() -> impl IntoView {
    let next = local(Query::of_page().get("next")).to_owned();
    load(loaded(), move |(means, refused, is_kept)| {
        let error = refused.as_ref().map(|flash| flash.error.clone());
        view! {
            <Page title="Confirm it is you" refused=error.is_some()>
                {error.map(|error| view! { <ErrorSummary error/> })}
                {is_kept.then(|| view! {
                    <TypedIsKept
                        title="Nothing was done yet"
                        text="What you typed is kept, but for passwords and codes, and comes back once you have confirmed that it is you."
                    />
                })}
                <p>
                    "Before this goes on, Seatboard wants to be sure that it is you. Once you have confirmed it, you are not asked \
                     again for five minutes."
                </p>
                {match means {
                    Means::Factor | Means::Password => view! { <Form means refused next=next.clone()/> }.into_any(),
                    Means::SingleSignOn => view! { <AtTheProvider next=next.clone()/> }.into_any(),
                    Means::Nothing => view! { <Nothing/> }.into_any(),
                }}
                <p><a href=next>"Not now"</a></p>
            </Page>
        }
    })
}

async fn loaded() -> Result<(Means, Option<Flash>, bool), AppError> {
    let staff = context::require(Permission::Browse)?;
    let means = means(&backend(), &staff).await.map_err(surface)?;
    let refused = flash::take(FORM).await;
    Ok((means, refused, flash::is_kept().await))
}

/// Where to go afterwards: a page of this site, and not around in a circle.
pub(super) fn local(next: Option<&str>) -> &str {
    let is_circle = |path: &str| path.starts_with(paths::PROVE) || path.starts_with(paths::SIGN_IN);
    next.and_then(url::local_path).filter(|path| !is_circle(path)).unwrap_or(paths::OVERVIEW)
}

#[component]
fn Form(means: Means, refused: Option<Flash>, next: String) -> impl IntoView {
    let error = refused.as_ref().and_then(|flash| flash.error.field("proof")).map(ToOwned::to_owned);
    let field = if means == Means::Factor {
        view! {
            <Field
                name="proof"
                label="Code"
                hint="The six digits that your authenticator app shows for Seatboard, or a recovery code."
                autocomplete="one-time-code"
                value=None
                error
                autofocus=true
            />
        }
        .into_any()
    } else {
        view! {
            <Field
                name="proof"
                label="Password"
                kind="password"
                autocomplete="current-password"
                value=None
                error
                autofocus=true
            />
        }
        .into_any()
    };
    view! {
        <form class="form" method="post" action=Prove::PATH>
            {field}
            <input type="hidden" name="next" value=next/>
            <div class="form-actions"><button class="button primary" type="submit">"Confirm"</button></div>
        </form>
    }
}

/// A link and no form: browsers look where a form's answers lead.
#[component]
fn AtTheProvider(next: String) -> impl IntoView {
    let href = Query::default().with("for", "proof").with("next", &next).link(paths::SINGLE_SIGN_ON);
    view! {
        <p>"You sign in by single sign-on. Sign in there once more, and you come back here."</p>
        <p><a class="button primary" href=href>"Continue with single sign-on"</a></p>
    }
}

#[component]
fn Nothing() -> impl IntoView {
    view! {
        <p>
            "There is nothing that you could confirm it by: you have no password, and are not bound to the single sign-on that is \
             set up here. Ask an admin for a link to set a password."
        </p>
    }
}

#[cfg(test)]
mod tests {
    use super::local;

    #[test]
    fn one_comes_back_to_a_page_of_this_site_and_not_here() {
        assert_eq!(local(Some("/settings/staff/1?a=b")), "/settings/staff/1?a=b");
        let elsewhere =
            ["//evil.example", "https://evil.example", "/\\evil.example", "/api/sign_out", "/prove?next=/", "/sign-in"];
        for next in elsewhere.into_iter().map(Some).chain([None]) {
            assert_eq!(local(next), "/", "{next:?}");
        }
    }
}
