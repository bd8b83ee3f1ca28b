//! Signing in and out, and passwords.

mod server_fns;

#[cfg(feature = "ssr")]
mod new_password;
#[cfg(feature = "ssr")]
mod password_page;
#[cfg(feature = "ssr")]
mod sign_in_page;
#[cfg(feature = "ssr")]
mod welcome_page;

pub use server_fns::{ChangePassword, SignIn, SignOut, UseLink};

#[cfg(feature = "ssr")]
pub(crate) use password_page::PasswordPage;
#[cfg(feature = "ssr")]
pub(crate) use sign_in_page::SignInPage;
#[cfg(feature = "ssr")]
pub(crate) use welcome_page::WelcomePage;
