use super::data::{self, Loaded};
use super::server_fns::DeleteDraft;
use crate::format;
use crate::paths;
use crate::ui::{Crumb, Empty, ErrorSummary, Icon, Page, TimeText, load};
use ::backend::drafts::Draft;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// `/drafts`
#[component]
pub(crate) fn DraftsPage() -> impl IntoView {
    load(data::all(), |Loaded { drafts, kept, refused }| {
        let is_refused = refused.is_some();
        view! {
            <Page title="Drafts" crumbs=vec![Crumb::new("Orders", paths::ORDERS)] refused=is_refused>
                {refused.map(|flash| view! { <ErrorSummary error=flash.error/> })}
                {kept.map(|title| view! { <Kept title/> })}
                {if drafts.is_empty() {
                    view! {
                        <Empty title="No drafts">
                            <p>"Where no estimate can be had, a form can be kept here instead."</p>
                        </Empty>
                    }
                    .into_any()
                } else {
                    view! {
                        <p>
                            "None of this is ordered. Going on with a draft opens its form, which is priced anew. "
                            "Only you see your drafts; each is kept for 30 days."
                        </p>
                        <section class="panel" aria-label="Drafts">
                            <ul class="list">{drafts.into_iter().map(|draft| view! { <Item draft/> }).collect_view()}</ul>
                        </section>
                    }
                    .into_any()
                }}
            </Page>
        }
    })
}

#[component]
fn Kept(title: String) -> impl IntoView {
    view! {
        <div class="notice" data-tone="good" role="status">
            <Icon name="check"/>
            <div><p class="notice-title">"Kept as draft"</p><p>{title}". Nothing was ordered."</p></div>
        </div>
    }
}

#[component]
fn Item(draft: Draft) -> impl IntoView {
    let parameters = parameters(&draft);
    let Draft { id, title, path, customer_id, customer_name, subscription_id, subscription_name, created_at, .. } =
        draft;
    let of = format!(" {title}");
    let customer = customer_id.map(|id| {
        let name = customer_name.unwrap_or_else(|| id.clone());
        view! { <a href=paths::customer(&id)>{name}</a>" · " }
    });
    let subscription = subscription_id.map(|id| {
        let name = subscription_name.unwrap_or_else(|| id.clone());
        view! { <a href=paths::subscription(&id)>{name}</a>" · " }
    });
    view! {
        <li>
            <div>
                {title}
                <span class="sub">{customer}{subscription}"kept "<TimeText at=created_at/></span>
                {parameters.map(|text| view! { <span class="sub">{text}</span> })}
            </div>
            <div class="cluster">
                <a class="button" href=path>"Continue"<span class="visually-hidden">{of.clone()}</span></a>
                <form method="post" action=DeleteDraft::PATH>
                    <input type="hidden" name="draft" value=id.to_string()/>
                    <button class="button quiet" type="submit">"Delete"<span class="visually-hidden">{of}</span></button>
                </form>
            </div>
        </li>
    }
}

/// Until when the activation parameters are kept, which can be personal and so are kept for a shorter time.
fn parameters(draft: &Draft) -> Option<String> {
    if !draft.has_parameters {
        return None;
    }
    Some(match draft.parameters_until {
        Some(until) => format!(
            "Its activation parameters are kept until {}; after that you are asked for them again.",
            format::date_time(until)
        ),
        None => "Its activation parameters were kept for a working day and are gone; you are asked for them again."
            .to_owned(),
    })
}
