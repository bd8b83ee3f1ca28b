//! Drafts: forms kept while no estimate can be had. Going on with one opens the form, which is priced anew.

#[cfg(feature = "ssr")]
mod data;
#[cfg(feature = "ssr")]
mod form;
#[cfg(feature = "ssr")]
mod keep_button;
#[cfg(feature = "ssr")]
mod link;
#[cfg(feature = "ssr")]
mod page;
mod server_fns;

pub use server_fns::{DeleteDraft, KeepDraft};

#[cfg(feature = "ssr")]
pub(crate) use data::placed;
#[cfg(feature = "ssr")]
pub(crate) use keep_button::KeepAsDraft;
#[cfg(feature = "ssr")]
pub(crate) use link::DraftsLink;
#[cfg(feature = "ssr")]
pub(crate) use page::DraftsPage;
