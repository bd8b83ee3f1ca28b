use super::amend_panel::{self, AmendPanel};
use super::contents::ContentsView;
use super::data::{self, Shown};
use super::progress::ProgressView;
use super::progress_island::OrderProgress;
use super::words;
use crate::flash;
use crate::paths;
use crate::ui::{AsOf, Badge, Crumb, Page, TimeText, load};
use crate::writes::Unconfirmed;
use ::backend::order_list::{Contents, Order};
use ::backend::orders::Intent;
use domain::Money;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use time::OffsetDateTime;

/// `/orders/{id}`, of an intent or of the marketplace.
#[component]
pub(crate) fn OrderPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    let loaded = async { Ok((data::order(id).await?, flash::take(amend_panel::FORM).await)) };
    load(loaded, |(shown, refused)| {
        let Shown { intent, order, progress, with_costs, amendable } = shown;
        let facts = Facts::of(intent.as_ref(), order.as_ref());
        let title = match &facts.number {
            Some(number) => format!("Order {number}"),
            None => "Order without a number yet".to_owned(),
        };
        let asked = intent.as_ref().map(|intent| intent.lines.clone());
        let following = intent.filter(|intent| !intent.state.is_final()).map(|intent| intent.id.to_string());
        let live = following.is_some();
        let badge = view! { <Badge text=progress.status.clone()/> }.into_any();
        let as_of = order.as_ref().map(|order| order.as_of);
        view! {
            <Page
                title
                crumbs=vec![Crumb::new("Orders", paths::ORDERS)]
                badge
                as_of=view! { <ReadAt as_of live/> }.into_any()
            >
                <FactList facts/>
                <section class="panel" aria-labelledby="progress">
                    <div class="panel-header"><h2 id="progress">"Progress"</h2></div>
                    {match following {
                        Some(id) => view! { <Following id progress/> }.into_any(),
                        None => view! { <div class="stack"><ProgressView progress/></div> }.into_any(),
                    }}
                </section>
                {order.as_ref().map(|order| view! { <Unconfirmed kind="order" id=order.id.clone()/> }.into_any())}
                {amendable.map(|order_id| view! { <AmendPanel order_id refused/> })}
                <ContentsView asked order with_costs/>
            </Page>
        }
    })
}

/// The island, and what takes its place without JavaScript: the page loads itself again.
#[component]
fn Following(id: String, progress: super::progress::Progress) -> impl IntoView {
    view! {
        <div class="stack"><OrderProgress id progress/></div>
        <noscript><meta http-equiv="refresh" content="15"/></noscript>
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
    placed_here: bool,
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
            placed_here: intent.is_some(),
        }
    }
}

#[component]
fn FactList(facts: Facts) -> impl IntoView {
    let customer = facts.customer_name.unwrap_or_else(|| facts.customer_id.clone());
    let placed_by = facts.placed_by.unwrap_or_else(|| "elsewhere, not in Seatboard".to_owned());
    let no_po_number = if facts.po_unread { "not read yet" } else { "none" };
    let po_number = facts.po_number.unwrap_or_else(|| no_po_number.to_owned());
    let created = if facts.placed_here { "Placed" } else { "Created" };
    view! {
        <dl class="facts" id="facts" data-refresh=facts.being_read.then_some("1")>
            <div><dt>"Customer"</dt><dd><a href=paths::customer(&facts.customer_id)>{customer}</a></dd></div>
            {facts.subscription.map(|(id, name)| view! {
                <div><dt>"Subscription"</dt><dd><a href=paths::subscription(&id)>{name}</a></dd></div>
            })}
            <div><dt>"Type"</dt><dd>{words::kind(&facts.kind)}</dd></div>
            <div><dt>"PO number"</dt><dd>{po_number}</dd></div>
            {facts.estimated.map(|now| view! { <div><dt>"Estimated"</dt><dd>{now.display()}</dd></div> })}
            {facts.total.map(|total| view! { <div><dt>"Total"</dt><dd>{total.display()}</dd></div> })}
            {facts.created_at.map(|at| view! { <div><dt>{created}</dt><dd><TimeText at/></dd></div> })}
            <div><dt>"Placed by"</dt><dd>{placed_by}</dd></div>
            {facts.order_id.map(|id| view! { <div><dt>"Id"</dt><dd><code class="id">{id}</code></dd></div> })}
            {facts.correlation_id.map(|id| view! {
                <div><dt>"Correlation id"</dt><dd><code class="id">{id}</code></dd></div>
            })}
        </dl>
    }
}
