//! Creating and updating customers.

use crate::accounts::{address, contacts, required};
use crate::error::ApiError;
use crate::state::{Customer, CustomerStatus, State};
use crate::wire;
use marketplace::models::{self, CustomerRequest, CustomerUpdate};
use time::OffsetDateTime;

/// Adds a customer of a reseller.
pub(in crate::operations) fn add(
    state: &mut State,
    request: &CustomerRequest,
    reseller: u32,
    now: OffsetDateTime,
) -> Result<models::Customer, ApiError> {
    let customer = Customer {
        id: state.next_customer_id(),
        reseller,
        created: now,
        status: status(request.status.as_ref())?.unwrap_or(CustomerStatus::Active),
        name: required("name", request.name.as_ref())?.into(),
        external_id: request.external_id.as_deref().map(Into::into),
        tax_id: request.tax_reg_id.as_deref().map(Into::into),
        language: required("language", request.language.as_ref())?.into(),
        address: address(request.address.as_ref())?,
        contacts: contacts(&request.contact_persons)?,
        attributes: request.attributes.clone(),
    };
    let answer = wire::customer(&customer);
    state.customers.push(customer);
    Ok(answer)
}

/// Changes what the update names; addresses and contact persons are replaced whole. All or nothing.
pub(super) fn update(customer: &mut Customer, update: &CustomerUpdate) -> Result<(), ApiError> {
    let mut changed = customer.clone();
    if let Some(status) = status(update.status.as_ref())? {
        changed.status = status;
    }
    if update.name.is_some() {
        changed.name = required("name", update.name.as_ref())?.into();
    }
    if update.address.is_some() {
        changed.address = address(update.address.as_ref())?;
    }
    if !update.contact_persons.is_empty() {
        changed.contacts = contacts(&update.contact_persons)?;
    }
    if let Some(external_id) = &update.external_id {
        changed.external_id = given(external_id);
    }
    if let Some(tax_id) = &update.tax_reg_id {
        changed.tax_id = given(tax_id);
    }
    *customer = changed;
    Ok(())
}

/// Only two statuses can be given to an account.
fn status(asked: Option<&models::CustomerStatus>) -> Result<Option<CustomerStatus>, ApiError> {
    match asked {
        None => Ok(None),
        Some(models::CustomerStatus::Active) => Ok(Some(CustomerStatus::Active)),
        Some(models::CustomerStatus::CreditHold) => Ok(Some(CustomerStatus::CreditHold)),
        Some(_) => Err(ApiError::invalid("status", "must be active or creditHold")),
    }
}

/// An empty text takes away what was there (assumed).
fn given<T: for<'a> From<&'a str>>(text: &str) -> Option<T> {
    (!text.is_empty()).then(|| text.into())
}
