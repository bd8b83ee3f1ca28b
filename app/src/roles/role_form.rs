use super::abilities::sentence;
use crate::flash::Flash;
use crate::ui::{Field, Hidden};
use domain::{CustomRole, Permission};
use leptos::prelude::*;

/// The fields of a role, as they are stored or, where the form was refused, as they were typed.
#[component]
pub(super) fn RoleForm(
    action: &'static str,
    hidden: Vec<(String, String)>,
    button: &'static str,
    #[prop(optional_no_strip)] role: Option<CustomRole>,
    refused: Option<Flash>,
) -> impl IntoView {
    let error = |field: &str| refused.as_ref().and_then(|flash| flash.error.field(field)).map(ToOwned::to_owned);
    let value = |field: &str, stored: Option<String>| match &refused {
        // A refused post that was not of this form, such as of the button that deletes, brings no fields.
        Some(flash) if flash.value("name").is_some() => flash.value(field).map(ToOwned::to_owned),
        _ => stored,
    };
    let limits = role.as_ref().map(|role| role.limits).unwrap_or_default();
    let amount = limits.order_value.map(|limit| limit.amount.to_string());
    let currency = limits.order_value.map(|limit| limit.currency.code().to_owned());
    let boxes = Permission::ALL.into_iter().filter(|permission| !permission.is_for_admins_only()).enumerate();
    let boxes = boxes.map(|(index, permission)| {
        let field = format!("permission-{}", permission.name());
        let stored = role.as_ref().is_some_and(|role| role.permissions.may(permission)).then(|| "on".to_owned());
        let checked = value(&field, stored).is_some();
        let error = error(&field);
        view! { <PermissionBox index field permission checked error/> }
    });
    let boxes = boxes.collect_view();
    view! {
        <form class="form" method="post" action=action>
            <Hidden fields=hidden/>
            <Field
                name="name"
                label="Name"
                value=value("name", role.as_ref().map(|role| role.name.clone()))
                error=error("name")
                autocomplete="off"
            />
            <fieldset>
                <legend>"Whoever has this role may"</legend>
                {boxes}
            </fieldset>
            <Field
                name="amount"
                label="Greatest order value"
                hint="Before tax, such as 5000.00: what is charged now, or what it adds to each billing period if that is more. Empty: orders of any \
                      value."
                value=value("amount", amount)
                error=error("amount")
                inputmode="decimal"
                autocomplete="off"
                may_be_empty=true
            />
            <Field
                name="currency"
                label="Currency"
                hint="Of the value, such as USD. Orders in other currencies, or of a value that is not known, are refused then."
                value=value("currency", currency)
                error=error("currency")
                autocomplete="off"
                may_be_empty=true
            />
            <Field
                name="seats"
                label="Most seats added in one change"
                hint="All lines of the order together. Empty: any number."
                value=value("seats", limits.seats_added.map(|limit| limit.to_string()))
                error=error("seats")
                inputmode="numeric"
                autocomplete="off"
                may_be_empty=true
            />
            <p class="hint">"Somebody whose role has a limit sends no orders from the API console."</p>
            <div class="form-actions"><button class="button primary" type="submit">{button}</button></div>
        </form>
    }
}

#[component]
fn PermissionBox(
    index: usize,
    field: String,
    permission: Permission,
    checked: bool,
    #[prop(optional_no_strip)] error: Option<String>,
) -> impl IntoView {
    let error_id = format!("{field}-error");
    let described_by = error.is_some().then(|| error_id.clone());
    view! {
        <div class="field">
            <label class="check" for=field.clone()>
                <input
                    type="checkbox"
                    id=field.clone()
                    name=format!("permissions[{index}]")
                    value=permission.name()
                    checked=checked
                    aria-describedby=described_by
                    aria-invalid=error.is_some().then_some("true")
                />
                <span>{sentence(permission)}</span>
            </label>
            {error.map(|error| view! { <p class="field-error" id=error_id>{error}</p> })}
        </div>
    }
}
