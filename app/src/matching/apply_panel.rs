//! What is still to be decided about a table, or how far it is.

use super::server_fns::ApplyMatching;
use crate::flash::Flash;
use crate::paths;
use crate::ui::{ErrorSummary, Icon, Tone};
use backend::matching::{Batch, RowState};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// Before it is applied, the button; afterwards, where it stands.
#[component]
pub(super) fn ApplyPanel(batch: Batch, refused: Option<Flash>) -> impl IntoView {
    let error = refused.map(|flash| view! { <ErrorSummary error=flash.error/> });
    let problems = batch.rows.iter().filter(|row| row.state.is_problem()).count();
    let id = batch.id.to_string();
    let failed = (problems > 0).then(|| {
        let label = format!("Download {} to correct", counted(problems, "row", "rows"));
        view! { <a class="button" href=paths::matching_failed(&id) download>{label}</a> }
    });
    let heading = if batch.applied.is_some() { "Progress" } else { "What it comes to" };
    let ready = batch.count(RowState::Ready);
    let content = match (&batch.applied, ready) {
        (Some(_), _) => view! { <Standing batch/> }.into_any(),
        (None, 0) => {
            let text = "No row would change anything. Correct the table and check it again.".to_owned();
            view! { <Notice tone=Tone::Warn title="There is nothing to apply" text/> }.into_any()
        }
        (None, _) => {
            let button = format!("Apply: {}", what(batch.external_ids(), batch.assignments()));
            view! {
                <p>"Nothing has been changed yet. Account managers are assigned at once; external ids are sent to the marketplace one after the other."</p>
                <form method="post" action=ApplyMatching::PATH>
                    <input type="hidden" name="batch" value=id.clone()/>
                    <button class="button primary" type="submit">{button}</button>
                </form>
            }
            .into_any()
        }
    };
    view! {
        <section class="panel stack" aria-labelledby="apply">
            <div class="panel-header"><h2 id="apply">{heading}</h2></div>
            {error}
            {content}
            <p class="cluster">{failed}<a href=paths::MATCHING>"Check another table"</a></p>
        </section>
    }
}

#[component]
fn Standing(batch: Batch) -> impl IntoView {
    let count = |states: &[RowState]| -> usize { states.iter().map(|state| batch.count(*state)).sum() };
    let to_go = count(&[RowState::Waiting, RowState::Sending]);
    let (done, problems) = (batch.count(RowState::Done), count(&[RowState::Failed, RowState::Unknown]));
    let all = to_go + done + problems;
    let (tone, title) = match (batch.under_way, problems) {
        (true, _) if to_go > 0 => (Tone::Info, format!("Sending external ids: {to_go} to go")),
        (true, _) => (Tone::Info, "Finding out what became of the last external id".to_owned()),
        (false, 0) => (Tone::Good, "Everything that could be applied is done".to_owned()),
        (false, _) => (Tone::Warn, format!("Failed or unknown: {}", counted(problems, "row", "rows"))),
    };
    let text = format!("{done} of {} done.", counted(all, "row", "rows"));
    view! {
        <Notice tone title text/>
        {batch.under_way.then(|| view! { <progress aria-label="Rows that are through" max=all value=done + problems></progress> })}
    }
}

#[component]
fn Notice(tone: Tone, #[prop(into)] title: String, text: String) -> impl IntoView {
    view! {
        <div class="notice" data-tone=tone.as_str()>
            <Icon name="info"/>
            <div><p class="notice-title">{title}</p><p>{text}</p></div>
        </div>
    }
}

/// `12 external ids, 30 assignments`
fn what(external_ids: usize, assignments: usize) -> String {
    let ids = (external_ids > 0).then(|| counted(external_ids, "external id", "external ids"));
    let assigned = (assignments > 0).then(|| counted(assignments, "assignment", "assignments"));
    ids.into_iter().chain(assigned).collect::<Vec<_>>().join(", ")
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::what;

    #[test]
    fn the_button_says_how_much_is_applied() {
        assert_eq!(what(12, 30), "12 external ids, 30 assignments");
        assert_eq!((what(1, 0), what(0, 1)), ("1 external id".to_owned(), "1 assignment".to_owned()));
    }
}
