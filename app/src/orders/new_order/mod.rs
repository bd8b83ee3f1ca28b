//! A new order: customer → products and seats → activation parameters → estimate and review. Up to the last step the
//! query is the whole state, but for the activation parameters: they can be personal and are kept by the backend.

#[cfg(feature = "ssr")]
mod customer_step;
#[cfg(feature = "ssr")]
mod data;
#[cfg(feature = "ssr")]
mod draft;
#[cfg(feature = "ssr")]
mod line_fields;
#[cfg(feature = "ssr")]
mod page;
#[cfg(feature = "ssr")]
mod parameter_field;
#[cfg(feature = "ssr")]
mod parameters_step;
#[cfg(feature = "ssr")]
mod product_search;
#[cfg(feature = "ssr")]
mod product_text;
#[cfg(feature = "ssr")]
mod products_step;
#[cfg(feature = "ssr")]
mod quote_text;
#[cfg(feature = "ssr")]
mod review_step;
mod server_fns;

pub use server_fns::{CheckParameters, PlaceOrder};

#[cfg(feature = "ssr")]
pub(super) use data::{Search, search};
#[cfg(feature = "ssr")]
pub(crate) use draft::MOST_LINES;
#[cfg(feature = "ssr")]
pub(crate) use page::NewOrderPage;
#[cfg(feature = "ssr")]
pub(super) use product_search::ProductSearch;
#[cfg(feature = "ssr")]
pub(crate) use product_search::price as product_price;
#[cfg(feature = "ssr")]
pub(super) use review_step::row as review_row;
