use super::data::Asked;
use crate::format;
use crate::ui::TimeText;
use backend::budget::OperationUsage;
use backend::sync::CollectionProgress;
use leptos::prelude::*;

/// What the marketplace has been asked lately, and when each list was read.
#[component]
pub(super) fn AskedPanel(asked: Asked) -> impl IntoView {
    let Asked { usage, limits, copy } = asked;
    let of = |calls: i64, limit: Option<u32>| match limit {
        Some(limit) => format!("{} of {}", format::grouped(calls), format::grouped(limit.into())),
        None => format!("{}, without a limit", format::grouped(calls)),
    };
    view! {
        <section class="panel stack" aria-labelledby="asked">
            <div class="panel-header"><h2 id="asked">"What the marketplace has been asked"</h2></div>
            <dl class="facts">
                <div><dt>"Calls in the last minute"</dt><dd>{of(usage.last_minute, limits.per_minute)}</dd></div>
                <div><dt>"Calls in the last 24 hours"</dt><dd>{of(usage.last_day, limits.per_day)}</dd></div>
                {usage.closed_until.map(|at| view! {
                    <div><dt>"It asked to be left alone until"</dt><dd><TimeText at/></dd></div>
                })}
            </dl>
            <div class="grid">
                <Calls operations=usage.by_operation/>
                <Lists copy/>
            </div>
        </section>
    }
}

#[component]
fn Calls(operations: Vec<OperationUsage>) -> impl IntoView {
    if operations.is_empty() {
        return view! { <p class="sub">"Nothing was asked in the last 24 hours."</p> }.into_any();
    }
    view! {
        <div>
            <h3>"Calls in the last 24 hours"</h3>
            <ul class="list">
                {operations
                    .into_iter()
                    .map(|operation| view! {
                        <li><div>{operation.operation}</div><span class="num">{format::grouped(operation.last_day)}</span></li>
                    })
                    .collect_view()}
            </ul>
        </div>
    }
    .into_any()
}

#[component]
fn Lists(copy: Vec<CollectionProgress>) -> impl IntoView {
    view! {
        <div>
            <h3>"Last read completely"</h3>
            <ul class="list">{copy.into_iter().map(item).collect_view()}</ul>
        </div>
    }
}

fn item(copy: CollectionProgress) -> AnyView {
    let read = match copy.finished_at {
        Some(at) => view! { <TimeText at/> }.into_any(),
        None => "not yet".into_any(),
    };
    view! {
        <li>
            <div>
                {copy.collection.to_string()}
                <span class="sub">{read}</span>
                {copy.error.map(|error| view! { <span class="sub">{error}</span> })}
            </div>
        </li>
    }
    .into_any()
}
