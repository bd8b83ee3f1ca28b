//! The life of an intent: our record of an order, written before anything is sent.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Where an intent stands. `Unknown` is an honest state: the order was sent and nobody knows yet whether it arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IntentState {
    /// Written, and waiting for a second person to approve it.
    Drafted,
    /// Accepted from a person or, where it takes two, from both; waiting to be sent.
    Approved,
    /// Being sent. After a crash this means the same as [`IntentState::Unknown`].
    Sending,
    /// Sent; the answer did not arrive. The marketplace is searched for the order before anything else happens.
    Unknown,
    /// The marketplace has it.
    Submitted,
    /// The marketplace is fulfilling it.
    Processing,
    /// The marketplace says `completed`.
    Completed,
    /// Refused before it became an order, or the order ended in `error`.
    Failed,
    /// The order was cancelled.
    Cancelled,
}

impl IntentState {
    /// Every state, in the order of a life.
    pub const ALL: [Self; 9] = [
        Self::Drafted,
        Self::Approved,
        Self::Sending,
        Self::Unknown,
        Self::Submitted,
        Self::Processing,
        Self::Completed,
        Self::Failed,
        Self::Cancelled,
    ];

    /// Whether `next` may follow. Nothing follows an end, and nothing goes back to being sent except an intent that
    /// is certain not to have arrived.
    pub fn may_become(self, next: Self) -> bool {
        use IntentState::{Approved, Cancelled, Completed, Drafted, Failed, Processing, Sending, Submitted, Unknown};
        match self {
            Drafted => matches!(next, Approved | Failed | Cancelled),
            Approved => matches!(next, Sending | Failed | Cancelled),
            Sending => matches!(next, Approved | Unknown | Submitted | Processing | Completed | Failed | Cancelled),
            Unknown => matches!(next, Submitted | Processing | Completed | Failed | Cancelled),
            Submitted => matches!(next, Processing | Completed | Failed | Cancelled),
            Processing => matches!(next, Completed | Failed | Cancelled),
            Completed | Failed | Cancelled => false,
        }
    }

    /// Nothing more will happen.
    pub fn is_final(self) -> bool {
        matches!(self, Self::Completed | Self::Failed | Self::Cancelled)
    }

    /// The stable name used in storage.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Drafted => "drafted",
            Self::Approved => "approved",
            Self::Sending => "sending",
            Self::Unknown => "unknown",
            Self::Submitted => "submitted",
            Self::Processing => "processing",
            Self::Completed => "completed",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }
}

impl fmt::Display for IntentState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for IntentState {
    type Err = UnknownIntentState;

    fn from_str(text: &str) -> Result<Self, UnknownIntentState> {
        Self::ALL.into_iter().find(|state| state.as_str() == text).ok_or_else(|| UnknownIntentState(text.to_owned()))
    }
}

/// No intent state has this name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an intent state")]
pub struct UnknownIntentState(String);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_follows_an_end() {
        for end in IntentState::ALL.into_iter().filter(|state| state.is_final()) {
            assert!(IntentState::ALL.into_iter().all(|next| !end.may_become(next)), "{end}");
        }
    }

    #[test]
    fn an_unknown_outcome_is_never_sent_again() {
        assert!(!IntentState::Unknown.may_become(IntentState::Sending));
        assert!(!IntentState::Unknown.may_become(IntentState::Approved));
    }

    #[test]
    fn no_state_follows_itself() {
        assert!(IntentState::ALL.into_iter().all(|state| !state.may_become(state)));
    }

    #[test]
    fn what_waits_for_approval_is_never_sent_before_it_is_approved() {
        let next: Vec<_> = IntentState::ALL.into_iter().filter(|next| IntentState::Drafted.may_become(*next)).collect();
        assert_eq!(next, [IntentState::Approved, IntentState::Failed, IntentState::Cancelled]);
    }

    #[test]
    fn nothing_goes_back_to_waiting_for_approval() {
        assert!(IntentState::ALL.into_iter().all(|state| !state.may_become(IntentState::Drafted)));
    }
}
