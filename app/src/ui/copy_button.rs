use leptos::prelude::*;

/// A button that copies a text, or that of the element with the id `from`. Without scripts it stays hidden
/// (`public/copy.js`) and the text can be marked.
#[component]
pub(crate) fn CopyButton(
    #[prop(default = "Copy")] label: &'static str,
    #[prop(optional, into)] text: Option<String>,
    #[prop(optional)] from: Option<&'static str>,
) -> impl IntoView {
    view! {
        <button class="button quiet" type="button" data-copy=text data-copy-from=from hidden aria-live="polite">{label}</button>
    }
}
