use super::server_fns::SetFactorPolicy;
use domain::Role;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// Which roles must have a second factor.
#[component]
pub(super) fn PolicyForm(required: Vec<Role>) -> impl IntoView {
    let boxes = Role::ALL.into_iter().enumerate().map(|(index, role)| {
        let checked = required.contains(&role);
        view! {
            <label class="check">
                <input type="checkbox" name=format!("roles[{index}]") value=role.as_str() checked=checked/>
                <span>{role.label()}</span>
            </label>
        }
    });
    view! {
        <section class="panel" aria-labelledby="factor-policy">
            <div class="panel-header"><h2 id="factor-policy">"Second factor"</h2></div>
            <form class="form" method="post" action=SetFactorPolicy::PATH>
                <p class="hint">
                    "It is recommended to everybody. Those who must have one and have none set it up with their next click, and can do \
                     nothing else before; that holds for you too."
                </p>
                <fieldset id="roles">
                    <legend>"Roles that must have one"</legend>
                    {boxes.collect_view()}
                </fieldset>
                <div class="form-actions"><button class="button" type="submit">"Save roles"</button></div>
            </form>
        </section>
    }
}
