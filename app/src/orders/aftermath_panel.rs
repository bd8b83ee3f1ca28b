//! What comes after the end of an order placed here: what stood in its way, placing it again, and the order that turned up
//! late.

use crate::ui::{Icon, TimeText, status_words};
use crate::{context, paths};
use ::backend::orders::{Aftermath, Blocking, Intent, Replacement};
use domain::IntentState;
use leptos::prelude::*;

/// Nothing where there is nothing to say.
#[component]
pub(super) fn AftermathPanel(intent: Intent) -> impl IntoView {
    let Aftermath { again_of, replacement, turned_up_instead, again_path, found_late_at, blocked_by, goes_on_as } =
        intent.aftermath;
    let late = found_late_at.map(|at| view! { <TurnedUp at replacement state=intent.state/> }.into_any());
    let blocking = blocked_by.map(|blocking| view! { <InTheWay blocking/> }.into_any());
    let refused = context::not_allowed(intent.permission);
    let again = again_path.map(|path| view! { <Again path refused/> }.into_any());
    let successor = replacement.filter(|_| found_late_at.is_none()).map(|Replacement { id, waits }| {
        let what_that_means = if goes_on_as.is_some() { beside_its_replacement(waits) } else { "." };
        view! {
            <p>
                "It was placed again as "<a href=paths::order(&id.to_string())>"another order"</a>{what_that_means}
            </p>
        }
    });
    let instead = turned_up_instead.map(|id| {
        view! { <p>"Look at "<a href=paths::order(&id.to_string())>"the order that turned up"</a>" instead."</p> }
    });
    let before = again_of.map(|id| {
        view! { <p class="sub">"Placed in the stead of "<a href=paths::order(&id.to_string())>"an earlier order"</a>"."</p> }
    });
    view! { <div class="stack">{late}{blocking}{again}{successor}{instead}{before}</div> }
}

/// What it means that an order is there after all and was placed again: the end of a sentence about the other one.
fn beside_its_replacement(waits: bool) -> &'static str {
    if waits {
        ", which was not sent and is not going to be."
    } else {
        ", so there are two orders now. Cancel one of them while it is not completed."
    }
}

#[component]
fn TurnedUp(
    at: time::OffsetDateTime,
    #[prop(optional_no_strip)] replacement: Option<Replacement>,
    state: IntentState,
) -> impl IntoView {
    let there_are_two = replacement.map(|Replacement { id, waits }| {
        view! {
            <p>
                "It was placed again meanwhile as "<a href=paths::order(&id.to_string())>"another order"</a>
                {beside_its_replacement(waits)}
            </p>
        }
    });
    let not_wanted = (replacement.is_none_or(|it| it.waits) && !state.is_final()).then(|| {
        view! { <p>"Cancel it below if it is no longer wanted."</p> }
    });
    view! {
        <div class="notice" data-tone="warn" role="status">
            <Icon name="warning"/>
            <div>
                <p class="notice-title">"This order turned up after it had been taken for lost, "<TimeText at/></p>
                {there_are_two}
                {not_wanted}
            </div>
        </div>
    }
}

#[component]
fn InTheWay(blocking: Blocking) -> impl IntoView {
    let name = blocking.order_number.clone().unwrap_or_else(|| "another order".to_owned());
    let link = match &blocking.order_id {
        Some(id) => view! { <a href=paths::order(id)>{format!("Order {name}")}</a> }.into_any(),
        None => view! { {format!("Order {name}")} }.into_any(),
    };
    let status = blocking.status.as_deref().map(status_words);
    let (open, unread) = (blocking.is_open(), blocking.status.is_none());
    view! {
        <div class="notice" data-tone="info">
            <Icon name="info"/>
            <div>
                <p class="notice-title">"In the way: "{link}{status.map(|status| format!(", {status}"))}</p>
                <p>
                    {if unread {
                        "That order has not been read here, so it may still be under way. Look in the marketplace's own panel \
                         before you place this one again."
                    } else if open {
                        "The marketplace takes one order of a kind at a time for a subscription. When that one is done, this \
                         one can be placed again from here."
                    } else {
                        "As far as the copy knows, it is no longer in the way."
                    }}
                </p>
            </div>
        </div>
    }
}

#[component]
fn Again(path: String, #[prop(optional_no_strip)] refused: Option<String>) -> impl IntoView {
    match refused {
        Some(why) => view! {
            <p class="cluster">
                <button class="button" type="button" disabled aria-describedby="again-why">"Place it again"</button>
                <span class="sub" id="again-why">{why}</span>
            </p>
        }
        .into_any(),
        None => view! {
            <p class="cluster">
                <a class="button" href=path>"Place it again"</a>
                <span class="sub">"At today's price, which you see before anything is ordered."</span>
            </p>
        }
        .into_any(),
    }
}
