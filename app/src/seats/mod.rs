//! Change seats: current → new, the live estimate, the review, the order.

mod editor;
#[cfg(feature = "ssr")]
mod estimate_view;
mod model;
#[cfg(feature = "ssr")]
mod page;
#[cfg(feature = "ssr")]
mod quote_view;
#[cfg(feature = "ssr")]
mod review;
mod server_fns;

pub use server_fns::{EstimateSeats, PlaceSeatChange};

#[cfg(feature = "ssr")]
pub(crate) use estimate_view::{Priced, per_period, priced_at};
#[cfg(feature = "ssr")]
pub(crate) use model::QuoteText;
#[cfg(feature = "ssr")]
pub(crate) use page::ChangeSeatsPage;
#[cfg(feature = "ssr")]
pub(crate) use review::confirmation;
