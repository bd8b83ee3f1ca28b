use super::codes_notice::CodesNotice;
use super::data::{self, Loaded};
use super::in_use_panel::InUsePanel;
use super::server_fns::BeginFactor;
use super::set_up_panel::SetUpPanel;
use crate::context;
use crate::error::AppError;
use crate::settings::{Tab, Tabs, crumb};
use crate::ui::{ErrorSummary, Icon, Page, load};
use backend::staff::factor::State;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// `/settings/second-factor`
#[component]
pub(crate) fn SecondFactorPage() -> impl IntoView {
    load(data::own(), |Loaded { staff, state, refused, codes }| {
        let error = refused.as_ref().map(|flash| flash.error.clone());
        let panel = match state {
            State::None => view! { <Recommended/> }.into_any(),
            State::Begun(key) => view! { <SetUpPanel email=staff.email key_text=key refused/> }.into_any(),
            State::InUse { since, codes_left } => view! { <InUsePanel since codes_left refused/> }.into_any(),
        };
        view! {
            <Page title="Second factor" crumbs=vec![crumb()] refused=error.as_ref().is_some_and(AppError::is_refusal)>
                <Tabs current=Tab::SecondFactor/>
                {context::must_set_up_factor().then(|| view! { <Needed/> })}
                {codes.map(|codes| view! { <CodesNotice codes/> })}
                {error.map(|error| view! { <ErrorSummary error/> })}
                {panel}
            </Page>
        }
    })
}

#[component]
fn Needed() -> impl IntoView {
    view! {
        <div class="notice" data-tone="warn" role="status">
            <Icon name="info"/>
            <div>
                <p class="notice-title">"Your role needs a second factor"</p>
                <p>"Set it up here to go on."</p>
            </div>
        </div>
    }
}

#[component]
fn Recommended() -> impl IntoView {
    view! {
        <section class="panel stack" aria-labelledby="no-factor">
            <div class="panel-header"><h2 id="no-factor">"Authenticator app"</h2></div>
            <p>
                "A second factor is recommended for everybody. After your password you then type a code that an app on your phone \
                 shows, so whoever learns your password alone does not get in."
            </p>
            <form method="post" action=BeginFactor::PATH>
                <button class="button primary" type="submit">"Set up"</button>
            </form>
        </section>
    }
}
