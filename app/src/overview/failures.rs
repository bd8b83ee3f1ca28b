use crate::recent::OrderItem;
use crate::ui::{Badge, Tone};
use backend::order_log::LoggedOrder;
use backend::sync::CollectionProgress;
use leptos::prelude::*;

/// Orders that failed or whose outcome is unknown, and what could not be read.
#[component]
pub(super) fn Failures(failed: Vec<LoggedOrder>, copy: Vec<CollectionProgress>) -> impl IntoView {
    let stuck: Vec<CollectionProgress> = copy.into_iter().filter(|copy| copy.error.is_some()).collect();
    let nothing = failed.is_empty() && stuck.is_empty();
    view! {
        <section class="panel" aria-labelledby="failed">
            <div class="panel-header"><h2 id="failed">"What failed or is not known"</h2></div>
            {if nothing {
                view! { <p class="sub">"Nothing failed in the last 7 days."</p> }.into_any()
            } else {
                view! {
                    <ul class="list">
                        {stuck.into_iter().map(stuck_item).collect_view()}
                        {failed.into_iter().map(|order| view! { <OrderItem order customer=true/> }).collect_view()}
                    </ul>
                }
                .into_any()
            }}
        </section>
    }
}

fn stuck_item(copy: CollectionProgress) -> AnyView {
    let what = format!("Reading {} from the marketplace", copy.collection);
    view! {
        <li>
            <div>{what}<span class="sub">{copy.error}</span></div>
            <Badge text="failed" tone=Tone::Bad/>
        </li>
    }
    .into_any()
}
