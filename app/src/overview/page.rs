use crate::context::require;
use crate::ui::{Page, load};
use domain::Permission;
use leptos::prelude::*;

/// `/`
#[component]
pub(crate) fn OverviewPage() -> impl IntoView {
    load(async { require(Permission::Browse) }, |staff| {
        view! { <Page title="Overview"><p>"Signed in as "{staff.name}"."</p></Page> }
    })
}
