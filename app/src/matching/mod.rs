//! Matching customers to the reseller's own world: account managers and external ids, one by one and in bulk.

#[cfg(feature = "ssr")]
mod apply_panel;
#[cfg(feature = "ssr")]
mod batch_page;
#[cfg(feature = "ssr")]
mod data;
#[cfg(feature = "ssr")]
mod recent;
#[cfg(feature = "ssr")]
mod rows;
mod server_fns;
#[cfg(feature = "ssr")]
mod start_page;
#[cfg(feature = "ssr")]
mod upload;

pub use server_fns::{ApplyMatching, CheckMatching, SetManagers};

#[cfg(feature = "ssr")]
pub(crate) use batch_page::MatchingBatchPage;
#[cfg(feature = "ssr")]
pub(crate) use data::{MANAGERS_FORM, managers_field};
#[cfg(feature = "ssr")]
pub(crate) use start_page::MatchingPage;
#[cfg(feature = "ssr")]
pub use upload::keep_refused_file;
