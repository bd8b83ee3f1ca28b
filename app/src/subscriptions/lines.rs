use crate::format;
use crate::paths;
use backend::subscriptions::{ProductLine, Subscription};
use leptos::prelude::*;

/// The product lines, with costs only if the loader left them in. With several of them each has its own way to change its seats.
#[component]
pub(super) fn Lines(
    lines: Vec<ProductLine>,
    subscription_id: String,
    /// Each line has a link to change its seats.
    changeable: bool,
    period: Option<backend::Period>,
) -> impl IntoView {
    let per = period.and_then(|period| format::period(Some(&period.unit), Some(period.length)));
    let price_head = per.map_or("Price".to_owned(), |per| format!("Price per {per}"));
    let label = price_head.clone();
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label="Table of product lines">
            <table class="data">
                <thead>
                    <tr>
                        <th scope="col">"Product"</th>
                        <th scope="col" class="num">"Seats"</th>
                        <th scope="col" class="num">"Price per seat"</th>
                        <th scope="col" class="num">{price_head}</th>
                        {changeable.then(|| view! { <th scope="col"><span class="visually-hidden">"Actions"</span></th> })}
                    </tr>
                </thead>
                <tbody>
                    {lines
                        .into_iter()
                        .map(|line| {
                            let change = changeable.then(|| change_link(&subscription_id, &line));
                            view! { <Line line change price_label=label.clone()/> }
                        })
                        .collect_view()}
                </tbody>
            </table>
        </div>
    }
}

#[component]
fn Line(line: ProductLine, change: Option<AnyView>, price_label: String) -> impl IntoView {
    let money = |amount: Option<domain::Money>| amount.map_or("–".to_owned(), domain::Money::display);
    let cost = line.unit_cost.map(|cost| view! { <span class="sub">"cost "{cost.display()}</span> });
    let sub: Vec<String> = [line.mpn, line.vendor].into_iter().flatten().collect();
    view! {
        <tr>
            <td data-label="Product">{line.name}<span class="sub">{sub.join(" · ")}</span></td>
            <td data-label="Seats" class="num">{format::grouped(line.seats.get().into())}</td>
            <td data-label="Price per seat" class="num">{money(line.unit_price)}{cost}</td>
            <td data-label=price_label class="num">{money(line.extended_price)}</td>
            {change.map(|change| view! { <td class="actions">{change}</td> })}
        </tr>
    }
}

fn change_link(subscription_id: &str, line: &ProductLine) -> AnyView {
    let label = format!("Change seats of {}", line.name);
    view! { <a class="button" href=href(subscription_id, line) aria-label=label>"Change seats"</a> }.into_any()
}

/// Where the seats of the line are changed.
pub(super) fn href(subscription_id: &str, line: &ProductLine) -> String {
    format!("{}?line={}", paths::change_seats(subscription_id), line.line)
}

/// How much the subscription is about: `15 seats`, or nothing while it is not known.
pub(super) fn seats(subscription: &Subscription) -> Option<String> {
    subscription.seats.map(format::seats)
}
