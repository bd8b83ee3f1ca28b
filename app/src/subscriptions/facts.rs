use super::renewal;
use crate::context::backend;
use crate::ui::DateText;
use crate::{format, paths};
use backend::subscriptions::Subscription;
use domain::Margin;
use leptos::prelude::*;

/// What is known of the subscription as a whole. Costs are there only if the loader left them in.
#[component]
pub(super) fn Facts(subscription: Subscription) -> impl IntoView {
    let period = subscription.billing_period.as_ref();
    let price = subscription.price.map(|price| format::price(price, period));
    let cost = subscription.cost.map(|cost| format::price(cost, period));
    let margin = subscription.price.zip(subscription.cost).and_then(|(price, cost)| Margin::of(price, cost));
    let margin = margin.map(|margin| format::margin(&margin, period));
    let plan = subscription.plan_id.clone().map(|id| {
        let name = subscription.plan_name.clone().unwrap_or_else(|| id.clone());
        view! { <a href=paths::plan(&id)>{name}</a> }
    });
    let renewal = renewal::sentence(&subscription, backend().clock.now().date());
    let customer = subscription.customer_name.clone().unwrap_or_else(|| subscription.customer_id.clone());
    let customer = view! { <a href=paths::customer(&subscription.customer_id)>{customer}</a> };
    view! {
        <dl class="facts rows">
            {fact("Customer", Some(customer))}
            {fact("Renewal", Some(renewal))}
            {fact("Term", subscription.term.as_ref().and_then(format::length))}
            {fact("Charged", charged(&subscription))}
            {fact("Price", price)}
            {fact("Cost", cost)}
            {fact("Margin", margin)}
            {fact("Vendor", subscription.vendor)}
            {fact("Plan", plan)}
            {fact("Created", subscription.created_on.map(|day| view! { <DateText day/> }))}
            {fact("Last changed", subscription.modified_on.map(|day| view! { <DateText day/> }))}
            {fact("Id", Some(view! { <code class="id">{subscription.id}</code> }))}
        </dl>
    }
}

fn fact<V: IntoView + 'static>(name: &'static str, value: Option<V>) -> AnyView {
    value.map(|value| view! { <div><dt>{name}</dt><dd>{value}</dd></div> }).into_any()
}

fn charged(subscription: &Subscription) -> Option<String> {
    let every =
        subscription.billing_period.as_ref().and_then(|period| format::period(Some(&period.unit), Some(period.length)));
    match (subscription.billing_model.as_deref()?, every) {
        ("chargeBeforeBillingPeriod", Some(every)) => Some(format!("every {every}, in advance")),
        ("chargeAfterBillingPeriod", Some(every)) => Some(format!("every {every}, afterwards")),
        ("chargeBeforeSubscriptionPeriod", _) => Some("for the whole term, in advance".to_owned()),
        ("chargeExternalRating", _) => Some("by use, as the vendor rates it".to_owned()),
        (_, every) => every.map(|every| format!("every {every}")),
    }
}
