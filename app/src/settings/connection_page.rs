use super::asked_panel::AskedPanel;
use super::connection_form::{ConnectionForm, Entered};
use super::data::{self, Loaded};
use super::in_use_panel::InUsePanel;
use super::tabs::{self, Tab, Tabs};
use super::verdict::Verdict;
use crate::ui::{CorrelationId, ErrorSummary, Icon, Page, load};
use leptos::prelude::*;

/// `/settings/connection`
#[component]
pub(crate) fn ConnectionPage() -> impl IntoView {
    load(data::page(), |loaded| {
        let Loaded { current, asked, refused, refused_to_forget, told } = loaded;
        let failed = told.as_ref().is_some_and(|told| told.verdict.is_bad());
        let is_refused =
            failed || [&refused, &refused_to_forget].into_iter().flatten().any(|flash| flash.error.is_refusal());
        let error = refused.as_ref().map(|flash| flash.error.clone());
        let verdict = told.as_ref().map(|told| told.verdict.clone());
        let entered = Entered { refused, told };
        view! {
            <Page title="Connection" crumbs=vec![tabs::crumb()] refused=is_refused>
                <Tabs current=Tab::Connection/>
                {error.map(|error| view! { <ErrorSummary error/> })}
                {verdict.map(|verdict| view! { <Outcome verdict/> })}
                {view! { <InUsePanel current=current.clone() refused=refused_to_forget/> }.into_any()}
                {view! { <ConnectionForm current entered/> }.into_any()}
                {view! { <AskedPanel asked/> }.into_any()}
            </Page>
        }
    })
}

/// What came of the last post.
#[component]
fn Outcome(verdict: Verdict) -> impl IntoView {
    let role = if verdict.is_bad() { "alert" } else { "status" };
    let icon = match &*verdict.tone {
        "bad" => "error",
        "warn" => "warning",
        _ => "check",
    };
    let Verdict { tone, title, advice, correlation_id } = verdict;
    view! {
        <div class="notice" data-tone=tone role=role tabindex="-1" autofocus>
            <Icon name=icon/>
            <div class="stack">
                <p class="notice-title">{title}</p>
                {advice.into_iter().map(|text| view! { <p>{text}</p> }).collect_view()}
                {correlation_id.map(|id| view! { <CorrelationId id/> })}
            </div>
        </div>
    }
}
