//! Subscriptions: the list and one subscription's page.

mod cells;
mod change_seats;
mod data;
mod detail_page;
mod facts;
mod filters;
mod lines;
mod list_page;
mod others;
mod parameters;
mod reading;
mod renewal;

pub(crate) use cells::{PriceCell, SeatsCell};
pub(crate) use data::filter;
pub(crate) use detail_page::SubscriptionPage;
pub(crate) use list_page::SubscriptionsPage;
pub(crate) use others::{Others, OthersView, others_at_form};
pub(crate) use reading::{NotReadYet, On, ReadingView, opened};
pub(crate) use renewal::RenewalCell;
