//! What stands on the overview before there is anything to look over.

use crate::format;
use crate::ui::Empty;
use backend::overview::CopyState;
use leptos::prelude::*;

/// How far the first copy is; nothing once every list has been read completely.
#[component]
pub(super) fn FirstCopy(copy: Vec<CopyState>) -> impl IntoView {
    let first = copy.iter().any(|copy| copy.complete_as_of.is_none() && copy.state != "waiting");
    first.then(|| {
        view! {
            <section class="panel" aria-labelledby="first-copy">
                <div class="panel-header"><h2 id="first-copy">"Reading the marketplace for the first time"</h2></div>
                <p class="sub">
                    "What has been read can be used already. Reload the page to see how far it is."
                </p>
                <ul class="list">{copy.into_iter().map(item).collect_view()}</ul>
            </section>
        }
    })
}

fn item(copy: CopyState) -> AnyView {
    let name = copy.collection.replace('_', " ");
    let label = format!("{name}: how much has been read");
    let done = format::grouped(copy.done.into());
    let words = match (copy.complete_as_of, copy.total) {
        (Some(_), _) => "complete".to_owned(),
        (None, Some(total)) => format!("{done} of {}", format::grouped(total.into())),
        (None, None) => "waiting".to_owned(),
    };
    let bar = copy.complete_as_of.is_none().then_some(copy.total).flatten().map(|total| {
        view! { <progress aria-label=label max=total.max(1) value=copy.done></progress> }
    });
    view! { <li><div>{name}{bar}</div><span class="sub num">{words}</span></li> }.into_any()
}

/// A fresh installation.
#[component]
pub(super) fn NotConnected() -> impl IntoView {
    view! {
        <Empty title="Connect the marketplace first">
            <p>
                "Nothing has been read yet. Give the server the connection in its environment: "
                <code>"MARKETPLACE_URL"</code>", "<code>"MARKETPLACE_CODE"</code>", "<code>"MARKETPLACE_USERNAME"</code>", "
                <code>"MARKETPLACE_PASSWORD"</code>" and "<code>"MARKETPLACE_SUBSCRIPTION_KEY"</code>
                ", then restart it. All five are shown in the marketplace's control panel, in the menu of its API."
            </p>
        </Empty>
    }
}
