//! The timeline of an order that was placed elsewhere: as much as the marketplace tells.

use super::Order;
use crate::orders::{Step, StepState};
use domain::IntentState;
use time::OffsetDateTime;

impl Order {
    /// Where it stands, in the states of our own orders. An unheard-of status is still being worked on.
    pub fn state(&self) -> IntentState {
        match self.status.as_str() {
            "submitted" => IntentState::Submitted,
            "completed" => IntentState::Completed,
            "error" => IntentState::Failed,
            "cancelled" => IntentState::Cancelled,
            _ => IntentState::Processing,
        }
    }

    /// Its steps, the first one first. The marketplace tells when it was made and when it was carried out, no more.
    pub fn steps(&self) -> Vec<Step> {
        use StepState::{Current, Done, Failed, Todo};
        let made = step("Submitted", self.created_at);
        let processing = step("Processing", None);
        let completed = step("Completed", self.provisioned_at);
        match self.state() {
            IntentState::Submitted => vec![made(Current), processing(Todo), completed(Todo)],
            IntentState::Completed => vec![made(Done), processing(Done), completed(Done)],
            IntentState::Failed => vec![made(Done), step("Failed", None)(Failed)],
            IntentState::Cancelled => vec![made(Done), step("Cancelled", None)(Failed)],
            _ => vec![made(Done), processing(Current), completed(Todo)],
        }
    }
}

fn step(title: &'static str, at: Option<OffsetDateTime>) -> impl Fn(StepState) -> Step {
    move |state| Step { title, at: at.filter(|_| state != StepState::Todo), note: None, state }
}
