//! The API console: any call to the marketplace by hand, with its answer and the calls before it.

mod server_fns;

#[cfg(feature = "ssr")]
mod answer;
#[cfg(feature = "ssr")]
mod curl;
#[cfg(feature = "ssr")]
mod data;
#[cfg(feature = "ssr")]
mod form;
#[cfg(feature = "ssr")]
mod history;
#[cfg(feature = "ssr")]
mod operations;
#[cfg(feature = "ssr")]
mod page;
#[cfg(feature = "ssr")]
mod review;
#[cfg(feature = "ssr")]
mod words;

pub use server_fns::{ConsoleCall, ConsoleSend};

#[cfg(feature = "ssr")]
pub(crate) use page::ConsolePage;
