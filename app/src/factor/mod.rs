//! Settings, Second factor: an authenticator app and recovery codes.

mod server_fns;

#[cfg(feature = "ssr")]
mod codes_notice;
#[cfg(feature = "ssr")]
mod data;
#[cfg(feature = "ssr")]
mod in_use_panel;
#[cfg(feature = "ssr")]
mod page;
#[cfg(feature = "ssr")]
mod qr;
#[cfg(feature = "ssr")]
mod set_up_panel;

pub use server_fns::{BeginFactor, ConfirmFactor, RemoveFactor, RenewRecoveryCodes};

#[cfg(feature = "ssr")]
pub(crate) use page::SecondFactorPage;
