use super::apply_panel::ApplyPanel;
use super::data;
use super::rows::{Counts, Rows};
use crate::paths;
use crate::ui::{Crumb, LoadsAgain, Page, TimeText, load};
use crate::url::Query;
use backend::matching::Batch;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// `/customers/matching/{id}`: what each row of a table comes to, and after it was applied how far each row is.
#[component]
pub(crate) fn MatchingBatchPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    let query = Query::of_page();
    load(data::batch(id), move |(batch, refused)| {
        let crumbs = vec![Crumb::new("Customers", paths::CUSTOMERS), Crumb::new("Match in bulk", paths::MATCHING)];
        let is_refused = refused.is_some();
        // The script looks for these parts again while there is something to send; without it the page loads itself.
        let under_way = batch.under_way;
        let refresh = under_way.then_some("5");
        view! {
            <Page title="Bulk match" crumbs refused=is_refused>
                {under_way.then(|| view! { <LoadsAgain seconds=15/> })}
                {view! { <Facts batch=batch.clone()/> }.into_any()}
                <div class="stack" id="matching" data-refresh=refresh data-refresh-on=under_way.then_some("")>
                    {view! { <ApplyPanel batch=batch.clone() refused/> }.into_any()}
                    {view! { <Counts batch=batch.clone() query=query.clone()/> }.into_any()}
                    {view! { <Rows batch query/> }.into_any()}
                </div>
            </Page>
        }
    })
}

#[component]
fn Facts(batch: Batch) -> impl IntoView {
    view! {
        <dl class="facts">
            <div><dt>"Checked"</dt><dd><TimeText at=batch.checked_at/>" by "{batch.checked_by}</dd></div>
            {batch.applied.map(|(by, at)| view! { <div><dt>"Applied"</dt><dd><TimeText at/>" by "{by}</dd></div> })}
            {(!batch.unused.is_empty()).then(|| view! {
                <div><dt>"Columns not used"</dt><dd>{batch.unused.join(", ")}</dd></div>
            })}
        </dl>
    }
}
