use leptos::prelude::*;
use uuid::Uuid;

/// Makes a form one wish: however often it is posted, one call is made.
#[component]
pub(crate) fn FormToken() -> impl IntoView {
    view! { <input type="hidden" name="form_token" value=Uuid::new_v4().to_string()/> }
}
