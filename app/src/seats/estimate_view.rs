//! An estimate on a review, and the words that all reviews have in common.

use super::editor::QuoteRows;
use super::model::QuoteText;
use crate::format;
use backend::orders::Quote;
use leptos::prelude::*;

/// The estimate that the person decides on.
#[component]
pub(crate) fn Priced(quote: QuoteText) -> impl IntoView {
    view! {
        <section class="estimate" data-state="priced">
            <h2>"Estimate"</h2>
            <QuoteRows quote/>
        </section>
    }
}

/// What recurs afterwards, and what recurs today.
pub(crate) fn per_period(quote: &Quote) -> impl Iterator<Item = (String, String)> + '_ {
    quote.per_period.iter().map(|amount| {
        let before = amount.before.filter(|before| *before != amount.after);
        let before = before.map(|before| format!(" (now {})", before.display())).unwrap_or_default();
        (format!("Then per {}", amount.period), format!("{}{before}", amount.after.display()))
    })
}

/// How old the estimate is.
pub(crate) fn priced_at(quote: &Quote) -> String {
    format!("Priced by the marketplace on {}.", format::date_time(quote.estimated_at))
}
