use crate::subscriptions::RenewalCell;
use crate::url::Query;
use crate::{format, paths};
use backend::overview::{DECISION_DAYS, Decisions};
use backend::subscriptions::SubscriptionRow;
use leptos::prelude::*;

/// Renewals that somebody should think about. Monthly rollovers are left out: nobody decides those.
#[component]
pub(super) fn DecisionsPanel(decisions: Decisions) -> impl IntoView {
    let Decisions { renewing, ending, unsaid, rows } = decisions;
    let list = Query::default()
        .with("status", "active")
        .with("term", "long")
        .with("renews", &DECISION_DAYS.to_string())
        .with("sort", "renewal");
    let counts = [(renewing, "on", "renew by themselves"), (ending, "off", "end"), (unsaid, "", "are not decided")];
    let counts = counts
        .into_iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, auto, words)| {
            let href = list.with("auto", auto).link(paths::SUBSCRIPTIONS);
            view! { <a class="chip" href=href>{format!("{} {words}", format::grouped(count))}</a> }
        })
        .collect_view();
    let total = renewing + ending + unsaid;
    view! {
        <section class="panel" aria-labelledby="decisions">
            <div class="panel-header">
                <h2 id="decisions">"What needs a decision"</h2>
                {(total > 0).then(|| view! {
                    <a class="panel-link" href=list.link(paths::SUBSCRIPTIONS)>{format!("Show all {}", format::grouped(total))}</a>
                })}
            </div>
            {if total == 0 {
                view! { <p class="sub">"No term of a year or more is up for renewal in the next 30 days."</p> }.into_any()
            } else {
                view! {
                    <p class="sub">"Terms of a year or more that are up for renewal in the next 30 days"</p>
                    <p class="chips">{counts}</p>
                    <ul class="list">{rows.into_iter().map(item).collect_view()}</ul>
                }
                .into_any()
            }}
        </section>
    }
}

fn item(row: SubscriptionRow) -> AnyView {
    let facts: Vec<String> = [
        Some(row.customer_name.clone().unwrap_or_else(|| row.customer_id.clone())),
        row.seats.map(format::seats),
        row.price.map(|price| format::price(price, row.billing_period.as_ref())),
    ]
    .into_iter()
    .flatten()
    .collect();
    view! {
        <li>
            <div>
                <a href=paths::subscription(&row.id)>{row.name.clone()}</a>
                <span class="sub">{facts.join(" · ")}</span>
            </div>
            <div><RenewalCell row/></div>
        </li>
    }
    .into_any()
}
