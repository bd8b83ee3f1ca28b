//! The rows of a table, with what becomes of each.

use crate::paths;
use crate::ui::{Badge, CorrelationId, Tone};
use crate::url::Query;
use backend::matching::{Batch, BatchRow, Manager, RowState};
use leptos::prelude::*;

/// How many rows are in each state, each a link to these rows only.
#[component]
pub(super) fn Counts(batch: Batch, query: Query) -> impl IntoView {
    let path = paths::matching_batch(&batch.id.to_string());
    let shown = shown(&query);
    let chip = |text: String, href: String, current: bool| {
        view! { <a class="chip" href=href aria-current=current.then_some("true")>{text}</a> }
    };
    let all = chip(format!("{} in all", batch.rows.len()), query.without(&["state"]).link(&path), shown.is_none());
    let states = RowState::ALL.into_iter().filter(|state| batch.count(*state) > 0).map(|state| {
        let href = query.with("state", state.as_str()).link(&path);
        chip(format!("{} {state}", batch.count(state)), href, shown == Some(state))
    });
    view! { <nav class="chips" aria-label="Rows by state">{all}{states.collect_view()}</nav> }
}

/// The rows that the query asks for, or all.
#[component]
pub(super) fn Rows(batch: Batch, query: Query) -> impl IntoView {
    let shown = shown(&query);
    let rows = batch.rows.into_iter().filter(|row| shown.is_none_or(|state| row.state == state));
    let rows = rows.map(|row| view! { <Row row/> }).collect_view();
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label="Rows of the table">
            <table class="data">
                <caption class="visually-hidden">"Rows of the table"</caption>
                <thead>
                    <tr>
                        <th scope="col" class="num">"Line"</th>
                        <th scope="col">"Customer"</th>
                        <th scope="col">"Your number"</th>
                        <th scope="col">"Account managers"</th>
                        <th scope="col">"Result"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

fn shown(query: &Query) -> Option<RowState> {
    query.get("state")?.parse().ok()
}

#[component]
fn Row(row: BatchRow) -> impl IntoView {
    let [typed_customer, typed_external_id, typed_managers] = row.typed;
    let customer = match row.customer {
        Some((id, name)) => view! { <a href=paths::customer(&id)>{name}</a><span class="sub">{id}</span> }.into_any(),
        None => typed_customer.into_any(),
    };
    let refused = row.state == RowState::Refused;
    let number = match row.external_id {
        _ if refused => typed_external_id.into_any(),
        Some((before, after)) => change(before, after),
        None => stays(),
    };
    let managers = match row.managers {
        _ if refused => typed_managers.into_any(),
        Some((before, after)) => change(names(&before), names(&after).unwrap_or_else(|| "nobody".to_owned())),
        None => stays(),
    };
    view! {
        <tr>
            <td data-label="Line" class="num">{row.line}</td>
            <td data-label="Customer">{customer}</td>
            <td data-label="Your number">{number}</td>
            <td data-label="Account managers">{managers}</td>
            <td data-label="Result">
                <Badge text=row.state.as_str() tone=tone(row.state)/>
                {row.message.map(|message| view! { <p class="sub">{message}</p> })}
                {row.correlation_id.map(|id| view! { <CorrelationId id/> })}
            </td>
        </tr>
    }
}

/// What it becomes, and below what it was.
fn change(before: Option<String>, after: String) -> AnyView {
    let before = before.unwrap_or_else(|| "none".to_owned());
    view! { {after}<span class="sub">"was "{before}</span> }.into_any()
}

fn stays() -> AnyView {
    view! { <span class="sub">"stays"</span> }.into_any()
}

fn names(managers: &[Manager]) -> Option<String> {
    let names: Vec<&str> = managers.iter().map(|manager| manager.name.as_str()).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

fn tone(state: RowState) -> Tone {
    match state {
        RowState::Ready | RowState::Waiting | RowState::Sending => Tone::Info,
        RowState::Done => Tone::Good,
        RowState::Refused | RowState::Unknown => Tone::Warn,
        RowState::Failed => Tone::Bad,
        RowState::Unchanged => Tone::Quiet,
    }
}
