use crate::paths;
use leptos::prelude::*;

/// The parts of the settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tab {
    Connection,
    Approvals,
}

#[component]
pub(super) fn Tabs(current: Tab) -> impl IntoView {
    let mark = |tab| (current == tab).then_some("page");
    view! {
        <nav class="tabs" aria-label="Settings">
            <a href=paths::CONNECTION aria-current=mark(Tab::Connection)>"Connection"</a>
            <a href=paths::APPROVAL_RULES aria-current=mark(Tab::Approvals)>"Approvals"</a>
        </nav>
    }
}
