//! Signing in and out, passwords, and who is signed in where.

#[cfg(feature = "ssr")]
mod begin;
#[cfg(feature = "ssr")]
mod browser;
#[cfg(feature = "ssr")]
mod cells;
#[cfg(feature = "ssr")]
mod code_page;
#[cfg(feature = "ssr")]
mod data;
#[cfg(feature = "ssr")]
mod half;
#[cfg(feature = "ssr")]
mod new_password;
#[cfg(feature = "ssr")]
mod own_panel;
#[cfg(feature = "ssr")]
mod password_page;
#[cfg(feature = "ssr")]
mod profile_page;
#[cfg(feature = "ssr")]
mod prove;
#[cfg(feature = "ssr")]
mod refused;
mod server_fns;
#[cfg(feature = "ssr")]
mod sessions_page;
#[cfg(feature = "ssr")]
mod sign_in_page;
#[cfg(feature = "ssr")]
mod single_sign_on;
#[cfg(feature = "ssr")]
mod typed_is_kept;
#[cfg(feature = "ssr")]
mod welcome_page;

pub use server_fns::{
    ChangePassword, EndAnyonesSession, EndOtherSessions, EndOwnSession, EndSessionsOf, Prove, ReleaseSingleSignOn,
    SecondStep, SignIn, SignOut, StaySignedIn, UseLink,
};

#[cfg(feature = "ssr")]
pub(crate) use begin::{id, renew};
#[cfg(feature = "ssr")]
pub(crate) use code_page::CodePage;
#[cfg(feature = "ssr")]
pub(crate) use password_page::PasswordPage;
#[cfg(feature = "ssr")]
pub(crate) use profile_page::ProfilePage;
#[cfg(feature = "ssr")]
pub(crate) use prove::ProvePage;
#[cfg(feature = "ssr")]
pub(crate) use sessions_page::SessionsPage;
#[cfg(feature = "ssr")]
pub(crate) use sign_in_page::SignInPage;
#[cfg(feature = "ssr")]
pub(crate) use single_sign_on::{ReturnPage, StartPage};
#[cfg(feature = "ssr")]
pub(crate) use welcome_page::WelcomePage;
