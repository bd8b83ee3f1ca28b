use super::{ScheduleReport, data, period};
use crate::flash::Flash;
use crate::paths;
use crate::ui::{Crumb, ErrorSummary, Field, Page, SelectField, load};
use crate::url::Query;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use time::Date;

/// What its refused posts are kept under.
pub(super) const FORM: &str = "schedule_report";

/// `/reports/new`
#[component]
pub(crate) fn NewReportPage() -> impl IntoView {
    let query = Query::of_page();
    load(data::new_form(query.clone()), move |form| {
        let refused = form.refused.is_some();
        let error = form.refused.as_ref().map(|flash| flash.error.clone());
        view! {
            <Page title="Schedule report" crumbs=vec![Crumb::new("Reports", paths::REPORTS)] refused>
                {error.map(|error| view! { <ErrorSummary error/> })}
                <Periods query=query.clone() today=form.today/>
                <NewReportForm query form/>
            </Page>
        }
    })
}

/// Links that fill in a period.
#[component]
fn Periods(query: Query, today: Date) -> impl IntoView {
    let chosen = data::starting_period(&query, today);
    let chips = [("Last month", period::last_month(today)), ("This month", period::this_month(today))];
    view! {
        <nav class="chips" aria-label="Periods">
            {chips
                .into_iter()
                .map(|(label, (from, to))| {
                    let href = query.with("from", &from.to_string()).with("to", &to.to_string()).link(paths::NEW_REPORT);
                    let current = ((from, to) == chosen).then_some("true");
                    view! { <a class="chip" href=href aria-current=current>{label}</a> }
                })
                .collect_view()}
        </nav>
    }
}

#[component]
fn NewReportForm(query: Query, form: data::NewForm) -> impl IntoView {
    let (from, to) = data::starting_period(&query, form.today);
    let value = |field: &str, otherwise: Option<String>| {
        let typed = form.refused.as_ref().and_then(|flash| flash.value(field)).map(ToOwned::to_owned);
        typed.or_else(|| query.get(field).map(ToOwned::to_owned)).or(otherwise)
    };
    let fault = |field: &str| message(form.refused.as_ref(), field);
    let formats = backend::reports::FORMATS.map(|format| (format.to_owned(), format.to_uppercase())).to_vec();
    view! {
        <form class="form" method="post" action=ScheduleReport::PATH>
            <NameField names=form.names.clone() value=value("name", None) error=fault("name")/>
            <SelectField name="format" label="Format" options=formats value=value("format", Some("csv".into())) error=fault("format")/>
            <div class="field-row">
                <Field name="from" label="From" kind="date" value=value("from", Some(from.to_string())) error=fault("from")/>
                <Field
                    name="to"
                    label="To"
                    kind="date"
                    value=value("to", Some(to.to_string()))
                    error=fault("to")
                />
            </div>
            <p class="hint">"Both days are covered, from midnight to midnight UTC. The marketplace keeps the file for 90 days."</p>
            <input type="hidden" name="form_token" value=form.form_token.to_string()/>
            <div class="form-actions">
                <button class="button primary" type="submit">"Schedule report"</button>
                <a class="button quiet" href=paths::REPORTS>"Cancel"</a>
            </div>
        </form>
    }
}

/// The marketplace takes only names that are configured there: those used before are offered, another can be typed.
#[component]
fn NameField(
    names: Vec<String>,
    #[prop(optional_no_strip)] value: Option<String>,
    #[prop(optional_no_strip)] error: Option<String>,
) -> impl IntoView {
    if names.is_empty() {
        let hint = "Exactly as it is configured at the marketplace.";
        return view! { <Field name="name" label="Report name" value hint error/> }.into_any();
    }
    let typed = Query::default().with("name_entry", "typed").link(paths::NEW_REPORT);
    let options = names.into_iter().map(|name| (name.clone(), name)).collect();
    view! {
        <SelectField name="name" label="Report name" options value error/>
        <p class="sub"><a href=typed>"Use a name that is not in the list"</a></p>
    }
    .into_any()
}

fn message(refused: Option<&Flash>, field: &str) -> Option<String> {
    refused?.error.field(field).map(ToOwned::to_owned)
}
