use super::aftermath_panel::AftermathPanel;
use super::amend_panel::{self, AmendPanel};
use super::contents::ContentsView;
use super::data::{self, Shown};
use super::facts::{FactList, Facts};
use super::progress::{Progress, ProgressView};
use super::settle_panel::{self, SettlePanel};
use crate::approvals::{self, ApprovalPanel};
use crate::flash;
use crate::live;
use crate::paths;
use crate::ui::{AsOf, Badge, Crumb, LoadsAgain, Page, ToldView, load, this_page};
use crate::writes::Unconfirmed;
use domain::IntentState;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use time::OffsetDateTime;

/// `/orders/{id}`, of an intent or of the marketplace.
#[component]
pub(crate) fn OrderPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    let loaded = async {
        let told = flash::told(&paths::order(&id)).await;
        let shown = data::order(id).await?;
        let approval = match &shown.intent {
            Some(intent) => approvals::panel(intent.id).await?,
            None => None,
        };
        let refused = (flash::take(amend_panel::FORM).await, flash::take(settle_panel::FORM).await);
        Ok((shown, approval, refused, told))
    };
    load(loaded, |(shown, approval, (refused, unsettled), told)| {
        let Shown { intent, order, progress, with_costs, amendable, evidence } = shown;
        let settling =
            intent.clone().map(|intent| view! { <SettlePanel intent evidence refused=unsettled/> }.into_any());
        let aftermath = intent.clone().map(|intent| view! { <AftermathPanel intent/> }.into_any());
        let facts = Facts::of(intent.as_ref(), order.as_ref());
        let title = facts.title();
        let asked = intent.as_ref().map(|intent| intent.lines.clone());
        let following = intent.filter(|intent| !intent.state.is_final());
        // What the page shows of an order that is not settled follows it.
        let about = following.as_ref().map(|intent| live::intent(intent.id));
        let reloads = following.is_some_and(|intent| goes_on_by_itself(intent.state));
        let badge = view! { <Badge text=progress.status.clone()/> }.into_any();
        let as_of = order.as_ref().map(|order| order.as_of);
        view! {
            <Page
                title
                crumbs=vec![Crumb::new("Orders", paths::ORDERS)]
                badge
                as_of=view! { <ReadAt as_of live=about.is_some()/> }.into_any()
                live=about.clone()
            >
                <ToldView told/>
                <FactList facts live=about.clone()/>
                {approval.map(|panel| view! { <ApprovalPanel panel/> }.into_any())}
                <section class="panel" aria-labelledby="progress">
                    <div class="panel-header"><h2 id="progress">"Progress"</h2></div>
                    <Following progress live=about.clone() reloads/>
                </section>
                {order.as_ref().map(|order| view! { <Unconfirmed kind="order" id=order.id.clone()/> }.into_any())}
                <div class="stack" id="aftermath" data-live=about.clone()>{aftermath}</div>
                <div class="stack" id="settling" data-live=about.clone()>{settling}</div>
                <div id="amendable" data-live=about.clone()>
                    {amendable.map(|order_id| view! { <AmendPanel order_id refused/> })}
                </div>
                <ContentsView asked order with_costs live=about/>
            </Page>
        }
    })
}

/// Whether the page may load itself again: what waits for a person has forms in which somebody may be writing.
fn goes_on_by_itself(state: IntentState) -> bool {
    !state.is_final() && !matches!(state, IntentState::Drafted | IntentState::Unknown)
}

/// How far the order is. Without scripts the page loads itself again, where `reloads`.
#[component]
fn Following(progress: Progress, live: Option<String>, reloads: bool) -> impl IntoView {
    let checked = progress.checked.clone().filter(|_| live.is_some());
    let is_followed = live.is_some();
    view! {
        <div class="stack" id="steps" aria-live="polite" data-live=live.clone()><ProgressView progress/></div>
        <p class="cluster" id="checked" data-live=live.clone()>
            {checked.map(|checked| view! { <span class="sub">"The marketplace was asked "{checked}</span> })}
            {is_followed.then(|| view! { <a class="button quiet" href=this_page()>"Check now"</a> })}
        </p>
        {live.map(|_| view! {
            <p role="status" data-live-stopped="This page has stopped looking. Check now to go on."></p>
        })}
        {reloads.then(|| view! { <LoadsAgain seconds=15/> })}
    }
}

/// An order that is followed says itself when it was checked.
#[component]
fn ReadAt(as_of: Option<OffsetDateTime>, live: bool) -> impl IntoView {
    match (as_of, live) {
        (Some(at), false) => view! { <AsOf at=Some(at)/> }.into_any(),
        _ => ().into_any(),
    }
}
