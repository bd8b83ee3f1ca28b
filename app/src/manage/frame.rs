use crate::paths;
use crate::ui::{AsOf, Crumb, Page};
use backend::subscriptions::Subscription;
use leptos::prelude::*;

/// The header of a page about one subscription.
#[component]
pub(super) fn Frame(
    title: &'static str,
    subscription: Subscription,
    #[prop(optional)] refused: bool,
    children: Children,
) -> impl IntoView {
    let customer = subscription.customer_name.clone().unwrap_or_else(|| subscription.customer_id.clone());
    let crumbs = vec![
        Crumb::new("Subscriptions", paths::SUBSCRIPTIONS),
        Crumb::new(subscription.name.clone(), paths::subscription(&subscription.id)),
    ];
    let as_of = view! { <AsOf at=Some(subscription.detailed_at.unwrap_or(subscription.as_of))/> }.into_any();
    view! {
        <Page title crumbs as_of refused>
            <dl class="facts">
                <div><dt>"Subscription"</dt><dd>{subscription.name}</dd></div>
                <div><dt>"Customer"</dt><dd><a href=paths::customer(&subscription.customer_id)>{customer}</a></dd></div>
                <div><dt>"Id"</dt><dd><code class="id">{subscription.id}</code></dd></div>
            </dl>
            {children()}
        </Page>
    }
}

/// Why it cannot be done, and the way back.
#[component]
pub(super) fn NotNow(reason: String, subscription_id: String) -> impl IntoView {
    view! {
        <div class="notice" data-tone="warn">
            <div><p class="notice-title">"This cannot be done now"</p><p>{reason}</p></div>
            <a class="button" href=paths::subscription(&subscription_id)>"Back to the subscription"</a>
        </div>
    }
}
