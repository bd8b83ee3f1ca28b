use super::address_fields::AddressFields;
use super::contact_fields::Contacts;
use crate::error::AppError;
use crate::ui::{AttributeRows, Field, SelectField, spare_attributes};
use backend::accounts::{AccountForm, LANGUAGES};
use leptos::prelude::*;

/// What the form is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// A new account; the languages that accounts have so far are offered too.
    Create { languages: Vec<String> },
    /// An account that exists: language and attributes can no longer be changed here.
    Edit,
}

/// The fields of an account, within a form that posts them as `account`.
#[component]
pub(crate) fn AccountFields(form: AccountForm, purpose: Purpose, error: Option<AppError>) -> impl IntoView {
    let fault = |field: &str| error.as_ref().and_then(|error| error.field(field)).map(ToOwned::to_owned);
    let creating = matches!(purpose, Purpose::Create { .. });
    let language = match purpose {
        Purpose::Create { languages } => Some(view! {
            <SelectField
                id="language"
                name="account[language]"
                label="Language"
                hint="Of the messages that the marketplace sends to the contact persons."
                options=language_options(languages, &form.language)
                value=form.language.clone()
                error=fault("language")
            />
        }),
        Purpose::Edit => None,
    };
    let (name_error, number_error, tax_error) = (fault("name"), fault("external_id"), fault("tax_reg_id"));
    view! {
        <Field id="name" name="account[name]" label="Company name" value=form.name.clone() error=name_error autocomplete="organization"/>
        <div class="field-row">
            <Field
                id="external_id"
                name="account[external_id]"
                label="Your number"
                may_be_empty=true
                value=form.external_id.clone()
                error=number_error
                autocomplete="off"
            />
            <Field
                id="tax_reg_id"
                name="account[tax_reg_id]"
                label="Tax number"
                may_be_empty=true
                value=form.tax_reg_id.clone()
                error=tax_error
                autocomplete="off"
            />
        </div>
        {language}
        {view! { <AddressFields form=form.clone() error=error.clone()/> }.into_any()}
        {view! { <Contacts contacts=form.contacts creating error=error.clone()/> }.into_any()}
        {creating.then(|| view! { <Attributes rows=form.attributes error/> }.into_any())}
    }
}

/// Folded, because few need them; open once something was entered.
#[component]
fn Attributes(rows: Vec<(String, String)>, error: Option<AppError>) -> impl IntoView {
    let open = rows.iter().any(|(name, value)| !name.is_empty() || !value.is_empty());
    let rows: Vec<_> = if rows.is_empty() { spare_attributes().collect() } else { rows };
    view! {
        <details class="fold" open=open>
            <summary>"Attributes"<crate::ui::Icon name="chevron"/></summary>
            <div class="form">
                <p class="hint">"Notes that the marketplace keeps with the account. They can only be set now."</p>
                <AttributeRows rows names="account[attribute_names]" values="account[attribute_values]" error/>
            </div>
        </details>
    }
}

/// The usual languages by name, then those only seen here by their code.
fn language_options(known: Vec<String>, chosen: &str) -> Vec<(String, String)> {
    let mut options = vec![(String::new(), "Choose a language".to_owned())];
    options.extend(LANGUAGES.map(|(code, name)| (code.to_owned(), format!("{name} ({code})"))));
    for language in known.into_iter().chain([chosen.to_owned()]) {
        if !options.iter().any(|(code, _)| *code == language) {
            options.push((language.clone(), language));
        }
    }
    options
}
