use super::data::{self, NewForm};
use super::server_fns::CreateCustomer;
use crate::accounts::{self, AccountFields, Namesakes, Purpose};
use crate::paths;
use crate::ui::{Crumb, ErrorSummary, Page, load};
use crate::url::Query;
use backend::customers::Namesake;
use backend::resellers::Reseller;
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
        let others = namesakes.into_iter().map(with_page).collect();
        let (title, crumbs, cancel) = match &reseller {
            None => (
                "New customer".to_owned(),
                vec![Crumb::new("Customers", paths::CUSTOMERS)],
                paths::CUSTOMERS.to_owned(),
            ),
            Some(reseller) => {
                (format!("New customer of {}", reseller.name), of_reseller(reseller), paths::reseller(&reseller.id))
            }
        };
        let belongs_to = match &reseller {
            None => "The customer is created at the marketplace at once. Nothing is ordered.".to_owned(),
            Some(reseller) => format!(
                "The customer is created at the marketplace at once and belongs to {}. Nothing is ordered.",
                reseller.name
            ),
        };
        view! {
            <Page title crumbs refused=error.is_some()>
                {error.clone().map(|error| view! { <ErrorSummary error/> })}
                <form class="form" method="post" action=CreateCustomer::PATH novalidate>
                    {confirm.then(|| view! { <Namesakes noun="customer" others/> })}
                    {view! { <AccountFields form purpose=Purpose::Create { languages } error/> }.into_any()}
                    <input type="hidden" name="reseller" value=reseller.map(|reseller| reseller.id)/>
                    <input type="hidden" name="form_token" value=form_token.to_string()/>
                    <p class="hint">{belongs_to}</p>
                    <div class="form-actions">
                        <button class="button primary" type="submit">"Create customer"</button>
                        <a class="button quiet" href=cancel>"Cancel"</a>
                    </div>
                </form>
            </Page>
        }
    })
}

fn of_reseller(reseller: &Reseller) -> Vec<Crumb> {
    vec![Crumb::new("Resellers", paths::RESELLERS), Crumb::new(reseller.name.clone(), paths::reseller(&reseller.id))]
}

fn with_page(other: Namesake) -> accounts::Namesake {
    accounts::Namesake { href: paths::customer(&other.id), id: other.id, name: other.name }
}
