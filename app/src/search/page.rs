use super::answer::{Hit, Section};
use super::data::{self, Answer};
use crate::ui::{Badge, Field, Page, load};
use crate::url::Query;
use crate::{context, paths};
use leptos::prelude::*;

/// `/search`
#[component]
pub(crate) fn SearchPage() -> impl IntoView {
    let text = Query::of_page().get("q").unwrap_or_default().to_owned();
    load(data::find(text), move |answer| {
        view! {
            <Page title="Search">
                <Form text=answer.text.clone()/>
                <Results answer/>
            </Page>
        }
    })
}

#[component]
fn Form(text: String) -> impl IntoView {
    let is_new = text.is_empty();
    view! {
        <form class="filters" method="get" action=paths::SEARCH role="search">
            <Field
                name="q"
                label="Search for"
                kind="search"
                hint="Any id, name, domain, order number or PO number"
                autocomplete="off"
                autofocus=is_new
                value=text
            />
            <button class="button" type="submit">"Search"</button>
        </form>
    }
}

/// `public/palette.js` takes over what is in here, and says the count.
#[component]
fn Results(answer: Answer) -> impl IntoView {
    let Answer { text, sections, is_near } = answer;
    let is_nothing = sections.is_empty();
    let counted: Vec<String> = sections.iter().map(Section::counted).collect();
    let count = match (is_nothing, is_near) {
        (true, _) => format!("Nothing found for \u{201c}{text}\u{201d}"),
        (false, true) => format!("Nothing is called \u{201c}{text}\u{201d}; these are close"),
        (false, false) => counted.join(", "),
    };
    view! {
        <div id="results" class="stack">
            <p class="count">{count}</p>
            {sections.into_iter().map(|section| view! { <SectionView section/> }).collect_view()}
            {is_nothing.then(|| view! { <p class="sub">{looked_for()}</p> })}
        </div>
    }
}

fn looked_for() -> String {
    let resellers = if context::has_resellers() { "resellers, " } else { "" };
    format!(
        "Looked for among the names, ids, domains, order numbers and PO numbers of customers, subscriptions, orders, \
         products, plans, {resellers}and among Seatboard's own pages."
    )
}

#[component]
fn SectionView(section: Section) -> impl IntoView {
    let heading = format!("found-{}", section.id);
    let rest = section.rest();
    view! {
        <section class="panel" aria-labelledby=heading.clone()>
            <div class="panel-header">
                <h2 id=heading.clone()>{section.title}</h2>
                {rest.map(|(label, href)| view! { <a class="panel-link" href=href>{label}</a> })}
            </div>
            <ul class="list">{section.hits.into_iter().map(|hit| view! { <HitView hit/> }).collect_view()}</ul>
        </section>
    }
}

#[component]
fn HitView(hit: Hit) -> impl IntoView {
    let Hit { href, title, sub, status } = hit;
    view! {
        <li>
            <div>
                <a href=href>{title}</a>
                {(!sub.is_empty()).then(|| view! { <p class="sub">{sub}</p> })}
            </div>
            {status.map(|status| view! { <Badge text=status/> })}
        </li>
    }
}
