use super::data;
use super::server_fns::UpdateCustomer;
use crate::accounts::{AccountFields, Purpose, typed};
use crate::paths;
use crate::ui::{AsOf, Crumb, ErrorSummary, Page, load};
use crate::writes::FormToken;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_params_map;

/// What its refused posts are kept under.
pub(super) const FORM: &str = "update_customer";

/// `/customers/{id}/edit`
#[component]
pub(crate) fn EditCustomerPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    load(data::to_change(id, FORM), |(customer, refused)| {
        let shown = customer.form();
        let seen = shown.digest();
        let error = refused.as_ref().map(|flash| flash.error.clone());
        let form = refused.as_ref().and_then(typed).unwrap_or(shown);
        let crumbs = vec![
            Crumb::new("Customers", paths::CUSTOMERS),
            Crumb::new(customer.name.clone(), paths::customer(&customer.id)),
        ];
        let as_of = view! { <AsOf at=Some(customer.as_of)/> }.into_any();
        view! {
            <Page title="Edit customer" crumbs as_of refused=error.is_some()>
                {error.clone().map(|error| view! { <ErrorSummary error/> })}
                <form class="form" method="post" action=UpdateCustomer::PATH novalidate>
                    <input type="hidden" name="customer" value=customer.id.clone()/>
                    <input type="hidden" name="seen" value=seen/>
                    <FormToken/>
                    {view! { <AccountFields form purpose=Purpose::Edit error/> }.into_any()}
                    <p class="hint">"Language and attributes can only be set when a customer is created: the marketplace changes them nowhere else."</p>
                    <div class="form-actions">
                        <button class="button primary" type="submit">"Save customer"</button>
                        <a class="button quiet" href=paths::customer(&customer.id)>"Back"</a>
                    </div>
                </form>
            </Page>
        }
    })
}
