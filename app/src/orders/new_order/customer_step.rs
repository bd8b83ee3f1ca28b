use super::draft::Draft;
use super::page::Frame;
use crate::orders::choose_customer::ChooseCustomer;
use crate::paths;
use crate::url::Query;
use ::backend::customers::CustomerRow;
use ::backend::list::Page;
use leptos::prelude::*;

/// Whose order it is.
#[component]
pub(super) fn CustomerStep(draft: Draft, query: Query, found: Page<CustomerRow>) -> impl IntoView {
    let find = query.get("find").map(ToOwned::to_owned);
    view! {
        <Frame draft=draft.clone() number=0>
            <ChooseCustomer path=paths::NEW_ORDER query=draft.query() find found/>
        </Frame>
    }
}
