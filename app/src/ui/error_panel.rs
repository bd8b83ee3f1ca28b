//! What went wrong, what was not done, and how to go on.

use super::{CorrelationId, Page};
use crate::context;
use crate::error::{AppError, Kind};
use crate::paths;
use domain::Permission;
use leptos::prelude::*;

/// An error in the place of a part of a page.
#[component]
pub(crate) fn ErrorPanel(error: AppError) -> impl IntoView {
    let heading = title(error.kind);
    view! { <Panel error heading/> }
}

/// An error in the place of a whole page.
#[component]
pub(crate) fn ErrorPage(error: AppError) -> impl IntoView {
    view! {
        <Page title=title(error.kind) refused=true>
            <Panel error/>
        </Page>
    }
}

fn title(kind: Kind) -> &'static str {
    match kind {
        Kind::SignInNeeded => "Sign in to see this",
        Kind::Forbidden => "You may not do this",
        Kind::ProofNeeded => "Confirm it is you",
        Kind::NotFound => "Not found",
        Kind::Invalid => "This address cannot be used",
        Kind::Conflict => "Something stands in the way",
        Kind::Marketplace => "The marketplace did not answer",
        Kind::Busy => "Too much at once",
        Kind::Internal => "Something went wrong",
    }
}

#[component]
fn Panel(error: AppError, #[prop(optional)] heading: Option<&'static str>) -> impl IntoView {
    let connection = error.kind == Kind::Marketplace && context::may(Permission::ManageConnection);
    let retry = matches!(error.kind, Kind::Marketplace | Kind::Busy | Kind::Internal | Kind::Conflict);
    view! {
        <section class="error-panel" role="alert" data-kind=format!("{:?}", error.kind)>
            {heading.map(|heading| view! { <h2>{heading}</h2> })}
            <p>{error.message}</p>
            {(!error.fields.is_empty()).then(|| view! {
                <ul>{error.fields.into_iter().map(|field| view! { <li>{field.message}</li> }).collect_view()}</ul>
            })}
            <p class="cluster">
                {retry.then(|| view! { <a class="button" href="">"Try again"</a> })}
                {connection.then(|| view! { <a class="button" href=paths::CONNECTION>"Check the connection"</a> })}
                <a href=paths::OVERVIEW>"Go to the overview"</a>
            </p>
            {error.correlation_id.map(|id| view! { <CorrelationId id/> })}
            {error.reference.map(|id| view! { <p class="sub">"Reference "<code class="id">{id}</code></p> })}
        </section>
    }
}

/// The page of a path that leads nowhere.
#[component]
pub(crate) fn NotFoundPage() -> impl IntoView {
    context::answer(AppError::new(Kind::NotFound, ""));
    view! {
        <Page title="Page not found">
            <div class="error-page">
                <p>"There is nothing at this address, or you may not see it."</p>
                <p><a class="button" href=paths::OVERVIEW>"Go to the overview"</a></p>
            </div>
        </Page>
    }
}
