//! Change seats: current → new, the live estimate, the review, the order.

mod editor;
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
pub(crate) use page::ChangeSeatsPage;
#[cfg(feature = "ssr")]
pub(crate) use review::hidden;
