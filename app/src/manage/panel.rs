use super::act::Kind;
use crate::context::not_permitted;
use crate::paths;
use backend::subscriptions::Subscription;
use domain::{Permission, Role};
use leptos::prelude::*;

/// What can be done to the subscription besides changing its seats now.
#[component]
pub(crate) fn ManagePanel(subscription: Subscription, role: Role) -> impl IntoView {
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
        order(Kind::Renew, "Renew now"),
        at_once("Set a special price", "price"),
        at_once("Edit attributes", "attributes"),
        order(Kind::Cancel, "Cancel subscription"),
    ];
    let reasons: Vec<String> = items.iter().filter_map(|(.., refused)| refused.clone()).collect();
    let same = reasons.len() == items.len() && reasons.windows(2).all(|pair| pair[0] == pair[1]);
    view! {
        <section class="panel" aria-labelledby="manage">
            <div class="panel-header"><h2 id="manage">"Manage"</h2></div>
            {same.then(|| view! { <p class="sub">{reasons.first().cloned()}</p> })}
            {(!same).then(|| view! {
                <ul class="action-list">
                    {items
                        .into_iter()
                        .map(|(label, href, refused)| match refused {
                            None => view! { <li><a href=href>{label}</a></li> }.into_any(),
                            Some(reason) => {
                                view! { <li class="off">{label}<span class="sub">{reason}</span></li> }.into_any()
                            }
                        })
                        .collect_view()}
                </ul>
            })}
        </section>
    }
}
