//! The typed client of the Ingram Micro Cloud Marketplace API.

#[cfg(feature = "http")]
mod client;
pub mod models;

#[cfg(feature = "http")]
pub use client::*;
