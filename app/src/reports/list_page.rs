use super::{data, period};
use crate::paths;
use crate::ui::{AsOf, Badge, Empty, Field, FilterForm, ListFooter, Page, SelectField, SortHeader, TimeText, load};
use crate::url::Query;
use crate::writes::Unconfirmed;
use backend::list;
use backend::reports::Report;
use leptos::prelude::*;

const FILTER_FIELDS: &[&str] = &["search", "status", "kind", "format", "from", "to"];

/// `/reports`
#[component]
pub(crate) fn ReportsPage() -> impl IntoView {
    let query = Query::of_page();
    load(data::list(query.clone()), move |data::Listed { page, as_of, may_schedule }| {
        view! {
            <Page
                title="Reports"
                as_of=view! { <AsOf at=as_of/> }.into_any()
                actions=view! { <ScheduleLink may_schedule/> }.into_any()
            >
                {view! { <Unconfirmed kind="report"/> }.into_any()}
                <Filters query=query.clone()/>
                <Table query page may_schedule/>
            </Page>
        }
    })
}

#[component]
fn ScheduleLink(may_schedule: bool) -> impl IntoView {
    if may_schedule {
        view! { <a class="button primary" href=paths::NEW_REPORT>"Schedule report"</a> }.into_any()
    } else {
        view! {
            <span class="disabled-action">
                <button class="button" type="button" disabled aria-describedby="schedule-reason">"Schedule report"</button>
                <span class="reason" id="schedule-reason">"Your role does not let you schedule reports."</span>
            </span>
        }
        .into_any()
    }
}

#[component]
fn Filters(query: Query) -> impl IntoView {
    let statuses = ["submitted", "processing", "completed", "error", "unknown"];
    let kinds = ["onetime", "daily", "monthly", "periodic", "on_invoice", "unknown"];
    let value = |field| query.get(field).map(ToOwned::to_owned);
    let (search, status, kind, format) = (value("search"), value("status"), value("kind"), value("format"));
    let (from, to) = (value("from"), value("to"));
    view! {
        <FilterForm path=paths::REPORTS query fields=FILTER_FIELDS>
            <Field name="search" label="Search" kind="search" value=search/>
            <SelectField name="status" label="Status" options=choices("Any status", &statuses) value=status/>
            <SelectField name="kind" label="Kind" options=choices("Any kind", &kinds) value=kind/>
            <SelectField name="format" label="Format" options=formats() value=format/>
            <Field name="from" label="Covers from" kind="date" value=from/>
            <Field name="to" label="Covers until" kind="date" value=to/>
        </FilterForm>
    }
}

fn choices(any: &str, values: &[&str]) -> Vec<(String, String)> {
    let words = values.iter().map(|value| ((*value).to_owned(), kind_words(value)));
    std::iter::once((String::new(), any.to_owned())).chain(words).collect()
}

fn formats() -> Vec<(String, String)> {
    let formats = backend::reports::FORMATS.map(|format| (format.to_owned(), format.to_uppercase()));
    std::iter::once((String::new(), "Any format".to_owned())).chain(formats).collect()
}

/// `on_invoice` reads `on invoice`, `onetime` reads `one-time`.
pub(super) fn kind_words(kind: &str) -> String {
    if kind == "onetime" { "one-time".to_owned() } else { kind.replace('_', " ") }
}

#[component]
fn Table(query: Query, page: list::Page<Report>, may_schedule: bool) -> impl IntoView {
    if page.rows.is_empty() {
        let filtered = FILTER_FIELDS.iter().any(|field| query.get(field).is_some());
        return view! { <NoReports filtered may_schedule/> }.into_any();
    }
    let sorted = (page.sort, page.descending);
    let pages = (&page).into();
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label="Reports">
            <table class="data">
                <caption class="visually-hidden">"Reports"</caption>
                <thead>
                    <tr>
                        <SortHeader label="Name" name="name" path=paths::REPORTS query=query.clone() sorted/>
                        <SortHeader label="Status" name="status" path=paths::REPORTS query=query.clone() sorted/>
                        <th scope="col">"Covers"</th>
                        <th scope="col">"Format"</th>
                        <th scope="col">"Kind"</th>
                        <th scope="col">"Asked for by"</th>
                        <SortHeader label="Created" name="created" path=paths::REPORTS query=query.clone() sorted/>
                    </tr>
                </thead>
                <tbody>{page.rows.into_iter().map(|row| view! { <Row row/> }).collect_view()}</tbody>
            </table>
        </div>
        <ListFooter path=paths::REPORTS query noun=("report", "reports") pages/>
    }
    .into_any()
}

#[component]
fn Row(row: Report) -> impl IntoView {
    let covers = period::of_report(&row);
    view! {
        <tr>
            <td data-label="Name">
                <a class="row-link" href=paths::report(&row.id)>{row.name}</a>
                <span class="sub">{row.customisation}</span>
            </td>
            <td data-label="Status"><Badge text=row.status/></td>
            <td data-label="Covers">{covers}</td>
            <td data-label="Format">{row.format.to_uppercase()}</td>
            <td data-label="Kind">{kind_words(&row.kind)}</td>
            <td data-label="Asked for by">{row.requested_by}</td>
            <td data-label="Created" class="nowrap">{row.created_at.map(|at| view! { <TimeText at/> })}</td>
        </tr>
    }
}

#[component]
fn NoReports(filtered: bool, may_schedule: bool) -> impl IntoView {
    if filtered {
        return view! {
            <Empty title="No report matches"><p><a href=paths::REPORTS>"Clear the filter"</a></p></Empty>
        }
        .into_any();
    }
    view! {
        <Empty title="No reports yet">
            <p>"Reports appear here once they were scheduled here or read from the marketplace."</p>
            {may_schedule.then(|| view! { <p><a class="button" href=paths::NEW_REPORT>"Schedule report"</a></p> })}
        </Empty>
    }
    .into_any()
}
