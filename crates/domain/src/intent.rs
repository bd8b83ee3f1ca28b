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
    /// Being sent, perhaps for the second time: a call that was certainly turned away is repeated from here. After a crash
    /// during a call this means the same as [`IntentState::Unknown`].
    Sending,
    /// Sent; the answer did not arrive. The marketplace is searched for the order before anything else happens.
    Unknown,
    /// Looked for long and thoroughly, or by a person, and not there. That is a judgement, not a fact: no answer ever said
    /// that the order was not taken. So it is settled for all that is done next, and yet open to the order turning up.
    Absent,
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
    pub const ALL: [Self; 10] = [
        Self::Drafted,
        Self::Approved,
        Self::Sending,
        Self::Unknown,
        Self::Absent,
        Self::Submitted,
        Self::Processing,
        Self::Completed,
        Self::Failed,
        Self::Cancelled,
    ];

    /// Whether `next` may follow. No way leads back to a state that was left, and from an unknown outcome none leads to
    /// being sent: whatever is wanted after that is another intent, placed by a person at that day's price.
    pub fn may_become(self, next: Self) -> bool {
        use IntentState::{
            Absent, Approved, Cancelled, Completed, Drafted, Failed, Processing, Sending, Submitted, Unknown,
        };
        match self {
            Drafted => matches!(next, Approved | Failed | Cancelled),
            Approved => matches!(next, Sending | Failed | Cancelled),
            Sending => matches!(next, Unknown | Submitted | Processing | Completed | Failed | Cancelled),
            Unknown => matches!(next, Absent | Submitted | Processing | Completed | Failed | Cancelled),
            // The order turned up after all.
            Absent => matches!(next, Submitted | Processing | Completed | Failed | Cancelled),
            Submitted => matches!(next, Processing | Completed | Failed | Cancelled),
            Processing => matches!(next, Completed | Failed | Cancelled),
            Completed | Failed | Cancelled => false,
        }
    }

    /// Nothing more is expected to happen, and nothing is waited for. Only an [`IntentState::Absent`] order can still
    /// surprise.
    pub fn is_final(self) -> bool {
        matches!(self, Self::Completed | Self::Failed | Self::Cancelled | Self::Absent)
    }

    /// It came to an end without an order being carried out, so the same can be wanted once more.
    pub fn came_to_nothing(self) -> bool {
        matches!(self, Self::Failed | Self::Cancelled | Self::Absent)
    }

    /// The stable name used in storage.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Drafted => "drafted",
            Self::Approved => "approved",
            Self::Sending => "sending",
            Self::Unknown => "unknown",
            Self::Absent => "absent",
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
    use proptest::prelude::*;

    fn any_state() -> impl Strategy<Value = IntentState> {
        proptest::sample::select(IntentState::ALL.to_vec())
    }

    /// A life: from one state to the next that may follow, as chance has it.
    fn life(mut state: IntentState, choices: &[usize]) -> Vec<IntentState> {
        let mut lived = vec![state];
        for choice in choices {
            let open: Vec<_> = IntentState::ALL.into_iter().filter(|next| state.may_become(*next)).collect();
            if open.is_empty() {
                break;
            }
            state = open[choice % open.len()];
            lived.push(state);
        }
        lived
    }

    proptest! {
        #[test]
        fn no_life_reaches_a_state_twice(start in any_state(), choices in prop::collection::vec(0..99_usize, 0..20)) {
            let lived = life(start, &choices);
            for (at, state) in lived.iter().enumerate() {
                prop_assert!(!lived[..at].contains(state), "{lived:?}");
            }
        }

        #[test]
        fn nothing_is_sent_after_its_outcome_was_unknown(choices in prop::collection::vec(0..99_usize, 0..20)) {
            let lived = life(IntentState::Unknown, &choices);
            prop_assert!(!lived.contains(&IntentState::Sending) && !lived.contains(&IntentState::Approved), "{lived:?}");
        }

        #[test]
        fn an_order_that_exists_is_never_said_to_be_absent(choices in prop::collection::vec(0..99_usize, 0..20)) {
            let lived = life(IntentState::Submitted, &choices);
            prop_assert!(!lived.contains(&IntentState::Absent) && !lived.contains(&IntentState::Unknown), "{lived:?}");
        }
    }

    #[test]
    fn nothing_follows_an_end_but_an_order_that_turns_up_late() {
        use IntentState::{Absent, Cancelled, Completed, Failed, Processing, Submitted};
        for end in IntentState::ALL.into_iter().filter(|state| state.is_final()) {
            let followers: Vec<_> = IntentState::ALL.into_iter().filter(|next| end.may_become(*next)).collect();
            let late = if end == Absent { vec![Submitted, Processing, Completed, Failed, Cancelled] } else { vec![] };
            assert_eq!(followers, late, "{end}");
        }
    }

    #[test]
    fn every_state_is_read_back_from_its_name() {
        for state in IntentState::ALL {
            assert_eq!(state.as_str().parse(), Ok(state));
        }
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
