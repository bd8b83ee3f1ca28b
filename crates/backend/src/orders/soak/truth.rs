//! What each state of an intent claims, held against the orders that carry its mark. Everything that knows the states'
//! names is here. A state this does not know claims nothing while the run goes on, and must not be what is left.

use crate::activity::Activity;
use domain::IntentState;
use marketplace_sim::OrderView;

/// Why the state is a lie now; `None` when it is true, or claims nothing.
pub(super) fn lie(state: &str, orders: &[&OrderView]) -> Option<String> {
    let statuses: Vec<&str> = orders.iter().map(|order| order.status.as_str()).collect();
    let all = |wanted: &str| statuses.iter().all(|status| *status == wanted);
    let holds = match state {
        "completed" => statuses.len() == 1 && all("completed"),
        "cancelled" => all("cancelled"),
        "failed" => all("error"),
        "drafted" | "approved" | "absent" => statuses.is_empty(),
        "submitted" | "processing" => statuses.len() == 1,
        _ => true,
    };
    (!holds).then(|| format!("says {state}, but its orders at the marketplace are {statuses:?}"))
}

/// What is left at the end, when nothing goes wrong any more and nobody waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Left {
    /// It is known what came of it.
    Settled,
    /// Nobody knows, and it says so.
    HonestlyUnknown,
    /// It waits for a renewal, as its order does.
    Scheduled,
    /// It was forgotten on its way.
    Forgotten,
}

pub(super) fn left(state: &str, at_renewal: bool, orders: &[&OrderView]) -> Left {
    let open = orders.iter().any(|order| matches!(order.status.as_str(), "submitted" | "processing"));
    match state {
        "completed" | "failed" | "cancelled" | "absent" => Left::Settled,
        // Where the order is there to be found, not knowing it is no honesty.
        "unknown" if orders.is_empty() => Left::HonestlyUnknown,
        "submitted" | "processing" if at_renewal && open => Left::Scheduled,
        _ => Left::Forgotten,
    }
}

/// What is wrong with the intent's trail: a gap, a step that the state machine does not know, a state reached twice, an
/// end other than the state it has.
pub(super) fn broken_trail(state: &str, trail: &[Activity]) -> Option<String> {
    let placed = trail.iter().filter(|row| row.action == "order.placed").count();
    if placed != 1 {
        return Some(format!("was placed {placed} times according to its activity"));
    }
    let steps: Vec<(IntentState, IntentState)> = trail.iter().filter_map(step).collect();
    for (from, to) in &steps {
        if !from.may_become(*to) {
            return Some(format!("went from {from} to {to}, which the state machine does not know"));
        }
    }
    if let Some(gap) = steps.windows(2).find(|pair| pair[0].1 != pair[1].0) {
        return Some(format!("became {} and then went on from {}", gap[0].1, gap[1].0));
    }
    if let Some(twice) = reached_twice(&steps) {
        return Some(format!("became {twice} twice"));
    }
    let first = steps.first().map_or(state, |(from, _)| from.as_str());
    if !FIRST.contains(&first) {
        return Some(format!("begins as {first} according to its activity"));
    }
    let last = steps.last().map_or(first, |(_, to)| to.as_str());
    (last != state).then(|| format!("says {state}, but its activity ends with {last}"))
}

/// What an intent may be when it is written.
const FIRST: [&str; 2] = ["drafted", "approved"];

/// The step that a row tells of; rows about something else tell of none.
fn step(row: &Activity) -> Option<(IntentState, IntentState)> {
    let state = |value: &Option<serde_json::Value>| value.as_ref()?.as_str()?.parse().ok();
    Some((state(&row.before)?, state(&row.after)?)).filter(|(from, to)| from != to)
}

/// An order that was not let in goes back to waiting and is sent again; nothing else is done twice.
fn reached_twice(steps: &[(IntentState, IntentState)]) -> Option<IntentState> {
    let reached: Vec<IntentState> = steps.iter().map(|(_, to)| *to).collect();
    let again = |state: &&IntentState| !matches!(state, IntentState::Approved | IntentState::Sending);
    reached.iter().filter(again).find(|state| reached.iter().filter(|other| other == state).count() > 1).copied()
}
