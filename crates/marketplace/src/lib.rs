//! The typed client of the Ingram Micro Cloud Marketplace API (`SimpleAPI` 1.15).
//!
//! - [`models`] are the marketplace's data: tolerant on reading, strict on writing, without any I/O. They are all there
//!   is without the `http` feature, and compile for the browser.
//! - [`Client`] makes the calls. Lists go through [`Client::page`] and [`Client::pages`], with a filter type for each;
//!   every other operation has a method of its own.
//!
#![cfg_attr(
    feature = "http",
    doc = r#"
```no_run
use futures::TryStreamExt;
use marketplace::models::SubscriptionStatus;
use marketplace::{Client, Connection, Options, SubscriptionFilter};

# async fn example() -> Result<(), Box<dyn std::error::Error>> {
let connection = Connection {
    base_url: "https://host.example/marketplace/eu".into(),
    marketplace: "us".into(),
    username: "someone.API".into(),
    password: "…".into(),
    subscription_key: "…".into(),
};
let client = Client::new(connection, Options::default())?;
let active = SubscriptionFilter { status: Some(SubscriptionStatus::Active), ..SubscriptionFilter::default() };
let mut pages = std::pin::pin!(client.pages(active));
while let Some(page) = pages.try_next().await? {
    println!("{} of {:?}", page.data.len(), page.total());
}
# Ok(())
# }
```
"#
)]
//!
//! # What it takes care of
//!
//! - **The token** is had once for all clones, renewed when four fifths of its time are over, and once more after a 401.
//! - **Writes are sent once.** [`Error::outcome`] says whether a failed one was carried out or whether nobody can know.
//!   Reads are repeated after passing failures, with growing, scattered waits, and never before the marketplace asked.
//! - **Errors** are understood in all spellings in use: of the API, of its framework, of the gateway in front, and the
//!   web pages of the proxy in front of that. A conflict that comes as a 500 is told apart, with the order in the way.
//! - **Any call by hand** ([`Client::raw`]) is answered whatever its status, for a console: without secrets, otherwise exactly.
//! - **Secrets** appear in no `Debug`, log or error, nor do the addresses of report files. Nothing but this machine is
//!   called without encryption, and redirects are not followed.
//!
//! # What it deliberately does not do
//!
//! - It keeps no budget of calls. A [`CallGate`] is asked before each one and told what became of it; the budget is shared
//!   by processes that this crate knows nothing of.
//! - It does not look for an order whose outcome is unknown. That needs a record of what was meant.
//! - It keeps no copy of anything, and judges no quantity, date or permission: the marketplace does.
//! - It knows `POST /token` only, not the `OAuth2` sign-in that some installations have instead.
//! - It does not read the report files it downloads.

#[cfg(feature = "http")]
mod client;
mod json;
pub mod models;

#[cfg(feature = "http")]
pub use client::*;
pub use json::{HIDDEN, Json, names_secret};
