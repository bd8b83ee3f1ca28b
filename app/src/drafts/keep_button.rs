use super::KeepDraft;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// Keeps the form at `path`, whose estimate cannot be had now.
#[component]
pub(crate) fn KeepAsDraft(path: String) -> impl IntoView {
    view! {
        <form class="stack" method="post" action=KeepDraft::PATH>
            <input type="hidden" name="path" value=path/>
            <p class="sub" id="about-drafts">
                "A draft is kept for 30 days. Go on with it when nothing stands in its way any more; it is priced anew before you order it."
            </p>
            <div><button class="button" type="submit" aria-describedby="about-drafts">"Keep as draft"</button></div>
        </form>
    }
}
