use crate::paths;
use crate::recent::kind_in_words;
use crate::ui::{Badge, TimeText};
use ::backend::order_list::OpenOrder;
use leptos::prelude::*;

/// Orders placed here that are not finished, or failed lately; nothing where there are none.
#[component]
pub(super) fn OpenPanel(orders: Vec<OpenOrder>) -> impl IntoView {
    (!orders.is_empty()).then(|| {
        view! {
            <section class="panel" aria-labelledby="open-orders">
                <div class="panel-header"><h2 id="open-orders">"Under way, or failed lately"</h2></div>
                <ul class="list">{orders.into_iter().map(|order| view! { <Item order/> }).collect_view()}</ul>
            </section>
        }
    })
}

#[component]
fn Item(order: OpenOrder) -> impl IntoView {
    let what = kind_in_words(&order.kind);
    let customer = order.customer_name.unwrap_or(order.customer_id);
    view! {
        <li>
            <div>
                <a href=paths::order(&order.id.to_string())>{format!("{what} for {customer}")}</a>
                <p class="sub">
                    {order.order_number.map(|number| format!("{number}, "))}
                    {order.products.join(", ")}", by "{order.requested_by}", "<TimeText at=order.created_at/>
                </p>
                {order.problem.map(|problem| view! { <p class="sub">{problem}</p> })}
            </div>
            <Badge text=order.state.as_str()/>
        </li>
    }
}
