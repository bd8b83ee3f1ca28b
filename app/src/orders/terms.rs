//! What an order says of itself besides its lines and charges.

use super::words;
use crate::catalogue::words::billing_model;
use crate::format;
use crate::paths;
use ::backend::order_list::{EndsWith, Order, OrderTerms};
use ::backend::orders::MARK;
use leptos::prelude::*;

/// All of it, as far as it was told.
#[component]
pub(super) fn Terms(order: Order) -> impl IntoView {
    let code = order.status_code.as_deref().map(words::status_code);
    let terms = order.terms.unwrap_or_default();
    let fact = |name: &'static str, value: Option<String>| {
        value.map(|value| view! { <div><dt>{name}</dt><dd>{value}</dd></div> })
    };
    let facts = (
        fact("Status code", code),
        fact("Takes effect", order.at_renewal.then(|| "with the renewal of the subscription".to_owned())),
        fact("Term", terms.term.as_ref().and_then(format::length)),
        fact("Billing", terms.billing_model.as_ref().map(|model| billing_model(model).to_owned())),
        fact("Vendor bills every", terms.vendor_bills_every.as_ref().and_then(format::length)),
        fact("Credit check", terms.credit_check.map(|checked| if checked { "yes" } else { "skipped" }.to_owned())),
        fact("Ends on", terms.ends_on.map(format::date)),
        fact("Billed last, elsewhere", terms.billed_last_on.map(format::date)),
        fact("Billed next", terms.billed_next_on.map(format::date)),
    );
    view! {
        <section class="panel" aria-labelledby="terms">
            <div class="panel-header"><h2 id="terms">"Terms"</h2></div>
            <dl class="facts rows">
                {facts}
                {view! { <Links terms/> }.into_any()}
                {order
                    .attributes
                    .into_iter()
                    .filter(|(name, _)| name != MARK)
                    .map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> })
                    .collect_view()}
            </dl>
        </section>
    }
}

/// What has a page of its own.
#[component]
fn Links(terms: OrderTerms) -> impl IntoView {
    let subscription = |name: &'static str, id: String| {
        let href = paths::subscription(&id);
        view! { <div><dt>{name}</dt><dd><a href=href>"Subscription "{id}</a></dd></div> }.into_any()
    };
    let text = |text: String| view! { <div><dt>"Ends together with"</dt><dd>{text}</dd></div> }.into_any();
    let ends_with = terms.ends_with.map(|ends_with| match ends_with {
        EndsWith::Subscription(id) => subscription("Ends together with", id),
        EndsWith::CalendarMonth => text("the calendar month".to_owned()),
        EndsWith::Other(name) => text(name),
    });
    let moves_to = terms.moves_to.map(|id| subscription("Seats move to", id));
    view! { {ends_with}{moves_to} }
}
