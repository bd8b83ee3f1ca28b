use super::aftermath_panel::AftermathPanel;
use super::amend_panel::{self, AmendPanel};
use super::contents::ContentsView;
use super::data::{self, Shown};
use super::progress::{Progress, ProgressView};
use super::settle_panel::{self, SettlePanel};
use super::words;
use crate::approvals::{self, ApprovalPanel};
use crate::flash;
use crate::live;
use crate::paths;
use crate::ui::{AsOf, Badge, Crumb, LoadsAgain, Page, TimeText, load, this_page};
use crate::writes::Unconfirmed;
use ::backend::order_list::{Contents, Order};
use ::backend::orders::Intent;
use domain::{IntentState, Money};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use time::OffsetDateTime;

/// `/orders/{id}`, of an intent or of the marketplace.
#[component]
pub(crate) fn OrderPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    let loaded = async {
        let shown = data::order(id).await?;
        let approval = match &shown.intent {
            Some(intent) => approvals::panel(intent.id).await?,
            None => None,
        };
        let refused = (flash::take(amend_panel::FORM).await, flash::take(settle_panel::FORM).await);
        Ok((shown, approval, refused))
    };
    load(loaded, |(shown, approval, (refused, unsettled))| {
        let Shown { intent, order, progress, with_costs, amendable, evidence } = shown;
        let settling =
            intent.clone().map(|intent| view! { <SettlePanel intent evidence refused=unsettled/> }.into_any());
        let aftermath = intent.clone().map(|intent| view! { <AftermathPanel intent/> }.into_any());
        let facts = Facts::of(intent.as_ref(), order.as_ref());
        let title = match &facts.number {
            Some(number) => format!("Order {number}"),
            None => "Order without a number yet".to_owned(),
        };
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

/// What is known of an order, from our record and the marketplace's.
struct Facts {
    number: Option<String>,
    kind: String,
    customer_id: String,
    customer_name: Option<String>,
    subscription: Option<(String, String)>,
    po_number: Option<String>,
    total: Option<Money>,
    estimated: Option<Money>,
    created_at: Option<OffsetDateTime>,
    /// What the marketplace's record holds is still being read.
    being_read: bool,
    /// The PO number is not known yet.
    po_unread: bool,
    placed_by: Option<String>,
    order_id: Option<String>,
    correlation_id: Option<String>,
    /// What its time and its person are called.
    labels: (&'static str, &'static str),
}

impl Facts {
    fn of(intent: Option<&Intent>, order: Option<&Order>) -> Self {
        let ours = |field: fn(&Intent) -> Option<String>| intent.and_then(field);
        let theirs = |field: fn(&Order) -> Option<String>| order.and_then(field);
        let subscription_id =
            theirs(|order| order.subscription_id.clone()).or_else(|| ours(|i| i.subscription_id.clone()));
        let subscription_name = theirs(|order| order.subscription_name.clone());
        Self {
            number: theirs(|order| order.order_number.clone()).or_else(|| ours(|intent| intent.order_number.clone())),
            kind: theirs(|o| Some(o.kind.clone())).or_else(|| ours(|i| Some(i.kind.clone()))).unwrap_or_default(),
            customer_id: theirs(|order| Some(order.customer_id.clone()))
                .or_else(|| ours(|intent| Some(intent.customer_id.clone())))
                .unwrap_or_default(),
            customer_name: theirs(|o| o.customer_name.clone()).or_else(|| ours(|i| i.customer_name.clone())),
            subscription: subscription_id.map(|id| (id.clone(), subscription_name.unwrap_or(id))),
            po_number: theirs(|order| order.po_number.clone()).or_else(|| ours(|intent| intent.po_number.clone())),
            total: order.and_then(|order| order.total),
            estimated: intent.and_then(|intent| intent.now),
            created_at: intent.map(|intent| intent.created_at).or_else(|| order.and_then(|order| order.created_at)),
            being_read: order.is_some_and(|order| order.contents == Contents::BeingRead),
            po_unread: intent.is_none() && order.is_some_and(|order| order.contents != Contents::Read),
            placed_by: ours(|intent| Some(intent.requested_by.clone())),
            order_id: theirs(|order| Some(order.id.clone())).or_else(|| ours(|intent| intent.order_id.clone())),
            correlation_id: ours(|intent| intent.correlation_id.clone()),
            labels: match intent.map(|intent| intent.state) {
                Some(IntentState::Drafted) => ("Asked for", "Asked for by"),
                Some(_) => ("Placed", "Placed by"),
                None => ("Created", "Placed by"),
            },
        }
    }
}

#[component]
fn FactList(facts: Facts, live: Option<String>) -> impl IntoView {
    let customer = facts.customer_name.unwrap_or_else(|| facts.customer_id.clone());
    let placed_by = facts.placed_by.unwrap_or_else(|| "elsewhere, not in Seatboard".to_owned());
    let no_po_number = if facts.po_unread { "not read yet" } else { "none" };
    let po_number = facts.po_number.unwrap_or_else(|| no_po_number.to_owned());
    let (created, by) = facts.labels;
    view! {
        <dl class="facts" id="facts" data-live=live data-refresh=facts.being_read.then_some("1")>
            <div><dt>"Customer"</dt><dd><a href=paths::customer(&facts.customer_id)>{customer}</a></dd></div>
            {facts.subscription.map(|(id, name)| view! {
                <div><dt>"Subscription"</dt><dd><a href=paths::subscription(&id)>{name}</a></dd></div>
            })}
            <div><dt>"Type"</dt><dd>{words::kind(&facts.kind)}</dd></div>
            <div><dt>"PO number"</dt><dd>{po_number}</dd></div>
            {facts.estimated.map(|now| view! { <div><dt>"Estimated"</dt><dd>{now.display()}</dd></div> })}
            {facts.total.map(|total| view! { <div><dt>"Total"</dt><dd>{total.display()}</dd></div> })}
            {facts.created_at.map(|at| view! { <div><dt>{created}</dt><dd><TimeText at/></dd></div> })}
            <div><dt>{by}</dt><dd>{placed_by}</dd></div>
            {facts.order_id.map(|id| view! { <div><dt>"Id"</dt><dd><code class="id">{id}</code></dd></div> })}
            {facts.correlation_id.map(|id| view! {
                <div><dt>"Correlation id"</dt><dd><code class="id">{id}</code></dd></div>
            })}
        </dl>
    }
}
