//! One search over everything: customers, subscriptions, orders, the catalogue, resellers and Seatboard's own pages.
//! `public/palette.js` shows the same answer in a dialog over any page.

mod answer;
mod data;
mod page;
mod places;

pub(crate) use page::SearchPage;
