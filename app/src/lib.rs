//! Leptos pages, islands and server functions, one folder per feature.
//!
//! Pages are rendered on the server only: every page module is behind `ssr`, so the wasm holds the islands and the
//! client side of the server functions they call, and nothing else. Server functions and page loaders ask for a
//! permission, call `backend`, and map the answer to a view model; there is no SQL, HTTP or business rule here.

// The types of nested views are deep.
#![recursion_limit = "512"]

#[cfg(all(feature = "ssr", feature = "hydrate"))]
compile_error!("`ssr` and `hydrate` exclude each other: build the server and the wasm separately");

pub mod accounts;
pub mod approvals;
pub mod console;
pub mod customers;
pub mod drafts;
mod error;
pub mod factor;
pub mod manage;
pub mod matching;
pub mod orders;
pub mod paths;
pub mod reports;
pub mod resellers;
pub mod roles;
pub mod seats;
pub mod session;
pub mod settings;
pub mod staff;

#[cfg(feature = "ssr")]
mod activity;
#[cfg(feature = "ssr")]
mod catalogue;
#[cfg(feature = "ssr")]
mod context;
#[cfg(feature = "ssr")]
mod denials;
#[cfg(feature = "ssr")]
mod exports;
#[cfg(feature = "ssr")]
mod flash;
#[cfg(feature = "ssr")]
mod format;
#[cfg(feature = "ssr")]
mod live;
#[cfg(feature = "ssr")]
mod mine;
#[cfg(feature = "ssr")]
mod overview;
#[cfg(feature = "ssr")]
mod proof;
#[cfg(feature = "ssr")]
mod recent;
#[cfg(feature = "ssr")]
mod refusals;
#[cfg(feature = "ssr")]
mod routes;
#[cfg(feature = "ssr")]
mod search;
#[cfg(feature = "ssr")]
mod shell;
#[cfg(feature = "ssr")]
mod subscriptions;
#[cfg(feature = "ssr")]
mod ui;
#[cfg(feature = "ssr")]
mod url;
#[cfg(feature = "ssr")]
mod visitor;
#[cfg(feature = "ssr")]
mod writes;

pub use error::{AppError, FieldMessage, Kind};

#[cfg(feature = "ssr")]
pub use activity::filter as activity_filter;
#[cfg(feature = "ssr")]
pub use context::{Assets, BY_ITSELF, FrameFacts, Lapsed, RequestId, SignedIn, asked_by_nobody};
#[cfg(feature = "ssr")]
pub use denials::Denials;
#[cfg(feature = "ssr")]
pub use exports::ExportedList;
#[cfg(feature = "ssr")]
pub use live::milliseconds;
#[cfg(feature = "ssr")]
pub use proof::Proof;
#[cfg(feature = "ssr")]
pub use shell::shell;
#[cfg(feature = "ssr")]
pub use visitor::Visitor;
