use super::data::{self, Beside};
use super::open_panel::OpenPanel;
use super::words;
use crate::drafts::DraftsLink;
use crate::mine::{MineTabs, NobodyAssigned, is_mine};
use crate::paths;
use crate::resellers::whose_field;
use crate::ui::{
    AsOf, Badge, Empty, ExportLink, Field, FilterForm, LinkAction, ListFooter, Page, SelectField, SortHeader, TimeText,
    load,
};
use crate::url::Query;
use ::backend::list;
use ::backend::order_list::OrderRow;
use ::backend::resellers::ResellerName;
use domain::Money;
use leptos::prelude::*;

const FILTER_FIELDS: &[&str] = &["search", "type", "status", "customer", "reseller"];

/// `/orders`
#[component]
pub(crate) fn OrdersPage() -> impl IntoView {
    let query = Query::of_page();
    load(data::list(query.clone()), move |orders| {
        let never_read = orders.as_of.is_none();
        let placed_here = matches!(&orders.beside, Beside::Matching(found) if !found.orders.is_empty());
        let refused = (!orders.may_order).then_some("Your role does not let you place orders. Ask an admin.");
        view! {
            <Page
                title="Orders"
                as_of=view! { <AsOf at=orders.as_of/> }.into_any()
                actions=view! {
                    <ExportLink path=paths::ORDERS query=query.clone()/>
                    {refused.is_none().then(|| view! {
                        <LinkAction href=paths::MIGRATE label="Migrate a subscription" primary=false/>
                    })}
                    <LinkAction href=paths::NEW_ORDER label="New order" refused=refused.map(ToOwned::to_owned)/>
                }
                .into_any()
            >
                <MineTabs path=paths::ORDERS query=query.clone()/>
                {view! { <DraftsLink/> }.into_any()}
                <OpenPanel orders=orders.beside/>
                <Filters query=query.clone() resellers=orders.resellers/>
                {match orders.unassigned {
                    Some(unassigned) => view! { <NobodyAssigned unassigned path=paths::ORDERS/> }.into_any(),
                    None => view! { <Table query page=orders.page never_read placed_here/> }.into_any(),
                }}
            </Page>
        }
    })
}

#[component]
fn Filters(query: Query, resellers: Vec<ResellerName>) -> impl IntoView {
    let whose = whose_field(&query, resellers);
    let value = |name: &str| query.get(name).map(ToOwned::to_owned);
    let (search, kind, status, customer) = (value("search"), value("type"), value("status"), value("customer"));
    let options = |any: &str, values: &[&str]| -> Vec<(String, String)> {
        let any = (String::new(), any.to_owned());
        std::iter::once(any).chain(values.iter().map(|value| ((*value).to_owned(), words::kind(value)))).collect()
    };
    view! {
        <FilterForm path=paths::ORDERS query fields=FILTER_FIELDS>
            <Field name="search" label="Search" kind="search" value=search/>
            <Field name="customer" label="Customer" kind="search" value=customer/>
            <SelectField name="type" label="Type" options=options("Any type", &words::KINDS) value=kind/>
            <SelectField name="status" label="Status" options=options("Any status", &words::STATUSES) value=status/>
            {whose}
        </FilterForm>
    }
}

#[component]
fn Table(query: Query, page: list::Page<OrderRow>, never_read: bool, placed_here: bool) -> impl IntoView {
    if page.rows.is_empty() {
        let filtered = is_mine(&query) || FILTER_FIELDS.iter().any(|field| query.get(field).is_some());
        return view! { <Nothing filtered never_read placed_here/> }.into_any();
    }
    let sorted = (page.sort, page.descending);
    let pages = (&page).into();
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label="Orders">
            <table class="data">
                <caption class="visually-hidden">"Orders"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Order"</th>
                        <th scope="col">"Type"</th>
                        <th scope="col">"Customer"</th>
                        <SortHeader label="Status" name="status" path=paths::ORDERS query=query.clone() sorted/>
                        <th scope="col">"PO number"</th>
                        <th scope="col" class="num">"Total"</th>
                        <SortHeader label="Created" name="created" path=paths::ORDERS query=query.clone() sorted/>
                    </tr>
                </thead>
                <tbody>{page.rows.into_iter().map(|row| view! { <Row row/> }).collect_view()}</tbody>
            </table>
        </div>
        <ListFooter path=paths::ORDERS query noun=("order", "orders") pages/>
    }
    .into_any()
}

#[component]
fn Nothing(filtered: bool, never_read: bool, placed_here: bool) -> impl IntoView {
    match (filtered, never_read) {
        (true, _) => {
            let title = if placed_here { "No order at the marketplace matches" } else { "No order matches" };
            view! { <Empty title=title><p><a href=paths::ORDERS>"Clear the filter"</a></p></Empty> }.into_any()
        }
        (false, true) => view! {
            <Empty title="Orders were not read yet">
                <p>"They appear here as soon as they have been read from the marketplace."</p>
            </Empty>
        }
        .into_any(),
        (false, false) => view! {
            <Empty title="No orders yet"><p>"The marketplace has no order of your customers."</p></Empty>
        }
        .into_any(),
    }
}

#[component]
fn Row(row: OrderRow) -> impl IntoView {
    let number = row.order_number.unwrap_or_else(|| row.id.clone());
    let customer = row.customer_name.unwrap_or_else(|| row.customer_id.clone());
    view! {
        <tr>
            <td data-label="Order">
                <a class="row-link" href=paths::order(&row.id)>{number}</a>
                <span class="sub">{row.id}</span>
            </td>
            <td data-label="Type">
                {words::kind(&row.kind)}
                {row.at_renewal.then(|| view! { <span class="sub">"at renewal"</span> })}
            </td>
            <td data-label="Customer">
                <a href=paths::customer(&row.customer_id)>{customer}</a>
                {row.reseller_name.map(|name| view! { <span class="sub">{name}</span> })}
            </td>
            <td data-label="Status"><Badge text=row.status/></td>
            <td data-label="PO number">{row.po_number}</td>
            <td data-label="Total" class="num">{row.total.map(Money::display)}</td>
            <td data-label="Created" class="nowrap">{row.created_at.map(|at| view! { <TimeText at/> })}</td>
        </tr>
    }
}
