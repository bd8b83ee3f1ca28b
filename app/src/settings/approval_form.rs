use super::server_fns::AddApprovalRule;
use crate::flash::Flash;
use crate::ui::{Field, SelectField};
use domain::{OrderKind, Role};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use uuid::Uuid;

/// A new rule: every field that is filled in is a condition.
#[component]
pub(super) fn ApprovalForm(vendors: Vec<String>, refused: Option<Flash>) -> impl IntoView {
    let value = |field: &str| refused.as_ref().and_then(|flash| flash.value(field)).map(ToOwned::to_owned);
    let error = |field: &str| refused.as_ref().and_then(|flash| flash.error.field(field)).map(ToOwned::to_owned);
    view! {
        <section class="panel" aria-labelledby="add-rule">
            <div class="panel-header"><h2 id="add-rule">"Add a rule"</h2></div>
            <form class="form" method="post" action=AddApprovalRule::PATH>
                <p class="hint">
                    "All conditions that you name have to hold. Without any, every order waits. It holds for what is placed \
                     from now on."
                </p>
                <input type="hidden" name="form_token" value=Uuid::new_v4().to_string()/>
                <SelectField
                    name="kind"
                    label="Kind of order"
                    options=options("Any", OrderKind::ALL.map(|kind| (kind.as_str(), kind.plural())))
                    value=value("kind")
                    error=error("kind")
                />
                <SelectField
                    name="vendor"
                    label="Vendor"
                    options=any_of(vendors, value("vendor"))
                    value=value("vendor")
                    error=error("vendor")
                />
                <SelectField
                    name="role"
                    label="Role of who asks"
                    options=options("Any", Role::ALL.map(|role| (role.as_str(), role.label())))
                    value=value("role")
                    error=error("role")
                />
                <Field
                    name="amount"
                    label="Amount"
                    hint="From this amount on, before tax, such as 1000.00."
                    value=value("amount")
                    error=error("amount")
                    inputmode="decimal"
                    autocomplete="off"
                    may_be_empty=true
                />
                <Field
                    name="currency"
                    label="Currency"
                    hint="Of the amount, such as USD. Orders in other currencies wait in any case."
                    value=value("currency")
                    error=error("currency")
                    autocomplete="off"
                    may_be_empty=true
                />
                <Field
                    name="percent"
                    label="Percent of the seats"
                    hint="From this change on, up or down, such as 50. The line that changes most decides."
                    value=value("percent")
                    error=error("percent")
                    inputmode="numeric"
                    autocomplete="off"
                    may_be_empty=true
                />
                <div class="form-actions"><button class="button primary" type="submit">"Add rule"</button></div>
            </form>
        </section>
    }
}

fn options<const N: usize>(any: &str, named: [(&str, &str); N]) -> Vec<(String, String)> {
    let any = std::iter::once(("", any));
    any.chain(named).map(|(value, text)| (value.to_owned(), text.to_owned())).collect()
}

/// Only what is known, and what was chosen before: a rule for a vendor who is written in another way would never hold.
fn any_of(vendors: Vec<String>, chosen: Option<String>) -> Vec<(String, String)> {
    let chosen = chosen.filter(|chosen| !chosen.is_empty() && !vendors.contains(chosen));
    let any = std::iter::once((String::new(), "Any".to_owned()));
    any.chain(vendors.into_iter().chain(chosen).map(|vendor| (vendor.clone(), vendor))).collect()
}
