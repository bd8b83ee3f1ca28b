//! The form for the facts of an account, which customers and resellers share.

#[cfg(feature = "ssr")]
mod address_fields;
#[cfg(feature = "ssr")]
mod contact_fields;
#[cfg(feature = "ssr")]
mod fields;
mod input;

pub use input::{AccountInput, ContactInput};

#[cfg(feature = "ssr")]
pub(crate) use fields::{AccountFields, Purpose};
#[cfg(feature = "ssr")]
pub(crate) use input::{kept, typed};
