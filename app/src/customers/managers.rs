//! Who looks after a customer, and the form to change that.

use crate::context::not_permitted;
use crate::flash::Flash;
use crate::matching::{SetManagers, managers_field};
use crate::ui::{ErrorSummary, Icon};
use backend::matching::Manager;
use domain::{Permission, Permissions};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

pub(super) use crate::matching::MANAGERS_FORM as FORM;

/// Who looks after a customer, and who could.
pub(super) struct Managers {
    current: Vec<Manager>,
    /// Everybody who can be chosen; `None` for those who may not choose.
    choices: Option<Vec<Manager>>,
    refused: Option<Flash>,
}

impl Managers {
    /// `people` are all who can sign in; those who look after the customer although they no longer can stay a choice.
    pub(super) fn new(current: Vec<Manager>, people: Vec<Manager>, role: Permissions, refused: Option<Flash>) -> Self {
        let gone = current.iter().filter(|manager| !manager.enabled).cloned();
        let choices = role.may(Permission::EditCustomers).then(|| people.into_iter().chain(gone).collect());
        Self { current, choices, refused }
    }
}

/// The panel of the customer's page.
#[component]
pub(super) fn ManagersPanel(managers: Managers, customer_id: String) -> impl IntoView {
    let Managers { current, choices, refused } = managers;
    let names = current.clone();
    view! {
        <section class="panel stack" aria-labelledby="managers">
            <div class="panel-header"><h2 id="managers">"Account managers"</h2></div>
            {if names.is_empty() {
                view! { <p class="sub">"Nobody looks after this customer yet."</p> }.into_any()
            } else {
                view! { <ul class="list">{names.into_iter().map(item).collect_view()}</ul> }.into_any()
            }}
            {match choices {
                Some(choices) => view! { <Choose customer_id current choices refused/> }.into_any(),
                None => view! { <p class="sub">{not_permitted(Permission::EditCustomers)}</p> }.into_any(),
            }}
        </section>
    }
}

fn item(manager: Manager) -> AnyView {
    let gone = (!manager.enabled).then_some(" (can no longer sign in)");
    view! { <li><div>{manager.name}{gone}<span class="sub">{manager.email}</span></div></li> }.into_any()
}

#[component]
fn Choose(customer_id: String, current: Vec<Manager>, choices: Vec<Manager>, refused: Option<Flash>) -> impl IntoView {
    let open = refused.is_some();
    let error = refused.as_ref().map(|flash| flash.error.clone());
    let message = |field: &str| error.as_ref().and_then(|error| error.field(field)).map(ToOwned::to_owned);
    let boxes = choices.into_iter().enumerate().map(|(index, person)| {
        let field = managers_field(&person.staff_id.to_string());
        let checked = match &refused {
            Some(flash) => flash.value(&field).is_some(),
            None => current.iter().any(|manager| manager.staff_id == person.staff_id),
        };
        let error = message(&field);
        view! { <PersonBox index field checked person error/> }
    });
    let boxes = boxes.collect_view();
    view! {
        {error.map(|error| view! { <ErrorSummary error/> })}
        <details class="fold" open=open>
            <summary>"Change account managers"<Icon name="chevron"/></summary>
            <form class="form" method="post" action=SetManagers::PATH>
                <input type="hidden" name="customer" value=customer_id/>
                <fieldset>
                    <legend class="visually-hidden">"Account managers"</legend>
                    {boxes}
                </fieldset>
                <div class="form-actions"><button class="button" type="submit">"Save account managers"</button></div>
            </form>
        </details>
    }
}

#[component]
fn PersonBox(
    index: usize,
    field: String,
    checked: bool,
    person: Manager,
    #[prop(optional_no_strip)] error: Option<String>,
) -> impl IntoView {
    let error_id = format!("{field}-error");
    let described_by = error.is_some().then(|| error_id.clone());
    let gone = (!person.enabled).then_some(" (can no longer sign in)");
    view! {
        <div class="field">
            <label class="check" for=field.clone()>
                <input
                    type="checkbox"
                    id=field.clone()
                    name=format!("staff[{index}]")
                    value=person.staff_id.to_string()
                    checked=checked
                    aria-describedby=described_by
                    aria-invalid=error.is_some().then_some("true")
                />
                <span>{person.name}{gone}</span>
            </label>
            {error.map(|error| view! { <p class="field-error" id=error_id>{error}</p> })}
        </div>
    }
}
