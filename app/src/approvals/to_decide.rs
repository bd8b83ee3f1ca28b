use super::words;
use crate::paths;
use crate::recent::kind_in_words;
use crate::ui::TimeText;
use ::backend::approvals::Approval;
use leptos::prelude::*;

/// The most that are listed; the others are in the inbox.
const SHOWN: usize = 5;

/// What waits for the person's decision, the oldest first; nothing where nothing waits.
#[component]
pub(crate) fn ToDecidePanel(waiting: Vec<Approval>) -> impl IntoView {
    let count = waiting.len();
    (count > 0).then(|| {
        view! {
            <section class="panel" aria-labelledby="to-decide">
                <div class="panel-header">
                    <h2 id="to-decide">"Waiting for your approval"</h2>
                    {(count > SHOWN).then(|| view! { <a class="panel-link" href=paths::APPROVALS>{format!("Show all {count}")}</a> })}
                </div>
                <ul class="list">{waiting.into_iter().take(SHOWN).map(|approval| view! { <Item approval/> }).collect_view()}</ul>
            </section>
        }
    })
}

#[component]
fn Item(approval: Approval) -> impl IntoView {
    let customer = approval.customer_name.as_ref().unwrap_or(&approval.customer_id);
    let what = format!("{}: {} for {customer}", kind_in_words(&approval.kind), words::act(&approval));
    view! {
        <li>
            <div>
                <a href=paths::order(&approval.intent_id.to_string())>{what}</a>
                <span class="sub">
                    {format!("{} · asked for by {}, ", approval.reasons.join("; "), approval.requested_by_name)}
                    <TimeText at=approval.asked_at/>
                </span>
            </div>
            <span class="num">{words::price(approval.price_then)}</span>
        </li>
    }
}
