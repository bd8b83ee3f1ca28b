use crate::{context, paths};
use domain::Permission;
use leptos::prelude::*;

/// The parts of the settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tab {
    Connection,
    Approvals,
    Sessions,
    Profile,
}

/// Those that the person may see.
#[component]
pub(crate) fn Tabs(current: Tab) -> impl IntoView {
    let tabs = [
        (Tab::Connection, paths::CONNECTION, "Connection", Permission::ManageConnection),
        (Tab::Approvals, paths::APPROVAL_RULES, "Approvals", Permission::ManageApprovals),
        (Tab::Sessions, paths::SESSIONS, "Sessions", Permission::ManageSessions),
        (Tab::Profile, paths::PROFILE, "Profile", Permission::Browse),
    ];
    view! {
        <nav class="tabs" aria-label="Settings">
            {tabs
                .into_iter()
                .filter(|(.., permission)| context::may(*permission))
                .map(|(tab, href, label, _)| {
                    view! { <a href=href aria-current=(current == tab).then_some("page")>{label}</a> }
                })
                .collect_view()}
        </nav>
    }
}
