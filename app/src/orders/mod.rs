//! Orders: the list, one order with its timeline, and the way to a new one.

#[cfg(feature = "ssr")]
mod data;
#[cfg(feature = "ssr")]
mod list_page;
#[cfg(feature = "ssr")]
mod open_panel;
#[cfg(feature = "ssr")]
mod words;

#[cfg(feature = "ssr")]
pub(crate) use list_page::OrdersPage;
