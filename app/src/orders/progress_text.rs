//! How far an order is, in words.

use super::progress::{Progress, StepText};
use super::words;
use crate::error::NOTHING_ORDERED;
use crate::format;
use crate::ui::{status_tone, status_words};
use ::backend::approvals::Unsent;
use ::backend::order_list::Order;
use ::backend::orders::{Followed, Step, StepState};
use domain::IntentState;
use time::OffsetDateTime;

/// Of an order placed here. `checked`: when the marketplace was last asked about it.
pub(super) fn of_intent(followed: &Followed, at_renewal: bool, checked: Option<OffsetDateTime>) -> Progress {
    let intent = &followed.intent;
    let at_renewal = at_renewal || intent.at_renewal;
    let unsent = Unsent::of(intent.state, intent.decision, intent.needs_approval && intent.sent_at.is_none());
    let status = unsent.map_or(intent.state.as_str(), Unsent::as_str);
    let progress = text(intent.state.as_str(), intent.state, &followed.steps, at_renewal, checked);
    let progress = Progress { status: status_words(status), ..progress };
    if intent.state == IntentState::Sending && intent.waits_to_be_sent() {
        return waiting(progress, intent.problem.as_deref());
    }
    if let (IntentState::Submitted | IntentState::Processing, Some(problem)) = (intent.state, &intent.problem) {
        return Progress { advice: Some(problem.clone()), ..progress };
    }
    if let (IntentState::Processing, true, Some(day)) = (intent.state, at_renewal, intent.renews_on) {
        let meaning = format!("It is carried out with the renewal on {}.", format::date(day));
        return Progress { meaning, ..progress };
    }
    if let Some(status) = &intent.aftermath.goes_on_as {
        return gone_on(progress, status);
    }
    if intent.aftermath.blocked_by.is_some() {
        let meaning = "Another order stood in the way, so this one was not taken.".to_owned();
        let advice = intent.problem.clone();
        return Progress { meaning: format!("{meaning} {NOTHING_ORDERED}"), advice, ..progress };
    }
    if intent.aftermath.turned_up_instead.is_some() {
        let meaning = intent.problem.clone().unwrap_or(progress.meaning);
        return Progress { meaning: format!("Not sent. {meaning}"), advice: None, ..progress };
    }
    if let Some(unsent) = unsent {
        return Progress { meaning: format!("{} {NOTHING_ORDERED}", why(unsent)), ..progress };
    }
    // An order that the marketplace took and could not carry out was ordered.
    let never_ordered = intent.state == IntentState::Failed && intent.order_id.is_none();
    if never_ordered {
        return Progress { meaning: format!("{} {NOTHING_ORDERED}", progress.meaning), ..progress };
    }
    progress
}

fn why(unsent: Unsent) -> &'static str {
    match unsent {
        Unsent::Rejected => "The order was rejected and not sent.",
        Unsent::Withdrawn => "The order was withdrawn and not sent.",
        Unsent::NotSent => "The order was not sent.",
    }
}

/// The marketplace did not let it in, and it is sent again.
fn waiting(progress: Progress, problem: Option<&str>) -> Progress {
    let meaning = problem.map_or_else(|| "Waiting to be sent.".to_owned(), ToOwned::to_owned);
    let advice = "It is sent by itself as soon as that is possible, within a day: after that the price is too old, and it \
                  has to be placed again.";
    Progress { meaning, advice: Some(advice.to_owned()), ..progress }
}

/// Somebody had the marketplace go on with an order that had ended there.
fn gone_on(progress: Progress, status: &str) -> Progress {
    let now = status_words(status);
    Progress {
        meaning: format!("The marketplace went on with this order after it had ended: it is {now} there."),
        advice: Some("Do not place it again. The seats are those of the subscription's page.".to_owned()),
        tone: status_tone(status).as_str().to_owned(),
        status: now,
        ..progress
    }
}

/// Of an order placed elsewhere.
pub(super) fn of_order(order: &Order) -> Progress {
    let progress = text(&order.status, order.state(), &order.steps(), order.at_renewal, Some(order.as_of));
    with_code_advice(progress, order)
}

/// What the marketplace's finer code says is to be done comes before what its status says.
pub(super) fn with_code_advice(progress: Progress, order: &Order) -> Progress {
    let told = order.status_code.as_deref().and_then(words::code_advice).map(ToOwned::to_owned);
    Progress { advice: told.or(progress.advice), ..progress }
}

fn text(
    status: &str,
    state: IntentState,
    steps: &[Step],
    at_renewal: bool,
    checked: Option<OffsetDateTime>,
) -> Progress {
    let (meaning, advice) = meaning(state, at_renewal);
    Progress {
        status: status_words(status),
        tone: status_tone(status).as_str().to_owned(),
        meaning: meaning.to_owned(),
        advice: advice.map(ToOwned::to_owned),
        steps: steps.iter().map(step).collect(),
        checked: checked.map(format::date_time_seconds),
    }
}

fn meaning(state: IntentState, at_renewal: bool) -> (&'static str, Option<&'static str>) {
    match state {
        IntentState::Drafted => (
            "Waiting for approval. Nothing has been sent.",
            Some("Somebody else has to approve it. You can leave this page."),
        ),
        IntentState::Approved => ("Waiting to be sent to the marketplace.", None),
        IntentState::Sending => {
            ("Being sent. The marketplace can take more than a minute to answer.", Some("You can leave this page."))
        }
        IntentState::Unknown => (
            "The order was sent, and no answer came back. Nobody knows yet whether the marketplace has it.",
            Some(
                "Do not place it again. Seatboard looks for it at the marketplace and never sends it a second time. What \
                 was seen so far is below; if you know more, say so there.",
            ),
        ),
        IntentState::Absent => (
            "It was looked for at the marketplace and not found.",
            Some(
                "Place it again if it is still wanted. Should it turn up after all, you read it here and on the overview.",
            ),
        ),
        IntentState::Submitted => ("The marketplace has the order and has not begun to carry it out.", None),
        IntentState::Processing if at_renewal => (
            "The marketplace carries this out when the subscription renews.",
            Some("Until then the order stays in processing and the seats stay as they are."),
        ),
        IntentState::Processing => (
            "The marketplace is carrying it out. It is not done yet.",
            Some("That takes minutes, with some vendors hours. You can leave this page."),
        ),
        IntentState::Completed => ("The marketplace says the order is completed.", None),
        IntentState::Failed => (
            "The order failed.",
            Some("Put right what the reason says and place a new order. This one is not tried again."),
        ),
        IntentState::Cancelled => ("The order was cancelled and will not be carried out.", None),
    }
}

fn step(step: &Step) -> StepText {
    let state = match step.state {
        StepState::Done => "done",
        StepState::Current => "current",
        StepState::Todo => "todo",
        StepState::Failed => "failed",
        StepState::Unknown => "unknown",
    };
    StepText {
        title: step.title.to_owned(),
        state: state.to_owned(),
        at: step.at.map(|at| (format::machine(at), format::date_time(at))),
        note: step.note.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_completed_order_reads_as_done() {
        for state in IntentState::ALL {
            let progress = text(state.as_str(), state, &[], false, None);
            let says_completed = progress.meaning.contains("completed");
            assert_eq!(says_completed, state == IntentState::Completed, "{state}");
            assert_eq!(progress.tone == "good", state == IntentState::Completed, "{state}");
        }
    }

    #[test]
    fn an_unknown_outcome_warns_against_ordering_twice() {
        let (_, advice) = meaning(IntentState::Unknown, false);
        assert!(advice.is_some_and(|advice| advice.contains("Do not place it again")));
    }
}
