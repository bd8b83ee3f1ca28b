//! What to switch to, and how many seats from the renewal on.

use super::act::{Kind, line};
use super::words;
use crate::error::AppError;
use crate::format;
use crate::paths;
use crate::ui::{Empty, Field, SelectField};
use crate::url::Query;
use backend::catalogue::PlanSwitch;
use backend::orders::switch_key;
use backend::subscriptions::Subscription;
use leptos::prelude::*;

/// The switches the plan offers, with what each does to the bill.
#[component]
pub(super) fn ChooseSwitch(
    subscription: Subscription,
    switches: Option<Vec<PlanSwitch>>,
    query: Query,
    problem: Option<AppError>,
) -> impl IntoView {
    let switches = match switches {
        Some(switches) if !switches.is_empty() => switches,
        Some(_) => {
            return view! {
                <Empty title="Nothing to switch to">
                    <p>"The marketplace offers no other plan or term for this subscription."</p>
                </Empty>
            }
            .into_any();
        }
        None => {
            return view! {
                <Empty title="Not read yet">
                    <p>"What this plan can be switched to appears here once it has been read from the marketplace."</p>
                </Empty>
            }
            .into_any();
        }
    };
    let chosen = query.get("to").map(ToOwned::to_owned);
    let error = problem.as_ref().and_then(|problem| problem.field("to")).map(ToOwned::to_owned);
    let has_error = error.is_some();
    let id = subscription.id;
    let starts = [("keep", "Keep the start of the present term"), ("now", "Begin a new term with the switch")];
    view! {
        <form class="form" method="get" action=Kind::Switch.path(&id)>
            <fieldset id="to" aria-describedby=has_error.then_some("to-error")>
                <legend>"Switch to"</legend>
                {switches
                    .into_iter()
                    .map(|switch| {
                        let key = switch_key(&switch);
                        let checked = chosen.as_deref() == Some(&key);
                        view! { <Choice switch key checked/> }
                    })
                    .collect_view()}
                {error.map(|error| view! { <p class="field-error" id="to-error">{error}</p> })}
            </fieldset>
            <SelectField
                name="start"
                label="Term"
                options=starts.map(|(value, text)| (value.to_owned(), text.to_owned())).into()
                value=query.get("start").map(ToOwned::to_owned)
            />
            <Actions id=id.clone()/>
        </form>
    }
    .into_any()
}

#[component]
fn Choice(switch: PlanSwitch, key: String, checked: bool) -> impl IntoView {
    let title = words::target(&switch);
    let policy = words::policy(&switch);
    view! {
        <label class="choice">
            <input type="radio" name="to" value=key checked=checked required/>
            <span><strong>{title}</strong><span class="sub">{policy}</span></span>
        </label>
    }
}

/// The number of seats from the renewal on.
#[component]
pub(super) fn ChooseSeats(subscription: Subscription, query: Query, problem: Option<AppError>) -> impl IntoView {
    let line = line(&query);
    let now = subscription.line(line).map(|line| line.seats);
    let seats = query.get("seats").map(ToOwned::to_owned).or_else(|| now.map(|seats| seats.to_string()));
    let error = problem.as_ref().and_then(|problem| problem.field("seats")).map(ToOwned::to_owned);
    let day = subscription.renews_on.map(format::date).unwrap_or_default();
    let product = subscription.line(line).map(|line| line.name.clone()).unwrap_or_default();
    let id = subscription.id;
    let hint = now.map_or_else(String::new, |now| format!("{now} now. The new number holds from {day} on."));
    view! {
        <form class="form" method="get" action=Kind::SeatsAtRenewal.path(&id) novalidate>
            <p>{product}</p>
            <input type="hidden" name="line" value=line.to_string()/>
            <Field name="seats" label="Seats" value=seats hint error inputmode="numeric" autocomplete="off"/>
            <Actions id=id.clone()/>
        </form>
    }
}

/// On to the review, or back.
#[component]
pub(super) fn Actions(id: String) -> impl IntoView {
    view! {
        <div class="form-actions">
            <button class="button primary" type="submit">"Review"</button>
            <a class="button quiet" href=paths::subscription(&id)>"Back"</a>
        </div>
    }
}
