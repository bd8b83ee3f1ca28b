use super::role_field::RoleField;
use super::server_fns::InviteStaff;
use crate::flash::Flash;
use crate::ui::Field;
use domain::AssignedRole;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// Somebody new, who gets a link to set their password themselves.
#[component]
pub(super) fn InviteForm(roles: Vec<AssignedRole>, refused: Option<Flash>) -> impl IntoView {
    let value = |field: &str| refused.as_ref().and_then(|flash| flash.value(field)).map(ToOwned::to_owned);
    let error = |field: &str| refused.as_ref().and_then(|flash| flash.error.field(field)).map(ToOwned::to_owned);
    view! {
        <section class="panel" aria-labelledby="invite">
            <div class="panel-header"><h2 id="invite">"Invite somebody"</h2></div>
            <form class="form" method="post" action=InviteStaff::PATH>
                <p class="hint">
                    "You get a link that works once, for three days. Hand it over yourself: Seatboard sends no e-mail. They set \
                     their password with it."
                </p>
                <Field name="name" label="Name" value=value("name") error=error("name") autocomplete="off"/>
                <Field
                    name="email"
                    label="Email"
                    kind="email"
                    hint="They sign in with it."
                    value=value("email")
                    error=error("email")
                    autocomplete="off"
                />
                <RoleField roles value=value("role") error=error("role")/>
                <div class="form-actions"><button class="button primary" type="submit">"Invite"</button></div>
            </form>
        </section>
    }
}
