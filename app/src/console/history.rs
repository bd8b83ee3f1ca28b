use super::words::{self, OutcomeBadge};
use crate::paths;
use crate::ui::{Empty, TimeText};
use backend::console::Summary;
use leptos::prelude::*;

/// The calls before, the newest first; each can be opened again.
#[component]
pub(super) fn HistoryPanel(calls: Vec<Summary>, everybodys: bool) -> impl IntoView {
    let whose = if everybodys { "Everybody's last calls. " } else { "Your last calls. " };
    let content = if calls.is_empty() {
        view! {
            <Empty title="No calls yet"><p>"What you send appears here with its answer, and can be opened again for 30 days."</p></Empty>
        }
        .into_any()
    } else {
        view! {
            <p class="sub">{whose}"They are kept for 30 days."</p>
            <Table calls/>
        }
        .into_any()
    };
    view! {
        <section class="panel stack" aria-labelledby="history">
            <div class="panel-header"><h2 id="history">"History"</h2></div>
            {content}
        </section>
    }
}

#[component]
fn Table(calls: Vec<Summary>) -> impl IntoView {
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label="Calls made">
            <table class="data">
                <caption class="visually-hidden">"Calls made, the newest first"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Call"</th>
                        <th scope="col">"Outcome"</th>
                        <th scope="col" class="num">"Time"</th>
                        <th scope="col">"Who"</th>
                        <th scope="col">"When"</th>
                    </tr>
                </thead>
                <tbody>{calls.into_iter().map(|call| view! { <Row call/> }).collect_view()}</tbody>
            </table>
        </div>
    }
}

#[component]
fn Row(call: Summary) -> impl IntoView {
    view! {
        <tr>
            <td data-label="Call">
                <a class="row-link" href=paths::console_call(&call.id.to_string())>{words::short(&call)}</a>
            </td>
            <td data-label="Outcome"><OutcomeBadge call=call.clone()/></td>
            <td data-label="Time" class="num">{call.elapsed_ms.map(words::milliseconds)}</td>
            <td data-label="Who">{call.by}</td>
            <td data-label="When" class="nowrap"><TimeText at=call.at/></td>
        </tr>
    }
}
