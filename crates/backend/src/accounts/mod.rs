//! What customers and resellers have in common: the form their facts are typed into, and creating one at most once.

mod check;
mod create;
mod form;
mod sql;

pub(crate) use check::CheckedAccount;
pub(crate) use create::{Wanted, create, made_by_form};
pub use form::{AccountForm, ContactForm};

/// What a contact person can be there for, as the marketplace names it.
pub const CONTACT_TYPES: [&str; 3] = ["admin", "billing", "technical"];

/// Languages of the marketplace's messages that its older contract listed; others are accepted too.
pub const LANGUAGES: [&str; 10] =
    ["en_US", "de_DE", "es_ES", "fr_FR", "it_IT", "ja_JP", "ar_AE", "nl_NL", "pt_BR", "en"];
