//! How an order reads that waited for a second person and never left. Its state alone would tell of a cancelled or failed
//! order, as if the marketplace had had it.

use super::sql;
use super::waiting::DecisionKind;
use crate::{Backend, Result};
use domain::IntentState;
use std::collections::HashMap;
use uuid::Uuid;

/// Why an order that waited for a second person never left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsent {
    /// Somebody did not want it.
    Rejected,
    /// Who asked took it back.
    Withdrawn,
    /// It was no longer what had been asked for, or could not be sent any more.
    NotSent,
}

impl Unsent {
    /// Of an intent by its state and decision. `never_left`: it waited for a second person, and was not sent.
    pub fn of(state: IntentState, decision: Option<DecisionKind>, never_left: bool) -> Option<Self> {
        match (state, decision) {
            (IntentState::Cancelled, Some(DecisionKind::Rejected)) => Some(Self::Rejected),
            (IntentState::Cancelled, Some(DecisionKind::Withdrawn)) => Some(Self::Withdrawn),
            (IntentState::Failed, _) if never_left => Some(Self::NotSent),
            _ => None,
        }
    }

    /// The word that stands in the place of the state's.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Rejected => "rejected",
            Self::Withdrawn => "withdrawn",
            Self::NotSent => "not sent",
        }
    }
}

/// Has each order that waited for a second person and never left be told so by `tell`. `came_to_nothing` is an order's intent
/// where it did; where none did, nothing is asked.
pub(crate) async fn tell_unsent<T>(
    backend: &Backend,
    orders: &mut [T],
    came_to_nothing: impl Fn(&T) -> Option<Uuid>,
    tell: impl Fn(&mut T, Unsent),
) -> Result<()> {
    let intents: Vec<Uuid> = orders.iter().filter_map(&came_to_nothing).collect();
    if intents.is_empty() {
        return Ok(());
    }
    let unsent: HashMap<Uuid, Unsent> = sql::unsent(&backend.pool, &intents).await?.into_iter().collect();
    for order in orders {
        if let Some(why) = came_to_nothing(order).and_then(|intent| unsent.get(&intent)) {
            tell(order, *why);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_ended_without_leaving_reads_otherwise_than_its_state() {
        let (rejected, withdrawn) = (Some(DecisionKind::Rejected), Some(DecisionKind::Withdrawn));
        assert_eq!(Unsent::of(IntentState::Cancelled, rejected, true), Some(Unsent::Rejected));
        assert_eq!(Unsent::of(IntentState::Cancelled, withdrawn, true), Some(Unsent::Withdrawn));
        for decision in [None, Some(DecisionKind::Voided), Some(DecisionKind::Approved)] {
            assert_eq!(Unsent::of(IntentState::Failed, decision, true), Some(Unsent::NotSent), "{decision:?}");
            assert_eq!(Unsent::of(IntentState::Failed, decision, false), None, "{decision:?}");
            assert_eq!(Unsent::of(IntentState::Cancelled, decision, true), None, "{decision:?}");
        }
        for state in IntentState::ALL.into_iter().filter(|state| !state.came_to_nothing()) {
            assert_eq!(Unsent::of(state, Some(DecisionKind::Approved), true), None, "{state}");
        }
    }
}
