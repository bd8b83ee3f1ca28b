use crate::ui::Tone;
use backend::writes::{Kind, OpenWrite};
use domain::WriteState;

/// What is changed.
pub(super) fn title(kind: Kind) -> &'static str {
    match kind {
        Kind::CustomerCreate => "New customer",
        Kind::CustomerUpdate => "Changed facts of the customer",
        Kind::CustomerHold => "Credit hold",
        Kind::CustomerRelease => "Release from credit hold",
        Kind::ResellerCreate => "New reseller",
        Kind::ResellerUpdate => "Changed facts of the reseller",
        Kind::RenewalOn => "Automatic renewal on",
        Kind::RenewalOff => "Automatic renewal off",
        Kind::Attributes => "Attributes",
        Kind::Price => "Special price",
        Kind::OrderCancel => "Cancelling the order",
        Kind::OrderCreditCheck => "Skipping the credit check",
        Kind::ReportSchedule => "New report",
    }
}

/// What people should know about it.
pub(super) fn meaning(write: &OpenWrite) -> String {
    match (write.state, &write.problem) {
        (WriteState::Sending, _) => "The marketplace can take more than a minute to answer.".to_owned(),
        (WriteState::Absent, Some(problem)) => problem.clone(),
        (WriteState::Unknown, Some(problem)) if write.settled => problem.clone(),
        _ => "The marketplace's answer did not arrive, so nobody knows yet whether it was done. Seatboard looks again and \
              again, and sends nothing a second time."
            .to_owned(),
    }
}

/// How far it is, in a word.
pub(super) fn status(state: WriteState) -> (&'static str, Tone) {
    match state {
        WriteState::Sending => ("being sent", Tone::Info),
        WriteState::Absent => ("not carried out", Tone::Bad),
        _ => ("not confirmed", Tone::Warn),
    }
}

/// What an activity row of a write says, completing the actor's name: `tried to change a customer, which …`. `None` where
/// it is of no write, or says that it was done.
pub(crate) fn action(recorded: &str) -> Option<String> {
    let outcome = |kind: Kind| recorded.strip_prefix(kind.as_str());
    let (kind, outcome) = Kind::ALL.into_iter().find_map(|kind| Some((kind, outcome(kind)?.strip_prefix('_')?)))?;
    let what = infinitive(kind);
    match outcome {
        "begun" => Some(format!("began to {what}")),
        "refused" => Some(format!("tried to {what}, which the marketplace refused")),
        "unknown" => Some(format!("tried to {what}, and nobody knows yet whether it was done")),
        "absent" => Some(format!("tried to {what}, which was not carried out")),
        _ => None,
    }
}

fn infinitive(kind: Kind) -> &'static str {
    match kind {
        Kind::CustomerCreate => "create a customer",
        Kind::CustomerUpdate => "change a customer",
        Kind::CustomerHold => "put a customer on credit hold",
        Kind::CustomerRelease => "release a customer from credit hold",
        Kind::ResellerCreate => "create a reseller",
        Kind::ResellerUpdate => "change a reseller",
        Kind::RenewalOn => "turn automatic renewal on",
        Kind::RenewalOff => "turn automatic renewal off",
        Kind::Attributes => "set attributes of a subscription",
        Kind::Price => "set a special price",
        Kind::OrderCancel => "cancel an order",
        Kind::OrderCreditCheck => "let an order pass without its credit check",
        Kind::ReportSchedule => "have a report made",
    }
}

#[cfg(test)]
mod tests {
    use super::action;

    #[test]
    fn each_outcome_completes_the_name_of_who_acted() {
        assert_eq!(action("customer.hold_begun").as_deref(), Some("began to put a customer on credit hold"));
        assert_eq!(
            action("subscription.auto_renewal_off_absent").as_deref(),
            Some("tried to turn automatic renewal off, which was not carried out")
        );
    }

    #[test]
    fn what_was_done_and_what_is_no_write_has_other_words() {
        assert_eq!((action("customer.created"), action("subscription.auto_renewal_on")), (None, None));
        assert_eq!(action("order.cancelled"), None);
    }
}
