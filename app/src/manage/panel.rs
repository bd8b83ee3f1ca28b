use super::act::Kind;
use crate::context::not_permitted;
use crate::paths;
use backend::subscriptions::Subscription;
use domain::{Permission, Permissions};
use leptos::prelude::*;

/// What can be done to the subscription besides changing its seats now.
#[component]
pub(crate) fn ManagePanel(subscription: Subscription, role: Permissions) -> impl IntoView {
    let not_allowed = |permission: Permission| (!role.may(permission)).then(|| not_permitted(permission));
    let renewal =
        if subscription.auto_renew == Some(true) { "Turn automatic renewal off" } else { "Turn automatic renewal on" };
    let inactive = (subscription.status != "active").then(|| format!("This subscription is {}.", subscription.status));
    let at_once = |label: &'static str, page: &'static str| {
        let refused = not_allowed(Permission::ManageSubscriptions).or_else(|| inactive.clone());
        (label, paths::of_subscription(&subscription.id, page), refused)
    };
    let order = |kind: Kind, label: &'static str| {
        let refused = not_allowed(kind.permission()).or_else(|| kind.refusal(&subscription));
        (label, kind.path(&subscription.id), refused)
    };
    let items = [
        order(Kind::SeatsAtRenewal, "Change seats with the renewal"),
        at_once(renewal, "auto-renewal"),
        order(Kind::Switch, "Switch plan or term"),
        order(Kind::Move, "Move seats to another product"),
        order(Kind::Renew, "Renew now"),
        at_once("Set a special price", "price"),
        at_once("Edit attributes", "attributes"),
        order(Kind::Cancel, "Cancel subscription"),
    ];
    let (possible, refused): (Vec<_>, Vec<_>) = items.into_iter().partition(|(.., refused)| refused.is_none());
    let mut reasons: Vec<(String, Vec<&str>)> = Vec::new();
    for (label, _, reason) in refused {
        let reason = reason.unwrap_or_default();
        match reasons.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, labels)) => labels.push(label),
            None => reasons.push((reason, vec![label])),
        }
    }
    view! {
        <section class="panel stack" aria-labelledby="manage">
            <div class="panel-header"><h2 id="manage">"Manage"</h2></div>
            {(!possible.is_empty()).then(|| view! {
                <ul class="action-list">
                    {possible.into_iter().map(|(label, href, _)| view! { <li><a href=href>{label}</a></li> }).collect_view()}
                </ul>
            })}
            {reasons
                .into_iter()
                .map(|(reason, labels)| view! { <p class="sub">{labels.join(", ")}": "{reason}</p> })
                .collect_view()}
        </section>
    }
}
