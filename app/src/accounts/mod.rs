//! The facts of an account and the form for them, which customers and resellers share.

#[cfg(feature = "ssr")]
mod address_fields;
#[cfg(feature = "ssr")]
mod contact_fields;
#[cfg(feature = "ssr")]
mod facts;
#[cfg(feature = "ssr")]
mod fields;
mod input;
#[cfg(feature = "ssr")]
mod namesakes;

pub use input::{AccountInput, ContactInput};

#[cfg(feature = "ssr")]
pub(crate) use facts::AccountFacts;
#[cfg(feature = "ssr")]
pub(crate) use fields::{AccountFields, Purpose};
#[cfg(feature = "ssr")]
pub(crate) use input::{kept, typed};
#[cfg(feature = "ssr")]
pub(crate) use namesakes::{Namesake, Namesakes};
