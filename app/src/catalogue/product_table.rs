//! The table of products. Whether it has columns for costs and orders depends on the person.

use super::data::Products;
use super::words;
use crate::ui::SortHeader;
use crate::url::Query;
use crate::{format, paths};
use backend::catalogue::{Product, Tier};
use domain::Money;
use leptos::prelude::*;

/// The products of one page of the list.
#[component]
pub(super) fn ProductTable(query: Query, products: Products) -> impl IntoView {
    let Products { page, sees_costs, may_order, .. } = products;
    let sorted = (page.sort, page.descending);
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label="Products">
            <table class="data">
                <caption class="visually-hidden">"Products"</caption>
                <thead>
                    <tr>
                        <SortHeader label="Name" name="name" path=paths::PRODUCTS query=query.clone() sorted/>
                        <SortHeader label="Vendor" name="vendor" path=paths::PRODUCTS query=query.clone() sorted/>
                        <th scope="col">"Term and billing"</th>
                        <th scope="col" class="num">"Seats"</th>
                        <SortHeader label="Price" name="price" path=paths::PRODUCTS query sorted numeric=true/>
                        {sees_costs.then(|| view! {
                            <th scope="col" class="num">"Cost"</th>
                            <th scope="col" class="num">"Margin"</th>
                        })}
                        {may_order.then(|| view! { <th scope="col"><span class="visually-hidden">"Actions"</span></th> })}
                    </tr>
                </thead>
                <tbody>
                    {page.rows.into_iter().map(|product| view! { <Row product sees_costs may_order/> }).collect_view()}
                </tbody>
            </table>
        </div>
    }
}

#[component]
fn Row(product: Product, sees_costs: bool, may_order: bool) -> impl IntoView {
    view! {
        <tr>
            <td data-label="Name"><Name product=product.clone()/></td>
            <td data-label="Vendor">{or_dash(Some(product.vendor.clone()).filter(|vendor| !vendor.is_empty()))}</td>
            <td data-label="Term and billing"><Term product=product.clone()/></td>
            <td data-label="Seats" class="num">{words::limits(product.limits)}</td>
            <td data-label="Price" class="num"><Price product=product.clone()/></td>
            {sees_costs.then(|| view! {
                <td data-label="Cost" class="num">
                    {or_dash(product.cost.map(Money::display))}
                    <Tiers tiers=product.cost_tiers.clone()/>
                </td>
                <td data-label="Margin" class="num"><Earned product=product.clone()/></td>
            })}
            {may_order.then(|| view! { <td class="actions"><Order product/></td> })}
        </tr>
    }
}

#[component]
fn Name(product: Product) -> impl IntoView {
    let number = product.mpn.or(product.id);
    let added: Vec<String> =
        product.depends_on.into_iter().filter_map(|other| other.mpn.or(other.id.map(String::from))).collect();
    view! {
        {product.name}
        {number.map(|number| view! { <span class="sub">{number}</span> })}
        {(!added.is_empty()).then(|| view! { <span class="sub">"The marketplace adds "{added.join(", ")}" itself"</span> })}
    }
}

#[component]
fn Term(product: Product) -> impl IntoView {
    let charged = words::charged(product.billing_period.as_ref(), product.billing_model.as_ref());
    view! {
        {or_dash(product.term.as_ref().and_then(format::length))}
        {charged.map(|charged| view! { <span class="sub">{charged}</span> })}
    }
}

#[component]
fn Price(product: Product) -> impl IntoView {
    let Some(price) = product.price else {
        return view! { <span class="sub">"no price given"</span> }.into_any();
    };
    view! {
        {price.display()}
        <span class="sub">{words::per_seat(product.billing_period.as_ref())}</span>
        {product.setup_price.map(|setup| view! { <span class="sub">"and "{setup.display()}" once"</span> })}
        <Tiers tiers=product.price_tiers/>
    }
    .into_any()
}

/// The prices by quantity, folded away.
#[component]
fn Tiers(tiers: Vec<Tier>) -> impl IntoView {
    (!tiers.is_empty()).then(|| {
        let line = |tier: Tier| {
            view! { <span class="sub">{format!("from {} seats {} each", tier.from.normalize(), tier.price.display())}</span> }
        };
        view! {
            <details>
                <summary class="sub">"By quantity"</summary>
                {tiers.into_iter().map(line).collect_view()}
            </details>
        }
    })
}

#[component]
fn Earned(product: Product) -> impl IntoView {
    match (product.margin(), product.price, product.cost) {
        (Some(margin), ..) => view! {
            {margin.amount.display()}
            {format::percent(&margin).map(|percent| view! { <span class="sub">{percent}</span> })}
        }
        .into_any(),
        (None, Some(_), Some(_)) => view! { <span class="sub">"two currencies"</span> }.into_any(),
        _ => or_dash(None).into_any(),
    }
}

#[component]
fn Order(product: Product) -> impl IntoView {
    let label = format!("Order {}", product.name);
    if product.can_be_named() {
        view! { <a class="button" href=paths::new_order_of(&product.key) aria-label=label>"Order"</a> }.into_any()
    } else {
        view! { <button class="button" type="button" disabled title="The marketplace gives no number to order it by" aria-label=label>"Order"</button> }
            .into_any()
    }
}

fn or_dash(text: Option<String>) -> String {
    text.unwrap_or_else(|| "\u{2013}".to_owned())
}
