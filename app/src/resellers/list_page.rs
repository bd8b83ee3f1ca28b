use super::data::{self, Listed};
use crate::context::not_allowed;
use crate::paths;
use crate::ui::{AsOf, Badge, Empty, Field, FilterForm, LinkAction, ListFooter, Page, SelectField, SortHeader, load};
use crate::url::Query;
use backend::list;
use backend::resellers::ResellerRow;
use domain::Permission;
use leptos::prelude::*;

const FILTER_FIELDS: &[&str] = &["search", "status"];

/// `/resellers`
#[component]
pub(crate) fn ResellersPage() -> impl IntoView {
    let query = Query::of_page();
    load(data::list(query.clone()), move |Listed { page, as_of, read }| {
        view! {
            <Page title="Resellers" as_of=view! { <AsOf at=as_of/> }.into_any() actions=view! { <NewReseller/> }.into_any()>
                <Filters query=query.clone()/>
                <Table query page read/>
            </Page>
        }
    })
}

#[component]
fn NewReseller() -> impl IntoView {
    let refused = not_allowed(Permission::EditResellers);
    view! { <LinkAction href=paths::NEW_RESELLER label="New reseller" primary=false refused/> }
}

#[component]
fn Filters(query: Query) -> impl IntoView {
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
        <FilterForm path=paths::RESELLERS query fields=FILTER_FIELDS>
            <Field name="search" label="Search" kind="search" value=search/>
            <SelectField name="status" label="Status" options value=status/>
        </FilterForm>
    }
}

#[component]
fn Table(query: Query, page: list::Page<ResellerRow>, read: bool) -> impl IntoView {
    if page.rows.is_empty() {
        let filtered = FILTER_FIELDS.iter().any(|field| query.get(field).is_some());
        return view! { <Nothing filtered read/> }.into_any();
    }
    let sorted = (page.sort, page.descending);
    let pages = (&page).into();
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label="Resellers">
            <table class="data">
                <caption class="visually-hidden">"Resellers"</caption>
                <thead>
                    <tr>
                        <SortHeader label="Name" name="name" path=paths::RESELLERS query=query.clone() sorted/>
                        <SortHeader label="Status" name="status" path=paths::RESELLERS query=query.clone() sorted/>
                        <th scope="col">"Place"</th>
                        <th scope="col">"Your number"</th>
                        <th scope="col">"Currency"</th>
                        <th scope="col" class="num">"Customers"</th>
                    </tr>
                </thead>
                <tbody>{page.rows.into_iter().map(|row| view! { <Row row/> }).collect_view()}</tbody>
            </table>
        </div>
        <ListFooter path=paths::RESELLERS query noun=("reseller", "resellers") pages/>
    }
    .into_any()
}

#[component]
fn Nothing(filtered: bool, read: bool) -> impl IntoView {
    match (filtered, read) {
        (true, _) => {
            view! { <Empty title="No reseller matches"><p><a href=paths::RESELLERS>"Clear the filter"</a></p></Empty> }
                .into_any()
        }
        (false, false) => view! {
            <Empty title="Resellers were not read yet">
                <p>"They appear here as soon as they have been read from the marketplace."</p>
            </Empty>
        }
        .into_any(),
        (false, true) => view! {
            <Empty title="No resellers"><p>"The marketplace lists no reseller below your account."</p></Empty>
        }
        .into_any(),
    }
}

#[component]
fn Row(row: ResellerRow) -> impl IntoView {
    let place: Vec<String> = [row.city, row.country_code].into_iter().flatten().collect();
    let customers = row.customers.map_or_else(|| "not read yet".to_owned(), |customers| customers.to_string());
    view! {
        <tr>
            <td data-label="Name">
                <a class="row-link" href=paths::reseller(&row.id)>{row.name}</a>
                <span class="sub">{row.id}</span>
            </td>
            <td data-label="Status"><Badge text=row.status/></td>
            <td data-label="Place">{place.join(", ")}</td>
            <td data-label="Your number">{row.external_id}</td>
            <td data-label="Currency">{row.currency}</td>
            <td data-label="Customers" class="num">{customers}</td>
        </tr>
    }
}
