use super::data::{self, Contents, Loaded};
use super::list_page::kind_words;
use super::period;
use super::preview_table::PreviewTable;
use super::progress::Progress;
use crate::live;
use crate::paths;
use crate::ui::{AsOf, Badge, Crumb, DateText, Empty, ErrorPanel, Page, load};
use crate::url::Query;
use backend::reports::Report;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use time::OffsetDateTime;

/// `/reports/{id}`
#[component]
pub(crate) fn ReportPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    let query = Query::of_page();
    load(data::get(id, query.clone()), move |loaded| {
        let Loaded { report, now, contents } = loaded;
        let about = report.is_under_way().then(|| live::report(&report.id));
        view! {
            <Page
                title=report.name.clone()
                crumbs=vec![Crumb::new("Reports", paths::REPORTS)]
                badge=view! { <Badge text=report.status.clone()/> }.into_any()
                as_of=view! { <AsOf at=Some(report.as_of)/> }.into_any()
                actions=download_button(&report, &contents)
                live=about.clone()
            >
                {facts(&report, now, about.clone())}
                <section class="panel" aria-labelledby="progress-heading">
                    <div class="panel-header"><h2 id="progress-heading">"Progress"</h2></div>
                    <Progress report=report.clone()/>
                </section>
                <div class="stack" id="contents" data-live=about>{contents_view(report, query, contents)}</div>
            </Page>
        }
    })
}

fn facts(report: &Report, now: OffsetDateTime, live: Option<String>) -> impl IntoView + use<> {
    let kept = report.kept_until().map(|until| {
        let gone = until <= now;
        view! {
            <div>
                <dt>{if gone { "File was kept until" } else { "File is kept until" }}</dt>
                <dd><DateText day=until.date()/>" (90 days)"</dd>
            </div>
        }
    });
    let fact = |term, value: Option<String>| value.map(|value| view! { <div><dt>{term}</dt><dd>{value}</dd></div> });
    view! {
        <dl class="facts" id="facts" data-live=live>
            {fact("Covers", period::of_report(report))}
            {fact("Format", Some(report.format.to_uppercase()))}
            {fact("Kind", Some(kind_words(&report.kind)))}
            {fact("Variant", report.customisation.clone())}
            {fact("Asked for by", report.requested_by.clone())}
            {kept}
            <div><dt>"Id"</dt><dd><code class="id">{report.id.clone()}</code></dd></div>
        </dl>
    }
}

fn download_button(report: &Report, contents: &Contents) -> AnyView {
    let reason = match contents {
        Contents::There(_) => {
            let href = paths::report_download(&report.id);
            return view! { <a class="button primary" href=href download>"Download"</a> }.into_any();
        }
        Contents::NotThere if report.is_under_way() => "The report is not finished yet.",
        Contents::NotThere => "There is no file.",
        Contents::Gone => "The marketplace no longer keeps the file.",
        Contents::NotPermitted => "Reports contain costs, which your role does not let you see.",
    };
    view! {
        <span class="disabled-action">
            <button class="button" type="button" disabled aria-describedby="download-reason">"Download"</button>
            <span class="reason" id="download-reason">{reason}</span>
        </span>
    }
    .into_any()
}

fn contents_view(report: Report, query: Query, contents: Contents) -> AnyView {
    match contents {
        Contents::There(Ok(Some(preview))) => view! { <PreviewTable id=report.id query preview/> }.into_any(),
        Contents::There(Ok(None)) => {
            let text = format!("{} files are not shown here. Download it to look at it.", report.format.to_uppercase());
            view! { <Empty title="No preview of this format"><p>{text}</p></Empty> }.into_any()
        }
        Contents::There(Err(error)) => view! { <ErrorPanel error/> }.into_any(),
        Contents::NotPermitted => view! {
            <Empty title="You may not see what is in this report">
                <p>"Reports contain costs. An account manager or admin can look at it and download it."</p>
            </Empty>
        }
        .into_any(),
        Contents::Gone => view! {
            <Empty title="The file is gone">
                <p>"The marketplace keeps a report's file for 90 days. Schedule the report again for the same period."</p>
            </Empty>
        }
        .into_any(),
        Contents::NotThere => ().into_any(),
    }
}
