//! An intent's way so far and what is still to come.

use super::intent::Intent;
use super::sql;
use crate::activity::{self, Activity};
use crate::{Backend, Error, Result};
use domain::IntentState;
use time::OffsetDateTime;
use uuid::Uuid;

/// An intent with its timeline.
#[derive(Clone, Debug)]
pub struct Followed {
    /// The intent.
    pub intent: Intent,
    /// Its steps, the first one first.
    pub steps: Vec<Step>,
}

/// A step of the timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What it is called.
    pub title: &'static str,
    /// When it was reached.
    pub at: Option<OffsetDateTime>,
    /// More about it.
    pub note: Option<String>,
    /// Whether it was reached.
    pub state: StepState,
}

/// Whether a step was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepState {
    /// Reached and left.
    Done,
    /// Here it stands.
    Current,
    /// Still to come.
    Todo,
    /// It ended badly here.
    Failed,
    /// Nobody knows yet.
    Unknown,
}

/// The intent and its timeline.
pub async fn follow(backend: &Backend, intent_id: Uuid) -> Result<Followed> {
    let intent = sql::intent(&backend.pool, intent_id).await?.ok_or(Error::NotFound("order"))?;
    let trail = activity::of_intent(backend, intent_id).await?;
    let steps = steps(&intent, &trail);
    Ok(Followed { intent, steps })
}

type Milestone = (&'static str, &'static str, IntentState);

/// What comes before, where it takes a second person.
const ASKED: [Milestone; 2] = [
    ("Asked for", "order.approval_asked", IntentState::Drafted),
    ("Approved", "order.approved", IntentState::Approved),
];

/// The usual way of an order; an end that is not `completed` takes the place of what it never reached.
const WAY: [Milestone; 5] = [
    ("Placed", "order.placed", IntentState::Approved),
    ("Sent to the marketplace", "order.sending", IntentState::Sending),
    ("Submitted", "order.submitted", IntentState::Submitted),
    ("Processing", "order.processing", IntentState::Processing),
    ("Completed", "order.completed", IntentState::Completed),
];

fn approved_by(action: &str, trail: &[Activity]) -> Option<String> {
    let approval = trail.iter().find(|row| row.action == action && action == "order.approved")?;
    Some(format!("by {}", approval.actor))
}

fn steps(intent: &Intent, trail: &[Activity]) -> Vec<Step> {
    let way: Vec<Milestone> =
        if intent.needs_approval { ASKED.iter().chain(&WAY[1..]).copied().collect() } else { WAY.to_vec() };
    let at = |action: &str| match action {
        // The trail has when it was first to leave, which the budget may have held back, here or for hours.
        "order.sending" => intent.sent_at,
        action => trail.iter().rev().find(|row| row.action == action).map(|row| row.at),
    };
    let reached = |state: IntentState| way.iter().position(|(.., step)| *step == state);
    let last_reached = || way.iter().rposition(|(_, action, _)| at(action).is_some()).unwrap_or(0);
    let position = reached(intent.state).unwrap_or_else(last_reached);
    let ended_early = intent.state.came_to_nothing();
    let unknown = intent.state == IntentState::Unknown;
    let mut steps: Vec<Step> = way
        .iter()
        .enumerate()
        .map(|(index, (title, action, state))| Step {
            title,
            at: at(action),
            note: if index == 0 { Some(format!("by {}", intent.requested_by)) } else { approved_by(action, trail) },
            state: match index.cmp(&position) {
                std::cmp::Ordering::Less => StepState::Done,
                std::cmp::Ordering::Equal if *state == IntentState::Completed || ended_early || unknown => {
                    StepState::Done
                }
                std::cmp::Ordering::Equal => StepState::Current,
                std::cmp::Ordering::Greater => StepState::Todo,
            },
        })
        .collect();
    if ended_early || unknown {
        let (title, action, state) = match intent.state {
            IntentState::Cancelled if at("order.rejected").is_some() => {
                ("Rejected", "order.rejected", StepState::Failed)
            }
            IntentState::Cancelled if at("order.withdrawn").is_some() => {
                ("Withdrawn", "order.withdrawn", StepState::Failed)
            }
            IntentState::Cancelled => ("Cancelled", "order.cancelled", StepState::Failed),
            IntentState::Failed => ("Failed", "order.failed", StepState::Failed),
            IntentState::Absent => ("Not found at the marketplace", "order.absent", StepState::Failed),
            _ => ("Outcome unknown", "order.outcome_unknown", StepState::Unknown),
        };
        let end = Step { title, at: at(action), note: intent.problem.clone(), state };
        steps.insert(position + 1, end);
        if ended_early {
            steps.truncate(position + 2);
        }
    }
    steps
}
