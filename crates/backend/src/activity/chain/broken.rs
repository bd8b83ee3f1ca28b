//! What can be wrong with the chain, in words that name it.

use super::Head;
use std::fmt;
use time::OffsetDateTime;

/// A row, by what finds it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Its number.
    pub id: i64,
    /// When it says it happened.
    pub at: OffsetDateTime,
    /// What it says happened.
    pub action: String,
}

/// The first thing that is not as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Break {
    /// The row is not what was sealed.
    Changed {
        /// The row as it is now.
        row: Named,
        /// Its place in the chain.
        position: i64,
    },
    /// A row that was sealed is gone.
    Missing {
        /// Its number.
        activity_id: i64,
        /// Its place in the chain.
        position: i64,
    },
    /// A row that was never sealed.
    Unsealed {
        /// The row.
        row: Named,
    },
    /// A seal is gone.
    Gap {
        /// The place it had.
        position: i64,
        /// The first row that has no seal, perhaps the one it was of.
        unsealed: Option<Named>,
    },
    /// Seals changed places.
    OutOfOrder {
        /// The place.
        position: i64,
        /// The row there.
        found: Named,
        /// The row that was sealed there.
        expected: Named,
    },
    /// The chain does not end where it says that it ends: its last rows are gone, or its end was rewritten.
    End {
        /// Where the last seal is.
        found: Head,
        /// What is stored as the end.
        told: Option<Head>,
    },
    /// The chain is whole, and another than the one that was noted down.
    NotAsNoted {
        /// What was noted.
        noted: Head,
        /// What is there now; nothing where the chain is shorter.
        found: Option<Head>,
    },
}

impl fmt::Display for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "row {} ({} of {})", self.id, self.action, self.at)
    }
}

impl fmt::Display for Break {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Changed { row, position } => {
                write!(f, "changed row: {row}, sealed at position {position}, is not what was sealed")
            }
            Self::Missing { activity_id, position } => {
                write!(f, "missing row: row {activity_id}, sealed at position {position}, is gone")
            }
            Self::Unsealed { row } => write!(f, "row without a seal: {row} was put in past the chain"),
            Self::Gap { position, unsealed: Some(row) } => {
                write!(f, "gap: the seal at position {position} is gone, and {row} has no seal")
            }
            Self::Gap { position, unsealed: None } => {
                write!(f, "gap: the seal at position {position} is gone, and so is its row")
            }
            Self::OutOfOrder { position, found, expected } => {
                write!(f, "wrong order: at position {position} is {found}, where {expected} was sealed")
            }
            Self::End { found, told: Some(told) } => {
                write!(f, "wrong end: the last seal is {found}, but the chain was written up to {told}")
            }
            Self::End { found, told: None } => {
                write!(f, "wrong end: the last seal is {found}, and the record of where the chain ends is gone")
            }
            Self::NotAsNoted { noted, found: Some(found) } => {
                write!(f, "another chain: {noted} was noted down, and {found} is there now")
            }
            Self::NotAsNoted { noted, found: None } => {
                write!(f, "another chain: {noted} was noted down, and the chain does not reach it")
            }
        }
    }
}
