use super::SignIn;
use super::single_sign_on::Offer;
use super::typed_is_kept::TypedIsKept;
use crate::context::backend;
use crate::flash;
use crate::ui::{ErrorSummary, Field, Icon};
use crate::url::Query;
use backend::staff::single_sign_on;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::Title;

/// `/sign-in`
#[component]
pub(crate) fn SignInPage() -> impl IntoView {
    let query = Query::of_page();
    let next = query.get("next").map(ToOwned::to_owned);
    let is_lost = query.get("sent").is_some();
    let asked_for = query.get("by") == Some("password");
    Suspend::new(async move {
        let refused = flash::take("sign_in").await;
        // Whose password was just set.
        let set: Option<String> = flash::told("sign_in").await;
        let typed = refused.as_ref().and_then(|flash| flash.value("email")).map(ToOwned::to_owned);
        let email = typed.or_else(|| set.clone());
        let is_kept = flash::is_kept().await;
        // Where people sign in by single sign-on alone, an admin asks for it, or has just used it.
        let with_password = !single_sign_on::is_only(&backend()) || asked_for || set.is_some() || refused.is_some();
        let title = if refused.is_some() { "Error: Sign in · Seatboard" } else { "Sign in · Seatboard" };
        view! {
            <Title text=title/>
            <h1>"Sign in to Seatboard"</h1>
            {set.map(|_| view! { <PasswordSet/> })}
            {refused.map(|flash| view! { <ErrorSummary error=flash.error/> })}
            {is_kept.then(|| view! {
                <TypedIsKept
                    title="You were signed out before this was sent"
                    text="Nothing was done. What you typed is kept and comes back when you sign in again."
                />
            })}
            {(is_lost && !is_kept).then(|| view! {
                <TypedIsKept
                    title="You were signed out, so what you sent was not done."
                    text="Sign in, and do it again."
                />
            })}
            {with_password.then(|| view! { <ByPassword email next=next.clone()/> })}
            <Offer next alone=!with_password/>
        }
    })
}

#[component]
fn ByPassword(
    #[prop(optional_no_strip, into)] email: Option<String>,
    #[prop(optional_no_strip, into)] next: Option<String>,
) -> impl IntoView {
    view! {
        <form class="form" method="post" action=SignIn::PATH>
            <Field name="email" label="Email" kind="email" autocomplete="username" value=email autofocus=true/>
            <Field name="password" label="Password" kind="password" autocomplete="current-password" value=None/>
            {next.map(|next| view! { <input type="hidden" name="next" value=next/> })}
            <div class="form-actions"><button class="button primary" type="submit">"Sign in"</button></div>
        </form>
    }
}

#[component]
fn PasswordSet() -> impl IntoView {
    view! {
        <div class="notice" data-tone="good" role="status">
            <Icon name="check"/>
            <div><p class="notice-title">"Your password is set"</p><p>"Sign in with it."</p></div>
        </div>
    }
}
