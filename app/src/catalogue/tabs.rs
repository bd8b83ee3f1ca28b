use crate::paths;
use leptos::prelude::*;

/// The two halves of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tab {
    Products,
    Plans,
}

/// The way between the two halves, `current` marked.
#[component]
pub(super) fn Tabs(current: Tab) -> impl IntoView {
    let mark = |tab| (current == tab).then_some("page");
    view! {
        <nav class="tabs" aria-label="Catalogue">
            <a href=paths::PRODUCTS aria-current=mark(Tab::Products)>"Products"</a>
            <a href=paths::PLANS aria-current=mark(Tab::Plans)>"Plans"</a>
        </nav>
    }
}
