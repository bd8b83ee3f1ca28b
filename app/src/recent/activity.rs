use crate::activity::action_in_words;
use crate::ui::TimeText;
use backend::activity::Activity;
use leptos::prelude::*;

/// Rows of the activity in a panel, the newest first.
#[component]
pub(crate) fn ActivityPanel(
    title: &'static str,
    entries: Vec<Activity>,
    /// Where there is more of it.
    #[prop(optional, into)]
    more: Option<String>,
) -> impl IntoView {
    let id = title.to_lowercase().replace(' ', "-");
    let content = if entries.is_empty() {
        view! { <p class="sub">"Nothing has been done here yet."</p> }.into_any()
    } else {
        let items = entries.into_iter().map(|entry| view! { <Entry entry/> }).collect_view();
        view! { <ul class="list">{items}</ul> }.into_any()
    };
    view! {
        <section class="panel" aria-labelledby=id.clone()>
            <div class="panel-header">
                <h2 id=id.clone()>{title}</h2>
                {more.map(|href| view! { <a class="panel-link" href=href>"Show all"</a> })}
            </div>
            {content}
        </section>
    }
}

#[component]
fn Entry(entry: Activity) -> impl IntoView {
    let did = format!(" {}", action_in_words(&entry.action));
    let note = entry.note.map(|note| view! { <bdi>{note}</bdi>" · " });
    let customer = entry.customer.map(|(_, name)| view! { <bdi>{name}</bdi>" · " });
    view! {
        <li>
            <div>
                <bdi>{entry.actor}</bdi>
                {did}
                <span class="sub">{note}{customer}<TimeText at=entry.at/></span>
            </div>
        </li>
    }
}
