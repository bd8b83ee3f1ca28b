//! Customers: the list and one customer's page.

mod data;
mod detail_page;
mod list_page;

pub(crate) use detail_page::CustomerPage;
pub(crate) use list_page::CustomersPage;
