//! Lines and charges, and what is shown until they have been read.

use super::charges::{Charges, Lines};
use super::terms::Terms;
use crate::ui::{LoadsAgain, this_page};
use ::backend::order_list::{Contents, Order};
use ::backend::orders::IntentLine;
use leptos::prelude::*;

/// What was asked for here, and what the marketplace's record holds. While that is being read the part looks for itself
/// again (`public/refresh.js`), without scripts the whole page does.
#[component]
pub(super) fn ContentsView(
    asked: Option<Vec<IntentLine>>,
    order: Option<Order>,
    with_costs: bool,
    /// What it is about, while it can change: `data-live`.
    live: Option<String>,
) -> impl IntoView {
    let being_read = order.as_ref().is_some_and(|order| order.contents == Contents::BeingRead);
    let not_readable = order.as_ref().is_some_and(|order| order.contents == Contents::NotReadable);
    let unread = asked.is_none() && order.as_ref().is_some_and(|order| order.contents == Contents::NotAskedFor);
    let lines = order.as_ref().and_then(|order| order.lines.clone());
    view! {
        <div class="stack" id="contents" data-live=live data-refresh=being_read.then_some("1")>
            {being_read.then(|| view! {
                <p role="status" class="sub">"Reading what this order holds from the marketplace…"</p>
                <LoadsAgain seconds=3/>
            })}
            {not_readable.then(|| view! {
                <p role="status" class="notice" data-tone="warn">
                    "The marketplace did not say what this order holds. "<a href=this_page()>"Try again in a moment"</a>
                </p>
            })}
            {unread.then(|| view! { <p><a href=this_page()>"Read what this order holds from the marketplace"</a></p> })}
            <Lines asked lines/>
            {order.map(|order| {
                let (charges, has_total) = (order.charges.clone(), order.total.is_some());
                view! {
                    <Charges charges has_total with_costs/>
                    {view! { <Terms order/> }.into_any()}
                }
            })}
        </div>
    }
}
