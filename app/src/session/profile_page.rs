use super::data;
use super::own_panel::OwnSessions;
use super::single_sign_on::{OwnIdentityPanel, own};
use crate::error::AppError;
use crate::roles::OwnAbilities;
use crate::settings::{Tab, Tabs, crumb};
use crate::ui::{ErrorSummary, Page, load};
use leptos::prelude::*;

/// `/settings/profile`
#[component]
pub(crate) fn ProfilePage() -> impl IntoView {
    let loaded = async { Ok((data::own().await?, own().await?)) };
    load(loaded, |((role, sessions, refused), own)| {
        let error = refused.map(|flash| flash.error);
        view! {
            <Page title="Profile" crumbs=vec![crumb()] refused=error.as_ref().is_some_and(AppError::is_refusal)>
                <Tabs current=Tab::Profile/>
                {error.map(|error| view! { <ErrorSummary error/> })}
                {own.map(|own| view! { <OwnIdentityPanel own/> }.into_any())}
                {view! { <OwnAbilities role/> }.into_any()}
                {view! { <OwnSessions sessions/> }.into_any()}
            </Page>
        }
    })
}
