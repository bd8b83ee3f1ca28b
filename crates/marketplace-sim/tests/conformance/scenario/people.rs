//! Invented companies with everything filled in.

use marketplace::models::{
    Address, Attributes, Confidential, ContactPerson, ContactType, CustomerRequest, CustomerStatus, CustomerUpdate,
};

pub(super) fn address() -> Address {
    Address {
        street_address: Some("1 Quarry Lane".into()),
        address_extension: Some("Second floor".into()),
        postal_code: Some("92612".into()),
        city: Some("Irvine".into()),
        state: Some("CA".into()),
        country_code: Some("US".into()),
    }
}

/// One of each kind; the administrator with a name and a password to sign in with.
pub(super) fn contacts() -> Vec<ContactPerson> {
    let contact = |kind: ContactType| ContactPerson {
        email: Some(format!("{kind}@tarrow.example")),
        kind: Some(kind),
        first_name: Some("Ada".into()),
        last_name: Some("Tarrow".into()),
        phone_number: Some("1#949#5550101#7".into()),
        ..ContactPerson::default()
    };
    let admin = ContactPerson {
        login: Some("ada.tarrow".into()),
        password: Some(Confidential::new("Quarry-1-Lane")),
        phone_number: Some("+19495550101".into()),
        ..contact(ContactType::Admin)
    };
    vec![admin, contact(ContactType::Billing), contact(ContactType::Technical)]
}

pub(super) fn attributes() -> Attributes {
    [("costCentre".to_owned(), "12".to_owned())].into()
}

/// No more than the contract demands.
pub(super) fn smallest_customer(name: &str) -> CustomerRequest {
    CustomerRequest {
        name: Some(name.into()),
        address: Some(Address { address_extension: None, ..address() }),
        contact_persons: contacts().into_iter().take(1).collect(),
        language: Some("en_US".into()),
        ..CustomerRequest::default()
    }
}

pub(super) fn full_customer(name: &str, external_id: &str) -> CustomerRequest {
    CustomerRequest {
        external_id: Some(external_id.into()),
        attributes: attributes(),
        status: Some(CustomerStatus::CreditHold),
        address: Some(address()),
        contact_persons: contacts(),
        tax_reg_id: Some("12-3456789".into()),
        ..smallest_customer(name)
    }
}

/// Each change alone, and all at once.
pub(super) fn updates() -> Vec<CustomerUpdate> {
    let all = CustomerUpdate {
        external_id: Some("TARROW-2".into()),
        name: Some("Tarrow & Daughters".into()),
        tax_reg_id: Some("98-7654321".into()),
        status: Some(CustomerStatus::Active),
        address: Some(address()),
        contact_persons: contacts(),
    };
    vec![
        CustomerUpdate { external_id: all.external_id.clone(), ..CustomerUpdate::default() },
        CustomerUpdate { name: all.name.clone(), ..CustomerUpdate::default() },
        CustomerUpdate { tax_reg_id: all.tax_reg_id.clone(), ..CustomerUpdate::default() },
        CustomerUpdate { status: Some(CustomerStatus::CreditHold), ..CustomerUpdate::default() },
        CustomerUpdate { address: all.address.clone(), ..CustomerUpdate::default() },
        CustomerUpdate { contact_persons: all.contact_persons.clone(), ..CustomerUpdate::default() },
        all,
    ]
}
