use crate::ui::SelectField;
use domain::Role;
use leptos::prelude::*;

/// One of the roles.
#[component]
pub(super) fn RoleField(
    #[prop(optional_no_strip, into)] value: Option<String>,
    #[prop(optional_no_strip, into)] error: Option<String>,
) -> impl IntoView {
    let options = Role::ALL.map(|role| (role.as_str().to_owned(), role.label().to_owned())).into();
    view! {
        <SelectField
            name="role"
            label="Role"
            options
            value
            error
            hint="Each may do all that those before it may: a viewer looks, a technician changes seats, an account manager orders \
                  and sees costs, an admin does everything."
        />
    }
}
