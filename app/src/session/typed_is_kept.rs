use crate::ui::Icon;
use leptos::prelude::*;

/// A form was sent that did nothing; the text says whether it waits for whoever sent it.
#[component]
pub(super) fn TypedIsKept(title: &'static str, text: &'static str) -> impl IntoView {
    view! {
        <div class="notice" data-tone="info" role="status">
            <Icon name="info"/>
            <div><p class="notice-title">{title}</p><p>{text}</p></div>
        </div>
    }
}
