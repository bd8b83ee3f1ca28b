use super::customers_panel::CustomersPanel;
use super::data::{self, Detail};
use crate::accounts::AccountFacts;
use crate::context::not_allowed;
use crate::customers::Contacts;
use crate::paths;
use crate::recent::{ActivityPanel, OrdersPanel};
use crate::ui::{AsOf, Badge, Crumb, LinkAction, Page, load};
use crate::writes::Unconfirmed;
use backend::resellers::Reseller;
use domain::Permission;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// `/resellers/{id}`
#[component]
pub(crate) fn ResellerPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    load(data::get(id), |Detail { reseller, customers, orders, activity }| {
        let no_orders = if reseller.orders_as_of.is_some() {
            "No orders of its customers are known."
        } else {
            "The orders of its customers were not read yet."
        };
        let read = reseller.customers_as_of.is_some();
        let id = reseller.id.clone();
        view! {
            <Page
                title=reseller.name.clone()
                crumbs=vec![Crumb::new("Resellers", paths::RESELLERS)]
                badge=view! { <Badge text=reseller.status.clone()/> }.into_any()
                as_of=view! { <AsOf at=Some(as_of(&reseller))/> }.into_any()
                actions=view! { <Actions id=id.clone()/> }.into_any()
            >
                {view! { <Unconfirmed kind="reseller" id=id.clone()/> }.into_any()}
                <div class="columns">
                    <div>
                        {view! { <CustomersPanel customers reseller_id=id.clone() read/> }.into_any()}
                        {view! {
                            <OrdersPanel title="Recent orders" orders empty=no_orders customers=true all=paths::orders_of(&id)/>
                        }
                        .into_any()}
                        {view! { <Untold/> }.into_any()}
                        {activity.map(|entries| view! { <ActivityPanel title="Activity" entries/> }.into_any())}
                    </div>
                    <aside>
                        {view! { <Contacts contacts=reseller.contacts.clone()/> }.into_any()}
                        {view! { <Facts reseller/> }.into_any()}
                    </aside>
                </div>
            </Page>
        }
    })
}

/// As old as the oldest of what the page shows.
fn as_of(reseller: &Reseller) -> time::OffsetDateTime {
    let lists = [reseller.customers_as_of, reseller.orders_as_of];
    lists.into_iter().flatten().fold(reseller.as_of, time::OffsetDateTime::min)
}

#[component]
fn Actions(id: String) -> impl IntoView {
    let (edit, create) = (not_allowed(Permission::EditResellers), not_allowed(Permission::EditCustomers));
    view! {
        <LinkAction href=paths::new_customer_of(&id) label="New customer" refused=create/>
        <LinkAction href=paths::edit_reseller(&id) label="Edit" primary=false refused=edit/>
    }
}

#[component]
fn Untold() -> impl IntoView {
    view! {
        <section class="panel" aria-labelledby="subscriptions">
            <div class="panel-header"><h2 id="subscriptions">"Subscriptions"</h2></div>
            <p class="sub">"Not told by the marketplace: it lists the subscriptions of your own customers only."</p>
        </section>
    }
}

#[component]
fn Facts(reseller: Reseller) -> impl IntoView {
    let more = [
        ("Currency", reseller.currency),
        ("Taxation provider", reseller.taxation_provider),
        ("Customer class", reseller.customer_class),
    ];
    let more = more.into_iter().filter_map(|(name, value)| Some((name, value?.into_any()))).collect();
    view! {
        <AccountFacts
            id=reseller.id
            address=reseller.address
            external_id=reseller.external_id
            tax_reg_id=reseller.tax_reg_id
            language=reseller.language
            more
            attributes=reseller.attributes
        />
    }
}
