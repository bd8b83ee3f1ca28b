use super::data::{self, Products};
use super::product_table::ProductTable;
use super::tabs::{Tab, Tabs};
use crate::paths;
use crate::ui::{AsOf, Empty, Field, FilterForm, ListFooter, Page, SelectField, load};
use crate::url::Query;
use backend::catalogue::{Choices, Period};
use domain::Permission;
use leptos::prelude::*;

const FILTER_FIELDS: &[&str] = &["search", "vendor", "term", "billing"];

/// `/catalogue/products`
#[component]
pub(crate) fn ProductsPage() -> impl IntoView {
    let query = Query::of_page();
    load(data::products(query.clone()), move |products| {
        let as_of = products.choices.as_of;
        view! {
            <Page
                title="Catalogue"
                as_of=view! { <AsOf at=as_of/> }.into_any()
                actions=view! { <NewOrder allowed=products.may_order/> }.into_any()
            >
                <Tabs current=Tab::Products/>
                <Filters query=query.clone() choices=products.choices.clone()/>
                <List query products/>
            </Page>
        }
    })
}

#[component]
fn NewOrder(allowed: bool) -> impl IntoView {
    if allowed {
        return view! { <a class="button primary" href=paths::NEW_ORDER>"New order"</a> }.into_any();
    }
    let reason = format!("Your role does not let you {}. Ask an admin.", Permission::PlaceOrders.description());
    view! {
        <span class="disabled-action">
            <button class="button" type="button" disabled>"New order"</button>
            <span class="reason">{reason}</span>
        </span>
    }
    .into_any()
}

#[component]
fn Filters(query: Query, choices: Choices) -> impl IntoView {
    let value = |name| query.get(name).map(ToOwned::to_owned);
    let (search, vendor, term, billing) = (value("search"), value("vendor"), value("term"), value("billing"));
    let vendors = choices.vendors.into_iter().map(|vendor| (vendor.clone(), vendor));
    let vendors = std::iter::once((String::new(), "Any vendor".to_owned())).chain(vendors).collect();
    view! {
        <FilterForm path=paths::PRODUCTS query fields=FILTER_FIELDS>
            <Field name="search" label="Search" kind="search" value=search/>
            <SelectField name="vendor" label="Vendor" options=vendors value=vendor/>
            <SelectField name="term" label="Term" options=periods("Any term", &choices.terms) value=term/>
            <SelectField name="billing" label="Billed every" options=periods("Any period", &choices.billing_periods) value=billing/>
        </FilterForm>
    }
}

/// The value is the number and the unit in the singular, which is how the filter compares them.
fn periods(any: &str, periods: &[Period]) -> Vec<(String, String)> {
    let options = periods.iter().map(|period| (format!("{} {}", period.duration, period.kind), period.to_string()));
    std::iter::once((String::new(), any.to_owned())).chain(options).collect()
}

#[component]
fn List(query: Query, products: Products) -> impl IntoView {
    if products.choices.as_of.is_none() {
        return view! {
            <Empty title="No products yet">
                <p>"They appear here as soon as the catalogue has been read from the marketplace."</p>
            </Empty>
        }
        .into_any();
    }
    if products.page.rows.is_empty() {
        return view! {
            <Empty title="No product matches"><p><a href=paths::PRODUCTS>"Clear the filter"</a></p></Empty>
        }
        .into_any();
    }
    let pages = (&products.page).into();
    view! {
        <ProductTable query=query.clone() products/>
        <ListFooter path=paths::PRODUCTS query noun=("product", "products") pages/>
    }
    .into_any()
}
