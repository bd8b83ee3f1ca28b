use super::changes::Change;
use super::data::{self, Entry};
use super::filter::{FIELDS, Filters};
use super::subject::Subject;
use crate::paths;
use crate::ui::{CorrelationId, Empty, ExportLink, Page, TimeText, load};
use crate::url::Query;
use leptos::prelude::*;

/// `/activity`
#[component]
pub(crate) fn ActivityPage() -> impl IntoView {
    let query = Query::of_page();
    load(data::trail(query.clone()), move |trail| {
        view! {
            <Page
                title="Activity"
                actions=view! { <ExportLink path=paths::ACTIVITY query=query.without(&["before"])/> }.into_any()
            >
                <Filters query=query.clone() people=trail.people/>
                <Entries query entries=trail.entries older=trail.older/>
            </Page>
        }
    })
}

#[component]
fn Entries(query: Query, entries: Vec<Entry>, #[prop(optional_no_strip)] older: Option<i64>) -> impl IntoView {
    if entries.is_empty() {
        return view! { <Nothing query/> }.into_any();
    }
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label="Activity">
            <table class="data">
                <caption class="visually-hidden">"Activity, the newest first"</caption>
                <thead>
                    <tr>
                        <th scope="col">"When"</th>
                        <th scope="col">"Who"</th>
                        <th scope="col">"What"</th>
                        <th scope="col">"About"</th>
                        <th scope="col">"Customer"</th>
                        <th scope="col">"Ids"</th>
                    </tr>
                </thead>
                <tbody>{entries.into_iter().map(|entry| view! { <Row entry/> }).collect_view()}</tbody>
            </table>
        </div>
        <Pager query older/>
    }
    .into_any()
}

#[component]
fn Nothing(query: Query) -> impl IntoView {
    if query.get("before").is_some() {
        let newest = query.without(&["before"]).link(paths::ACTIVITY);
        view! { <Empty title="Nothing older"><p><a href=newest>"Show the newest"</a></p></Empty> }.into_any()
    } else if FIELDS.iter().any(|field| query.get(field).is_some()) {
        view! { <Empty title="No entry matches"><p><a href=paths::ACTIVITY>"Clear the filter"</a></p></Empty> }
            .into_any()
    } else {
        view! {
            <Empty title="No activity yet">
                <p>"Every sign-in, order and report leaves an entry here that nobody can change."</p>
            </Empty>
        }
        .into_any()
    }
}

#[component]
fn Pager(query: Query, #[prop(optional_no_strip)] older: Option<i64>) -> impl IntoView {
    let newest = query.get("before").is_some().then(|| query.without(&["before"]).link(paths::ACTIVITY));
    let older = older.map(|id| query.with("before", &id.to_string()).link(paths::ACTIVITY));
    view! {
        <nav class="pager" aria-label="Pages">
            {newest.map(|href| view! { <a class="button quiet" href=href>"Newest"</a> })}
            {older.map(|href| view! { <a class="button" rel="next" href=href>"Older"</a> })}
        </nav>
    }
}

#[component]
fn Row(entry: Entry) -> impl IntoView {
    view! {
        <tr>
            <td data-label="When" class="nowrap"><TimeText at=entry.at/></td>
            <td data-label="Who">{entry.actor}</td>
            <td data-label="What">
                <Action action=entry.action intent=entry.intent.clone()/>
                {entry.price.map(|price| view! { <span class="sub">"Price at the time: "{price.display()}</span> })}
                {entry.note.map(|note| view! { <span class="sub">{note}</span> })}
                <Changes changes=entry.changes/>
            </td>
            <td data-label="About"><About subject=entry.subject/></td>
            <td data-label="Customer">
                {entry.customer.map(|(id, name)| view! { <a href=paths::customer(&id)>{name}</a> })}
            </td>
            <td data-label="Ids">
                {entry.intent.map(|id| view! {
                    <p class="sub">"Intent "<a href=paths::order(&id)><code class="id">{id.clone()}</code></a></p>
                })}
                {entry.correlation_id.map(|id| view! { <CorrelationId id/> })}
            </td>
        </tr>
    }
}

/// What was done; leads to the order it was about.
#[component]
fn Action(action: String, #[prop(optional_no_strip)] intent: Option<String>) -> impl IntoView {
    match intent {
        Some(intent) => view! { <a href=paths::order(&intent)>{action}</a> }.into_any(),
        None => action.into_any(),
    }
}

#[component]
fn About(subject: Subject) -> impl IntoView {
    let name = match subject.href {
        Some(href) => view! { <a href=href>{subject.text}</a> }.into_any(),
        None => subject.text.into_any(),
    };
    view! { {name}<span class="sub">{subject.sub}</span> }
}

#[component]
fn Changes(changes: Vec<Change>) -> impl IntoView {
    (!changes.is_empty()).then(|| {
        let summary = if changes.len() == 1 { "1 change".to_owned() } else { format!("{} changes", changes.len()) };
        view! {
            <details>
                <summary class="sub">{summary}</summary>
                {changes.into_iter().map(|change| view! { <Difference change/> }).collect_view()}
            </details>
        }
    })
}

#[component]
fn Difference(change: Change) -> impl IntoView {
    let field = (!change.field.is_empty()).then(|| view! { <span>{change.field}":"</span> });
    view! {
        <p class="diff">
            {field}
            {change.before.map(|before| view! { <del>{before}</del> })}
            {change.after.map(|after| view! { <ins>{after}</ins> })}
        </p>
    }
}
