//! Customers of the reseller.

use std::collections::BTreeMap;
use std::sync::Arc;
use time::OffsetDateTime;

/// A client of the reseller.
#[derive(Clone, Debug)]
pub(crate) struct Customer {
    pub(crate) id: u32,
    /// Whose customer it is.
    pub(crate) reseller: u32,
    pub(crate) created: OffsetDateTime,
    pub(crate) status: CustomerStatus,
    pub(crate) name: Box<str>,
    pub(crate) external_id: Option<Box<str>>,
    pub(crate) tax_id: Option<Box<str>>,
    pub(crate) language: Arc<str>,
    pub(crate) address: Address,
    pub(crate) contacts: Vec<Contact>,
    pub(crate) attributes: BTreeMap<String, String>,
}

/// A postal address.
#[derive(Clone, Debug)]
pub(crate) struct Address {
    pub(crate) street: Box<str>,
    pub(crate) extension: Option<Box<str>>,
    pub(crate) postal_code: Box<str>,
    pub(crate) city: Arc<str>,
    pub(crate) state: Option<Arc<str>>,
    pub(crate) country: Arc<str>,
}

/// A person at the customer.
#[derive(Clone, Debug)]
pub(crate) struct Contact {
    pub(crate) kind: ContactKind,
    pub(crate) first_name: Box<str>,
    pub(crate) last_name: Box<str>,
    pub(crate) email: Box<str>,
    pub(crate) phone: Box<str>,
}

/// What a contact person is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ContactKind {
    Admin,
    Billing,
    Technical,
}

/// Whether a customer may order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CustomerStatus {
    Pending,
    Active,
    CreditHold,
    AdminHold,
    Cancelled,
    Error,
}
