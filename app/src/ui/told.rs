use super::Icon;
use leptos::prelude::*;

/// What came of the post that led here; nothing where there is nothing to tell.
#[component]
pub(crate) fn ToldView(told: Option<String>) -> impl IntoView {
    told.map(|text| {
        view! {
            <div class="notice" data-tone="info" role="status">
                <Icon name="info"/>
                <div><p>{text}</p></div>
            </div>
        }
    })
}
