use crate::paths;
use crate::ui::{Field, FilterForm, SelectField};
use crate::url::Query;
use leptos::prelude::*;

/// The fields of the query that filter.
pub(super) const FIELDS: &[&str] = &["search", "status", "vendor", "renews", "auto", "term", "customer"];

/// The filter of the list. A customer is chosen on the customer's page and taken away here.
#[component]
pub(super) fn Filters(query: Query, vendors: Vec<String>, customer_name: Option<String>) -> impl IntoView {
    let value = |name: &str| query.get(name).map(ToOwned::to_owned);
    let customer = value("customer");
    let without_customer = query.without(&["customer", "page"]).link(paths::SUBSCRIPTIONS);
    let vendors = [(String::new(), "Any vendor".to_owned())]
        .into_iter()
        .chain(vendors.into_iter().map(|vendor| (vendor.clone(), vendor)))
        .collect::<Vec<_>>();
    let fields = (value("search"), value("status"), value("vendor"), value("renews"), value("auto"), value("term"));
    let kept = customer.clone();
    view! {
        <FilterForm path=paths::SUBSCRIPTIONS query fields=FIELDS>
            <Field name="search" label="Search" kind="search" value=fields.0/>
            <SelectField name="status" label="Status" options=options(STATUSES) value=fields.1/>
            <SelectField name="vendor" label="Vendor" options=vendors value=fields.2/>
            <SelectField name="renews" label="Renews within" options=options(RENEWS) value=fields.3/>
            <SelectField name="auto" label="Auto-renew" options=options(AUTO_RENEW) value=fields.4/>
            <SelectField name="term" label="Term" options=options(TERMS) value=fields.5/>
            {kept.map(|id| view! { <input type="hidden" name="customer" value=id/> })}
        </FilterForm>
        {customer.map(|id| {
            let name = customer_name.unwrap_or(id);
            view! {
                <p class="chips">
                    <a class="chip" href=without_customer>
                        {format!("Customer: {name}")}
                        <span class="visually-hidden">", show all customers"</span>
                    </a>
                </p>
            }
        })}
    }
}

const STATUSES: &[(&str, &str)] = &[
    ("", "In use"),
    ("any", "Any status"),
    ("active", "active"),
    ("pending", "pending"),
    ("hold", "hold"),
    ("terminated", "terminated"),
    ("removed", "removed"),
];

const RENEWS: &[(&str, &str)] =
    &[("", "Any time"), ("7", "7 days"), ("30", "30 days"), ("60", "60 days"), ("90", "90 days")];

const AUTO_RENEW: &[(&str, &str)] = &[("", "On or off"), ("on", "On"), ("off", "Off")];

const TERMS: &[(&str, &str)] = &[("", "Any term"), ("long", "A year or more"), ("short", "Less than a year")];

fn options(options: &[(&str, &str)]) -> Vec<(String, String)> {
    options.iter().map(|(value, text)| ((*value).to_owned(), (*text).to_owned())).collect()
}
