//! Customers.

use crate::state::{Address, Contact, ContactKind, Customer, CustomerStatus};
use marketplace::models;

/// A customer, the same in lists and on its own.
pub(crate) fn customer(customer: &Customer) -> models::Customer {
    models::Customer {
        reseller_id: Some(customer.reseller.to_string().into()),
        external_id: text(customer.external_id.as_deref()),
        attributes: customer.attributes.clone(),
        status: Some(status(customer.status)),
        name: text(Some(&customer.name)),
        address: Some(address(&customer.address)),
        contact_persons: customer.contacts.iter().map(contact).collect(),
        language: text(Some(&customer.language)),
        tax_reg_id: text(customer.tax_id.as_deref()),
        ..models::Customer::new(customer.id.to_string())
    }
}

fn status(status: CustomerStatus) -> models::CustomerStatus {
    match status {
        CustomerStatus::Pending => models::CustomerStatus::Pending,
        CustomerStatus::Active => models::CustomerStatus::Active,
        CustomerStatus::CreditHold => models::CustomerStatus::CreditHold,
        CustomerStatus::AdminHold => models::CustomerStatus::AdminHold,
        CustomerStatus::Cancelled => models::CustomerStatus::Cancelled,
        CustomerStatus::Error => models::CustomerStatus::Error,
    }
}

/// A postal address.
pub(crate) fn address(address: &Address) -> models::Address {
    models::Address {
        street_address: text(Some(&address.street)),
        address_extension: text(address.extension.as_deref()),
        postal_code: text(Some(&address.postal_code)),
        city: text(Some(&address.city)),
        state: text(address.state.as_deref()),
        country_code: text(Some(&address.country)),
    }
}

/// A contact person.
pub(crate) fn contact(contact: &Contact) -> models::ContactPerson {
    models::ContactPerson {
        kind: Some(match contact.kind {
            ContactKind::Admin => models::ContactType::Admin,
            ContactKind::Billing => models::ContactType::Billing,
            ContactKind::Technical => models::ContactType::Technical,
        }),
        first_name: text(Some(&contact.first_name)),
        last_name: text(Some(&contact.last_name)),
        email: text(Some(&contact.email)),
        phone_number: text(Some(&contact.phone)),
        ..models::ContactPerson::default()
    }
}

fn text(text: Option<&str>) -> Option<String> {
    text.map(str::to_owned)
}
