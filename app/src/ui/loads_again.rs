use crate::context::BY_ITSELF;
use crate::url::Query;
use leptos::prelude::*;

/// Without scripts the page loads itself again after so many seconds. Its address then says so, because that is nothing a
/// person does and must not prolong their session.
#[component]
pub(crate) fn LoadsAgain(seconds: u8) -> impl IntoView {
    let address = Query::of_page().with(BY_ITSELF, "1").link("");
    view! { <noscript><meta http-equiv="refresh" content=format!("{seconds};url={address}")/></noscript> }
}

/// The address of this page for a person who loads it again.
pub(crate) fn this_page() -> String {
    format!("?{}", Query::of_page().without(&[BY_ITSELF]).link("").trim_start_matches('?'))
}
