use domain::dialled;
use marketplace::models::{Address, ContactPerson};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The facts of a customer or reseller as people type them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountForm {
    /// Name of the company.
    pub name: String,
    /// Its number in the reseller's own system.
    pub external_id: String,
    /// Tax number.
    pub tax_reg_id: String,
    /// Language of the marketplace's messages; only when creating.
    pub language: String,
    /// Street and number.
    pub street: String,
    /// Building, floor, suite.
    pub address_extension: String,
    /// Postal code.
    pub postal_code: String,
    /// City.
    pub city: String,
    /// State or province.
    pub state: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// Whom to talk to. Rows left empty do not count.
    pub contacts: Vec<ContactForm>,
    /// Custom attributes, name and value; only when creating.
    pub attributes: Vec<(String, String)>,
}

/// A contact person as people type one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactForm {
    /// What for: one of [`CONTACT_TYPES`](super::CONTACT_TYPES).
    pub kind: String,
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// E-mail address.
    pub email: String,
    /// Telephone number, in any usual way of writing it.
    pub phone: String,
}

impl AccountForm {
    /// The form as it is shown for an account that exists.
    pub fn of(
        name: &str,
        external_id: Option<&str>,
        tax_reg_id: Option<&str>,
        address: Option<&Address>,
        contacts: &[ContactPerson],
    ) -> Self {
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        let place = |part: fn(&Address) -> Option<&String>| text(address.and_then(part).map(String::as_str));
        Self {
            name: name.to_owned(),
            external_id: text(external_id),
            tax_reg_id: text(tax_reg_id),
            street: place(|address| address.street_address.as_ref()),
            address_extension: place(|address| address.address_extension.as_ref()),
            postal_code: place(|address| address.postal_code.as_ref()),
            city: place(|address| address.city.as_ref()),
            state: place(|address| address.state.as_ref()),
            country: place(|address| address.country_code.as_ref()),
            contacts: contacts.iter().map(ContactForm::of).collect(),
            ..Self::default()
        }
    }

    /// Tells whether two forms show the same facts, without showing them: what a page carries to say what it was
    /// filled from.
    pub fn digest(&self) -> String {
        let facts = serde_json::to_vec(self).unwrap_or_default();
        let digest = Sha256::digest(facts);
        let first = digest.as_slice().first_chunk().copied().unwrap_or_default();
        format!("{:016x}", u64::from_be_bytes(first))
    }

    /// The same without what was typed around the texts, and without rows left empty.
    #[must_use]
    pub(super) fn tidied(&self) -> Self {
        let tidy = |text: &str| text.trim().to_owned();
        Self {
            name: tidy(&self.name),
            external_id: tidy(&self.external_id),
            tax_reg_id: tidy(&self.tax_reg_id),
            language: tidy(&self.language),
            street: tidy(&self.street),
            address_extension: tidy(&self.address_extension),
            postal_code: tidy(&self.postal_code),
            city: tidy(&self.city),
            state: tidy(&self.state),
            country: tidy(&self.country).to_uppercase(),
            contacts: self.contacts.iter().map(ContactForm::tidied).collect(),
            attributes: self.attributes.clone(),
        }
    }
}

impl ContactForm {
    fn of(contact: &ContactPerson) -> Self {
        let text = |text: Option<&String>| text.cloned().unwrap_or_default();
        Self {
            kind: contact.kind.as_ref().map(ToString::to_string).unwrap_or_default(),
            first_name: text(contact.first_name.as_ref()),
            last_name: text(contact.last_name.as_ref()),
            email: text(contact.email.as_ref()),
            phone: contact.phone_number.as_deref().map(dialled).unwrap_or_default(),
        }
    }

    /// Whether nobody is named.
    pub fn is_empty(&self) -> bool {
        [&self.first_name, &self.last_name, &self.email, &self.phone].iter().all(|text| text.trim().is_empty())
    }

    fn tidied(&self) -> Self {
        let tidy = |text: &str| text.trim().to_owned();
        Self {
            kind: tidy(&self.kind),
            first_name: tidy(&self.first_name),
            last_name: tidy(&self.last_name),
            email: tidy(&self.email),
            phone: tidy(&self.phone),
        }
    }
}
