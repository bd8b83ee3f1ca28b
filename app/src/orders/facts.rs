use super::words;
use crate::paths;
use crate::recent::kind_in_words;
use crate::ui::TimeText;
use ::backend::order_list::{Contents, Order};
use ::backend::orders::Intent;
use domain::{IntentState, Money};
use leptos::prelude::*;
use time::OffsetDateTime;

/// What is known of an order, from our record and the marketplace's.
pub(super) struct Facts {
    number: Option<String>,
    kind: String,
    customer_id: String,
    customer_name: Option<String>,
    subscription: Option<(String, String)>,
    /// Which plan and term become which, and from when the term counts.
    switched: Option<(String, &'static str)>,
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
    pub(super) fn of(intent: Option<&Intent>, order: Option<&Order>) -> Self {
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
            switched: intent
                .and_then(|intent| intent.switched.as_ref())
                .map(|switched| (words::switched(switched), words::start_in_words(switched.restart))),
            po_number: theirs(|order| order.po_number.clone()).or_else(|| ours(|intent| intent.po_number.clone())),
            total: order.and_then(|order| order.total),
            estimated: intent.and_then(|intent| intent.now),
            created_at: intent.map(|intent| intent.created_at).or_else(|| order.and_then(|order| order.created_at)),
            being_read: order.is_some_and(|order| order.contents == Contents::BeingRead),
            po_unread: intent.is_none() && order.is_some_and(|order| order.contents != Contents::Read),
            placed_by: ours(|intent| Some(intent.requested_by.clone())),
            order_id: theirs(|order| Some(order.id.clone())).or_else(|| ours(|intent| intent.order_id.clone())),
            correlation_id: ours(|intent| intent.correlation_id.clone()),
            labels: intent.map_or(("Created", "Placed by"), labels),
        }
    }

    /// Its number, or what it is while it has none.
    pub(super) fn title(&self) -> String {
        match &self.number {
            Some(number) => format!("Order {number}"),
            None => format!("{} for {}", kind_in_words(&self.kind), self.customer()),
        }
    }

    fn customer(&self) -> &str {
        self.customer_name.as_ref().unwrap_or(&self.customer_id)
    }
}

/// What its time and its person are called. What waited for a second person and never left was not placed.
fn labels(intent: &Intent) -> (&'static str, &'static str) {
    let unsent = intent.needs_approval && intent.sent_at.is_none() && intent.state.came_to_nothing();
    if intent.state == IntentState::Drafted || unsent { ("Asked for", "Asked for by") } else { ("Placed", "Placed by") }
}

/// The facts of an order, one below the other; `live` is what they are to follow.
#[component]
pub(super) fn FactList(facts: Facts, live: Option<String>) -> impl IntoView {
    let customer = facts.customer().to_owned();
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
            {facts.switched.map(|(switched, start)| view! {
                <div><dt>"Switch"</dt><dd>{switched}<span class="sub">{start}</span></dd></div>
            })}
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
