use super::data;
use super::server_fns::SetHold;
use crate::paths;
use crate::ui::{AsOf, Crumb, ErrorSummary, Page, load};
use crate::writes::FormToken;
use backend::customers::Customer;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_params_map;

/// What its refused posts are kept under.
pub(super) const FORM: &str = "set_hold";

/// `/customers/{id}/hold`: what a hold means, and the button that sets or ends it.
#[component]
pub(crate) fn HoldPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    load(data::to_change(id, FORM), |(customer, refused)| {
        let crumbs = vec![
            Crumb::new("Customers", paths::CUSTOMERS),
            Crumb::new(customer.name.clone(), paths::customer(&customer.id)),
        ];
        let as_of = view! { <AsOf at=Some(customer.as_of)/> }.into_any();
        let held = customer.status == "creditHold";
        let title = if held { "Release from credit hold" } else { "Put on credit hold" };
        view! {
            <Page title crumbs as_of refused=refused.is_some()>
                {refused.map(|flash| view! { <ErrorSummary error=flash.error/> })}
                {match customer.hold_refusal(!held) {
                    Some(reason) => view! {
                        <div class="notice" data-tone="warn">
                            <div><p class="notice-title">"This cannot be done now"</p><p>{reason}</p></div>
                            <a class="button" href=paths::customer(&customer.id)>"Back to the customer"</a>
                        </div>
                    }
                    .into_any(),
                    None => view! { <Turn customer held/> }.into_any(),
                }}
            </Page>
        }
    })
}

#[component]
fn Turn(customer: Customer, held: bool) -> impl IntoView {
    let (meaning, to, button) = if held {
        (format!("{} can order again. Nothing else changes.", customer.name), "release", "Release from credit hold")
    } else {
        (
            format!(
                "{} cannot order more until released: new subscriptions and more seats are refused. Their services go on.",
                customer.name
            ),
            "hold",
            "Put on credit hold",
        )
    };
    view! {
        <p>{meaning}</p>
        <form class="form" method="post" action=SetHold::PATH>
            <input type="hidden" name="customer" value=customer.id.clone()/>
            <input type="hidden" name="to" value=to/>
            <FormToken/>
            <div class="form-actions">
                <button class="button primary" type="submit">{button}</button>
                <a class="button quiet" href=paths::customer(&customer.id)>"Back"</a>
            </div>
        </form>
    }
}
