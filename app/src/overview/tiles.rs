use crate::url::Query;
use crate::{format, paths};
use backend::overview::Figures;
use leptos::prelude::*;

/// How much there is of everything, each with the way to its list. `whose` goes along.
#[component]
pub(super) fn Tiles(figures: Figures, whose: Query) -> impl IntoView {
    let active = whose.with("status", "active");
    let unread =
        (figures.unread > 0).then(|| format!("{} subscriptions not read yet", format::grouped(figures.unread)));
    view! {
        <div class="grid">
            {tile("Active subscriptions", figures.active_subscriptions, active.link(paths::SUBSCRIPTIONS), None)}
            {tile("Seats", figures.seats, active.with("sort", "seats").link(paths::SUBSCRIPTIONS), unread)}
            {tile("Customers", figures.customers, whose.link(paths::CUSTOMERS), None)}
            {tile("Open orders", figures.open_orders, whose.link(paths::ORDERS), None)}
        </div>
    }
}

fn tile(label: &'static str, figure: i64, href: String, hint: Option<String>) -> AnyView {
    view! {
        <a class="stat" href=href>
            <span class="label">{label}</span>
            <span class="figure">{format::grouped(figure)}</span>
            {hint.map(|hint| view! { <span class="hint">{hint}</span> })}
        </a>
    }
    .into_any()
}
