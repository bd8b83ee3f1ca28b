use super::data::{self, Start};
use super::recent::Recent;
use super::server_fns::CheckMatching;
use crate::flash::Flash;
use crate::format;
use crate::paths;
use crate::ui::{Crumb, ErrorSummary, Page, load, textarea_content};
use backend::matching::{MAX_BYTES, MAX_EXTERNAL_ID_CHARS, MAX_ROWS};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// `/customers/matching`
#[component]
pub(crate) fn MatchingPage() -> impl IntoView {
    load(data::start(), |Start { recent, refused }| {
        let error = refused.as_ref().map(|flash| flash.error.clone());
        let is_refused = refused.is_some();
        view! {
            <Page title="Match in bulk" crumbs=vec![Crumb::new("Customers", paths::CUSTOMERS)] refused=is_refused>
                {error.map(|error| view! { <ErrorSummary error/> })}
                <p>
                    "Give customers their number in your own system and say who looks after them, many at once, from a table. \
                    You see what each row comes to before anything is changed."
                </p>
                <Columns/>
                <Forms refused/>
                {view! { <Recent batches=recent/> }.into_any()}
            </Page>
        }
    })
}

#[component]
fn Columns() -> impl IntoView {
    view! {
        <section class="panel stack" aria-labelledby="columns">
            <div class="panel-header"><h2 id="columns">"The table"</h2></div>
            <p>"Its first line names the columns, in any order; other columns are not used. Commas, semicolons or tabs separate."</p>
            <dl class="facts rows">
                <div><dt><code>"customer"</code></dt><dd>"The id, or the exact name where no other customer has it."</dd></div>
                <div>
                    <dt><code>"external id"</code></dt>
                    <dd>{format!("Your number of the customer, at most {MAX_EXTERNAL_ID_CHARS} characters. Empty: it stays as it is.")}</dd>
                </div>
                <div>
                    <dt><code>"account managers"</code></dt>
                    <dd>"E-mail addresses of staff members, separated by semicolons; they replace those who are there. Empty: they stay. A hyphen alone: nobody."</dd>
                </div>
            </dl>
            <p class="cluster">
                <a class="button" href=paths::MATCHING_EXPORT download>"Download what is there now"</a>
                <span class="sub">"Edit it in a spreadsheet and delete the rows that stay as they are."</span>
            </p>
        </section>
    }
}

#[component]
fn Forms(refused: Option<Flash>) -> impl IntoView {
    let typed = refused.as_ref().and_then(|flash| flash.value("csv")).unwrap_or_default().to_owned();
    let error = |field: &str| refused.as_ref().and_then(|flash| flash.error.field(field)).map(ToOwned::to_owned);
    let limit = format!(
        "At most {} rows and {} KB at a time.",
        format::grouped(i64::try_from(MAX_ROWS).unwrap_or(i64::MAX)),
        MAX_BYTES / 1024
    );
    let (text_error, file_error) = (error("csv"), error("file"));
    view! {
        <form class="form" method="post" action=CheckMatching::PATH>
            <div class="field">
                <label for="csv">"CSV"</label>
                <p class="hint" id="csv-hint">"Paste the table, also straight from a spreadsheet. "{limit.clone()}</p>
                <textarea
                    id="csv"
                    name="csv"
                    rows="10"
                    spellcheck="false"
                    autocomplete="off"
                    aria-describedby=described_by("csv", text_error.is_some())
                    aria-invalid=text_error.is_some().then_some("true")
                >
                    {textarea_content(&typed)}
                </textarea>
                {text_error.map(|error| view! { <p class="field-error" id="csv-error">{error}</p> })}
            </div>
            <div class="form-actions"><button class="button primary" type="submit">"Check"</button></div>
        </form>
        <form class="form" method="post" action=paths::MATCHING_FILE enctype="multipart/form-data">
            <div class="field">
                <label for="file">"CSV file"</label>
                <p class="hint" id="file-hint">"Instead of pasting. Saved as “CSV UTF-8”. "{limit}</p>
                <input
                    type="file"
                    id="file"
                    name="file"
                    accept=".csv,.txt,.tsv,text/csv"
                    aria-describedby=described_by("file", file_error.is_some())
                    aria-invalid=file_error.is_some().then_some("true")
                />
                {file_error.map(|error| view! { <p class="field-error" id="file-error">{error}</p> })}
            </div>
            <div class="form-actions"><button class="button" type="submit">"Check the file"</button></div>
        </form>
    }
}

fn described_by(field: &str, refused: bool) -> String {
    if refused { format!("{field}-hint {field}-error") } else { format!("{field}-hint") }
}
