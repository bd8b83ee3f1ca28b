//! What can be done, or why it cannot.

use leptos::prelude::*;

/// A link that looks like a button; where the person or the moment does not allow it, a disabled button and the reason.
#[component]
pub(crate) fn LinkAction(
    #[prop(into)] href: String,
    #[prop(into)] label: String,
    /// Why it cannot be done.
    #[prop(optional_no_strip, into)]
    refused: Option<String>,
    #[prop(default = true)] primary: bool,
) -> impl IntoView {
    let class = if primary { "button primary" } else { "button" };
    match refused {
        None => view! { <a class=class href=href>{label}</a> }.into_any(),
        Some(reason) => view! { <Disabled class label reason/> }.into_any(),
    }
}

/// A button that cannot be pressed, and why.
#[component]
pub(crate) fn Disabled(
    #[prop(into)] label: String,
    #[prop(into)] reason: String,
    #[prop(default = "button primary")] class: &'static str,
) -> impl IntoView {
    view! {
        <span class="disabled-action">
            <button class=class type="button" disabled>{label}</button>
            <span class="reason">{reason}</span>
        </span>
    }
}
