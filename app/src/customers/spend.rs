use crate::format;
use backend::customers::{Spend, SpendPer};
use domain::Money;
use leptos::prelude::*;

/// What the customer pays and what is earned, one tile for each billing period and currency.
#[component]
pub(super) fn SpendPanel(
    spend: Spend,
    /// How many of their subscriptions are in use.
    subscriptions: usize,
) -> impl IntoView {
    let unpriced = (spend.unpriced > 0).then(|| match spend.unpriced {
        1 => "1 active subscription has no known price and is in none of these sums.".to_owned(),
        count => format!("{count} active subscriptions have no known price and are in none of these sums."),
    });
    view! {
        <div class="grid">
            <div class="stat">
                <span class="label">"Subscriptions in use"</span>
                <span class="figure">{subscriptions}</span>
            </div>
            {spend.per.into_iter().map(tiles).collect_view()}
        </div>
        {unpriced.map(|unpriced| view! { <p class="sub">{unpriced}</p> })}
    }
}

fn tiles(per: SpendPer) -> AnyView {
    let period = per.period.as_ref().and_then(|period| format::period(Some(&period.unit), Some(period.length)));
    let label = |what: &str| period.as_ref().map_or(what.to_owned(), |period| format!("{what} per {period}"));
    let count = match per.subscriptions {
        1 => "1 active subscription".to_owned(),
        count => format!("{count} active subscriptions"),
    };
    let partial = (per.without_margin > 0).then(|| format!("without {} of unknown cost", per.without_margin));
    let prices = per.price.iter().map(|sum| tile(label("Spend"), sum, Some(count.clone()))).collect_view();
    let margins = per.margin.iter().map(|sum| tile(label("Margin"), sum, partial.clone())).collect_view();
    view! { {prices}{margins} }.into_any()
}

fn tile(label: String, sum: Money, hint: Option<String>) -> AnyView {
    let shown = sum.display();
    let (amount, currency) = shown.rsplit_once(' ').unwrap_or((&shown, ""));
    view! {
        <div class="stat">
            <span class="label">{label}</span>
            <span class="figure">{amount.to_owned()}" "<small>{currency.to_owned()}</small></span>
            {hint.map(|hint| view! { <span class="hint">{hint}</span> })}
        </div>
    }
    .into_any()
}
