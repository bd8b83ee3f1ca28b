//! What can go wrong in a service, in the terms of the people it is told to.

/// The result of a service.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a service did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such thing, or the person may not see it.
    #[error("there is no such {0}")]
    NotFound(&'static str),
    /// The input is at fault; each message names the remedy and is shown beside its field.
    #[error("the input was refused: {}", .0.iter().map(|field| field.message.as_str()).collect::<Vec<_>>().join("; "))]
    Invalid(Vec<FieldError>),
    /// Something else stands in the way right now; the message says what.
    #[error("{0}")]
    Conflict(String),
    /// It was sent, and nobody can know yet whether it was carried out; the message says what is done about that.
    #[error("{0}")]
    Unknown(String),
    /// So many are before them that it was not begun; nothing was done.
    #[error("too much is waiting already")]
    Busy,
    /// The person's role does not include the permission.
    #[error("not permitted: {}", .0.description())]
    Forbidden(domain::Permission),
    /// No marketplace connection is configured.
    #[error("no marketplace connection is configured")]
    NotConnected,
    /// The marketplace did not do it.
    #[error(transparent)]
    Marketplace(#[from] marketplace::Error),
    /// The database did not do it.
    #[error("the database: {0}")]
    Database(sqlx::Error),
    /// Something stored here cannot be read back.
    #[error("stored data: {0}")]
    Stored(String),
}

/// One thing wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The field's name in the form.
    pub field: String,
    /// What is wrong and what to do, as a sentence without a full stop.
    pub message: String,
}

impl Error {
    /// One field at fault.
    pub fn invalid(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Invalid(vec![FieldError { field: field.into(), message: message.into() }])
    }

    /// The marketplace answered, and does not show what it was asked for: it is gone, or not ours to see.
    pub(crate) fn is_hidden(&self) -> bool {
        use marketplace::ErrorKind::{Forbidden, NotFound};
        matches!(self, Self::Marketplace(error) if matches!(error.kind(), NotFound | Forbidden))
    }
}

/// What Postgres answers where a text holds a character that it cannot store, which is NUL.
const UNSTORABLE: [&str; 2] = ["22021", "22P05"];

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code);
        if code.is_some_and(|code| UNSTORABLE.contains(&&*code)) {
            Self::Invalid(Vec::new())
        } else {
            Self::Database(error)
        }
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::Stored(error.to_string())
    }
}
