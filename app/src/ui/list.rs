//! The parts every list shares: filters, sortable heads, the pager, and what to say when there is nothing.

use crate::url::Query;
use crate::{format, paths};
use backend::list::{Count, Cursor, ListRequest, Page};
use leptos::prelude::*;

/// Fields of the query that belong to the list itself, not to its filter.
const LIST_FIELDS: [&str; 3] = ["sort", "order", "page"];

/// What the query asks of the list. A damaged page link leads to the first page.
pub(crate) fn list_request(query: &Query) -> ListRequest {
    ListRequest {
        sort: query.get("sort").map(ToOwned::to_owned),
        reversed: query.get("order") == Some("reversed"),
        cursor: query.get("page").and_then(|page| page.parse().ok()),
    }
}

/// The filter of a list: a plain form, whose fields are the children.
#[component]
pub(crate) fn FilterForm(
    path: &'static str,
    query: Query,
    fields: &'static [&'static str],
    children: Children,
) -> impl IntoView {
    let replaced: Vec<&str> = fields.iter().copied().chain(["page"]).collect();
    let filtered = fields.iter().any(|field| query.get(field).is_some());
    let clear = query.without(&replaced).link(path);
    view! {
        <form class="filters" method="get" action=path role="search">
            {children()}
            {query
                .others(&replaced)
                .into_iter()
                .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
                .collect_view()}
            <button class="button" type="submit">"Filter"</button>
            {filtered.then(|| view! { <a class="button quiet" href=clear>"Clear all"</a> })}
        </form>
    }
}

/// A column head that sorts.
#[component]
pub(crate) fn SortHeader(
    label: &'static str,
    name: &'static str,
    path: &'static str,
    query: Query,
    /// The name of the column sorted by now, and whether it descends.
    sorted: (&'static str, bool),
    #[prop(optional)] numeric: bool,
) -> impl IntoView {
    let active = sorted.0 == name;
    let aria = active.then_some(if sorted.1 { "descending" } else { "ascending" });
    let plain = query.without(&LIST_FIELDS).with("sort", name);
    let reverse = active && query.get("order") != Some("reversed");
    let href = if reverse { plain.with("order", "reversed") } else { plain }.link(path);
    view! {
        <th scope="col" class=numeric.then_some("num") aria-sort=aria><a class="sort" href=href>{label}</a></th>
    }
}

/// Takes away as a file what the list's query leaves, on all its pages, in the same order.
#[component]
pub(crate) fn ExportLink(path: &'static str, query: Query) -> impl IntoView {
    let href = query.without(&["page"]).link(&paths::export(path));
    view! { <a class="button" href=href download>"Export CSV"</a> }
}

/// How many rows there are, and the way to the pages beside this one.
#[component]
pub(crate) fn ListFooter(
    path: &'static str,
    query: Query,
    noun: (&'static str, &'static str),
    pages: Pages,
) -> impl IntoView {
    let count = match pages.count {
        Count::Exactly(1) => format!("1 {}", noun.0),
        Count::Exactly(count) => format!("{} {}", format::grouped(count), noun.1),
        Count::MoreThan(count) => format!("more than {} {}", format::grouped(count), noun.1),
    };
    let link = |cursor: Option<Cursor>| cursor.map(|cursor| query.with("page", &cursor.to_string()).link(path));
    let first = query.get("page").is_some().then(|| query.without(&["page"]).link(path));
    view! {
        <nav class="pager" aria-label="Pages">
            <p class="count">{count}</p>
            {first.map(|href| view! { <a class="button quiet" href=href>"First"</a> })}
            {link(pages.previous).map(|href| view! { <a class="button" rel="prev" href=href>"Previous"</a> })}
            {link(pages.next).map(|href| view! { <a class="button" rel="next" href=href>"Next"</a> })}
        </nav>
    }
}

/// What the footer needs of a page.
#[derive(Clone, Debug)]
pub(crate) struct Pages {
    previous: Option<Cursor>,
    next: Option<Cursor>,
    count: Count,
}

impl<T> From<&Page<T>> for Pages {
    fn from(page: &Page<T>) -> Self {
        Self { previous: page.previous.clone(), next: page.next.clone(), count: page.count }
    }
}

/// Nothing to show, and why, and what to do about it.
#[component]
pub(crate) fn Empty(#[prop(into)] title: String, #[prop(optional)] children: Option<Children>) -> impl IntoView {
    view! { <div class="empty"><h2>{title}</h2>{children.map(|children| children())}</div> }
}
