//! The connection to the marketplace.

mod link;

pub use link::Link;
