use super::{data, words};
use crate::paths;
use crate::ui::{Badge, TimeText, load};
use crate::url::Query;
use backend::writes::OpenWrite;
use leptos::prelude::*;

/// Overview: every change of which nobody knows yet whether it was carried out, and those that were not. Nothing where there
/// is none.
#[component]
pub(crate) fn UnconfirmedPanel(query: Query) -> impl IntoView {
    load(data::all(query), |writes| {
        if writes.is_empty() {
            return ().into_any();
        }
        view! {
            <section class="panel" aria-labelledby="unconfirmed">
                <div class="panel-header"><h2 id="unconfirmed">"Changes not confirmed"</h2></div>
                <ul class="list">{writes.into_iter().map(|write| view! { <Item write/> }).collect_view()}</ul>
            </section>
        }
        .into_any()
    })
}

#[component]
fn Item(write: OpenWrite) -> impl IntoView {
    let (status, tone) = words::status(write.state);
    let meaning = words::meaning(&write);
    let title = match &write.subject_name {
        Some(name) => format!("{}: {name}", words::title(write.kind)),
        None => words::title(write.kind).to_owned(),
    };
    let customer = write.customer.as_ref().filter(|_| write.kind.subject() != "customer");
    let customer = customer.map(|(_, name)| format!("{name} · "));
    view! {
        <li>
            <div>
                {match href(&write) {
                    Some(href) => view! { <a href=href>{title}</a> }.into_any(),
                    None => title.into_any(),
                }}
                <span class="sub">{customer}{write.asked_by}" · "<TimeText at=write.asked_at/>" · "{meaning}</span>
            </div>
            <Badge text=status tone/>
        </li>
    }
}

fn href(write: &OpenWrite) -> Option<String> {
    let id = write.subject_id.as_deref()?;
    match write.kind.subject() {
        "customer" => Some(paths::customer(id)),
        "subscription" => Some(paths::subscription(id)),
        "order" => Some(paths::order(id)),
        "reseller" => Some(paths::reseller(id)),
        _ => None,
    }
}
