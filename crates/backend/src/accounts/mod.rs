//! What customers and resellers have in common: the form their facts are typed into, creating one at most once, and
//! changing one.

mod change;
mod check;
mod create;
mod form;
mod sql;

pub(crate) use change::{Shown, change, differing};
pub(crate) use check::CheckedAccount;
pub(crate) use create::{Wanted, create, made_by_form};
pub use form::{AccountForm, ContactForm};

/// What a lost answer does to a creation; answers whether it did.
#[cfg(test)]
pub(crate) async fn end_unknown(db: &mut sqlx::PgConnection, form_token: uuid::Uuid) -> crate::Result<bool> {
    sql::end(db, form_token, sql::State::Unknown, None).await
}

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
