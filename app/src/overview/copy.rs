//! What stands on the overview before there is anything to look over.

use crate::ui::{Empty, Icon};
use crate::{context, format, paths};
use backend::sync::CollectionProgress;
use domain::Permission;
use leptos::prelude::*;

/// How far the first copy is; nothing once every list has been read completely.
#[component]
pub(super) fn FirstCopy(copy: Vec<CollectionProgress>) -> impl IntoView {
    let first = copy.iter().any(|copy| copy.as_of.is_none() && copy.started_at.is_some());
    first.then(|| {
        view! {
            <section class="panel" aria-labelledby="first-copy">
                <div class="panel-header">
                    <h2 id="first-copy">"Reading the marketplace for the first time"</h2>
                    <span class="sub">"What has been read can be used already."</span>
                    <a class="panel-link" href="">"Reload"</a>
                </div>
                <ul class="list">{copy.into_iter().map(item).collect_view()}</ul>
            </section>
        }
    })
}

fn item(copy: CollectionProgress) -> AnyView {
    let name = copy.collection.to_string();
    let label = format!("{name}: how much has been read");
    let done = format::grouped(copy.done.into());
    let words = match (copy.as_of, copy.total) {
        (Some(_), _) => "complete".to_owned(),
        (None, Some(total)) => format!("{done} of {}", format::grouped(total.into())),
        (None, None) => "waiting".to_owned(),
    };
    let bar = copy.as_of.is_none().then_some(copy.total).flatten().map(|total| {
        view! { <progress aria-label=label max=total.max(1) value=copy.done></progress> }
    });
    view! { <li><div>{name}{bar}</div><span class="sub num">{words}</span></li> }.into_any()
}

/// Whether nothing was ever read.
pub(super) fn never_read(copy: &[CollectionProgress]) -> bool {
    copy.iter().all(|copy| copy.started_at.is_none())
}

/// A fresh installation: what to do before there is anything to see.
#[component]
pub(super) fn Fresh(connected: bool) -> impl IntoView {
    if connected {
        return view! {
            <Empty title="About to read the marketplace">
                <p>"The connection is configured. Reading begins as soon as the server has signed in with it."</p>
                <p><a class="button" href="">"Reload"</a></p>
            </Empty>
        }
        .into_any();
    }
    let may_connect = context::may(Permission::ManageConnection);
    view! {
        <Empty title="The marketplace is not connected yet">
            <ToConnect may_connect/>
        </Empty>
    }
    .into_any()
}

/// On an installation that has a copy but cannot go on reading.
#[component]
pub(super) fn NotConnected(connected: bool) -> impl IntoView {
    (!connected).then(|| {
        let may_connect = context::may(Permission::ManageConnection);
        view! {
            <div class="notice" data-tone="warn" role="status">
                <Icon name="warning"/>
                <div>
                    <p class="notice-title">"The marketplace is not connected"</p>
                    <p>"What is shown is what was read before."</p>
                    <ToConnect may_connect/>
                </div>
            </div>
        }
    })
}

/// The way on, for those who may go it.
#[component]
fn ToConnect(may_connect: bool) -> impl IntoView {
    if may_connect {
        view! {
            <p>"The marketplace's control panel shows what is needed, on its page “Marketplace API”."</p>
            <p><a class="button" href=paths::CONNECTION>"Connect the marketplace"</a></p>
        }
        .into_any()
    } else {
        view! { <p>"Ask an admin to connect the marketplace."</p> }.into_any()
    }
}
