use crate::ui::Field;
use leptos::prelude::*;

/// Where a new password is typed or pasted, and for whom: password managers store it under that address.
#[component]
pub(super) fn NewPassword(
    name: &'static str,
    email: String,
    #[prop(optional_no_strip, into)] error: Option<String>,
    #[prop(optional)] autofocus: bool,
) -> impl IntoView {
    view! {
        <input type="text" value=email autocomplete="username" readonly hidden/>
        <Field
            name=name
            label="New password"
            kind="password"
            autocomplete="new-password"
            hint="At least 12 characters; spaces, any script and pasting are welcome. A few unrelated words make a good password. \
                  It is only asked for once."
            value=None
            error=error
            autofocus=autofocus
        />
    }
}
