use crate::paths;
use crate::subscriptions::{PriceCell, RenewalCell, SeatsCell};
use crate::ui::Badge;
use crate::url::Query;
use backend::subscriptions::SubscriptionRow;
use leptos::prelude::*;

/// What the customer has: their subscriptions in use.
#[component]
pub(super) fn Subscriptions(subscriptions: Vec<SubscriptionRow>, customer_id: String) -> impl IntoView {
    let list = Query::default().with("customer", &customer_id);
    let content = if subscriptions.is_empty() {
        let any = list.with("status", "any").link(paths::SUBSCRIPTIONS);
        view! { <p class="sub">"None in use. "<a href=any>"Show those that have ended, too"</a></p> }.into_any()
    } else {
        table(subscriptions)
    };
    view! {
        <section class="panel" aria-labelledby="subscriptions">
            <div class="panel-header">
                <h2 id="subscriptions">"Subscriptions"</h2>
                <a class="panel-link" href=list.link(paths::SUBSCRIPTIONS)>"Show as a list"</a>
            </div>
            {content}
        </section>
    }
}

fn table(rows: Vec<SubscriptionRow>) -> AnyView {
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label="Table of subscriptions">
            <table class="data">
                <thead>
                    <tr>
                        <th scope="col">"Subscription"</th>
                        <th scope="col">"Status"</th>
                        <th scope="col" class="num">"Seats"</th>
                        <th scope="col">"Renewal"</th>
                        <th scope="col" class="num">"Price"</th>
                    </tr>
                </thead>
                <tbody>{rows.into_iter().map(|row| view! { <Row row/> }).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn Row(row: SubscriptionRow) -> impl IntoView {
    let renewal = view! { <RenewalCell row=row.clone()/> }.into_any();
    let seats = view! { <SeatsCell row=row.clone()/> }.into_any();
    let price = view! { <PriceCell row=row.clone()/> }.into_any();
    let href = paths::subscription(&row.id);
    view! {
        <tr>
            <td data-label="Subscription">
                <a class="row-link" href=href>{row.name}</a>
                <span class="sub">{row.vendor.unwrap_or(row.id)}</span>
            </td>
            <td data-label="Status"><Badge text=row.status/></td>
            <td data-label="Seats" class="num">{seats}</td>
            <td data-label="Renewal" class="nowrap">{renewal}</td>
            <td data-label="Price" class="num nowrap">{price}</td>
        </tr>
    }
}
