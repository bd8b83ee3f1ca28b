//! Settings: the connection to the marketplace, and which orders need approval. Staff is `staff`'s; sessions, the profile and
//! passwords are `session`'s.

mod server_fns;

#[cfg(feature = "ssr")]
mod approval_form;
#[cfg(feature = "ssr")]
mod approvals_page;
#[cfg(feature = "ssr")]
mod asked_panel;
#[cfg(feature = "ssr")]
mod connection_form;
#[cfg(feature = "ssr")]
mod connection_page;
#[cfg(feature = "ssr")]
mod data;
#[cfg(feature = "ssr")]
mod in_use_panel;
#[cfg(feature = "ssr")]
mod tabs;
#[cfg(feature = "ssr")]
mod typed;
#[cfg(feature = "ssr")]
mod verdict;
#[cfg(feature = "ssr")]
mod words;

pub use server_fns::{AddApprovalRule, ForgetConnection, RemoveApprovalRule, SaveConnection, TestConnection};

#[cfg(feature = "ssr")]
pub(crate) use approvals_page::ApprovalRulesPage;
#[cfg(feature = "ssr")]
pub(crate) use connection_page::ConnectionPage;
#[cfg(feature = "ssr")]
pub(crate) use tabs::{Tab, Tabs, crumb, home};
