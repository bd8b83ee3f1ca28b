use crate::subscriptions::RenewalCell;
use crate::url::Query;
use crate::{format, paths};
use backend::overview::{DECISION_DAYS, Decisions};
use backend::subscriptions::SubscriptionRow;
use leptos::prelude::*;

/// Renewals that somebody should think about. Monthly rollovers are left out: nobody decides those. `whose` goes along
/// with the links.
#[component]
pub(super) fn DecisionsPanel(decisions: Decisions, whose: Query) -> impl IntoView {
    let Decisions { renewing, ending, unsaid, rows } = decisions;
    let list = whose
        .with("status", "active")
        .with("term", "long")
        .with("renews", &DECISION_DAYS.to_string())
        .with("sort", "renewal");
    let counts = [(renewing, "on", "renewing by itself"), (ending, "off", "ending")];
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
                <span class="sub">"Terms of a year or more, up for renewal in the next 30 days"</span>
                {(total > 0).then(|| view! {
                    <a class="panel-link" href=list.link(paths::SUBSCRIPTIONS)>{format!("Show all {}", format::grouped(total))}</a>
                })}
            </div>
            {if total == 0 {
                view! { <p class="sub">"Nothing."</p> }.into_any()
            } else {
                view! {
                    <ul class="list">{rows.into_iter().map(item).collect_view()}</ul>
                    <p class="panel-footer chips">
                        {counts}
                        {(unsaid > 0).then(|| view! {
                            <span class="sub">{format!("{} without a known auto-renew", format::grouped(unsaid))}</span>
                        })}
                    </p>
                }
                .into_any()
            }}
        </section>
    }
}

fn item(row: SubscriptionRow) -> AnyView {
    let customer = row.customer_name.clone().unwrap_or_else(|| row.customer_id.clone());
    let price = row.price.map(|price| format::price(price, row.billing_period.as_ref()));
    let facts = [row.seats.map(format::seats), price].into_iter().flatten().map(|fact| format!(" · {fact}"));
    view! {
        <li>
            <div>
                <a href=paths::subscription(&row.id)>{row.name.clone()}</a>
                <span class="sub"><bdi>{customer}</bdi>{facts.collect_view()}</span>
            </div>
            <div><RenewalCell row/></div>
        </li>
    }
    .into_any()
}
