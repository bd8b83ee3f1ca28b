//! A migration order: customer → product → term and seats → estimate and review. Up to the last step the query is the
//! whole state.

#[cfg(feature = "ssr")]
mod data;
#[cfg(feature = "ssr")]
mod page;
#[cfg(feature = "ssr")]
mod review_step;
mod server_fns;
#[cfg(feature = "ssr")]
mod state;
#[cfg(feature = "ssr")]
mod term_step;

pub use server_fns::PlaceMigration;

#[cfg(feature = "ssr")]
pub(crate) use page::MigratePage;
