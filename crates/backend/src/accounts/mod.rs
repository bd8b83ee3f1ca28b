//! What customers and resellers have in common: the form their facts are typed into, knowing one again, and changing one.

mod change;
mod check;
mod form;
mod resembles;
mod text;

pub(crate) use change::{Shown, change, differing};
pub(crate) use check::CheckedAccount;
pub use form::{AccountForm, ContactForm};
pub(crate) use resembles::Resembles;

/// What a contact person can be there for, as the marketplace names it.
pub const CONTACT_TYPES: [&str; 3] = ["admin", "billing", "technical"];

/// Languages of the marketplace's messages that its older contract listed, with their names; others are accepted too.
pub const LANGUAGES: [(&str, &str); 9] = [
    ("en_US", "English"),
    ("de_DE", "German"),
    ("es_ES", "Spanish"),
    ("fr_FR", "French"),
    ("it_IT", "Italian"),
    ("ja_JP", "Japanese"),
    ("ar_AE", "Arabic"),
    ("nl_NL", "Dutch"),
    ("pt_BR", "Portuguese, Brazil"),
];
