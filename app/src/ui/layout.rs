//! What surrounds every page: the top bar and the sidebar for those signed in, nothing for those who are not.

use super::Icon;
use super::away_banner::AwayBanner;
use crate::{context, live, paths, session, settings};
use backend::staff::Staff;
use domain::Permission;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_location;

/// The frame around the page.
#[component]
pub(crate) fn Layout(staff: Option<Staff>, children: Children) -> impl IntoView {
    let at = live::milliseconds(context::backend().clock.now());
    match staff {
        None => view! { <main id="main" class="sign-in" tabindex="-1">{children()}</main> }.into_any(),
        Some(staff) => view! {
            <a class="skip-link" href="#main">"Skip to the content"</a>
            <div class="shell">
                {view! { <TopBar staff=staff.clone()/> }.into_any()}
                {view! { <Sidebar staff/> }.into_any()}
                <main id="main" tabindex="-1" data-at=at>
                    {view! { <AwayBanner/> }.into_any()}
                    {children()}
                </main>
            </div>
        }
        .into_any(),
    }
}

#[component]
fn TopBar(staff: Staff) -> impl IntoView {
    view! {
        <header class="topbar">
            <button class="nav-toggle" type="button" popovertarget="sidebar" aria-label="Menu"><Icon name="menu"/></button>
            <a class="brand" href=paths::OVERVIEW aria-label="Seatboard, overview">
                <svg class="brand-mark" aria-hidden="true"><use href="/icons.svg#brand"/></svg>
                <span>"Seatboard"</span>
            </a>
            {view! { <SearchLink/> }.into_any()}
            <div class="topbar-user">
                <button class="theme-switch button quiet icon-only" type="button"><Icon name="sun"/><Icon name="moon"/></button>
                <UserMenu staff/>
            </div>
        </header>
    }
}

/// `public/palette.js` opens the search over the page instead; the shortcut is its.
#[component]
fn SearchLink() -> impl IntoView {
    view! {
        <a class="topbar-search" href=paths::SEARCH aria-keyshortcuts="Control+K Meta+K">
            <Icon name="search"/>
            <span>"Search"</span>
            <kbd aria-hidden="true">"Ctrl K"</kbd>
        </a>
    }
}

#[component]
fn UserMenu(staff: Staff) -> impl IntoView {
    let label = format!("Account of {}", staff.name);
    view! {
        <div class="menu">
            <button class="button quiet" type="button" popovertarget="account" aria-label=label>
                <Icon name="profile"/>
                <span class="menu-name">{staff.name}</span>
            </button>
            <div class="menu-list" popover id="account">
                <p class="sub">{staff.email}<br/>{staff.role.label().to_owned()}</p>
                <a href=paths::PROFILE>"Profile"</a>
                <a href=paths::PASSWORD>"Change password"</a>
                <form method="post" action=session::SignOut::PATH><button type="submit">"Sign out"</button></form>
            </div>
        </div>
    }
}

#[component]
fn Sidebar(staff: Staff) -> impl IntoView {
    let path = use_location().pathname.get_untracked();
    let items = [
        (paths::OVERVIEW, "overview", "Overview", Permission::Browse),
        (paths::CUSTOMERS, "customers", "Customers", Permission::Browse),
        (paths::SUBSCRIPTIONS, "subscriptions", "Subscriptions", Permission::Browse),
        (paths::ORDERS, "orders", "Orders", Permission::Browse),
        (paths::APPROVALS, "check", "Approvals", Permission::Browse),
        (paths::PRODUCTS, "catalogue", "Catalogue", Permission::Browse),
        (paths::REPORTS, "reports", "Reports", Permission::Browse),
        (paths::RESELLERS, "resellers", "Resellers", Permission::Browse),
        (paths::ACTIVITY, "activity", "Activity", Permission::ViewActivity),
        (paths::CONSOLE, "console", "API console", Permission::UseConsole),
        (settings::home(staff.role.permissions()), "settings", "Settings", Permission::Browse),
    ];
    view! {
        <nav class="sidebar" id="sidebar" popover aria-label="Main">
            <ul>
                {items
                    .into_iter()
                    .filter(|(.., permission)| staff.role.may(*permission))
                    .filter(|(href, ..)| *href != paths::RESELLERS || context::has_resellers())
                    .filter(|(href, ..)| *href != paths::APPROVALS || staff.role.permissions().may_order())
                    .map(|(href, icon, label, _)| {
                        let current = is_current(href, &path).then_some("page");
                        let waiting = if href == paths::APPROVALS { context::waiting_orders() } else { 0 };
                        view! {
                            <li>
                                <a href=href aria-current=current>
                                    <Icon name=icon/>
                                    {label}
                                    {(waiting > 0).then(|| view! {
                                        <span class="badge" data-tone="warn">
                                            {waiting}<span class="visually-hidden">" waiting"</span>
                                        </span>
                                    })}
                                </a>
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
        </nav>
    }
}

/// Whether the sidebar item covers the path; those of the catalogue and the settings cover all of them.
fn is_current(href: &str, path: &str) -> bool {
    let section = match href {
        paths::PRODUCTS => "/catalogue",
        paths::CONNECTION | paths::PASSWORD | paths::PROFILE => "/settings",
        href => href,
    };
    path == href || (section != paths::OVERVIEW && path.starts_with(section))
}
