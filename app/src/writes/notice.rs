use super::{data, words};
use crate::ui::{Icon, TimeText, load};
use backend::writes::OpenWrite;
use domain::WriteState;
use leptos::prelude::*;

/// What is not confirmed yet, or was not carried out, of one thing; without an `id` of all things of that kind.
#[component]
pub(crate) fn Unconfirmed(kind: &'static str, #[prop(optional, into)] id: Option<String>) -> impl IntoView {
    let writes = async move {
        match id {
            Some(id) => data::of_subject(kind, id).await,
            None => data::of_kind(kind).await,
        }
    };
    load(writes, |writes| writes.into_iter().map(|write| view! { <Notice write/> }).collect_view())
}

#[component]
fn Notice(write: OpenWrite) -> impl IntoView {
    let absent = write.state == WriteState::Absent;
    let title = match write.state {
        WriteState::Sending => format!("A change by {} is being sent", write.asked_by),
        WriteState::Absent => format!("A change by {} was not carried out", write.asked_by),
        _ => format!("A change by {} is not confirmed yet", write.asked_by),
    };
    view! {
        <div class="notice" data-tone="warn">
            <Icon name=if absent { "warning" } else { "clock" }/>
            <div>
                <p class="notice-title">{title}</p>
                <p>{words::title(write.kind)}", asked for "<TimeText at=write.asked_at/>". "{words::meaning(&write)}</p>
            </div>
        </div>
    }
}
