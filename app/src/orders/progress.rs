//! How far an order is, in words.

use leptos::prelude::*;

/// How far an order is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Progress {
    /// Its status, in words.
    pub(super) status: String,
    /// The tone of the status: a value of `data-tone`.
    pub(super) tone: String,
    /// What the status means.
    pub(super) meaning: String,
    /// What there is to do about it, if anything.
    pub(super) advice: Option<String>,
    /// Its steps, the first one first.
    pub(super) steps: Vec<StepText>,
    /// When the marketplace was last asked about it; `None` where it was not.
    pub(super) checked: Option<String>,
}

/// A step of the timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct StepText {
    /// What it is called.
    pub(super) title: String,
    /// A value of `data-state`.
    pub(super) state: String,
    /// When it was reached: for machines, and for people.
    pub(super) at: Option<(String, String)>,
    /// More about it.
    pub(super) note: Option<String>,
}

/// What the status means, and the timeline.
#[component]
pub(super) fn ProgressView(progress: Progress) -> impl IntoView {
    view! {
        <div class="notice" data-tone=progress.tone>
            <svg class="icon" aria-hidden="true"><use href="/icons.svg#info"></use></svg>
            <div>
                <p class="notice-title">{progress.meaning}</p>
                {progress.advice.map(|advice| view! { <p>{advice}</p> })}
            </div>
        </div>
        <ol class="timeline">{progress.steps.into_iter().map(|step| view! { <StepView step/> }).collect_view()}</ol>
    }
}

#[component]
fn StepView(step: StepText) -> impl IntoView {
    let state = match step.state.as_str() {
        "done" => "done",
        "current" => "under way",
        "todo" => "still to come",
        "unknown" => "nobody knows yet",
        _ => "ended here",
    };
    view! {
        <li data-state=step.state>
            <span class="timeline-title">{step.title}<span class="visually-hidden">", "{state}</span></span>
            {step.at.map(|(machine, text)| view! { <time datetime=machine>{text}</time> })}
            {step.note.map(|note| view! { <p class="sub">{note}</p> })}
        </li>
    }
}
