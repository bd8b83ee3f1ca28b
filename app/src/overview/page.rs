use super::changes::Changes;
use super::copy::{FirstCopy, Fresh, NotConnected, never_read};
use super::data::{self, Loaded};
use super::decisions::DecisionsPanel;
use super::failures::Failures;
use super::tiles::Tiles;
use super::under_way::UnderWayPanel;
use crate::approvals::ToDecidePanel;
use crate::drafts::DraftsLink;
use crate::live;
use crate::mine::{MineTabs, NobodyAssigned, only_mine};
use crate::paths;
use crate::ui::{AsOf, Page, load};
use crate::url::Query;
use crate::writes::UnconfirmedPanel;
use backend::activity::Activity;
use backend::overview::Overview;
use backend::sync::Collection;
use backend::under_way::UnderWay;
use leptos::prelude::*;

/// `/`, or `/?mine=1` of one's own customers.
#[component]
pub(crate) fn OverviewPage() -> impl IntoView {
    let query = Query::of_page();
    load(data::get(query.clone()), move |Loaded { overview, under_way, activity, to_decide, unassigned }| {
        if never_read(&overview.copy) {
            return view! { <Page title="Overview"><Fresh connected=overview.connected/></Page> }.into_any();
        }
        // Nothing here is about resellers, whose lists may be a day old.
        let shown = overview.copy.iter().filter(|copy| copy.collection != Collection::Resellers);
        let as_of = shown.filter_map(|copy| copy.as_of).min();
        let as_of = as_of.map(|at| view! { <AsOf at=Some(at)/> }).into_any();
        view! {
            <Page title="Overview" as_of>
                {view! { <NotConnected connected=overview.connected/> }.into_any()}
                {view! { <DraftsLink/> }.into_any()}
                <MineTabs path=paths::OVERVIEW query=query.clone()/>
                {view! { <FirstCopy copy=overview.copy.clone()/> }.into_any()}
                {view! { <ToDecidePanel waiting=to_decide/> }.into_any()}
                {view! { <UnconfirmedPanel query=query.clone()/> }.into_any()}
                {match unassigned {
                    Some(unassigned) => view! { <NobodyAssigned unassigned path=paths::OVERVIEW/> }.into_any(),
                    None => view! { <Panels overview under_way activity whose=only_mine(&query)/> }.into_any(),
                }}
            </Page>
        }
        .into_any()
    })
}

#[component]
fn Panels(overview: Overview, under_way: UnderWay, activity: Option<Vec<Activity>>, whose: Query) -> impl IntoView {
    view! {
        {view! { <Tiles figures=overview.figures whose=whose.clone()/> }.into_any()}
        {view! { <UnderWayPanel under_way/> }.into_any()}
        {view! { <DecisionsPanel decisions=overview.decisions whose/> }.into_any()}
        <div class="grid" id="lately" data-live=live::ORDERS>
            {view! { <Failures failed=overview.failed copy=overview.copy/> }.into_any()}
            {view! { <Changes completed=overview.completed activity/> }.into_any()}
        </div>
    }
}
