use super::contacts::Contacts;
use super::data::{self, Detail};
use super::managers::ManagersPanel;
use super::renewals::Renewals;
use super::spend::SpendPanel;
use super::subscriptions::Subscriptions;
use super::untold::Untold;
use crate::accounts::AccountFacts;
use crate::context::not_permitted;
use crate::paths;
use crate::recent::{ActivityPanel, OrdersPanel};
use crate::ui::{AsOf, Badge, Crumb, LinkAction, Page, load};
use crate::writes::Unconfirmed;
use backend::customers::Customer;
use backend::subscriptions::SubscriptionRow;
use domain::{Permission, Permissions};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// `/customers/{id}`: everything about one customer, for somebody about to call them.
#[component]
pub(crate) fn CustomerPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    load(data::get(id), |Detail { customer, subscriptions, spend, orders, activity, managers, role }| {
        let action = view! { <Actions role customer=customer.clone()/> };
        let reseller = customer.reseller.clone().map(|reseller| reseller.name);
        view! {
            <Page
                title=customer.name.clone()
                crumbs=vec![Crumb::new("Customers", paths::CUSTOMERS)]
                badge=view! { <Badge text=customer.status.clone()/> }.into_any()
                as_of=view! { <AsOf at=Some(customer.as_of)/> }.into_any()
                actions=action.into_any()
            >
                {view! { <Unconfirmed kind="customer" id=customer.id.clone()/> }.into_any()}
                {match reseller.clone() {
                    Some(reseller) => view! { <Untold reseller/> }.into_any(),
                    None => view! { <SpendPanel spend subscriptions=subscriptions.len()/> }.into_any(),
                }}
                <div class="columns">
                    <div>
                        {view! { <Held subscriptions customer_id=customer.id.clone() own=reseller.is_none()/> }.into_any()}
                        {view! { <OrdersPanel title="Recent orders" orders empty="No orders of this customer are known."/> }.into_any()}
                        {activity.map(|entries| view! { <ActivityPanel title="Activity" entries more=paths::activity_of(&customer.id)/> }.into_any())}
                    </div>
                    <aside>
                        {view! { <ManagersPanel managers customer_id=customer.id.clone()/> }.into_any()}
                        {view! { <Contacts contacts=customer.contacts.clone()/> }.into_any()}
                        {view! { <Facts customer/> }.into_any()}
                    </aside>
                </div>
            </Page>
        }
    })
}

/// What they have and when it renews; of a reseller's customer what happens to be known, if anything.
#[component]
fn Held(subscriptions: Vec<SubscriptionRow>, customer_id: String, own: bool) -> impl IntoView {
    let shown = own || !subscriptions.is_empty();
    view! {
        {own.then(|| view! { <Renewals subscriptions=subscriptions.clone()/> }.into_any())}
        {shown.then(|| view! { <Subscriptions subscriptions customer_id/> }.into_any())}
    }
}

#[component]
fn Actions(role: Permissions, customer: Customer) -> impl IntoView {
    let held = customer.status == "creditHold";
    let hold = if held { "Release" } else { "Hold" };
    let edit = paths::edit_customer(&customer.id);
    let change = if role.may(Permission::EditCustomers) {
        view! {
            <LinkAction href=edit label="Edit" primary=false/>
            <LinkAction href=paths::hold_customer(&customer.id) label=hold primary=false refused=customer.hold_refusal(!held)/>
        }
        .into_any()
    } else {
        let label = format!("Edit or {}", hold.to_lowercase());
        view! { <LinkAction href=edit label primary=false refused=not_permitted(Permission::EditCustomers)/> }
            .into_any()
    };
    view! {
        <LinkAction href=paths::new_order_for(&customer.id) label="New order" refused=refusal(role, &customer)/>
        {refusal(role, &customer).is_none().then(|| view! {
            <LinkAction href=paths::migrate_for(&customer.id) label="Migrate a subscription" primary=false/>
        })}
        {change}
    }
}

/// Why nothing can be ordered for the customer; `None` where it can.
fn refusal(role: Permissions, customer: &Customer) -> Option<String> {
    if !role.may(Permission::PlaceOrders) {
        Some("Your role does not let you place orders. Ask an admin.".to_owned())
    } else if customer.status != "active" {
        Some("Only active customers can order.".to_owned())
    } else {
        None
    }
}

#[component]
fn Facts(customer: Customer) -> impl IntoView {
    let reseller = customer
        .reseller
        .map(|reseller| ("Reseller", view! { <a href=paths::reseller(&reseller.id)>{reseller.name}</a> }.into_any()));
    view! {
        <AccountFacts
            id=customer.id
            address=customer.address
            external_id=customer.external_id
            tax_reg_id=customer.tax_reg_id
            language=customer.language
            more=reseller.into_iter().collect()
            attributes=customer.attributes
        />
    }
}
