//! Orders: the list, one order with its timeline, and the way to a new one.

#[cfg(feature = "ssr")]
mod aftermath_panel;
#[cfg(feature = "ssr")]
mod amend_panel;
#[cfg(feature = "ssr")]
mod charges;
#[cfg(feature = "ssr")]
mod choose_customer;
#[cfg(feature = "ssr")]
mod contents;
#[cfg(feature = "ssr")]
mod data;
#[cfg(feature = "ssr")]
mod facts;
#[cfg(feature = "ssr")]
mod list_page;
mod migrate;
mod new_order;
#[cfg(feature = "ssr")]
mod open_panel;
#[cfg(feature = "ssr")]
mod order_page;
#[cfg(feature = "ssr")]
mod progress;
#[cfg(feature = "ssr")]
mod progress_text;
#[cfg(feature = "ssr")]
pub(crate) mod repeat;
mod server_fns;
#[cfg(feature = "ssr")]
mod settle_panel;
#[cfg(feature = "ssr")]
mod terms;
#[cfg(feature = "ssr")]
mod words;

pub use migrate::PlaceMigration;
pub use new_order::{CheckParameters, PlaceOrder};
pub use server_fns::{AmendOrder, SettleOrder};

#[cfg(feature = "ssr")]
pub(crate) use data::filter;
#[cfg(feature = "ssr")]
pub(crate) use list_page::OrdersPage;
#[cfg(feature = "ssr")]
pub(crate) use migrate::MigratePage;
#[cfg(feature = "ssr")]
pub(crate) use new_order::{MOST_LINES, NewOrderPage, product_price};
#[cfg(feature = "ssr")]
pub(crate) use order_page::OrderPage;
#[cfg(feature = "ssr")]
pub(crate) use words::{kind as kind_words, start_in_words, switched as switch_in_words};
