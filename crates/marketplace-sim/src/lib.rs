//! A stand-in marketplace over HTTP: stateful, seeded, deterministic, with a clock and faults.
//!
//! It speaks the marketplace's own contract and shares the client's *models*, but none of its client code: a bug in one
//! does not hide behind the same bug in the other. What is assumed or left out is listed in `DIFFERENCES.md`; faults and
//! the control endpoint are described in `README.md`.
//!
//! ```
//! use marketplace_sim::{Config, Fault, FaultRule, Simulator};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> std::io::Result<()> {
//! let marketplace = Simulator::start(Config::for_tests()).await?;
//! marketplace.add_fault(FaultRule::once(Fault::Html504After, "createOrder"));
//! assert!(marketplace.url().ends_with("/marketplace/us"));
//! # Ok(())
//! # }
//! ```

mod accounts;
mod clock;
mod config;
mod connection;
mod control;
mod error;
mod faults;
mod gateway;
mod http;
mod operations;
mod ordering;
mod pricing;
mod reports;
mod seed;
mod simulator;
mod state;
mod stats;
mod views;
mod wire;
mod world;

pub use clock::Pace;
pub use config::{Config, Credentials, ReadBack};
pub use faults::{Fault, FaultRule, Outage, UnknownFault};
pub use simulator::Simulator;
pub use stats::{Effect, Stats};
pub use views::{CustomerView, LineView, OrderView, ReportView, SubscriptionView};
