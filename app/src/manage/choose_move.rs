use super::act::{Kind, line};
use super::choose::Actions;
use crate::error::AppError;
use crate::format;
use crate::orders::product_price;
use crate::ui::{Field, Hidden, SelectField};
use crate::url::Query;
use backend::catalogue::Product;
use backend::list::Page;
use backend::orders::{MoveChoices, MoveInto};
use backend::subscriptions::{Subscription, SubscriptionRow};
use leptos::prelude::*;

/// What seats of a line become, how many of them, and where they go.
#[component]
pub(super) fn ChooseMove(
    subscription: Subscription,
    choices: MoveChoices,
    query: Query,
    problem: Option<AppError>,
) -> impl IntoView {
    let MoveChoices { products, targets } = choices;
    let path = Kind::Move.path(&subscription.id);
    let error = |field: &str| problem.as_ref().and_then(|problem| problem.field(field)).map(ToOwned::to_owned);
    let held = subscription.line(line(&query)).map(|line| line.seats.get()).unwrap_or_default();
    let hint = format!("{} in this line. Leave it empty to move all of them.", format::seats(held.into()));
    let find = query.get("find").map(ToOwned::to_owned);
    view! {
        <form class="filters" method="get" action=path.clone() role="search">
            <Field name="find" label="Search" kind="search" value=find.clone()/>
            <Hidden fields=query.others(&["find", "step"])/>
            <button class="button" type="submit">"Search"</button>
        </form>
        <form class="form" method="get" action=path novalidate>
            {find.map(|find| view! { <input type="hidden" name="find" value=find/> })}
            <FromField subscription=subscription.clone() chosen=line(&query)/>
            <Products products chosen=query.get("product").map(ToOwned::to_owned) error=error("product")/>
            <Field
                name="seats"
                label="Seats"
                value=query.get("seats").map(ToOwned::to_owned)
                hint
                error=error("seats")
                inputmode="numeric"
                autocomplete="off"
            />
            <SelectField
                name="into"
                label="Into"
                options=places(targets)
                value=query.get("into").map(ToOwned::to_owned)
                error=error("into")
            />
            <input type="hidden" name="step" value="review"/>
            <Actions id=subscription.id/>
        </form>
    }
}

/// A choice only where there are several lines.
#[component]
fn FromField(subscription: Subscription, chosen: i32) -> impl IntoView {
    let lines: Vec<(String, String)> = subscription
        .lines
        .iter()
        .map(|line| (line.line.to_string(), format!("{}, {}", line.name, format::seats(line.seats.get().into()))))
        .collect();
    if lines.len() > 1 {
        view! { <SelectField name="line" label="From" options=lines value=chosen.to_string()/> }.into_any()
    } else {
        let text = lines.into_iter().next().map(|(_, text)| text);
        view! { <p>{text}</p><input type="hidden" name="line" value=chosen.to_string()/> }.into_any()
    }
}

#[component]
fn Products(products: Page<Product>, chosen: Option<String>, error: Option<String>) -> impl IntoView {
    let more = products.next.is_some();
    let nothing = products.rows.is_empty();
    let has_error = error.is_some();
    view! {
        <fieldset id="product" aria-describedby=has_error.then_some("product-error")>
            <legend>"Becomes"</legend>
            {nothing.then(|| view! { <p class="sub">"No other product of this vendor matches. Search for part of a name."</p> })}
            {products
                .rows
                .into_iter()
                .map(|product| {
                    let checked = chosen.as_deref() == Some(&product.key);
                    view! { <Choice product checked/> }
                })
                .collect_view()}
            {more.then(|| view! { <p class="sub">"There are more than these. Search for more of the name."</p> })}
            {error.map(|error| view! { <p class="field-error" id="product-error">{error}</p> })}
        </fieldset>
    }
}

#[component]
fn Choice(product: Product, checked: bool) -> impl IntoView {
    let term = product.term.as_ref().and_then(format::length);
    let title = term.map_or_else(|| product.name.clone(), |term| format!("{}, {term}", product.name));
    let price = product_price(&product);
    view! {
        <label class="choice">
            <input type="radio" name="product" value=product.key checked=checked/>
            <span><strong>{title}</strong><span class="sub">{price}</span></span>
        </label>
    }
}

/// A new subscription first: it is what the vendors know a partial upgrade as.
fn places(targets: Vec<SubscriptionRow>) -> Vec<(String, String)> {
    let target = |other: SubscriptionRow| {
        let renews = other.renews_on.map(|day| format!(", renews {}", format::date(day))).unwrap_or_default();
        (MoveInto::Subscription(other.id.clone()).to_string(), format!("{}, {}{renews}", other.name, other.id))
    };
    let fixed = [
        (MoveInto::New.to_string(), "A new subscription that ends with this one".to_owned()),
        (MoveInto::Same.to_string(), "This subscription".to_owned()),
    ];
    fixed.into_iter().chain(targets.into_iter().map(target)).collect()
}
