//! Single sign-on: the ways to the provider and back, both of them pages, so that neither needs a script.

mod cookie;
mod offer;
mod own_panel;
mod refusal;
mod return_page;
mod start_page;

pub(super) use offer::Offer;
pub(super) use own_panel::{OwnIdentityPanel, own};
pub(crate) use return_page::ReturnPage;
pub(crate) use start_page::StartPage;
