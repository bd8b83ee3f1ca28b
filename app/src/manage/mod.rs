//! What can be done to a subscription besides changing its seats now: switch, move seats, renew, cancel, change seats
//! with the renewal (orders, with an estimate and a review); automatic renewal, attributes, prices (done at once).

#[cfg(feature = "ssr")]
mod act;
#[cfg(feature = "ssr")]
mod act_page;
#[cfg(feature = "ssr")]
mod attributes_page;
#[cfg(feature = "ssr")]
mod auto_renewal_page;
#[cfg(feature = "ssr")]
mod choose;
#[cfg(feature = "ssr")]
mod choose_move;
#[cfg(feature = "ssr")]
mod data;
#[cfg(feature = "ssr")]
mod frame;
#[cfg(feature = "ssr")]
mod panel;
#[cfg(feature = "ssr")]
mod price_page;
#[cfg(feature = "ssr")]
mod review;
mod server_fns;
#[cfg(feature = "ssr")]
mod words;

pub use server_fns::{PlaceAct, SetAttributes, SetAutoRenewal, SetPrice};

#[cfg(feature = "ssr")]
pub(crate) use act::Kind as ActKind;
#[cfg(feature = "ssr")]
pub(crate) use act_page::{CancelPage, MovePage, RenewPage, SeatsAtRenewalPage, SwitchPage};
#[cfg(feature = "ssr")]
pub(crate) use attributes_page::AttributesPage;
#[cfg(feature = "ssr")]
pub(crate) use auto_renewal_page::AutoRenewalPage;
#[cfg(feature = "ssr")]
pub(crate) use panel::ManagePanel;
#[cfg(feature = "ssr")]
pub(crate) use price_page::PricePage;
