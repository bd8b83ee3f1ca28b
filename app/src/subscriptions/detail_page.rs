use super::change_seats;
use super::data::{self, Detail};
use super::facts::Facts;
use super::lines::{self, Lines};
use super::others::OthersView;
use super::parameters::{Parameters, of_array, of_object};
use super::reading::{On, ReadingView, without_seats};
use crate::live;
use crate::manage::ManagePanel;
use crate::paths;
use crate::recent::{ActivityPanel, OrdersPanel};
use crate::ui::{AsOf, Badge, Crumb, LinkAction, Page, ToldView, load};
use crate::writes::Unconfirmed;
use backend::subscriptions::{Reading, Subscription};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// `/subscriptions/{id}`
#[component]
pub(crate) fn SubscriptionPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    load(data::get(id), |Detail { subscription, orders, others, activity, role, told }| {
        let under_way = orders.iter().find(|order| order.under_way());
        let refused = change_seats::refusal(role, &subscription, under_way);
        let changeable = refused.is_none();
        let action = header_action(&subscription, refused).into_any();
        let about = live::subscription(&subscription.id);
        let crumbs = vec![Crumb::new("Subscriptions", paths::SUBSCRIPTIONS)];
        let badge = view! { <Badge text=subscription.status.clone()/> }.into_any();
        let being_read = subscription.reading == Reading::UnderWay;
        let as_of = view! { <AsOf at=Some(subscription.as_of)/> }.into_any();
        view! {
            <Page title=subscription.name.clone() crumbs badge as_of actions=action live=about.clone()>
                {view! { <ToldView told/> }.into_any()}
                {view! { <Unconfirmed kind="subscription" id=subscription.id.clone()/> }.into_any()}
                {view! { <OthersView others/> }.into_any()}
                {view! { <ReadingView subscription=subscription.clone() on=On::of_page()/> }.into_any()}
                <div class="columns">
                    <div id="lately" data-live=about>
                        {view! { <LinesPanel subscription=subscription.clone() changeable/> }.into_any()}
                        {view! { <OrdersPanel title="Orders" orders empty="No orders of this subscription are known."/> }.into_any()}
                        {activity.map(|entries| view! { <ActivityPanel title="Activity" entries/> })}
                    </div>
                    <aside id="known" data-refresh=being_read.then_some("1")>
                        <section class="panel" aria-labelledby="facts">
                            <div class="panel-header"><h2 id="facts">"Facts"</h2></div>
                            {view! { <Facts subscription=subscription.clone()/> }.into_any()}
                        </section>
                        {view! { <ManagePanel subscription=subscription.clone() role/> }.into_any()}
                        <Parameters title="Attributes" values=of_object(&subscription.attributes)/>
                        <Parameters title="Asked for when ordered" values=of_array(subscription.order_parameters.as_ref())/>
                        <Parameters
                            title="Given by the vendor"
                            values=of_array(subscription.fulfilment_parameters.as_ref())
                        />
                    </aside>
                </div>
            </Page>
        }
    })
}

/// With one product line the way to change its seats stands in the header; with several, beside each line.
fn header_action(subscription: &Subscription, refused: Option<String>) -> Option<AnyView> {
    let href = match subscription.lines.as_slice() {
        [line] => lines::href(&subscription.id, line),
        _ if refused.is_some() => paths::change_seats(&subscription.id),
        _ => return None,
    };
    Some(view! { <LinkAction href label="Change seats" refused/> }.into_any())
}

#[component]
fn LinesPanel(subscription: Subscription, changeable: bool) -> impl IntoView {
    let seats = lines::seats(&subscription);
    let read = subscription.detailed_at.is_some();
    let several = subscription.lines.len() > 1;
    let content = match (read, subscription.lines.is_empty()) {
        (false, _) => view! { <p>{without_seats(&subscription)}</p> }.into_any(),
        (true, true) => view! { <p>"The marketplace lists no products in this subscription."</p> }.into_any(),
        (true, false) => view! {
            <Lines
                lines=subscription.lines
                subscription_id=subscription.id
                changeable=changeable && several
                period=subscription.billing_period
            />
        }
        .into_any(),
    };
    view! {
        <section class="panel" aria-labelledby="product-lines">
            <div class="panel-header">
                <h2 id="product-lines">"Product lines"</h2>
                {seats.map(|seats| view! { <span class="sub">{seats}</span> })}
                {read.then(|| view! { <AsOf at=subscription.detailed_at/> })}
            </div>
            {content}
        </section>
    }
}
