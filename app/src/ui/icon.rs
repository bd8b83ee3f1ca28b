use leptos::prelude::*;

/// A drawing of `public/icons.svg`. Decoration only: the words beside it say what it means.
#[component]
pub(crate) fn Icon(name: &'static str) -> impl IntoView {
    view! { <svg class="icon" aria-hidden="true"><use href=format!("/icons.svg#{name}")/></svg> }
}
