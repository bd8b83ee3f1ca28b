//! Why a command stopped, and what a person can do about it.

use std::fmt;

/// The result of every step.
pub(crate) type Result<T = ()> = std::result::Result<T, Failure>;

/// Why a command stopped.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The person asked for it: Ctrl-C, or a request to terminate.
    Interrupted,
    /// Something went wrong.
    Failed {
        /// What went wrong.
        message: String,
        /// What to do about it, where that is known.
        remedy: Option<String>,
    },
}

impl Failure {
    /// A failure that says what went wrong.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self::Failed { message: message.into(), remedy: None }
    }

    /// The same failure with what to do about it.
    pub(crate) fn remedy(self, text: impl Into<String>) -> Self {
        match self {
            Self::Failed { message, .. } => Self::Failed { message, remedy: Some(text.into()) },
            Self::Interrupted => Self::Interrupted,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Interrupted => formatter.write_str("interrupted"),
            Self::Failed { message, remedy: None } => formatter.write_str(message),
            Self::Failed { message, remedy: Some(remedy) } => write!(formatter, "{message}\n  what helps: {remedy}"),
        }
    }
}

/// Says what was being done when a lower error happened.
pub(crate) trait Context<T> {
    /// Turns the error into a [`Failure`] that begins with `doing`.
    fn context(self, doing: impl fmt::Display) -> Result<T>;
}

impl<T, E: fmt::Display> Context<T> for std::result::Result<T, E> {
    fn context(self, doing: impl fmt::Display) -> Result<T> {
        self.map_err(|error| Failure::new(format!("{doing}: {error}")))
    }
}
