use super::changes::Changes;
use super::copy::{FirstCopy, Fresh, never_read};
use super::data;
use super::decisions::DecisionsPanel;
use super::failures::Failures;
use super::tiles::Tiles;
use crate::ui::{AsOf, Page, load};
use backend::sync::Collection;
use leptos::prelude::*;

/// `/`
#[component]
pub(crate) fn OverviewPage() -> impl IntoView {
    load(data::get(), |(overview, activity)| {
        if never_read(&overview.copy) {
            return view! { <Page title="Overview"><Fresh connected=overview.connected/></Page> }.into_any();
        }
        // Nothing here is about resellers, whose lists may be a day old.
        let shown = overview.copy.iter().filter(|copy| copy.collection != Collection::Resellers);
        let as_of = shown.filter_map(|copy| copy.as_of).min();
        let as_of = as_of.map(|at| view! { <AsOf at=Some(at)/> }).into_any();
        view! {
            <Page title="Overview" as_of>
                {view! { <FirstCopy copy=overview.copy.clone()/> }.into_any()}
                {view! { <Tiles figures=overview.figures/> }.into_any()}
                {view! { <DecisionsPanel decisions=overview.decisions/> }.into_any()}
                <div class="grid">
                    {view! { <Failures failed=overview.failed copy=overview.copy/> }.into_any()}
                    {view! { <Changes completed=overview.completed activity/> }.into_any()}
                </div>
            </Page>
        }
        .into_any()
    })
}
