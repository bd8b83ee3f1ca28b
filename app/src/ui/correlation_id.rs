use super::CopyButton;
use leptos::prelude::*;

/// The marketplace's name for a call, which its support asks for, with a button that copies it.
#[component]
pub(crate) fn CorrelationId(id: String) -> impl IntoView {
    view! {
        <p class="sub cluster">
            <span>"Correlation id "<code class="id">{id.clone()}</code></span>
            <CopyButton text=id/>
        </p>
    }
}
