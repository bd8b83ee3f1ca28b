use crate::recent::order_in_words;
use crate::ui::{Badge, TimeText};
use crate::{live, paths};
use backend::approvals::Unsent;
use backend::under_way::{Placed, UnderWay};
use domain::IntentState;
use leptos::prelude::*;

/// Orders placed here that are not settled, and what became of one's own. It follows what happens.
#[component]
pub(super) fn UnderWayPanel(under_way: UnderWay) -> impl IntoView {
    let UnderWay { now, with_renewal, settled } = under_way;
    let nothing = now.is_empty() && with_renewal.is_empty() && settled.is_empty();
    view! {
        <section class="panel" id="under-way-now" aria-labelledby="under-way" data-live=live::ORDERS>
            <div class="panel-header">
                <h2 id="under-way">"Under way"</h2>
                <a class="panel-link" href=paths::ORDERS>"All orders"</a>
            </div>
            {nothing.then(|| view! { <p class="sub">"No order placed here is under way."</p> })}
            <List orders=now/>
            {(!with_renewal.is_empty()).then(|| view! {
                <h3>"With the renewal"</h3>
                <List orders=with_renewal/>
            })}
            {(!settled.is_empty()).then(|| view! {
                <h3>"What became of your orders"</h3>
                <List orders=settled/>
            })}
        </section>
    }
}

#[component]
fn List(orders: Vec<Placed>) -> impl IntoView {
    (!orders.is_empty()).then(
        || view! { <ul class="list">{orders.into_iter().map(|order| view! { <Item order/> }).collect_view()}</ul> },
    )
}

#[component]
fn Item(order: Placed) -> impl IntoView {
    let by = if order.own { "you" } else { order.placed_by.as_str() };
    let placed_at_all = order.state != IntentState::Drafted && order.unsent.is_none();
    let done = if placed_at_all { "Placed" } else { "Asked for" };
    let status = order.unsent.map_or(order.state.as_str(), Unsent::as_str);
    let placed = format!("{done} by {by}, ");
    view! {
        <li>
            <div>
                <a href=paths::order(&order.id.to_string())>{sentence(&order)}</a>
                <span class="sub">
                    {placed}<TimeText at=order.placed_at/>
                    {order.problem.as_ref().map(|problem| format!(" · {problem}"))}
                </span>
            </div>
            <Badge text=status/>
        </li>
    }
}

/// What the order is and where it stands, as one would tell a colleague.
fn sentence(order: &Placed) -> String {
    let customer = order.customer_name.as_deref().unwrap_or(&order.customer_id);
    let what = format!("{} for {customer}", order_in_words(&order.kind, None, &order.lines));
    if let Some(unsent) = order.unsent {
        return match unsent {
            Unsent::NotSent => format!("{what} was not sent: nothing was ordered"),
            Unsent::Rejected | Unsent::Withdrawn => format!("{what} was {} and not sent", unsent.as_str()),
        };
    }
    match order.state.as_str() {
        "unknown" => format!("We do not know yet whether the marketplace has this order: {what}"),
        "approved" => format!("{what} waits to be sent"),
        "sending" => format!("{what} is being sent"),
        _ if order.at_renewal && !order.state.is_final() => format!("{what} is done with the renewal"),
        "submitted" => format!("{what} has arrived at the marketplace"),
        "processing" => format!("{what} is being carried out"),
        "completed" => format!("{what} is completed"),
        "failed" if order.ordered => format!("{what} failed"),
        "failed" => format!("{what} failed: nothing was ordered"),
        "cancelled" => format!("{what} was cancelled"),
        "drafted" => format!("{what} waits for approval"),
        "absent" => format!("{what} was looked for at the marketplace and not found"),
        other => format!("{what} is {other}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;
    use uuid::Uuid;

    fn order(state: IntentState) -> Placed {
        let lines = serde_json::json!([{ "name": "Mail", "before": 12, "after": 15 }]);
        Placed {
            id: Uuid::nil(),
            kind: "change".to_owned(),
            state,
            unsent: None,
            customer_id: "c".to_owned(),
            customer_name: Some("Aldgate Dental".to_owned()),
            lines: serde_json::from_value(lines).unwrap(),
            at_renewal: false,
            ordered: false,
            placed_by: "Ana Silva".to_owned(),
            own: true,
            placed_at: datetime!(2026-03-02 09:00 UTC),
            settled_at: None,
            problem: None,
        }
    }

    #[test]
    fn an_unknown_outcome_is_told_as_what_we_do_not_know() {
        let told = sentence(&order(IntentState::Unknown));
        assert!(
            told.starts_with("We do not know yet whether") && told.ends_with("15 seats for Aldgate Dental"),
            "{told}"
        );
    }

    #[test]
    fn only_what_is_completed_reads_as_done() {
        for state in IntentState::ALL {
            let told = sentence(&order(state));
            assert_eq!(told.contains("completed"), state == IntentState::Completed, "{told}");
            let certain = state == IntentState::Failed;
            assert_eq!(told.contains("nothing was ordered"), certain, "{told}");
        }
    }

    #[test]
    fn what_never_left_was_neither_cancelled_nor_did_it_fail() {
        for (state, unsent, ends) in [
            (IntentState::Cancelled, Unsent::Rejected, "was rejected and not sent"),
            (IntentState::Cancelled, Unsent::Withdrawn, "was withdrawn and not sent"),
            (IntentState::Failed, Unsent::NotSent, "was not sent: nothing was ordered"),
        ] {
            let told = sentence(&Placed { unsent: Some(unsent), ..order(state) });
            assert!(told.ends_with(ends), "{told}");
        }
    }

    #[test]
    fn what_waits_for_the_renewal_is_not_said_to_be_stuck() {
        let told = sentence(&Placed { at_renewal: true, ..order(IntentState::Processing) });
        assert!(told.ends_with("is done with the renewal"), "{told}");
    }
}
