//! What the seat editor shows: sentences and amounts, ready to read.

use serde::{Deserialize, Serialize};

/// An estimate in words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuoteText {
    /// Label and amount, from what is charged now to what recurs.
    pub rows: Vec<(String, String)>,
    /// What happens next and until when it can be undone.
    pub notes: Vec<String>,
}

/// The answer to one number of seats.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    /// The estimate.
    Priced(QuoteText),
    /// The number cannot be ordered.
    Refused(String),
    /// The marketplace could not be asked.
    Failed(String),
}
