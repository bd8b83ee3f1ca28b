use super::filters::{FIELDS, Filters};
use super::{PriceCell, RenewalCell, SeatsCell, data};
use crate::mine::{MineTabs, NobodyAssigned, is_mine};
use crate::ui::{AsOf, Badge, Empty, ExportLink, ListFooter, Page, SortHeader, load};
use crate::url::Query;
use crate::{format, paths};
use backend::list;
use backend::subscriptions::SubscriptionRow;
use leptos::prelude::*;

/// `/subscriptions`
#[component]
pub(crate) fn SubscriptionsPage() -> impl IntoView {
    let query = Query::of_page();
    load(data::list(query.clone()), move |data::Listed { page, vendors, as_of, unassigned }| {
        let customer_name = page.rows.first().and_then(|row| row.customer_name.clone());
        view! {
            <Page
                title="Subscriptions"
                as_of=view! { <AsOf at=as_of/> }.into_any()
                actions=view! { <ExportLink path=paths::SUBSCRIPTIONS query=query.clone()/> }.into_any()
            >
                <MineTabs path=paths::SUBSCRIPTIONS query=query.clone()/>
                <Filters query=query.clone() vendors customer_name/>
                {match unassigned {
                    Some(unassigned) => view! { <NobodyAssigned unassigned path=paths::SUBSCRIPTIONS/> }.into_any(),
                    None => view! { <Table query page/> }.into_any(),
                }}
            </Page>
        }
    })
}

#[component]
fn Table(query: Query, page: list::Page<SubscriptionRow>) -> impl IntoView {
    if page.rows.is_empty() {
        let filtered = is_mine(&query) || FIELDS.iter().any(|field| query.get(field).is_some());
        return nothing(filtered);
    }
    let sorted = (page.sort, page.descending);
    let pages = (&page).into();
    let head = |label, name, numeric| {
        let query = query.clone();
        view! { <SortHeader label name path=paths::SUBSCRIPTIONS query sorted numeric/> }
    };
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label="Subscriptions">
            <table class="data">
                <caption class="visually-hidden">"Subscriptions"</caption>
                <thead>
                    <tr>
                        {head("Subscription", "name", false)}
                        <th scope="col">"Customer"</th>
                        {head("Status", "status", false)}
                        {head("Seats", "seats", true)}
                        {head("Renewal", "renewal", false)}
                        <th scope="col" class="num">"Price"</th>
                        {head("Created", "created", false)}
                    </tr>
                </thead>
                <tbody>{page.rows.into_iter().map(|row| view! { <Row row/> }).collect_view()}</tbody>
            </table>
        </div>
        <ListFooter path=paths::SUBSCRIPTIONS query noun=("subscription", "subscriptions") pages/>
    }
    .into_any()
}

fn nothing(filtered: bool) -> AnyView {
    if filtered {
        view! {
            <Empty title="No subscription matches">
                <p><a href=paths::SUBSCRIPTIONS>"Clear the filter"</a></p>
            </Empty>
        }
        .into_any()
    } else {
        let any = Query::default().with("status", "any").link(paths::SUBSCRIPTIONS);
        view! {
            <Empty title="No subscriptions in use">
                <p>"They appear here as soon as they have been read from the marketplace."</p>
                <p><a href=any>"Show those that have ended, too"</a></p>
            </Empty>
        }
        .into_any()
    }
}

#[component]
fn Row(row: SubscriptionRow) -> impl IntoView {
    let renewal = view! { <RenewalCell row=row.clone()/> }.into_any();
    let seats = view! { <SeatsCell row=row.clone()/> }.into_any();
    let price = view! { <PriceCell row=row.clone()/> }.into_any();
    let customer = paths::customer(&row.customer_id);
    let details: Vec<String> = [Some(row.id.clone()), row.vendor].into_iter().flatten().collect();
    view! {
        <tr>
            <td data-label="Subscription">
                <a class="row-link" href=paths::subscription(&row.id)>{row.name}</a>
                <span class="sub">{details.join(" · ")}</span>
            </td>
            <td data-label="Customer"><a href=customer>{row.customer_name.unwrap_or(row.customer_id)}</a></td>
            <td data-label="Status"><Badge text=row.status/></td>
            <td data-label="Seats" class="num">{seats}</td>
            <td data-label="Renewal" class="nowrap">{renewal}</td>
            <td data-label="Price" class="num nowrap">{price}</td>
            <td data-label="Created" class="nowrap">{row.created_on.map(format::date)}</td>
        </tr>
    }
}
