use super::data::Beside;
use crate::recent::kind_in_words;
use crate::ui::{Badge, TimeText};
use crate::{format, paths};
use ::backend::list::Count;
use ::backend::order_list::OpenOrder;
use leptos::prelude::*;

/// Orders placed here that are not finished, or failed lately, or that are looked for; nothing where there are none.
#[component]
pub(super) fn OpenPanel(orders: Beside) -> impl IntoView {
    let (title, orders, more) = match orders {
        Beside::Open(orders) => ("Under way, or failed lately", orders, None),
        Beside::Matching(found) => {
            let more = more_than(found.orders.len(), found.count);
            ("Placed here", found.orders, more)
        }
    };
    (!orders.is_empty()).then(|| {
        view! {
            <section class="panel" aria-labelledby="open-orders">
                <div class="panel-header"><h2 id="open-orders">{title}</h2></div>
                <ul class="list">{orders.into_iter().map(|order| view! { <Item order/> }).collect_view()}</ul>
                {more.map(|more| view! { <p class="panel-footer">{more}</p> })}
            </section>
        }
    })
}

/// What to say where not all are shown.
fn more_than(shown: usize, count: Count) -> Option<String> {
    let all = match count {
        Count::Exactly(count) if usize::try_from(count).is_ok_and(|count| count <= shown) => return None,
        Count::Exactly(count) => format::grouped(count),
        Count::MoreThan(count) => format!("more than {}", format::grouped(count)),
    };
    Some(format!("The newest {shown} of {all}. The search narrows them down."))
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
                    {order.po_number.map(|number| format!("PO number {number}, "))}
                    {order.products.join(", ")}", by "{order.requested_by}", "<TimeText at=order.created_at/>
                </p>
                {order.problem.map(|problem| view! { <p class="sub">{problem}</p> })}
            </div>
            <Badge text=order.status/>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_than_are_shown_is_said_and_nothing_where_all_are() {
        assert_eq!(more_than(20, Count::Exactly(20)), None);
        let some = more_than(20, Count::Exactly(1_021)).unwrap();
        assert!(some.starts_with("The newest 20 of 1,021."), "{some}");
        let many = more_than(20, Count::MoreThan(10_000)).unwrap();
        assert!(many.starts_with("The newest 20 of more than 10,000."), "{many}");
    }
}
