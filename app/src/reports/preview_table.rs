use super::data::preview_page;
use crate::paths;
use crate::ui::Empty;
use crate::url::Query;
use backend::reports::{Column, Preview};
use leptos::prelude::*;

/// What is in a report, a page at a time.
#[component]
pub(super) fn PreviewTable(id: String, query: Query, preview: Preview) -> impl IntoView {
    if preview.rows.is_empty() && preview.before == 0 {
        return view! { <Empty title="This report has no rows"><p>"Nothing was rated in its period."</p></Empty> }
            .into_any();
    }
    let before = preview.before;
    let columns = preview.columns.clone();
    let rows = preview.rows.clone();
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label="Rows of this report">
            <table class="data preview">
                <caption class="visually-hidden">"Rows of this report"</caption>
                <Head columns=columns.clone()/>
                <tbody>
                    {rows
                        .into_iter()
                        .enumerate()
                        .map(|(index, cells)| row(before + index + 1, cells, &columns))
                        .collect_view()}
                </tbody>
            </table>
        </div>
        <PreviewPager id query preview/>
    }
    .into_any()
}

#[component]
fn Head(columns: Vec<Column>) -> impl IntoView {
    view! {
        <thead>
            <tr>
                <th scope="col"><span class="visually-hidden">"Row"</span></th>
                {columns
                    .into_iter()
                    .map(|column| view! { <th scope="col" class=column.numeric.then_some("num")>{column.name}</th> })
                    .collect_view()}
            </tr>
        </thead>
    }
}

/// A cell cut off by its column's width shows its whole text in its tooltip.
fn row(number: usize, cells: Vec<String>, columns: &[Column]) -> impl IntoView + use<> {
    let cells = cells
        .into_iter()
        .zip(columns)
        .map(|(cell, column)| {
            let title = (cell.chars().count() > 40).then(|| cell.clone());
            view! { <td class=column.numeric.then_some("num") title=title>{cell}</td> }
        })
        .collect_view();
    view! { <tr><th scope="row">{number}</th>{cells}</tr> }
}

#[component]
fn PreviewPager(id: String, query: Query, preview: Preview) -> impl IntoView {
    let page = preview_page(&query) + 1;
    let path = paths::report(&id);
    let link = |page: usize| query.with("rows", &page.to_string()).link(&path);
    let (first, last) = (preview.before + 1, preview.before + preview.rows.len());
    let cut = (preview.cut && !preview.more).then_some(" The report goes on; download it to see all of it.");
    view! {
        <nav class="pager" aria-label="Pages of rows">
            <p class="count">{format!("Rows {first} to {last}.")}{cut}</p>
            {(page > 1).then(|| view! { <a class="button" rel="prev" href=link(page - 1)>"Previous"</a> })}
            {preview.more.then(|| view! { <a class="button" rel="next" href=link(page + 1)>"Next"</a> })}
        </nav>
    }
}
