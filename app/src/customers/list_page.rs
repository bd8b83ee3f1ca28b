use super::data::{self, Listed};
use crate::context::not_allowed;
use crate::mine::{MineTabs, NobodyAssigned, is_mine};
use crate::paths;
use crate::resellers::{ALL, whose, whose_field};
use crate::ui::{
    AsOf, Badge, Empty, ExportLink, Field, FilterForm, LinkAction, ListFooter, Page, SelectField, SortHeader, load,
};
use crate::url::Query;
use backend::customers::CustomerRow;
use backend::list;
use backend::resellers::{ResellerName, Whose};
use domain::Permission;
use leptos::prelude::*;

const FILTER_FIELDS: &[&str] = &["search", "status", "reseller"];

/// `/customers`
#[component]
pub(crate) fn CustomersPage() -> impl IntoView {
    let query = Query::of_page();
    load(data::list(query.clone()), move |Listed { page, resellers, as_of, unassigned }| {
        let widened = (!resellers.is_empty() && whose(&query) == Whose::Own).then(|| widened(&query));
        view! {
            <Page
                title="Customers"
                as_of=view! { <AsOf at=as_of/> }.into_any()
                actions=view! { <ExportLink path=paths::CUSTOMERS query=query.clone()/><Actions/> }.into_any()
            >
                <MineTabs path=paths::CUSTOMERS query=query.clone()/>
                <Filters query=query.clone() resellers/>
                {match unassigned {
                    Some(unassigned) => view! { <NobodyAssigned unassigned path=paths::CUSTOMERS/> }.into_any(),
                    None => view! { <Table query page widened/> }.into_any(),
                }}
            </Page>
        }
    })
}

#[component]
fn Actions() -> impl IntoView {
    match not_allowed(Permission::EditCustomers) {
        None => view! {
            <LinkAction href=paths::MATCHING label="Match in bulk" primary=false/>
            <LinkAction href=paths::NEW_CUSTOMER label="New customer" primary=false/>
        }
        .into_any(),
        Some(reason) => view! {
            <span class="disabled-action">
                <span class="cluster">
                    <button class="button" type="button" disabled>"Match in bulk"</button>
                    <button class="button" type="button" disabled>"New customer"</button>
                </span>
                <span class="reason">{reason}</span>
            </span>
        }
        .into_any(),
    }
}

#[component]
fn Filters(query: Query, resellers: Vec<ResellerName>) -> impl IntoView {
    let whose = whose_field(&query, resellers);
    let statuses = [
        ("", "Any status"),
        ("active", "active"),
        ("pending", "pending"),
        ("creditHold", "credit hold"),
        ("adminHold", "admin hold"),
        ("cancelled", "cancelled"),
        ("error", "error"),
    ];
    let options = statuses.map(|(value, text)| (value.to_owned(), text.to_owned())).to_vec();
    let search = query.get("search").map(ToOwned::to_owned);
    let status = query.get("status").map(ToOwned::to_owned);
    view! {
        <FilterForm path=paths::CUSTOMERS query fields=FILTER_FIELDS>
            <Field name="search" label="Search" kind="search" value=search/>
            <SelectField name="status" label="Status" options value=status/>
            {whose}
        </FilterForm>
    }
}

/// The same search among everybody's customers.
fn widened(query: &Query) -> String {
    query.without(&["page"]).with("reseller", ALL).link(paths::CUSTOMERS)
}

#[component]
fn Table(query: Query, page: list::Page<CustomerRow>, widened: Option<String>) -> impl IntoView {
    if page.rows.is_empty() {
        let filtered = is_mine(&query) || FILTER_FIELDS.iter().any(|field| query.get(field).is_some());
        return if filtered {
            view! {
                <Empty title="No customer matches">
                    <p><a href=paths::CUSTOMERS>"Clear the filter"</a></p>
                    {widened.map(|href| view! { <p><a href=href>"Look among the customers of resellers, too"</a></p> })}
                </Empty>
            }
            .into_any()
        } else {
            view! { <Empty title="No customers yet"><p>"They appear here as soon as they have been read from the marketplace."</p></Empty> }.into_any()
        };
    }
    let sorted = (page.sort, page.descending);
    let pages = (&page).into();
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label="Customers">
            <table class="data">
                <caption class="visually-hidden">"Customers"</caption>
                <thead>
                    <tr>
                        <SortHeader label="Name" name="name" path=paths::CUSTOMERS query=query.clone() sorted/>
                        <SortHeader label="Status" name="status" path=paths::CUSTOMERS query=query.clone() sorted/>
                        <th scope="col">"Place"</th>
                        <th scope="col">"Your number"</th>
                        <th scope="col">"Account managers"</th>
                        <th scope="col" class="num">"Active subscriptions"</th>
                    </tr>
                </thead>
                <tbody>{page.rows.into_iter().map(|row| view! { <Row row/> }).collect_view()}</tbody>
            </table>
        </div>
        <ListFooter path=paths::CUSTOMERS query noun=("customer", "customers") pages/>
    }
    .into_any()
}

#[component]
fn Row(row: CustomerRow) -> impl IntoView {
    let place: Vec<String> = [row.city, row.country_code].into_iter().flatten().collect();
    view! {
        <tr>
            <td data-label="Name">
                <a class="row-link" href=paths::customer(&row.id)>{row.name}</a>
                <span class="sub">{row.id}{row.reseller_name.map(|name| format!(" · {name}"))}</span>
            </td>
            <td data-label="Status"><Badge text=row.status/></td>
            <td data-label="Place">{place.join(", ")}</td>
            <td data-label="Your number">{row.external_id}</td>
            <td data-label="Account managers">{row.managers.join(", ")}</td>
            <td data-label="Active subscriptions" class="num">{row.active_subscriptions}</td>
        </tr>
    }
}
