use crate::ui::Icon;
use ::backend::orders::Quote;
use leptos::prelude::*;

/// How the button of a review begins.
pub(crate) fn verb(quote: &Quote) -> &'static str {
    if quote.approval.is_empty() { "Place order" } else { "Ask for approval" }
}

/// What happens when the order is placed: it waits for a second person because of `reasons`; where there are none, what
/// `otherwise` says.
#[component]
pub(crate) fn WhatHappens(reasons: Vec<String>, #[prop(default = "")] otherwise: &'static str) -> impl IntoView {
    if reasons.is_empty() {
        return (!otherwise.is_empty()).then(|| view! { <p>{otherwise}</p> }).into_any();
    }
    view! {
        <div class="notice" data-tone="info">
            <Icon name="info"/>
            <div>
                <p class="notice-title">"This order will wait for approval"</p>
                <p>"Nothing is sent before somebody else has approved it. These rules ask for it:"</p>
                <ul>{reasons.into_iter().map(|reason| view! { <li>{reason}</li> }).collect_view()}</ul>
            </div>
        </div>
    }
    .into_any()
}
