use super::data::Search;
use super::line_fields::limits;
use super::product_text::{comes_with, tiers};
use crate::format;
use crate::ui::{Field, SelectField};
use ::backend::catalogue::Product;
use ::backend::list::Page;
use leptos::prelude::*;

/// The search for products and what it found; part of the order's form.
#[component]
pub(in crate::orders) fn ProductSearch(
    search: Search,
    #[prop(default = "Add products")] title: &'static str,
    /// What is done with one of them.
    #[prop(default = "Add")]
    verb: &'static str,
) -> impl IntoView {
    let any = (String::new(), "Any vendor".to_owned());
    let vendors = std::iter::once(any).chain(search.vendors.into_iter().map(|name| (name.clone(), name))).collect();
    view! {
        <section class="panel stack" aria-labelledby="add">
            <div class="panel-header"><h2 id="add">{title}</h2></div>
            <div class="filters">
                <input type="hidden" name="searched" value=search.text.clone()/>
                <Field name="search" label="Search" kind="search" value=search.text/>
                <SelectField name="vendor" label="Vendor" options=vendors value=search.vendor/>
                <button class="button" type="submit">"Search"</button>
            </div>
            {search.found.map(|found| view! { <Found found verb/> })}
        </section>
    }
}

#[component]
fn Found(found: Page<Product>, verb: &'static str) -> impl IntoView {
    if found.rows.is_empty() {
        return view! { <p>"No product matches. Search for part of its name or number."</p> }.into_any();
    }
    let more = found.next.is_some();
    view! {
        {more.then(|| view! { <p class="sub">"There are more than these. Search for more of the name."</p> })}
        <div class="table-wrap" tabindex="0" role="region" aria-label="Products found">
            <table class="data">
                <thead>
                    <tr>
                        <th scope="col">"Product"</th>
                        <th scope="col">"Vendor"</th>
                        <th scope="col">"Term"</th>
                        <th scope="col">"Price"</th>
                        <th scope="col">"Seats"</th>
                        <th scope="col"><span class="visually-hidden">{verb}</span></th>
                    </tr>
                </thead>
                <tbody>{found.rows.into_iter().map(|product| view! { <Row product verb/> }).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn Row(product: Product, verb: &'static str) -> impl IntoView {
    let term = product.term.as_ref().and_then(format::length);
    let add = if product.can_be_named() {
        // Several terms of one product stand below each other: the name alone would not tell the buttons apart.
        let what = [Some(product.name.clone()), term.clone(), Some(price(&product))];
        let label = format!("{verb} {}", what.into_iter().flatten().collect::<Vec<_>>().join(", "));
        view! { <button class="button" type="submit" name="product" value=product.key.clone() aria-label=label>{verb}</button> }
            .into_any()
    } else {
        view! { <span class="sub">"The marketplace gives no number to order it by"</span> }.into_any()
    };
    view! {
        <tr>
            <td data-label="Product">
                {product.name.clone()}<span class="sub">{product.mpn.clone()}</span>
                {comes_with(&product).map(|text| view! { <span class="sub">{text}</span> })}
            </td>
            <td data-label="Vendor">{product.vendor.clone()}</td>
            <td data-label="Term">{term}</td>
            <td data-label="Price">{price(&product)}{tiers(&product.price_tiers).map(|text| view! { <span class="sub">{text}</span> })}</td>
            <td data-label="Seats">{limits(product.limits)}</td>
            <td class="actions">{add}</td>
        </tr>
    }
}

/// `8.20 USD per month and seat, 50.00 USD once`
pub(crate) fn price(product: &Product) -> String {
    let Some(price) = product.price else { return "no price given".to_owned() };
    let per = product.billing_period.as_ref();
    let per = per.and_then(|period| format::period(Some(&period.unit), Some(period.length)));
    let per = per.map_or_else(|| "per seat".to_owned(), |per| format!("per seat and {per}"));
    let setup = product.setup_price.map(|setup| format!(", and {} once", setup.display())).unwrap_or_default();
    format!("{} {per}{setup}", price.display())
}
