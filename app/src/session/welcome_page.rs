use super::UseLink;
use super::new_password::NewPassword;
use super::single_sign_on::Offer;
use crate::context::{self, answer, backend, surface};
use crate::error::{AppError, Kind};
use crate::flash::{self, Flash};
use crate::paths;
use crate::ui::{ErrorSummary, Icon, TimeText, load};
use crate::url::Query;
use axum::http::{HeaderValue, header};
use backend::staff::{OpenLink, Purpose, open_link, single_sign_on};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_axum::ResponseOptions;
use leptos_meta::Title;

/// What refused posts of this page are kept under.
const FORM: &str = "use_link";

/// `/welcome`: where one-time links lead. Anybody may open it; what it shows is only for who has the link.
#[component]
pub(crate) fn WelcomePage() -> impl IntoView {
    let token = Query::of_page().get("token").unwrap_or_default().to_owned();
    keep_the_address_to_ourselves();
    load(loaded(token.clone()), |(open, refused)| match open {
        Some(open) => view! { <SetPassword open token refused/> }.into_any(),
        None => view! { <Dead/> }.into_any(),
    })
}

async fn loaded(token: String) -> Result<(Option<OpenLink>, Option<Flash>), AppError> {
    let open = open_link(&backend(), &token.into()).await.map_err(surface)?;
    if open.is_none() {
        answer(AppError::new(Kind::NotFound, ""));
    }
    Ok((open, flash::take(FORM).await))
}

/// The address holds the token. Nothing that the page loads or leads to is told more of it than the host; with no word at all,
/// browsers would not say where the form's post comes from either.
fn keep_the_address_to_ourselves() {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.insert_header(header::REFERRER_POLICY, HeaderValue::from_static("strict-origin"));
    }
}

#[component]
fn SetPassword(open: OpenLink, token: String, refused: Option<Flash>) -> impl IntoView {
    let with_password = single_sign_on::lets_in_by_password(&backend(), &open.staff.role);
    let can_bind = open.can_bind(&backend()) && !open.is_bound;
    let OpenLink { staff, purpose, expires_at, is_bound } = open;
    let (title, why) = match purpose {
        Purpose::Reset if !with_password => {
            ("Welcome to Seatboard", "An admin made this link for you. A password does not let you in any more.")
        }
        Purpose::SetUp => ("Set up Seatboard", "This is the account of the admin who sets up this installation."),
        Purpose::Invitation => ("Welcome to Seatboard", "A colleague made this account for you."),
        Purpose::Reset => {
            ("Set a new password", "An admin made this link for you. The old password works until it is used.")
        }
    };
    let title_text = format!("{}{title} · Seatboard", if refused.is_some() { "Error: " } else { "" });
    let error = refused.as_ref().and_then(|flash| flash.error.field("password")).map(ToOwned::to_owned);
    view! {
        <Title text=title_text/>
        <h1>{title}</h1>
        <p>{why}</p>
        {refused.map(|flash| view! { <ErrorSummary error=flash.error/> })}
        <dl class="facts rows">
            <div><dt>"Name"</dt><dd>{staff.name}</dd></div>
            <div><dt>"Email"</dt><dd>{staff.email.clone()}</dd></div>
            <div><dt>"Role"</dt><dd>{staff.role.label().to_owned()}</dd></div>
            <div><dt>"Link works until"</dt><dd><TimeText at=expires_at/></dd></div>
        </dl>
        {is_bound.then(|| view! { <StaysBound/> })}
        {with_password.then(|| view! { <ByPassword token=token.clone() email=staff.email error/> })}
        {can_bind.then(|| view! { <Offer link=token alone=!with_password/> })}
        {(!with_password && !can_bind).then(|| view! {
            <p>"You sign in by single sign-on, and by nothing else."</p>
            <p><a class="button" href=paths::SIGN_IN>"Go to the sign-in page"</a></p>
        })}
    }
}

#[component]
fn ByPassword(token: String, email: String, #[prop(optional_no_strip, into)] error: Option<String>) -> impl IntoView {
    view! {
        <form class="form" method="post" action=UseLink::PATH>
            <input type="hidden" name="token" value=token/>
            <NewPassword name="password" email error autofocus=true/>
            <div class="form-actions"><button class="button primary" type="submit">"Set password"</button></div>
        </form>
    }
}

/// A password takes nothing away from whoever signs in at the provider.
#[component]
fn StaysBound() -> impl IntoView {
    view! {
        <div class="notice" data-tone="info">
            <Icon name="info"/>
            <div>
                <p class="notice-title">"This account stays bound to single sign-on"</p>
                <p>
                    "Whoever it is bound to there goes on signing in by it. If that is not you any more, ask an admin to release it."
                </p>
            </div>
        </div>
    }
}

/// The same for a link that was used, replaced or withdrawn, has expired, or never was.
#[component]
fn Dead() -> impl IntoView {
    let elsewhere = context::staff().map(|staff| format!("You are signed in as {}.", staff.name));
    view! {
        <Title text="This link cannot be used · Seatboard"/>
        <h1>"This link cannot be used"</h1>
        <p>
            "It was used already, has expired, was replaced by a newer one, or was not copied whole. Each link works once, and \
             only the newest one of an account does."
        </p>
        <p>"If you have set your password, sign in with it. If not, ask an admin for a new link."</p>
        {elsewhere.map(|text| view! { <p>{text}</p> })}
        <p><a class="button" href=paths::SIGN_IN>"Go to the sign-in page"</a></p>
    }
}
