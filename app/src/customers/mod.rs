//! Customers: the list, one customer's page, creating and editing, holding and releasing.

#[cfg(feature = "ssr")]
mod contacts;
#[cfg(feature = "ssr")]
mod data;
#[cfg(feature = "ssr")]
mod detail_page;
#[cfg(feature = "ssr")]
mod edit_page;
#[cfg(feature = "ssr")]
mod hold_page;
#[cfg(feature = "ssr")]
mod list_page;
#[cfg(feature = "ssr")]
mod managers;
#[cfg(feature = "ssr")]
mod new_page;
#[cfg(feature = "ssr")]
mod renewals;
mod server_fns;
#[cfg(feature = "ssr")]
mod spend;
#[cfg(feature = "ssr")]
mod subscriptions;
#[cfg(feature = "ssr")]
mod untold;

pub use server_fns::{CreateCustomer, SetHold, UpdateCustomer};

#[cfg(feature = "ssr")]
pub(crate) use contacts::Contacts;
#[cfg(feature = "ssr")]
pub(crate) use data::filter;
#[cfg(feature = "ssr")]
pub(crate) use detail_page::CustomerPage;
#[cfg(feature = "ssr")]
pub(crate) use edit_page::EditCustomerPage;
#[cfg(feature = "ssr")]
pub(crate) use hold_page::HoldPage;
#[cfg(feature = "ssr")]
pub(crate) use list_page::CustomersPage;
#[cfg(feature = "ssr")]
pub(crate) use new_page::NewCustomerPage;
