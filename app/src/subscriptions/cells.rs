//! What tables of subscriptions have in common.

use crate::format;
use backend::subscriptions::SubscriptionRow;
use leptos::prelude::*;

/// The content of a table's cell: the seats, and whether they are about to change.
#[component]
pub(crate) fn SeatsCell(row: SubscriptionRow) -> impl IntoView {
    view! {
        {row.seats.map_or("not read yet".to_owned(), format::grouped)}
        {row.change_under_way.then(|| view! { <span class="sub">"changing"</span> })}
    }
}

/// The content of a table's cell: the price, and below it the period it is for.
#[component]
pub(crate) fn PriceCell(row: SubscriptionRow) -> impl IntoView {
    let period = row.billing_period.and_then(|period| format::period(Some(&period.unit), Some(period.length)));
    let period = period.filter(|_| row.price.is_some()).map(|period| format!("per {period}"));
    view! {
        {row.price.map_or("–".to_owned(), domain::Money::display)}
        {period.map(|period| view! { <span class="sub">{period}</span> })}
    }
}
