use super::data::{self, NewForm};
use super::server_fns::CreateCustomer;
use crate::accounts::{AccountFields, Purpose};
use crate::paths;
use crate::ui::{Crumb, ErrorSummary, Page, load};
use crate::url::Query;
use backend::customers::Namesake;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// What its refused posts are kept under.
pub(super) const FORM: &str = "create_customer";

/// The form's address, with the reseller whose customer it will be.
pub(super) fn back(reseller: Option<&str>) -> String {
    Query::default().with("reseller", reseller.unwrap_or_default().trim()).link(paths::NEW_CUSTOMER)
}

/// `/customers/new`
#[component]
pub(crate) fn NewCustomerPage() -> impl IntoView {
    let query = Query::of_page();
    load(data::new_form(query), |NewForm { form, form_token, reseller, languages, namesakes, error }| {
        let confirm = error.as_ref().is_some_and(|error| error.field("despite_namesake").is_some());
        view! {
            <Page title="New customer" crumbs=vec![Crumb::new("Customers", paths::CUSTOMERS)] refused=error.is_some()>
                {error.clone().map(|error| view! { <ErrorSummary error/> })}
                <form class="form" method="post" action=CreateCustomer::PATH novalidate>
                    {confirm.then(|| view! { <Confirm namesakes/> })}
                    {view! { <AccountFields form purpose=Purpose::Create { languages } error/> }.into_any()}
                    <input type="hidden" name="reseller" value=reseller/>
                    <input type="hidden" name="form_token" value=form_token.to_string()/>
                    <p class="hint">"The customer is created at the marketplace at once. Nothing is ordered."</p>
                    <div class="form-actions">
                        <button class="button primary" type="submit">"Create customer"</button>
                        <a class="button quiet" href=paths::CUSTOMERS>"Cancel"</a>
                    </div>
                </form>
            </Page>
        }
    })
}

/// Who else has this name or number, and the box that says that this is somebody else.
#[component]
fn Confirm(namesakes: Vec<Namesake>) -> impl IntoView {
    view! {
        <fieldset class="notice" data-tone="warn">
            <div>
                <p class="notice-title">"A customer of this name or number exists"</p>
                <ul>
                    {namesakes
                        .into_iter()
                        .map(|other| view! { <li><a href=paths::customer(&other.id)>{other.name}</a>" "<code class="id">{other.id}</code></li> })
                        .collect_view()}
                </ul>
                <label class="check">
                    <input id="despite_namesake" type="checkbox" name="despite_namesake" value="yes"/>
                    <span>"This is another customer; create it"</span>
                </label>
            </div>
        </fieldset>
    }
}
