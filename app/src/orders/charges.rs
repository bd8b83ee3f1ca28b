//! What an order holds and what it charges.

use crate::ui::status_words;
use ::backend::order_list::{Charge, OrderLine};
use ::backend::orders::IntentLine;
use domain::Money;
use leptos::prelude::*;

/// What was asked for here; failing that, the lines as the marketplace writes them.
#[component]
pub(super) fn Lines(asked: Option<Vec<IntentLine>>, lines: Option<Vec<OrderLine>>) -> impl IntoView {
    let table = match (asked, lines) {
        (Some(asked), _) => view! { <Asked lines=asked/> }.into_any(),
        (None, Some(lines)) if !lines.is_empty() => view! { <Written lines/> }.into_any(),
        (None, None) => view! { <p class="sub">"Not read from the marketplace yet."</p> }.into_any(),
        (None, Some(_)) => {
            view! { <p class="sub">"The marketplace names no lines, as is usual for renewals and cancellations."</p> }
                .into_any()
        }
    };
    view! {
        <section class="panel stack" aria-labelledby="lines">
            <div class="panel-header"><h2 id="lines">"Lines"</h2></div>
            {table}
        </section>
    }
}

#[component]
fn Asked(lines: Vec<IntentLine>) -> impl IntoView {
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label="What was asked for">
            <table class="data">
                <thead><tr><th scope="col">"Product"</th><th scope="col" class="num">"Seats"</th></tr></thead>
                <tbody>
                    {lines
                        .into_iter()
                        .map(|line| view! {
                            <tr>
                                <td data-label="Product">{line.name}</td>
                                <td data-label="Seats" class="num">{line.before.get()}" → "{line.after.get()}</td>
                            </tr>
                        })
                        .collect_view()}
                </tbody>
            </table>
        </div>
    }
}

#[component]
fn Written(lines: Vec<OrderLine>) -> impl IntoView {
    view! {
        <p class="sub">
            "Quantities as the marketplace writes them: of a change, the new total or the difference. The subscription \
             tells the seats."
        </p>
        <div class="table-wrap" tabindex="0" role="region" aria-label="The order's lines">
            <table class="data">
                <thead>
                    <tr>
                        <th scope="col">"Product"</th>
                        <th scope="col" class="num">"Quantity"</th>
                        <th scope="col" class="num">"Price"</th>
                    </tr>
                </thead>
                <tbody>
                    {lines
                        .into_iter()
                        .map(|line| {
                            let number = line.number.filter(|number| *number != line.name);
                            let maker: Vec<String> = [line.vendor, number].into_iter().flatten().collect();
                            view! {
                                <tr>
                                    <td data-label="Product">{line.name}<span class="sub">{maker.join(", ")}</span></td>
                                    <td data-label="Quantity" class="num">{line.quantity.map(|quantity| quantity.to_string())}</td>
                                    <td data-label="Price" class="num">{line.price.map_or_else(|| "not told".to_owned(), Money::display)}</td>
                                </tr>
                            }
                        })
                        .collect_view()}
                </tbody>
            </table>
        </div>
    }
}

/// The price lines. Costs only where `with_costs`. Beside a total it would not be true that nothing is charged.
#[component]
pub(super) fn Charges(charges: Option<Vec<Charge>>, has_total: bool, with_costs: bool) -> impl IntoView {
    let table = match charges {
        None => view! { <p class="sub">"Not read from the marketplace yet."</p> }.into_any(),
        Some(charges) if charges.is_empty() && has_total => {
            view! { <p class="sub">"Not itemised: the marketplace names only the total."</p> }.into_any()
        }
        Some(charges) if charges.is_empty() => {
            view! { <p class="sub">"The marketplace names no charges."</p> }.into_any()
        }
        Some(charges) => view! { <ChargeTable charges with_costs/> }.into_any(),
    };
    view! {
        <section class="panel" aria-labelledby="charges">
            <div class="panel-header"><h2 id="charges">"Charges"</h2></div>
            {table}
        </section>
    }
}

#[component]
fn ChargeTable(charges: Vec<Charge>, with_costs: bool) -> impl IntoView {
    let money = |amount: Option<Money>| amount.map_or_else(|| "not told".to_owned(), Money::display);
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label="What the order charges">
            <table class="data">
                <thead>
                    <tr>
                        <th scope="col">"Description"</th>
                        <th scope="col" class="num">"Quantity"</th>
                        <th scope="col" class="num">"Price"</th>
                        {with_costs.then(|| view! { <th scope="col" class="num">"Your cost"</th> })}
                    </tr>
                </thead>
                <tbody>
                    {charges
                        .into_iter()
                        .map(|charge| view! {
                            <tr>
                                <td data-label="Description">
                                    {charge.description}
                                    <span class="sub">{charge.kind.as_deref().map(status_words)}</span>
                                </td>
                                <td data-label="Quantity" class="num">{charge.quantity.map(|quantity| quantity.to_string())}</td>
                                <td data-label="Price" class="num">
                                    {money(charge.price)}
                                    {charge.tax.map(|tax| view! { <span class="sub">{tax.display()}" tax"</span> })}
                                </td>
                                {with_costs.then(|| view! {
                                    <td data-label="Your cost" class="num">{money(charge.cost)}</td>
                                })}
                            </tr>
                        })
                        .collect_view()}
                </tbody>
            </table>
        </div>
    }
}
