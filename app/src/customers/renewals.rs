use crate::context::backend;
use crate::subscriptions::RenewalCell;
use crate::ui::Icon;
use crate::url::Query;
use crate::{format, paths};
use backend::subscriptions::SubscriptionRow;
use leptos::prelude::*;
use time::Duration;

/// Days ahead that a call is prepared for.
const DAYS: i64 = 90;

/// Renewals of the next 90 days. First what is to be decided: terms of a year or more, and shorter ones that end. The
/// others roll over.
#[component]
pub(super) fn Renewals(subscriptions: Vec<SubscriptionRow>) -> impl IntoView {
    let today = backend().clock.now().date();
    let soon = |row: &SubscriptionRow| {
        row.status == "active" && row.renews_on.is_some_and(|day| day >= today && day <= today + Duration::days(DAYS))
    };
    let customer = subscriptions.first().map(|row| row.customer_id.clone()).unwrap_or_default();
    let all = Query::default().with("customer", &customer).with("renews", "90").with("sort", "renewal");
    let (decided, rolling): (Vec<_>, Vec<_>) =
        subscriptions.into_iter().filter(soon).partition(|row| needs_a_decision(row.term.as_ref(), row.auto_renew));
    let some = !decided.is_empty() || !rolling.is_empty();
    let rolling_count = rolling.len();
    view! {
        <section class="panel" aria-labelledby="renewals">
            <div class="panel-header">
                <h2 id="renewals">"Renewals in the next 90 days"</h2>
                {some.then(|| view! { <a class="panel-link" href=all.link(paths::SUBSCRIPTIONS)>"Show as a list"</a> })}
            </div>
            {if decided.is_empty() {
                view! {
                    <p class="sub">"Nothing ends, and nothing with a term of a year or more is up for renewal."</p>
                }
                .into_any()
            } else {
                items(decided)
            }}
            {(rolling_count > 0).then(|| view! {
                <details class="panel-footer fold">
                    <summary>{format!("Shorter terms that roll over: {rolling_count}")}<Icon name="chevron"/></summary>
                    {items(rolling)}
                </details>
            })}
        </section>
    }
}

/// A short term rolls over by itself; one that ends has to be let go or kept.
fn needs_a_decision(term: Option<&backend::Period>, auto_renew: Option<bool>) -> bool {
    auto_renew == Some(false) || term.is_some_and(backend::Period::is_a_year_or_more)
}

fn items(rows: Vec<SubscriptionRow>) -> AnyView {
    view! { <ul class="list">{rows.into_iter().map(item).collect_view()}</ul> }.into_any()
}

fn item(row: SubscriptionRow) -> AnyView {
    let facts: Vec<String> =
        [row.seats.map(format::seats), row.price.map(|price| format::price(price, row.billing_period.as_ref()))]
            .into_iter()
            .flatten()
            .collect();
    let href = paths::subscription(&row.id);
    view! {
        <li>
            <div><a href=href>{row.name.clone()}</a><span class="sub">{facts.join(" · ")}</span></div>
            <div><RenewalCell row/></div>
        </li>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_term_is_to_be_decided_where_it_ends() {
        let term = |unit: &str| backend::Period { unit: unit.to_owned(), length: 1 };
        let (month, year) = (term("month"), term("year"));
        assert!(needs_a_decision(Some(&month), Some(false)), "it ends");
        assert!(!needs_a_decision(Some(&month), Some(true)) && !needs_a_decision(Some(&month), None));
        assert!(needs_a_decision(Some(&year), Some(true)) && needs_a_decision(Some(&year), None));
        assert!(!needs_a_decision(None, Some(true)));
    }
}
