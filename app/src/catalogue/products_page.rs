use super::data::{self, Products};
use super::product_table::ProductTable;
use super::tabs::{Tab, Tabs};
use crate::context::not_permitted;
use crate::ui::{AsOf, Empty, ExportLink, Field, FilterForm, LinkAction, ListFooter, Page, SelectField, load};
use crate::url::Query;
use crate::{format, paths};
use backend::Period;
use backend::catalogue::Choices;
use domain::Permission;
use leptos::prelude::*;

const FILTER_FIELDS: &[&str] = &["search", "vendor", "term", "billing"];

/// `/catalogue/products`
#[component]
pub(crate) fn ProductsPage() -> impl IntoView {
    let query = Query::of_page();
    load(data::products(query.clone()), move |products| {
        let as_of = products.choices.as_of;
        let refused = (!products.may_order).then(|| not_permitted(Permission::PlaceOrders));
        view! {
            <Page
                title="Catalogue"
                as_of=view! { <AsOf at=as_of/> }.into_any()
                actions=view! {
                    <ExportLink path=paths::PRODUCTS query=query.clone()/>
                    <LinkAction href=paths::NEW_ORDER label="New order" refused/>
                }
                .into_any()
            >
                <Tabs current=Tab::Products/>
                <Filters query=query.clone() choices=products.choices.clone()/>
                <List query products/>
            </Page>
        }
    })
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

/// The value is the length and the unit as they are stored, which is what the filter compares.
fn periods(any: &str, periods: &[Period]) -> Vec<(String, String)> {
    let option = |period: &Period| Some((format!("{} {}", period.length, period.unit), format::length(period)?));
    let options = periods.iter().filter_map(option);
    std::iter::once((String::new(), any.to_owned())).chain(options).collect()
}

#[component]
fn List(query: Query, products: Products) -> impl IntoView {
    if products.choices.as_of.is_none() && products.page.rows.is_empty() {
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
