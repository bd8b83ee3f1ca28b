use crate::activity::action_in_words;
use crate::paths;
use crate::recent::OrderItem;
use crate::ui::TimeText;
use backend::activity::Activity;
use backend::order_log::LoggedOrder;
use leptos::prelude::*;

/// Orders completed and things done here in the last 24 hours.
#[component]
pub(super) fn Changes(completed: Vec<LoggedOrder>, activity: Option<Vec<Activity>>) -> impl IntoView {
    let trail = activity.is_some();
    let activity = activity.unwrap_or_default();
    let nothing = completed.is_empty() && activity.is_empty();
    view! {
        <section class="panel" aria-labelledby="changed">
            <div class="panel-header">
                <h2 id="changed">"What changed since yesterday"</h2>
                {trail.then(|| view! { <a class="panel-link" href=paths::ACTIVITY>"All activity"</a> })}
            </div>
            {if nothing {
                view! { <p class="sub">"No order was completed and nothing was done here in the last 24 hours."</p> }.into_any()
            } else {
                view! {
                    <ul class="list">
                        {completed.into_iter().map(|order| view! { <OrderItem order customer=true/> }).collect_view()}
                        {activity.into_iter().map(entry).collect_view()}
                    </ul>
                }
                .into_any()
            }}
        </section>
    }
}

fn entry(entry: Activity) -> AnyView {
    let what = format!("{} {}", entry.actor, action_in_words(&entry.action));
    let customer = entry.customer.map(|(id, name)| view! { <a href=paths::customer(&id)>{name}</a>" · " });
    view! { <li><div>{what}<span class="sub">{customer}<TimeText at=entry.at/></span></div></li> }.into_any()
}
