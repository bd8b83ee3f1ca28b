use crate::ui::SelectField;
use domain::AssignedRole;
use leptos::prelude::*;

/// One of the roles.
#[component]
pub(super) fn RoleField(
    /// Those that can be given.
    roles: Vec<AssignedRole>,
    #[prop(optional_no_strip, into)] value: Option<String>,
    #[prop(optional_no_strip, into)] error: Option<String>,
) -> impl IntoView {
    let options = roles.iter().map(|role| (role.as_str().to_owned(), role.label().to_owned())).collect();
    view! {
        <SelectField
            name="role"
            label="Role"
            options
            value
            error
            hint="A viewer looks, a technician changes seats, a reports manager sees costs and schedules reports, an account \
                  manager and an approver order and approve, an admin does everything. Settings, Roles says what each allows."
        />
    }
}
