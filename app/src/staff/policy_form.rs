use super::server_fns::SetFactorPolicy;
use crate::flash::Flash;
use backend::staff::factor::Requirement;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// Which roles must have a second factor.
#[component]
pub(super) fn PolicyForm(requirements: Vec<Requirement>, refused: Option<Flash>) -> impl IntoView {
    let error = refused.as_ref().and_then(|flash| flash.error.field("roles")).map(ToOwned::to_owned);
    let described = error.as_ref().map(|_| "roles-error");
    let boxes =
        requirements.into_iter().enumerate().map(|(index, Requirement { role, is_required, may_be_changed })| {
            let why_not = (!may_be_changed).then_some(" (may do more than you: ask an admin)");
            view! {
                <label class="check">
                    <input
                        type="checkbox"
                        name=format!("roles[{index}]")
                        value=role.as_str().to_owned()
                        checked=is_required
                        disabled=!may_be_changed
                    />
                    <span>{role.label().to_owned()}{why_not}</span>
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
                <fieldset id="roles" aria-describedby=described>
                    <legend>"Roles that must have one"</legend>
                    {error.map(|error| view! { <p class="field-error" id="roles-error">{error}</p> })}
                    {boxes.collect_view()}
                </fieldset>
                <div class="form-actions"><button class="button" type="submit">"Save roles"</button></div>
            </form>
        </section>
    }
}
