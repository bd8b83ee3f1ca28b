use crate::ui::Crumb;
use crate::{context, paths};
use domain::{Permission, Permissions};
use leptos::prelude::*;

/// The parts of the settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tab {
    Connection,
    Approvals,
    Staff,
    Roles,
    Sessions,
    Profile,
    Password,
    SecondFactor,
}

/// Each part with its path, its label and who may see it.
const TABS: [(Tab, &str, &str, Permission); 8] = [
    (Tab::Connection, paths::CONNECTION, "Connection", Permission::ManageConnection),
    (Tab::Approvals, paths::APPROVAL_RULES, "Approvals", Permission::ManageApprovals),
    (Tab::Staff, paths::STAFF, "Staff", Permission::ManageStaff),
    (Tab::Roles, paths::ROLES, "Roles", Permission::ManageRoles),
    (Tab::Sessions, paths::SESSIONS, "Sessions", Permission::ManageSessions),
    (Tab::Profile, paths::PROFILE, "Profile", Permission::Browse),
    (Tab::Password, paths::PASSWORD, "Password", Permission::Browse),
    (Tab::SecondFactor, paths::SECOND_FACTOR, "Second factor", Permission::Browse),
];

/// The parts of the settings that the person may see.
#[component]
pub(crate) fn Tabs(current: Tab) -> impl IntoView {
    view! {
        <nav class="tabs" aria-label="Settings">
            {TABS
                .into_iter()
                .filter(|(.., permission)| context::may(*permission))
                .map(|(tab, href, label, _)| {
                    view! { <a href=href aria-current=(current == tab).then_some("page")>{label}</a> }
                })
                .collect_view()}
        </nav>
    }
}

/// Where the settings begin for whoever has these permissions.
pub(crate) fn home(granted: Permissions) -> &'static str {
    TABS.into_iter().find(|(.., permission)| granted.may(*permission)).map_or(paths::PASSWORD, |(_, href, ..)| href)
}

/// The step to the settings of whoever is signed in.
pub(crate) fn crumb() -> Crumb {
    Crumb::new("Settings", context::staff().map_or(paths::PASSWORD, |staff| home(staff.role.permissions())))
}
