//! Moments and days: absolute in the text, relative in the tooltip.

use crate::{context, format};
use leptos::prelude::*;
use time::{Date, Duration, OffsetDateTime};

/// When the facts of a page or panel were read from the marketplace; amber when that is more than an hour ago.
#[component]
pub(crate) fn AsOf(at: Option<OffsetDateTime>) -> impl IntoView {
    let now = context::backend().clock.now();
    match at {
        Some(at) => {
            let class = if now - at > Duration::HOUR { "as-of stale" } else { "as-of" };
            view! { <p class=class>"As of "<TimeText at/></p> }.into_any()
        }
        None => view! { <p class="as-of stale">"Not read from the marketplace yet"</p> }.into_any(),
    }
}

/// A moment.
#[component]
pub(crate) fn TimeText(at: OffsetDateTime) -> impl IntoView {
    let now = context::backend().clock.now();
    view! { <time datetime=format::machine(at) title=format::relative(at, now)>{format::date_time(at)}</time> }
}

/// A day.
#[component]
pub(crate) fn DateText(day: Date) -> impl IntoView {
    let today = context::backend().clock.now().date();
    view! { <time datetime=day.to_string() title=format::relative_day(day, today)>{format::date(day)}</time> }
}
