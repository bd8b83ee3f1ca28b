//! Resellers below the account: the list, one reseller's page, creating and editing; and the choice of whose customers or
//! orders a list shows.

#[cfg(feature = "ssr")]
mod customers_panel;
#[cfg(feature = "ssr")]
mod data;
#[cfg(feature = "ssr")]
mod detail_page;
#[cfg(feature = "ssr")]
mod edit_page;
#[cfg(feature = "ssr")]
mod list_page;
#[cfg(feature = "ssr")]
mod new_page;
mod server_fns;
#[cfg(feature = "ssr")]
mod whose;

pub use server_fns::{CreateReseller, UpdateReseller};

#[cfg(feature = "ssr")]
pub(crate) use detail_page::ResellerPage;
#[cfg(feature = "ssr")]
pub(crate) use edit_page::EditResellerPage;
#[cfg(feature = "ssr")]
pub(crate) use list_page::ResellersPage;
#[cfg(feature = "ssr")]
pub(crate) use new_page::NewResellerPage;
#[cfg(feature = "ssr")]
pub(crate) use whose::{ALL, whose, whose_field};
