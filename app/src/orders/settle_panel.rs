//! What a person can say of an order that Seatboard cannot settle by itself, and what they need to see for it.

use super::server_fns::SettleOrder;
use crate::error::{AppError, Kind};
use crate::flash::Flash;
use crate::ui::{ErrorSummary, TimeText, status_words};
use crate::{context, paths};
use ::backend::orders::{Candidate, Evidence, Intent, Look, Settlement};
use domain::IntentState;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// The form's name in the session.
pub(super) const FORM: &str = "settle_order";

/// What the form asks for.
pub(super) fn settlement(act: &str, order: Option<String>, sure: bool) -> Result<Settlement, AppError> {
    match act {
        "look" => Ok(Settlement::LookNow),
        "claim" => Ok(Settlement::ThisIsIt(order.unwrap_or_default())),
        "absent" => Ok(Settlement::NotThere { sure }),
        "stop" => Ok(Settlement::StopWaiting),
        _ => Err(AppError::new(Kind::Invalid, "This form cannot be used any more. Reload the page.")),
    }
}

/// What is told once it was done.
pub(super) fn settled(settlement: &Settlement) -> &'static str {
    match settlement {
        Settlement::LookNow => "It is looked for now. What comes of it shows below.",
        Settlement::ThisIsIt(_) => "Taken for this order. It is followed from now on.",
        Settlement::NotThere { .. } => "Noted that it is not there. It can be placed again.",
        Settlement::StopWaiting => "Given up. Nothing was ordered.",
    }
}

/// Nothing where there is nothing to settle.
#[component]
pub(super) fn SettlePanel(
    intent: Intent,
    #[prop(optional_no_strip)] evidence: Option<Evidence>,
    #[prop(optional_no_strip)] refused: Option<Flash>,
) -> impl IntoView {
    let refused = refused.map(|flash| flash.error);
    let summary = refused.clone().map(|error| view! { <ErrorSummary error/> });
    let not_allowed = context::not_allowed(intent.permission);
    let id = intent.id.to_string();
    let content = match evidence {
        Some(evidence) => view! { <Lost intent evidence not_allowed refused/> }.into_any(),
        None if intent.waits_to_be_sent() => view! { <Waiting id not_allowed/> }.into_any(),
        None => return summary.into_any(),
    };
    view! { {summary}{content} }.into_any()
}

#[component]
fn Waiting(id: String, #[prop(optional_no_strip)] not_allowed: Option<String>) -> impl IntoView {
    view! {
        <section class="panel stack" aria-labelledby="waiting">
            <div class="panel-header"><h2 id="waiting">"Not sent yet"</h2></div>
            <p>"Nothing was ordered so far. You can still give it up."</p>
            <Act id act="stop" label="Stop waiting" not_allowed/>
        </section>
    }
}

#[component]
fn Lost(
    intent: Intent,
    evidence: Evidence,
    #[prop(optional_no_strip)] not_allowed: Option<String>,
    #[prop(optional_no_strip)] refused: Option<AppError>,
) -> impl IntoView {
    let id = intent.id.to_string();
    let title = if intent.state == IntentState::Unknown { "Nobody knows yet" } else { "How it was looked for" };
    let candidates = evidence.last_complete.as_ref().map(|look| look.candidates.clone());
    let not_there = (intent.state == IntentState::Unknown).then(|| {
        let (id, not_allowed, too_early) = (id.clone(), not_allowed.clone(), !evidence.can_be_absent);
        view! { <NotThere id not_allowed too_early refused/> }.into_any()
    });
    view! {
        <section class="panel stack" aria-labelledby="settle" id="looked-for">
            <div class="panel-header"><h2 id="settle">{title}</h2></div>
            {view! { <Seen intent evidence/> }.into_any()}
            {view! { <Candidates id=id.clone() candidates not_allowed=not_allowed.clone()/> }.into_any()}
            <Act id act="look" label="Look now" not_allowed/>
            {not_there}
        </section>
    }
}

/// What was sent, and how it was looked for.
#[component]
fn Seen(intent: Intent, evidence: Evidence) -> impl IntoView {
    let asked: Vec<String> = intent
        .lines
        .iter()
        .map(|line| format!("{}: {} → {} seats", line.name, line.before.get(), line.after.get()))
        .collect();
    let looked = looked(evidence.looks, evidence.complete);
    let last = evidence.last.map(|Look { at, problem, compared, .. }| {
        let result = problem.unwrap_or_else(|| match compared {
            0 => "No order of this customer was placed since then.".to_owned(),
            1 => "1 order placed since then was compared.".to_owned(),
            many => format!("{many} orders placed since then were compared."),
        });
        view! { <div><dt>"Last look"</dt><dd><TimeText at/><span class="sub">{result}</span></dd></div> }
    });
    let next = intent.next_look_at.map(|at| view! { <div><dt>"Next look"</dt><dd><TimeText at/></dd></div> });
    view! {
        <dl class="facts">
            <div><dt>"Sent"</dt><dd>{asked.join(", ")}</dd></div>
            {intent.sent_at.map(|at| view! { <div><dt>"Sent at"</dt><dd><TimeText at/></dd></div> })}
            <div><dt>"Its mark"</dt><dd><code class="id">{intent.id.to_string()}</code></dd></div>
            {intent.correlation_id.map(|id| view! {
                <div><dt>"Correlation id of the call"</dt><dd><code class="id">{id}</code></dd></div>
            })}
            <div><dt>"Looked for"</dt><dd>{looked}</dd></div>
            {last}
            {next}
        </dl>
    }
}

