use domain::{AssignedRole, Permission};
use leptos::prelude::*;

/// Every permission, whether the role has it, and how much of it at once.
#[component]
pub(crate) fn Abilities(role: AssignedRole) -> impl IntoView {
    let limits = role.limits().in_words();
    let orders = role.permissions().may_order();
    view! {
        {if limits.is_empty() && !orders {
            ().into_any()
        } else if limits.is_empty() {
            view! { <p class="sub">"Orders of any value, and any number of seats."</p> }.into_any()
        } else {
            let limits = limits.into_iter().map(|limit| view! { <li>{limit}</li> }).collect_view();
            view! { <ul class="list">{limits}</ul> }.into_any()
        }}
        <div class="table-wrap" tabindex="0" role="region" aria-label="Permissions">
            <table class="data">
                <thead>
                    <tr>
                        <th scope="col">"Permission"</th>
                        <th scope="col">"Allowed"</th>
                        <th scope="col">"Why"</th>
                    </tr>
                </thead>
                <tbody>
                    {Permission::ALL.map(|permission| view! { <Row role=role.clone() permission/> }).collect_view()}
                </tbody>
            </table>
        </div>
    }
}

#[component]
fn Row(role: AssignedRole, permission: Permission) -> impl IntoView {
    let (allowed, why) = if role.may(permission) {
        ("yes", format!("The role {role} includes it"))
    } else {
        ("no", format!("The role {role} does not include it"))
    };
    view! {
        <tr>
            <td data-label="Permission">{sentence(permission)}</td>
            <td data-label="Allowed">{allowed}</td>
            <td data-label="Why">{why}</td>
        </tr>
    }
}

/// The same for whoever is signed in.
#[component]
pub(crate) fn OwnAbilities(role: AssignedRole) -> impl IntoView {
    view! {
        <section class="panel stack" aria-labelledby="abilities">
            <div class="panel-header"><h2 id="abilities">"Exactly what you may do"</h2></div>
            <p class="sub">{format!("Your role is {role}. Whoever manages the staff can give you another one.")}</p>
            <Abilities role/>
        </section>
    }
}

/// What the permission allows, as a sentence begins.
pub(super) fn sentence(permission: Permission) -> String {
    let mut letters = permission.description().chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
