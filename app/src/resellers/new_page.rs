use super::data::{self, NewForm};
use super::server_fns::CreateReseller;
use crate::accounts::{AccountFields, Namesake, Namesakes, Purpose};
use crate::error::AppError;
use crate::paths;
use crate::ui::{Crumb, ErrorSummary, Field, Page, load};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// What its refused posts are kept under.
pub(super) const FORM: &str = "create_reseller";

/// `/resellers/new`
#[component]
pub(crate) fn NewResellerPage() -> impl IntoView {
    load(data::new_form(), |new: NewForm| {
        let error = new.error;
        let confirm = error.as_ref().is_some_and(|error| error.field("despite_namesake").is_some());
        let page = |id: &str| paths::reseller(id);
        let others = new.namesakes.into_iter();
        let others = others.map(|other| Namesake { href: page(&other.id), id: other.id, name: other.name }).collect();
        let purpose = Purpose::Create { languages: new.languages };
        let commerce = (new.currency, new.taxation_provider, new.customer_class);
        view! {
            <Page title="New reseller" crumbs=vec![Crumb::new("Resellers", paths::RESELLERS)] refused=error.is_some()>
                {error.clone().map(|error| view! { <ErrorSummary error/> })}
                <form class="form" method="post" action=CreateReseller::PATH novalidate>
                    {confirm.then(|| view! { <Namesakes noun="reseller" others/> })}
                    {view! { <AccountFields form=new.form purpose error=error.clone()/> }.into_any()}
                    {view! { <Commerce values=commerce error/> }.into_any()}
                    <input type="hidden" name="form_token" value=new.form_token.to_string()/>
                    <p class="hint">"The reseller is created at the marketplace at once. Nothing is ordered."</p>
                    <div class="form-actions">
                        <button class="button primary" type="submit">"Create reseller"</button>
                        <a class="button quiet" href=paths::RESELLERS>"Cancel"</a>
                    </div>
                </form>
            </Page>
        }
    })
}

/// What a reseller has and a customer has not. None of it can be changed later.
#[component]
fn Commerce(values: (Option<String>, Option<String>, Option<String>), error: Option<AppError>) -> impl IntoView {
    let fault = |field: &str| error.as_ref().and_then(|error| error.field(field)).map(ToOwned::to_owned);
    let (currency, taxation_provider, customer_class) = values;
    view! {
        <fieldset>
            <legend>"Billing"</legend>
            <Field
                name="currency"
                label="Currency"
                hint="What the reseller is billed in, as three letters such as USD. It cannot be changed later."
                value=currency
                error=fault("currency")
                autocomplete="off"
            />
            <div class="field-row">
                <Field
                    name="taxation_provider"
                    label="Taxation provider"
                    may_be_empty=true
                    hint="Who calculates its taxes, such as Vertex."
                    value=taxation_provider
                    error=fault("taxation_provider")
                    autocomplete="off"
                />
                <Field
                    name="customer_class"
                    label="Customer class"
                    may_be_empty=true
                    hint="The group it belongs to, such as Default."
                    value=customer_class
                    error=fault("customer_class")
                    autocomplete="off"
                />
            </div>
        </fieldset>
    }
}
