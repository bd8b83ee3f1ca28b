//! The marketplace's operations, by subject. Lists are in [`super::paging`].

mod catalogue;
mod customers;
mod orders;
mod reports;
mod resellers;
mod subscriptions;
