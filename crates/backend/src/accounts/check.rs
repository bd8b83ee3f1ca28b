//! From what was typed to what can be sent. The marketplace publishes which fields it demands and little of what it
//! accepts in them, so only what cannot be right is refused here.

use super::form::{AccountForm, ContactForm};
use super::text::{unfit, unfit_name};
use crate::{Error, FieldError, Result, attributes};
use domain::{Country, Phone};
use marketplace::models::{Address, Attributes, ContactPerson, ContactType};
use serde_json::{Map, Value, json};

/// An account that can be sent.
#[derive(Clone, Debug)]
pub(crate) struct CheckedAccount {
    pub(crate) name: String,
    pub(crate) external_id: Option<String>,
    pub(crate) tax_reg_id: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) address: Address,
    pub(crate) contacts: Vec<ContactPerson>,
    pub(crate) attributes: Attributes,
    /// What was typed, tidied.
    pub(crate) form: AccountForm,
}

impl AccountForm {
    /// Fails with every field that is at fault. `language` and the attributes may be left out.
    pub(crate) fn check(&self) -> Result<CheckedAccount> {
        let form = self.tidied();
        let mut problems = Problems::default();
        problems.one_line(&form);
        problems.demand("name", &form.name, "Enter the company's name");
        problems.add_some("name", unfit_name(&form.name));
        problems.demand("street", &form.street, "Enter the street and number");
        problems.demand("postal_code", &form.postal_code, "Enter the postal code");
        problems.demand("city", &form.city, "Enter the city");
        let country = Country::find(&form.country);
        match country {
            None => problems.add("country", "Choose the country"),
            Some(country) if country.needs_state() && form.state.is_empty() => {
                problems.add("state", format!("Enter the state: addresses in {} need one", country.name));
            }
            Some(_) => {}
        }
        let mut contacts = Vec::new();
        for (index, contact) in form.contacts.iter().enumerate() {
            if !contact.is_empty() {
                contacts.extend(problems.contact(index, contact, country));
            }
        }
        if !form.contacts.iter().any(|contact| !contact.is_empty() && contact.kind == "admin") {
            problems.add("contact-0-first_name", "Name one contact person of type admin; the marketplace needs one");
        }
        let attributes = attributes::checked(&form.attributes).unwrap_or_else(|error| {
            problems.take(error);
            Attributes::default()
        });
        problems.none()?;
        let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let address = Address {
            street_address: given(&form.street),
            address_extension: given(&form.address_extension),
            postal_code: given(&form.postal_code),
            city: given(&form.city),
            state: given(&form.state),
            country_code: given(&form.country),
        };
        Ok(CheckedAccount {
            name: form.name.clone(),
            external_id: given(&form.external_id),
            tax_reg_id: given(&form.tax_reg_id),
            language: given(&form.language),
            address,
            contacts,
            attributes,
            form,
        })
    }
}

impl AccountForm {
    /// The facts for the activity: what is given, in people's words.
    pub(crate) fn facts(&self) -> Map<String, Value> {
        let facts = [
            ("name", self.name.clone()),
            ("your number", self.external_id.clone()),
            ("tax number", self.tax_reg_id.clone()),
            ("language", self.language.clone()),
            ("address", self.address_line()),
            ("contacts", self.contact_line()),
        ];
        let given = facts.into_iter().filter(|(_, text)| !text.is_empty());
        let attributes = self.attributes.iter().filter(|(name, _)| !name.trim().is_empty());
        let attributes = attributes.map(|(name, value)| (name.trim().to_owned(), json!(value.trim())));
        given.map(|(name, text)| (name.to_owned(), json!(text))).chain(attributes).collect()
    }

    fn address_line(&self) -> String {
        let place = format!("{} {}", self.postal_code, self.city);
        let parts = [&*self.street, &*self.address_extension, place.trim(), &*self.state, &*self.country];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }

    fn contact_line(&self) -> String {
        let named = self.contacts.iter().filter(|contact| !contact.is_empty());
        let line = |contact: &ContactForm| {
            let ContactForm { kind, first_name, last_name, email, phone } = contact;
            format!("{first_name} {last_name} ({kind}), {email}, {phone}")
        };
        named.map(line).collect::<Vec<_>>().join("; ")
    }
}

#[derive(Default)]
struct Problems(Vec<FieldError>);

impl Problems {
    fn add(&mut self, field: impl Into<String>, message: impl Into<String>) {
        self.0.push(FieldError { field: field.into(), message: message.into() });
    }

    fn add_some(&mut self, field: impl Into<String>, message: Option<impl Into<String>>) {
        if let Some(message) = message {
            self.add(field, message);
        }
    }

    fn demand(&mut self, field: &str, text: &str, message: &str) {
        if text.is_empty() {
            self.add(field, message);
        }
    }

    fn one_line(&mut self, form: &AccountForm) {
        for (field, text) in [
            ("name", &form.name),
            ("external_id", &form.external_id),
            ("tax_reg_id", &form.tax_reg_id),
            ("language", &form.language),
            ("street", &form.street),
            ("address_extension", &form.address_extension),
            ("postal_code", &form.postal_code),
            ("city", &form.city),
            ("state", &form.state),
        ] {
            self.add_some(field, unfit(text));
        }
    }

