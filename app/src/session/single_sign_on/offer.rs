use crate::context::backend;
use crate::paths;
use crate::url::Query;
use leptos::prelude::*;

/// The other way in, where there is one. A link and no form: browsers look where a form's answers lead.
#[component]
pub(crate) fn Offer(
    /// Where to go afterwards.
    #[prop(optional_no_strip, into)]
    next: Option<String>,
    /// The one-time link whose account is to be bound.
    #[prop(optional, into)]
    link: Option<String>,
    /// Whether it is the only way in.
    #[prop(optional)]
    alone: bool,
) -> impl IntoView {
    let is_set_up = backend().single_sign_on.is_some();
    let query = Query::default().with("next", &next.unwrap_or_default()).with("link", &link.unwrap_or_default());
    let class = if alone { "button primary" } else { "button" };
    is_set_up.then(|| {
        view! {
            {(!alone).then(|| view! { <p class="sub">"Or without a password:"</p> })}
            <p><a class=class href=query.link(paths::SINGLE_SIGN_ON)>"Continue with single sign-on"</a></p>
        }
    })
}
