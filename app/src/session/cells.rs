use super::browser::in_words;
use crate::ui::TimeText;
use backend::session_store::OpenSession;
use leptos::prelude::*;

/// What every table of sessions says of one: the browser, marked where it is this one, and when.
#[component]
pub(super) fn Cells(session: OpenSession) -> impl IntoView {
    view! {
        <td data-label="Browser">
            {in_words(session.browser.as_deref())}
            {session.is_this.then(|| view! { " "<span class="badge" data-tone="info">"This browser"</span> })}
        </td>
        <td data-label="Signed in"><TimeText at=session.signed_in_at/></td>
        <td data-label="Last seen"><TimeText at=session.seen_at/></td>
    }
}
