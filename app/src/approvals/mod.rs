//! Orders that wait for a second person: the inbox, the panel on an order's page, and what a review says beforehand.

#[cfg(feature = "ssr")]
mod comments;
#[cfg(feature = "ssr")]
mod data;
#[cfg(feature = "ssr")]
mod decide_form;
#[cfg(feature = "ssr")]
mod inbox_page;
#[cfg(feature = "ssr")]
mod notice;
#[cfg(feature = "ssr")]
mod panel;
mod server_fns;
#[cfg(feature = "ssr")]
mod to_decide;
#[cfg(feature = "ssr")]
mod words;

pub use server_fns::{ApproveOrder, CommentOrder, RejectOrder, WithdrawOrder};

#[cfg(feature = "ssr")]
pub(crate) use data::{panel, to_decide};
#[cfg(feature = "ssr")]
pub(crate) use inbox_page::ApprovalsPage;
#[cfg(feature = "ssr")]
pub(crate) use notice::{WhatHappens, verb};
#[cfg(feature = "ssr")]
pub(crate) use panel::ApprovalPanel;
#[cfg(feature = "ssr")]
pub(crate) use to_decide::ToDecidePanel;
