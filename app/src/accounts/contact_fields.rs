use crate::error::AppError;
use crate::ui::{Field, Icon, SelectField};
use backend::accounts::{CONTACT_TYPES, ContactForm};
use leptos::prelude::*;

/// Empty rows below those that are there.
const SPARE: usize = 2;

/// Whom to talk to: those there are, then some empty rows, folded.
#[component]
pub(super) fn Contacts(contacts: Vec<ContactForm>, creating: bool, error: Option<AppError>) -> impl IntoView {
    let named = contacts.iter().rposition(|contact| !contact.is_empty()).map_or(0, |last| last + 1).max(1);
    let mut rows = contacts;
    rows.resize_with(named + SPARE, ContactForm::default);
    let spare = rows.split_off(named);
    let contact = |(index, contact): (usize, ContactForm)| {
        let error = error.clone();
        view! { <Contact index contact error/> }.into_any()
    };
    let rows = rows.into_iter().enumerate().map(contact).collect_view();
    let spare = spare.into_iter().enumerate().map(|(index, row)| contact((named + index, row))).collect_view();
    let hint = if creating {
        "The marketplace needs at least one person of type admin. It makes a sign-in for them by itself."
    } else {
        "What is saved here replaces all contact persons. One of them has to be of type admin; empty a row to remove it."
    };
    view! {
        <p class="hint">{hint}</p>
        {rows}
        <details class="fold">
            <summary>"Add contact persons"<Icon name="chevron"/></summary>
            <div class="form">{spare}</div>
        </details>
    }
}

#[component]
fn Contact(index: usize, contact: ContactForm, error: Option<AppError>) -> impl IntoView {
    let of = format!("of contact person {}", index + 1);
    let id = |part: &str| format!("contact-{index}-{part}");
    let name = |part: &str| format!("account[contacts][{index}][{part}]");
    let fault = |part: &str| error.as_ref().and_then(|error| error.field(&id(part))).map(ToOwned::to_owned);
    let other = Some(contact.kind.clone()).filter(|kind| !kind.is_empty() && !CONTACT_TYPES.contains(&kind.as_str()));
    let types = other.into_iter().chain(CONTACT_TYPES.map(ToOwned::to_owned));
    let types = types.map(|kind| (kind.clone(), kind)).collect();
    let kind = if contact.kind.is_empty() { CONTACT_TYPES[index.min(2)].to_owned() } else { contact.kind };
    view! {
        <fieldset>
            <legend>{format!("Contact person {}", index + 1)}</legend>
            <div class="field-row">
                <Field id=id("first_name") name=name("first_name") label="First name" of=of.clone() value=contact.first_name error=fault("first_name") autocomplete="off"/>
                <Field id=id("last_name") name=name("last_name") label="Last name" of=of.clone() value=contact.last_name error=fault("last_name") autocomplete="off"/>
                <SelectField id=id("kind") name=name("kind") label="Type" of=of.clone() options=types value=kind error=fault("kind")/>
            </div>
            <div class="field-row">
                <Field id=id("email") name=name("email") label="E-mail" kind="email" of=of.clone() value=contact.email error=fault("email") autocomplete="off"/>
                <Field id=id("phone") name=name("phone") label="Telephone" kind="tel" of value=contact.phone error=fault("phone") autocomplete="off"/>
            </div>
        </fieldset>
    }
}