    /// The contact as it can be sent, unless something is wrong with it.
    fn contact(&mut self, index: usize, typed: &ContactForm, country: Option<Country>) -> Option<ContactPerson> {
        let before = self.0.len();
        let field = |name: &str| format!("contact-{index}-{name}");
        self.demand(&field("first_name"), &typed.first_name, "Enter the contact's first name");
        self.demand(&field("last_name"), &typed.last_name, "Enter the contact's last name");
        for (part, name) in [("first_name", &typed.first_name), ("last_name", &typed.last_name)] {
            self.add_some(field(part), unfit(name));
            self.add_some(field(part), unfit_name(name));
        }
        if !is_email(&typed.email) {
            self.add(field("email"), "Enter an e-mail address such as name@example.com");
        }
        let phone = match Phone::parse(&typed.phone, country) {
            Ok(phone) => Some(phone.to_string()),
            Err(_) if typed.phone.is_empty() => {
                self.add(field("phone"), "Enter a telephone number; the marketplace needs one");
                None
            }
            Err(why) => {
                self.add(field("phone"), format!("This is no telephone number: {why}"));
                None
            }
        };
        let kind = match &*typed.kind {
            "admin" => ContactType::Admin,
            "billing" => ContactType::Billing,
            "technical" => ContactType::Technical,
            "" => {
                self.add(field("kind"), "Choose what this person is there for");
                return None;
            }
            // A type that the marketplace has come to know since; whoever has it keeps it.
            other => ContactType::from(other),
        };
        (self.0.len() == before).then(|| ContactPerson {
            kind: Some(kind),
            first_name: Some(typed.first_name.clone()),
            last_name: Some(typed.last_name.clone()),
            email: Some(typed.email.clone()),
            phone_number: phone,
            ..ContactPerson::default()
        })
    }

    fn take(&mut self, error: Error) {
        if let Error::Invalid(fields) = error {
            self.0.extend(fields);
        }
    }

    fn none(self) -> Result<()> {
        if self.0.is_empty() { Ok(()) } else { Err(Error::Invalid(self.0)) }
    }
}

/// Whether it looks like an address; whether it is one only a message to it can tell.
fn is_email(text: &str) -> bool {
    let plain = !text.chars().any(|c| c.is_whitespace() || c.is_control());
    let parts = text.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && !host.contains('@') && !host.starts_with('.') && !host.ends_with('.')
    });
    plain && parts
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(crate) fn typed() -> AccountForm {
        AccountForm {
            name: " Aldgate Dental ".into(),
            street: "1 High Street".into(),
            postal_code: "E1 7PT".into(),
            city: "London".into(),
            country: "gb".into(),
            contacts: vec![
                ContactForm {
                    kind: "admin".into(),
                    first_name: "Ana".into(),
                    last_name: "Silva".into(),
                    email: "ana@aldgate.example".into(),
                    phone: "020 7946 0958".into(),
                },
                ContactForm { kind: "billing".into(), ..ContactForm::default() },
            ],
            ..AccountForm::default()
        }
    }

    fn fields(form: &AccountForm) -> Vec<String> {
        let Err(Error::Invalid(problems)) = form.check() else { panic!("it is refused") };
        problems.into_iter().map(|problem| problem.field).collect()
    }

    #[test]
    fn what_people_type_becomes_what_the_marketplace_takes() {
        let checked = typed().check().unwrap();
        assert_eq!(checked.name, "Aldgate Dental");
        assert_eq!(checked.address.country_code.as_deref(), Some("GB"));
        assert_eq!(checked.contacts.len(), 1, "a row left empty is nobody");
        assert_eq!(checked.contacts[0].phone_number.as_deref(), Some("44#20#79460958#"));
        assert_eq!(checked.external_id, None);
    }

    #[test]
    fn every_field_at_fault_is_named_at_once() {
        let empty = AccountForm::default();
        assert_eq!(fields(&empty), ["name", "street", "postal_code", "city", "country", "contact-0-first_name"]);
        let mut form = typed();
        form.country = "US".into();
        form.contacts[0].email = "ana".into();
        form.contacts[0].phone = "12".into();
        form.attributes = vec![(String::new(), "lost".into())];
        assert_eq!(fields(&form), ["state", "contact-0-email", "contact-0-phone", "name-0"]);
    }

    #[test]
    fn names_that_cannot_be_read_are_refused_beside_their_fields() {
        let mut form = typed();
        form.name = "\u{200B}\u{2060}".into();
        form.city = "\u{202E}nodnoL".into();
        form.contacts[0].first_name = "A".repeat(256);
        form.contacts[0].last_name = "Sil\u{2066}va".into();
        assert_eq!(fields(&form), ["city", "name", "contact-0-first_name", "contact-0-last_name"]);
    }

    #[test]
    fn an_account_needs_an_admin() {
        let mut form = typed();
        form.contacts[0].kind = "technical".into();
        assert_eq!(fields(&form), ["contact-0-first_name"]);
    }

    #[test]
    fn an_e_mail_address_has_a_name_and_a_host() {
        for right in ["a@b.example", "ana.silva+x@mail.aldgate.example"] {
            assert!(is_email(right), "{right}");
        }
        for wrong in ["", "a", "@b.example", "a@b", "a b@c.example", "a@b@c.example", "a@.example", "a@example."] {
            assert!(!is_email(wrong), "{wrong}");
        }
    }
}
