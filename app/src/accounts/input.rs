//! What the form sends.

use serde::{Deserialize, Serialize};

/// The fields of the form; those that are missing are empty.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AccountInput {
    name: String,
    external_id: String,
    tax_reg_id: String,
    language: String,
    street: String,
    address_extension: String,
    postal_code: String,
    city: String,
    state: String,
    country: String,
    contacts: Vec<ContactInput>,
    attribute_names: Vec<String>,
    attribute_values: Vec<String>,
}

/// The fields of one contact person.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ContactInput {
    kind: String,
    first_name: String,
    last_name: String,
    email: String,
    phone: String,
}

#[cfg(feature = "ssr")]
pub(crate) use on_the_server::{kept, typed};

#[cfg(feature = "ssr")]
mod on_the_server {
    use super::{AccountInput, ContactInput};
    use crate::flash::Flash;
    use backend::accounts::{AccountForm, ContactForm};

    /// What the whole form is called in the flash.
    const KEPT_AS: &str = "account";

    /// The form as the flash keeps it.
    pub(crate) fn kept(form: &AccountForm) -> (&'static str, String) {
        (KEPT_AS, serde_json::to_string(form).unwrap_or_default())
    }

    /// What was typed into the form that was refused.
    pub(crate) fn typed(flash: &Flash) -> Option<AccountForm> {
        serde_json::from_str(flash.value(KEPT_AS)?).ok()
    }

    impl From<AccountInput> for AccountForm {
        fn from(input: AccountInput) -> Self {
            Self {
                name: input.name,
                external_id: input.external_id,
                tax_reg_id: input.tax_reg_id,
                language: input.language,
                street: input.street,
                address_extension: input.address_extension,
                postal_code: input.postal_code,
                city: input.city,
                state: input.state,
                country: input.country,
                contacts: input.contacts.into_iter().map(ContactForm::from).collect(),
                attributes: input.attribute_names.into_iter().zip(input.attribute_values).collect(),
            }
        }
    }

    impl From<ContactInput> for ContactForm {
        fn from(input: ContactInput) -> Self {
            Self {
                kind: input.kind,
                first_name: input.first_name,
                last_name: input.last_name,
                email: input.email,
                phone: input.phone,
            }
        }
    }
}
