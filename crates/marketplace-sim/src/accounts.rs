//! What a customer's or a reseller's account must have to be accepted.

use crate::error::ApiError;
use crate::state::{Address, Contact, ContactKind};
use marketplace::models::{self, ContactType};

/// Countries whose addresses need a state.
const COUNTRIES_WITH_STATES: [&str; 5] = ["US", "CA", "AU", "BR", "IN"];

/// Text that must be there.
pub(crate) fn required<'a>(field: &str, text: Option<&'a String>) -> Result<&'a str, ApiError> {
    let text = text.map(|text| text.trim()).filter(|text| !text.is_empty());
    text.ok_or_else(|| ApiError::invalid(field, "is required"))
}

/// A complete address.
pub(crate) fn address(address: Option<&models::Address>) -> Result<Address, ApiError> {
    let address = address.ok_or_else(|| ApiError::invalid("address", "is required"))?;
    let country = required("address.countryCode", address.country_code.as_ref())?;
    if country.len() != 2 || !country.bytes().all(|letter| letter.is_ascii_uppercase()) {
        return Err(ApiError::invalid("address.countryCode", "must be two upper-case letters"));
    }
    let state = address.state.as_deref().map(str::trim).filter(|state| !state.is_empty());
    if state.is_none() && COUNTRIES_WITH_STATES.contains(&country) {
        return Err(ApiError::invalid("address.state", format_args!("is required in {country}")));
    }
    Ok(Address {
        street: required("address.streetAddress", address.street_address.as_ref())?.into(),
        extension: address.address_extension.as_deref().map(Into::into),
        postal_code: required("address.postalCode", address.postal_code.as_ref())?.into(),
        city: required("address.city", address.city.as_ref())?.into(),
        state: state.map(Into::into),
        country: country.into(),
    })
}

/// Complete contact persons, an administrator among them. Sign-in names and passwords are read and forgotten.
pub(crate) fn contacts(persons: &[models::ContactPerson]) -> Result<Vec<Contact>, ApiError> {
    let contacts = persons.iter().map(contact).collect::<Result<Vec<_>, _>>()?;
    if contacts.iter().all(|contact| contact.kind != ContactKind::Admin) {
        return Err(ApiError::invalid("contactPersons", "must include an admin"));
    }
    Ok(contacts)
}

fn contact(person: &models::ContactPerson) -> Result<Contact, ApiError> {
    let kind = match &person.kind {
        None | Some(ContactType::Admin) => ContactKind::Admin,
        Some(ContactType::Billing) => ContactKind::Billing,
        Some(ContactType::Technical) => ContactKind::Technical,
        Some(other) => return Err(ApiError::invalid("contactPersons.type", format_args!("`{other}` is unknown"))),
    };
    let email = required("contactPersons.email", person.email.as_ref())?;
    if email.split_once('@').is_none_or(|(local, domain)| local.is_empty() || !domain.contains('.')) {
        return Err(ApiError::invalid("contactPersons.email", format_args!("`{email}` is not an e-mail address")));
    }
    let phone = required("contactPersons.phoneNumber", person.phone_number.as_ref())?;
    if !is_phone_number(phone) {
        return Err(ApiError::invalid("contactPersons.phoneNumber", "must be country#area#number#extension or E.164"));
    }
    Ok(Contact {
        kind,
        first_name: required("contactPersons.firstName", person.first_name.as_ref())?.into(),
        last_name: required("contactPersons.lastName", person.last_name.as_ref())?.into(),
        email: email.into(),
        phone: phone.into(),
    })
}

fn is_phone_number(text: &str) -> bool {
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    match text.split('#').collect::<Vec<_>>()[..] {
        [number] => {
            let number = number.strip_prefix('+').unwrap_or(number);
            number.len() >= 5 && digits(number)
        }
        [country, area, number, extension] => {
            [country, area, number, extension].into_iter().all(digits) && !number.is_empty()
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phone_numbers_have_two_spellings() {
        for good in ["81##18881234567#", "1#212#5550101#7", "+4930123456", "4930123456"] {
            assert!(is_phone_number(good), "{good}");
        }
        for bad in ["", "1##", "1#212#555-0101#", "+49", "0#1#2#3#4", "+49 30 123456"] {
            assert!(!is_phone_number(bad), "{bad}");
        }
    }
}
