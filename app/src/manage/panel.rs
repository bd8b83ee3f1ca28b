use super::act::Kind;
use crate::paths;
use backend::subscriptions::Subscription;
use domain::{Permission, Role};
use leptos::prelude::*;

/// What can be done to the subscription besides changing its seats now.
#[component]
pub(crate) fn ManagePanel(subscription: Subscription, role: Role) -> impl IntoView {
    let manage = role.may(Permission::ManageSubscriptions);
    let not_allowed = (!manage).then(|| {
        format!("Your role does not let you {}. Ask an admin.", Permission::ManageSubscriptions.description())
    });
    let renewal =
        if subscription.auto_renew == Some(true) { "Turn automatic renewal off" } else { "Turn automatic renewal on" };
    let inactive = (subscription.status != "active").then(|| format!("This subscription is {}.", subscription.status));
    let at_once = |label: &'static str, page: &'static str| {
        let refused = not_allowed.clone().or_else(|| inactive.clone());
        (label, paths::of_subscription(&subscription.id, page), refused)
    };
    let order = |kind: Kind, label: &'static str| {
        let not_allowed = not_allowed.clone().filter(|_| kind != Kind::SeatsAtRenewal);
        let not_allowed = not_allowed.or_else(|| {
            (!role.may(Permission::ChangeSeats))
                .then(|| "Your role does not let you change seats. Ask an admin.".to_owned())
        });
        (label, kind.path(&subscription.id), not_allowed.or_else(|| kind.refusal(&subscription)))
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
