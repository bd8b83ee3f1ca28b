//! The typed client of the Ingram Micro Cloud Marketplace API.

pub mod models;
