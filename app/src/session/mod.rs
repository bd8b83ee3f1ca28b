//! Signing in and out.

mod server_fns;
#[cfg(feature = "ssr")]
mod sign_in_page;

pub use server_fns::{SignIn, SignOut};
#[cfg(feature = "ssr")]
pub(crate) use sign_in_page::SignInPage;
