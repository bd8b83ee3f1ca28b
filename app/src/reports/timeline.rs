use crate::ui::TimeText;
use backend::reports::Report;
use leptos::prelude::*;
use time::OffsetDateTime;

/// A step of a report's making.
struct Step {
    title: &'static str,
    state: &'static str,
    at: Option<OffsetDateTime>,
}

/// From submitted through processing to completed, or to where it went wrong.
#[component]
pub(super) fn Timeline(report: Report) -> impl IntoView {
    view! {
        <ol class="timeline">
            {steps(&report)
                .into_iter()
                .map(|step| {
                    view! {
                        <li data-state=step.state>
                            <span class="timeline-title">
                                {step.title}
                                <span class="visually-hidden">{in_words(step.state)}</span>
                            </span>
                            {step.at.map(|at| view! { <TimeText at/> })}
                        </li>
                    }
                })
                .collect_view()}
        </ol>
    }
}

fn steps(report: &Report) -> [Step; 3] {
    let (submitted, processing, last) = match report.status.as_str() {
        "submitted" => ("current", "todo", ("Completed", "todo")),
        "processing" => ("done", "current", ("Completed", "todo")),
        "completed" => ("done", "done", ("Completed", "done")),
        "error" => ("done", "done", ("Error: the marketplace could not make this report", "failed")),
        _ => ("done", "unknown", ("Completed", "unknown")),
    };
    [
        Step { title: "Submitted", state: submitted, at: report.created_at },
        Step { title: "Processing", state: processing, at: None },
        Step { title: last.0, state: last.1, at: None },
    ]
}

fn in_words(state: &str) -> &'static str {
    match state {
        "done" => ", done",
        "current" => ", under way",
        "todo" => ", not yet",
        "failed" => ", failed",
        _ => ", not known",
    }
}
