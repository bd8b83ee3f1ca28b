use crate::ui::Field;
use backend::staff::MIN_PASSWORD_CHARS;
use leptos::prelude::*;

/// Where a new password is typed or pasted, and for whom: password managers store it under that address.
#[component]
pub(super) fn NewPassword(
    name: &'static str,
    email: String,
    #[prop(optional_no_strip, into)] error: Option<String>,
    #[prop(optional)] autofocus: bool,
) -> impl IntoView {
    let hint = format!(
        "At least {MIN_PASSWORD_CHARS} characters; spaces, any script and pasting are welcome. A few unrelated words make a good \
         password. It is only asked for once."
    );
    view! {
        <input type="text" value=email autocomplete="username" readonly hidden/>
        <Field
            name=name
            label="New password"
            kind="password"
            autocomplete="new-password"
            hint=hint
            value=None
            error=error
            autofocus=autofocus
        />
    }
}