fn looked(looks: i64, complete: i64) -> String {
    let times = |count: i64| if count == 1 { "once".to_owned() } else { format!("{count} times") };
    match (looks, complete) {
        (0, _) => "not yet".to_owned(),
        (looks, complete) if looks == complete => format!("{}, through all orders there could be", times(looks)),
        (looks, complete) => format!("{}, {} of them through all orders there could be", times(looks), complete),
    }
}

#[component]
fn Candidates(
    id: String,
    /// Nothing before somebody has looked.
    candidates: Option<Vec<Candidate>>,
    #[prop(optional_no_strip)] not_allowed: Option<String>,
) -> impl IntoView {
    let none = match candidates {
        None => "Nobody has looked through all the orders yet.",
        Some(_) => "No order of this customer comes near it.",
    };
    let shown = candidates.unwrap_or_default();
    if shown.is_empty() {
        return view! { <p class="sub">{none}</p> }.into_any();
    }
    let rows = shown
        .into_iter()
        .map(|candidate| view! { <Row id=id.clone() candidate not_allowed=not_allowed.clone()/> })
        .collect_view();
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label="Orders that come near it">
            <table class="data">
                <caption class="visually-hidden">"Orders that come near it"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Order"</th>
                        <th scope="col">"Status"</th>
                        <th scope="col">"Created"</th>
                        <th scope="col">"Is it this one?"</th>
                        <th scope="col"><span class="visually-hidden">"Say so"</span></th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn Row(id: String, candidate: Candidate, #[prop(optional_no_strip)] not_allowed: Option<String>) -> impl IntoView {
    let Candidate { order_id, order_number, status, created_at, fits, claimed, reasons } = candidate;
    let number = order_number.unwrap_or_else(|| order_id.clone());
    let verdict = if fits { "It could be." } else { "It does not look so." };
    let claim = (!claimed).then(|| {
        let label = format!("This is it: {number}");
        view! { <Act id act="claim" label="This is it" order=order_id.clone() name=label not_allowed/> }
    });
    view! {
        <tr>
            <td data-label="Order"><a href=paths::order(&order_id)>{number}</a></td>
            <td data-label="Status">{status.as_deref().map(status_words)}</td>
            <td data-label="Created">{created_at.map(|at| view! { <TimeText at/> })}</td>
            <td data-label="Is it this one?">{verdict}<span class="sub">{reasons.join(" ")}</span></td>
            <td>{claim}</td>
        </tr>
    }
}

/// A form of one button.
#[component]
fn Act(
    id: String,
    act: &'static str,
    label: &'static str,
    #[prop(optional, into)] order: Option<String>,
    /// What the button is called where its label alone does not tell it apart.
    #[prop(optional, into)]
    name: Option<String>,
    #[prop(optional_no_strip)] not_allowed: Option<String>,
) -> impl IntoView {
    view! {
        <form class="cluster" method="post" action=SettleOrder::PATH>
            <input type="hidden" name="intent" value=id/>
            <input type="hidden" name="act" value=act/>
            {order.map(|order| view! { <input type="hidden" name="order" value=order/> })}
            <button class="button" type="submit" disabled=not_allowed.is_some() aria-label=name>{label}</button>
            {not_allowed.map(|why| view! { <span class="sub">{why}</span> })}
        </form>
    }
}

/// Opened first, and the risk named: nobody says so by a slip.
#[component]
fn NotThere(
    id: String,
    #[prop(optional_no_strip)] not_allowed: Option<String>,
    too_early: bool,
    #[prop(optional_no_strip)] refused: Option<AppError>,
) -> impl IntoView {
    let error = refused.as_ref().and_then(|error| error.field("sure")).map(ToOwned::to_owned);
    let too_early = too_early.then(|| {
        "It is too early: nobody has looked through all orders since it had the time to appear. Look now, and decide then."
            .to_owned()
    });
    let why_not = not_allowed.or(too_early);
    let invalid = error.is_some();
    let described_by = invalid.then_some("sure-error");
    view! {
        <details class="fold" open=invalid>
            <summary>"It is not there"</summary>
            <form class="form" method="post" action=SettleOrder::PATH>
                <p>
                    "Only say so when you have looked in the marketplace's own panel too. The order can then be placed again \
                     from here."
                </p>
                <input type="hidden" name="intent" value=id/>
                <input type="hidden" name="act" value="absent"/>
                <div class="field">
                    <label class="check">
                        <input id="sure" type="checkbox" name="sure" value="yes" disabled=why_not.is_some()
                            aria-invalid=invalid.then_some("true") aria-describedby=described_by/>
                        <span>"I know that there will be two orders if it exists after all"</span>
                    </label>
                    {error.map(|error| view! { <p class="field-error" id="sure-error">{error}</p> })}
                </div>
                {why_not.clone().map(|why| view! { <p class="sub">{why}</p> })}
                <div class="form-actions">
                    <button class="button danger" type="submit" disabled=why_not.is_some()>"It is not there"</button>
                </div>
            </form>
        </details>
    }
}
