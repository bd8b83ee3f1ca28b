use crate::ui::{Badge, TimeText};
use crate::{format, paths};
use backend::order_log::LoggedOrder;
use backend::orders::IntentLine;
use leptos::prelude::*;

/// Orders in a panel, the newest first.
#[component]
pub(crate) fn OrdersPanel(
    title: &'static str,
    orders: Vec<LoggedOrder>,
    /// What to say when there are none.
    empty: &'static str,
    /// Names the customer of each order.
    #[prop(optional)]
    customers: bool,
    /// Where all of them are listed.
    #[prop(optional, into)]
    all: Option<String>,
) -> impl IntoView {
    let id = title.to_lowercase().replace(' ', "-");
    let content = if orders.is_empty() {
        view! { <p class="sub">{empty}</p> }.into_any()
    } else {
        let items = orders.into_iter().map(|order| view! { <OrderItem order customer=customers/> }).collect_view();
        view! { <ul class="list">{items}</ul> }.into_any()
    };
    view! {
        <section class="panel" aria-labelledby=id.clone()>
            <div class="panel-header">
                <h2 id=id.clone()>{title}</h2>
                {all.map(|href| view! { <a class="panel-link" href=href>"Show as a list"</a> })}
            </div>
            {content}
        </section>
    }
}

/// An order as an item of a `ul.list`.
#[component]
pub(crate) fn OrderItem(
    order: LoggedOrder,
    /// Names its customer.
    #[prop(optional)]
    customer: bool,
) -> impl IntoView {
    let words = order_in_words(&order.kind, order.order_number.as_deref(), &order.lines);
    let name = customer.then(|| order.customer_name.clone().unwrap_or_else(|| order.customer_id.clone()));
    let details: Vec<String> = [name, order.po_number.map(|number| format!("PO number {number}")), order.problem]
        .into_iter()
        .flatten()
        .collect();
    view! {
        <li>
            <div>
                <a href=paths::order(&order.id)>{words}</a>
                <span class="sub">
                    {order.settled_at.or(order.created_at).map(|at| view! { <TimeText at/> })}
                    {details.into_iter().map(|detail| format!(" · {detail}")).collect_view()}
                </span>
            </div>
            {order.again_path.map(|path| view! { <a class="button quiet" href=path>"Place it again"</a> })}
            {order.total.map(|total| view! { <span class="num">{total.display()}</span> })}
            <Badge text=order.status/>
        </li>
    }
}

/// What sort of order it is.
pub(crate) fn kind_in_words(kind: &str) -> &'static str {
    match kind {
        "sales" => "New order",
        "change" => "Change",
        "renewal" => "Renewal",
        "cancellation" => "Cancellation",
        "migration" => "Migration",
        _ => "Order",
    }
}

/// `CH005810: 12 → 15 seats of Mail`, `Renewal RN000012`
pub(crate) fn order_in_words(kind: &str, number: Option<&str>, lines: &[IntentLine]) -> String {
    let kind = kind_in_words(kind);
    let number = number.map_or(kind.to_owned(), |number| format!("{kind} {number}"));
    let lines: Vec<String> = lines
        .iter()
        .map(|line| match (line.before.get(), line.after.get()) {
            (0, after) => format!("{} {}", line.name, format::seats(after.into())),
            (before, after) => format!("{} {before} → {}", line.name, format::seats(after.into())),
        })
        .collect();
    if lines.is_empty() { number } else { format!("{number}: {}", lines.join(", ")) }
}
