use super::abilities::Abilities;
use super::data;
use super::role_form::RoleForm;
use super::server_fns::{DeleteRole, EditRole};
use crate::paths;
use crate::settings::crumb;
use crate::ui::{Crumb, Disabled, ErrorSummary, Hidden, Page, load};
use backend::roles::ListedRole;
use domain::{AssignedRole, CustomRole};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_params_map;

/// `/settings/roles/{id}`
#[component]
pub(crate) fn RolePage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    load(data::one(id), |(ListedRole { role, held_by }, refused)| {
        let error = refused.as_ref().map(|flash| flash.error.clone());
        let crumbs = vec![crumb(), Crumb::new("Roles", paths::ROLES)];
        view! {
            <Page title=role.label().to_owned() crumbs refused=error.is_some()>
                {error.map(|error| view! { <ErrorSummary error/> })}
                {match role {
                    AssignedRole::BuiltIn(_) => view! { <BuiltIn role/> }.into_any(),
                    AssignedRole::Custom(role) => {
                        let hidden = of(&role);
                        view! {
                            <section class="panel" aria-labelledby="edit-role">
                                <div class="panel-header"><h2 id="edit-role">"What it allows"</h2></div>
                                <RoleForm action=EditRole::PATH hidden button="Save role" role=Some(role.clone()) refused/>
                                <p class="sub">"A change holds from the next click of everybody who has the role."</p>
                            </section>
                            <Delete role held_by/>
                        }
                        .into_any()
                    }
                }}
            </Page>
        }
    })
}

#[component]
fn BuiltIn(role: AssignedRole) -> impl IntoView {
    view! {
        <section class="panel stack" aria-labelledby="allows">
            <div class="panel-header"><h2 id="allows">"What it allows"</h2></div>
            <p class="sub">"This role is always there and stays as it is. Make another one where it does not fit."</p>
            <Abilities role/>
        </section>
    }
}

#[component]
fn Delete(role: CustomRole, held_by: Vec<String>) -> impl IntoView {
    let body = if held_by.is_empty() {
        view! {
            <form method="post" action=DeleteRole::PATH>
                <Hidden fields=of(&role)/>
                <button class="button danger" type="submit">"Delete role"</button>
            </form>
        }
        .into_any()
    } else {
        let reason = format!("In use by {}. Give them another role first.", held_by.join(", "));
        view! { <Disabled class="button danger" label="Delete role" reason/> }.into_any()
    };
    view! {
        <section class="panel stack" aria-labelledby="delete-role">
            <div class="panel-header"><h2 id="delete-role">"Delete"</h2></div>
            {body}
        </section>
    }
}

fn of(role: &CustomRole) -> Vec<(String, String)> {
    vec![("role".to_owned(), role.id.clone())]
}
