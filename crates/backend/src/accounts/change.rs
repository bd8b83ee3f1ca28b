//! Changing an account that exists. The marketplace carries a change out at once and replaces address and contact persons
//! whole, so only what differs is sent, and what was sent can be seen afterwards.

use super::{AccountForm, CheckedAccount};
use marketplace::models::{Address, ContactPerson, Customer, CustomerStatus, CustomerUpdate, Reseller};
use serde_json::{Map, Value};

/// What makes the account be as the form says, given what it showed `before`; nothing where it is so already.
pub(crate) fn change(before: &AccountForm, checked: CheckedAccount) -> Option<CustomerUpdate> {
    let after = checked.form;
    let place = |form: &AccountForm| {
        let AccountForm { street, address_extension, postal_code, city, state, country, .. } = form.clone();
        [street, address_extension, postal_code, city, state, country]
    };
    let people = |form: &AccountForm| -> Vec<_> {
        form.contacts.iter().filter(|contact| !contact.is_empty()).cloned().collect()
    };
    let update = CustomerUpdate {
        address: (place(before) != place(&after)).then_some(checked.address),
        contact_persons: if people(before) == people(&after) { Vec::new() } else { checked.contacts },
        name: (before.name != after.name).then_some(after.name),
        external_id: (before.external_id != after.external_id).then_some(after.external_id),
        tax_reg_id: (before.tax_reg_id != after.tax_reg_id).then_some(after.tax_reg_id),
        ..CustomerUpdate::default()
    };
    (update != CustomerUpdate::default()).then_some(update)
}

/// What an account shows of that which can be changed.
pub(crate) struct Shown<'a> {
    name: &'a Option<String>,
    external_id: &'a Option<String>,
    tax_reg_id: &'a Option<String>,
    status: &'a Option<CustomerStatus>,
    address: &'a Option<Address>,
    contact_persons: &'a [ContactPerson],
}

impl Shown<'_> {
    /// Whether everything that was sent is there.
    pub(crate) fn shows(&self, update: &CustomerUpdate) -> bool {
        let text = |sent: &Option<String>, there: &Option<String>| {
            sent.as_deref().is_none_or(|sent| sent == there.as_deref().unwrap_or_default())
        };
        text(&update.name, self.name)
            && text(&update.external_id, self.external_id)
            && text(&update.tax_reg_id, self.tax_reg_id)
            && (update.status.is_none() || update.status == *self.status)
            && (update.address.is_none() || update.address == *self.address)
            && (update.contact_persons.is_empty() || update.contact_persons == self.contact_persons)
    }
}

impl<'a> From<&'a Customer> for Shown<'a> {
    fn from(customer: &'a Customer) -> Self {
        Self {
            name: &customer.name,
            external_id: &customer.external_id,
            tax_reg_id: &customer.tax_reg_id,
            status: &customer.status,
            address: &customer.address,
            contact_persons: &customer.contact_persons,
        }
    }
}

impl<'a> From<&'a Reseller> for Shown<'a> {
    fn from(reseller: &'a Reseller) -> Self {
        Self {
            name: &reseller.name,
            external_id: &reseller.external_id,
            tax_reg_id: &reseller.tax_reg_id,
            status: &reseller.status,
            address: &reseller.address,
            contact_persons: &reseller.contact_persons,
        }
    }
}

/// The facts of both sides that are not the same.
pub(crate) fn differing(
    before: &Map<String, Value>,
    after: &Map<String, Value>,
) -> (Map<String, Value>, Map<String, Value>) {
    let only = |these: &Map<String, Value>, those: &Map<String, Value>| {
        these
            .iter()
            .filter(|(name, value)| those.get(*name) != Some(value))
            .map(|(n, v)| (n.clone(), v.clone()))
            .collect()
    };
    (only(before, after), only(after, before))
}
