//! Customers: the list and one customer's page.

mod contacts;
mod data;
mod detail_page;
mod list_page;
mod managers;
mod renewals;
mod spend;
mod subscriptions;

pub(crate) use detail_page::CustomerPage;
pub(crate) use list_page::CustomersPage;
