//! A new order: customer → products and seats → estimate and review. Everything up to the last step is a GET whose
//! query is the whole state.

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
mod product_search;
#[cfg(feature = "ssr")]
mod products_step;
#[cfg(feature = "ssr")]
mod quote_text;
#[cfg(feature = "ssr")]
mod review_step;
mod server_fns;

pub use server_fns::PlaceOrder;

#[cfg(feature = "ssr")]
pub(crate) use page::NewOrderPage;
