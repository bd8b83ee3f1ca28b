//! The frame of a page: where it is, what it is called, how old its facts are, what can be done.

use crate::paths;
use leptos::prelude::*;
use leptos_meta::Title;

/// A step of the way to a page.
#[derive(Clone, Debug)]
pub(crate) struct Crumb {
    /// What it is called.
    pub(crate) label: String,
    /// Where it leads.
    pub(crate) href: String,
}

impl Crumb {
    /// A step called `label` that leads to `href`.
    pub(crate) fn new(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self { label: label.into(), href: href.into() }
    }
}

/// A page with its header. `badge`, `actions` and `as_of` stand in the header.
#[component]
pub(crate) fn Page(
    #[prop(into)] title: String,
    #[prop(optional)] crumbs: Vec<Crumb>,
    #[prop(optional, into)] badge: Option<AnyView>,
    #[prop(optional, into)] as_of: Option<AnyView>,
    #[prop(optional, into)] actions: Option<AnyView>,
    /// Puts "Error: " into the title, so that a screen reader says it first.
    #[prop(optional)]
    refused: bool,
    /// What the header is about, where it is to follow it: `data-live`.
    #[prop(optional_no_strip, into)]
    live: Option<String>,
    children: Children,
) -> impl IntoView {
    let document_title = format!("{}{title} · Seatboard", if refused { "Error: " } else { "" });
    view! {
        <Title text=document_title/>
        <header class="page-header" id="page-header" data-live=live>
            {(!crumbs.is_empty()).then(|| view! { <Breadcrumbs crumbs/> })}
            <div class="page-title"><h1>{title}</h1>{badge}</div>
            {as_of}
            {actions.map(|actions| view! { <div class="page-actions">{actions}</div> })}
        </header>
        {children()}
    }
}

#[component]
fn Breadcrumbs(crumbs: Vec<Crumb>) -> impl IntoView {
    view! {
        <nav class="breadcrumbs" aria-label="Breadcrumb">
            <ol>
                <li><a href=paths::OVERVIEW>"Overview"</a></li>
                {crumbs.into_iter().map(|crumb| view! { <li><a href=crumb.href>{crumb.label}</a></li> }).collect_view()}
            </ol>
        </nav>
    }
}
