use super::data::{self, Every};
use super::order_proof_form::OrderProofForm;
use super::role_form::RoleForm;
use super::server_fns::CreateRole;
use crate::error::AppError;
use crate::paths;
use crate::settings::{Tab, Tabs, crumb};
use crate::ui::{ErrorSummary, Page, load};
use backend::roles::ListedRole;
use domain::{AssignedRole, Permission};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use uuid::Uuid;

/// `/settings/roles`
#[component]
pub(crate) fn RolesPage() -> impl IntoView {
    load(data::list(), |Every { roles, threshold, refused, refused_proof }| {
        let error = refused.as_ref().or(refused_proof.as_ref()).map(|flash| flash.error.clone());
        let hidden = vec![("form_token".to_owned(), Uuid::new_v4().to_string())];
        view! {
            <Page title="Roles" crumbs=vec![crumb()] refused=error.as_ref().is_some_and(AppError::is_refusal)>
                <Tabs current=Tab::Roles/>
                {error.map(|error| view! { <ErrorSummary error/> })}
                <Roles roles/>
                <section class="panel" aria-labelledby="make-role">
                    <div class="panel-header"><h2 id="make-role">"Make a role"</h2></div>
                    {view! { <RoleForm action=CreateRole::PATH hidden button="Make role" role=None refused/> }.into_any()}
                </section>
                {view! { <OrderProofForm threshold refused=refused_proof/> }.into_any()}
            </Page>
        }
    })
}

#[component]
fn Roles(roles: Vec<ListedRole>) -> impl IntoView {
    view! {
        <section class="panel" aria-labelledby="roles">
            <div class="panel-header"><h2 id="roles">"What people can be"</h2></div>
            <div class="table-wrap" tabindex="0" role="region" aria-label="Roles">
                <table class="data">
                    <thead>
                        <tr>
                            <th scope="col">"Name"</th>
                            <th scope="col">"Kind"</th>
                            <th scope="col">"Allows"</th>
                            <th scope="col">"Limits"</th>
                            <th scope="col">"Held by"</th>
                        </tr>
                    </thead>
                    <tbody>{roles.into_iter().map(|listed| view! { <Row listed/> }).collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
}

#[component]
fn Row(listed: ListedRole) -> impl IntoView {
    let ListedRole { role, held_by } = listed;
    let kind = if matches!(role, AssignedRole::BuiltIn(_)) { "always there" } else { "made here" };
    let allows = format!("{} of {} permissions", role.permissions().iter().count(), Permission::ALL.len());
    let limits = role.limits().in_words();
    let limits = if limits.is_empty() { "none".to_owned() } else { limits.join(". ") };
    let held_by = if held_by.is_empty() { "nobody".to_owned() } else { held_by.join(", ") };
    view! {
        <tr>
            <td data-label="Name"><a class="row-link" href=paths::role(role.as_str())>{role.label().to_owned()}</a></td>
            <td data-label="Kind">{kind}</td>
            <td data-label="Allows">{allows}</td>
            <td data-label="Limits">{limits}</td>
            <td data-label="Held by">{held_by}</td>
        </tr>
    }
}
