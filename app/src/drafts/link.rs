use super::data;
use crate::paths;
use leptos::prelude::*;

/// The way to one's drafts; nothing where there are none.
#[component]
pub(crate) fn DraftsLink() -> impl IntoView {
    Suspend::new(async {
        let count = data::count().await.unwrap_or_default();
        let words = if count == 1 { "1 draft".to_owned() } else { format!("{count} drafts") };
        (count > 0).then(|| view! { <p>"You have "<a href=paths::DRAFTS>{words}</a>"."</p> })
    })
}
