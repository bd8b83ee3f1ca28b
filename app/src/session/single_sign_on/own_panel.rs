use crate::context::{backend, require, surface};
use crate::error::AppError;
use crate::session::ReleaseSingleSignOn;
use crate::ui::{Disabled, Icon, TimeText};
use crate::url::Query;
use crate::{flash, paths};
use backend::staff::single_sign_on::{OwnIdentity, lets_in_by_password, own_identity};
use domain::Permission;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// What a binding leaves to tell.
pub(super) const BOUND: &str = "single_sign_on";

/// What is bound, and what there is to tell of it.
pub(crate) struct Own {
    identity: Option<OwnIdentity>,
    was_bound: bool,
    /// Nothing else lets them in.
    is_only_way: bool,
}

/// One's own binding; `None` where there is no single sign-on.
pub(crate) async fn own() -> Result<Option<Own>, AppError> {
    let staff = require(Permission::Browse)?;
    if backend().single_sign_on.is_none() {
        return Ok(None);
    }
    let identity = own_identity(&backend(), &staff).await.map_err(surface)?;
    let is_only_way = !lets_in_by_password(&backend(), &staff.role);
    Ok(Some(Own { identity, was_bound: flash::told(BOUND).await.unwrap_or_default(), is_only_way }))
}

/// Whether one signs in by single sign-on, and how that begins and ends.
#[component]
pub(crate) fn OwnIdentityPanel(own: Own) -> impl IntoView {
    let Own { identity, was_bound, is_only_way } = own;
    view! {
        {was_bound.then(|| view! { <WasBound/> })}
        <section class="panel stack" aria-labelledby="single-sign-on">
            <div class="panel-header"><h2 id="single-sign-on">"Single sign-on"</h2></div>
            {match identity {
                Some(identity) => view! { <Bound identity is_only_way/> }.into_any(),
                None => view! { <Unbound/> }.into_any(),
            }}
        </section>
    }
}

#[component]
fn WasBound() -> impl IntoView {
    view! {
        <div class="notice" data-tone="good" role="status" tabindex="-1" autofocus>
            <Icon name="check"/>
            <div>
                <p class="notice-title">"Your account is bound to single sign-on"</p>
                <p>"You can sign in with it from now on."</p>
            </div>
        </div>
    }
}

#[component]
fn Bound(identity: OwnIdentity, is_only_way: bool) -> impl IntoView {
    view! {
        <dl class="facts">
            {identity.email.map(|email| view! { <div><dt>"Signs in as"</dt><dd>{email}</dd></div> })}
            <div><dt>"Bound since"</dt><dd><TimeText at=identity.bound_at/></dd></div>
        </dl>
        {if is_only_way {
            view! { <Disabled label="Stop using single sign-on" reason="It is the only way in for you."/> }.into_any()
        } else {
            view! {
                <form method="post" action=ReleaseSingleSignOn::PATH>
                    <button class="button" type="submit">"Stop using single sign-on"</button>
                </form>
            }
            .into_any()
        }}
    }
}

#[component]
fn Unbound() -> impl IntoView {
    let href = Query::default().with("for", "profile").link(paths::SINGLE_SIGN_ON);
    view! {
        <p class="sub">"Bind your account once, and sign in without a password from then on."</p>
        <p><a class="button" href=href>"Bind to single sign-on"</a></p>
    }
}
