//! The life of a write that is no order: our record of a change at the marketplace, made before it is sent.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Where a write stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WriteState {
    /// Being sent. After a crash this means the same as [`WriteState::Unknown`].
    Sending,
    /// Sent; the answer did not arrive. The marketplace is looked at until it shows whether it was carried out.
    Unknown,
    /// The marketplace said so, or shows it.
    Done,
    /// The marketplace said no.
    Refused,
    /// The marketplace was looked at with patience and does not show it.
    Absent,
}

impl WriteState {
    /// Every state, in the order of a life.
    pub const ALL: [Self; 5] = [Self::Sending, Self::Unknown, Self::Done, Self::Refused, Self::Absent];

    /// Whether `next` may follow. Nothing leads back to being sent. An answer that comes after all is believed, even
    /// after the write seemed absent.
    pub fn may_become(self, next: Self) -> bool {
        match self {
            Self::Sending => matches!(next, Self::Unknown | Self::Done | Self::Refused),
            Self::Unknown => matches!(next, Self::Done | Self::Refused | Self::Absent),
            Self::Absent => matches!(next, Self::Done),
            Self::Done | Self::Refused => false,
        }
    }

    /// Whether nobody can say yet what came of it.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Sending | Self::Unknown)
    }

    /// The stable name used in storage.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sending => "sending",
            Self::Unknown => "unknown",
            Self::Done => "done",
            Self::Refused => "refused",
            Self::Absent => "absent",
        }
    }
}

impl fmt::Display for WriteState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for WriteState {
    type Err = UnknownWriteState;

    fn from_str(text: &str) -> Result<Self, UnknownWriteState> {
        Self::ALL.into_iter().find(|state| state.as_str() == text).ok_or_else(|| UnknownWriteState(text.to_owned()))
    }
}

/// No state of a write has this name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a state of a write")]
pub struct UnknownWriteState(String);

#[cfg(test)]
mod tests {
    use super::WriteState::{self, Absent, Done, Refused, Sending, Unknown};

    #[test]
    fn nothing_is_sent_again() {
        assert!(WriteState::ALL.into_iter().all(|state| !state.may_become(Sending)));
    }

    #[test]
    fn nothing_follows_what_the_marketplace_said() {
        for end in [Done, Refused] {
            assert!(WriteState::ALL.into_iter().all(|next| !end.may_become(next)), "{end}");
        }
    }

    #[test]
    fn what_is_being_sent_is_absent_only_after_it_was_looked_for() {
        assert!(!Sending.may_become(Absent));
        assert!(Sending.may_become(Unknown) && Unknown.may_become(Absent));
    }

    #[test]
    fn an_answer_that_comes_after_all_is_believed() {
        assert!(Unknown.may_become(Done) && Unknown.may_become(Refused) && Absent.may_become(Done));
        assert!(!Absent.may_become(Refused) && !Absent.may_become(Unknown));
    }

    #[test]
    fn every_state_is_read_back_as_it_is_stored() {
        for state in WriteState::ALL {
            assert_eq!(state.as_str().parse(), Ok(state));
            assert!(!state.may_become(state));
        }
        assert!("lost".parse::<WriteState>().is_err());
    }
}
