use super::timeline::Timeline;
use crate::live;
use crate::ui::LoadsAgain;
use backend::reports::Report;
use leptos::prelude::*;

/// How far a report is. While the marketplace works on it the part is looked for again, without scripts the whole page.
#[component]
pub(super) fn Progress(report: Report) -> impl IntoView {
    let under_way = report.is_under_way();
    let said = under_way.then(|| sentence(&report.status));
    let about = under_way.then(|| live::report(&report.id));
    view! {
        <div
            class="stack"
            id="steps"
            aria-live="polite"
            data-live=about
            data-refresh=under_way.then_some("3")
            data-refresh-on=under_way.then_some("")
        >
            {said.map(|said| view! { <p>{said}</p> })}
            <Timeline report/>
        </div>
        {under_way.then(|| view! {
            <LoadsAgain seconds=5/>
            <noscript>
                <p class="sub">"This page reloads every five seconds until the report is finished."</p>
            </noscript>
        })}
    }
}

fn sentence(status: &str) -> &'static str {
    match status {
        "submitted" => "Submitted: the marketplace has not begun yet.",
        _ => "Processing: the marketplace is making the report.",
    }
}
