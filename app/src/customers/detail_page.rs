use super::contacts::Contacts;
use super::data::{self, Detail};
use super::renewals::Renewals;
use super::spend::SpendPanel;
use super::subscriptions::Subscriptions;
use crate::context::not_permitted;
use crate::paths;
use crate::recent::{ActivityPanel, OrdersPanel};
use crate::ui::{AsOf, Badge, Crumb, LinkAction, Page, load};
use backend::customers::Customer;
use domain::{Country, Permission, Role};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// `/customers/{id}`: everything about one client, for somebody about to call them.
#[component]
pub(crate) fn CustomerPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    load(data::get(id), |Detail { customer, subscriptions, spend, orders, activity, role }| {
        let action = view! { <Actions role customer=customer.clone()/> };
        let all = subscriptions.clone();
        view! {
            <Page
                title=customer.name.clone()
                crumbs=vec![Crumb::new("Customers", paths::CUSTOMERS)]
                badge=view! { <Badge text=customer.status.clone()/> }.into_any()
                as_of=view! { <AsOf at=Some(customer.as_of)/> }.into_any()
                actions=action.into_any()
            >
                {view! { <SpendPanel spend subscriptions=subscriptions.len()/> }.into_any()}
                <div class="columns">
                    <div>
                        {view! { <Renewals subscriptions/> }.into_any()}
                        {view! { <Subscriptions subscriptions=all customer_id=customer.id.clone()/> }.into_any()}
                        {view! { <OrdersPanel title="Recent orders" orders empty="No orders of this customer are known."/> }.into_any()}
                        {activity.map(|entries| view! { <ActivityPanel title="Activity" entries/> }.into_any())}
                    </div>
                    <aside>
                        {view! { <Contacts contacts=customer.contacts.clone()/> }.into_any()}
                        {view! { <Facts customer/> }.into_any()}
                    </aside>
                </div>
            </Page>
        }
    })
}

#[component]
fn Actions(role: Role, customer: Customer) -> impl IntoView {
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
        {change}
    }
}

/// Why nothing can be ordered for the customer; `None` where it can.
fn refusal(role: Role, customer: &Customer) -> Option<String> {
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
    let address = customer.address.unwrap_or_default();
    let place = [address.postal_code, address.city].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let country = address.country_code.map(|code| Country::find(&code).map_or(code, |known| known.name.to_owned()));
    let lines = [address.street_address, address.address_extension, Some(place), address.state, country];
    let lines: Vec<String> = lines.into_iter().flatten().filter(|line| !line.is_empty()).collect();
    let fact = |name: &'static str, value: Option<String>| {
        value.map(|value| view! { <div><dt>{name}</dt><dd>{value}</dd></div> })
    };
    let attributes: Vec<(String, String)> = customer
        .attributes
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, value)| (name.clone(), value.as_str().unwrap_or_default().to_owned()))
        .collect();
    view! {
        <section class="panel" aria-labelledby="facts">
            <div class="panel-header"><h2 id="facts">"Facts"</h2></div>
            <dl class="facts rows">
                {(!lines.is_empty()).then(|| view! {
                    <div>
                        <dt>"Address"</dt>
                        <dd>{lines.into_iter().map(|line| view! { {line}<br/> }).collect_view()}</dd>
                    </div>
                })}
                {fact("Your number", customer.external_id)}
                {fact("Tax number", customer.tax_reg_id)}
                {fact("Language", customer.language)}
                {attributes.into_iter().map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> }).collect_view()}
                <div><dt>"Id"</dt><dd><code class="id">{customer.id}</code></dd></div>
            </dl>
        </section>
    }
}
