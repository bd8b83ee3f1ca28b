use super::ChangePassword;
use super::new_password::NewPassword;
use crate::context::{self, backend};
use crate::error::AppError;
use crate::flash::{self, Flash};
use crate::settings::{Tab, Tabs, crumb};
use crate::ui::{ErrorSummary, Field, Icon, Page, load};
use backend::staff::{Staff, single_sign_on};
use domain::Permission;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// What refused posts of this page are kept under.
const FORM: &str = "change_password";

/// `/settings/password`
#[component]
pub(crate) fn PasswordPage() -> impl IntoView {
    load(loaded(), |(staff, refused, changed)| {
        let lets_in = single_sign_on::lets_in_by_password(&backend(), &staff.role);
        let error = refused.as_ref().map(|flash| flash.error.clone());
        view! {
            <Page title="Password" crumbs=vec![crumb()] refused=error.is_some()>
                <Tabs current=Tab::Password/>
                {changed.then(|| view! { <Changed/> })}
                {error.map(|error| view! { <ErrorSummary error/> })}
                {if lets_in { view! { <Form staff refused/> }.into_any() } else { view! { <NotUsed/> }.into_any() }}
            </Page>
        }
    })
}

async fn loaded() -> Result<(Staff, Option<Flash>, bool), AppError> {
    let staff = context::require(Permission::Browse)?;
    Ok((staff, flash::take(FORM).await, flash::told(FORM).await.unwrap_or_default()))
}

#[component]
fn NotUsed() -> impl IntoView {
    view! { <p>"You sign in by single sign-on. A password does not let you in here."</p> }
}

#[component]
fn Changed() -> impl IntoView {
    view! {
        <div class="notice" data-tone="good" role="status" tabindex="-1" autofocus>
            <Icon name="check"/>
            <div>
                <p class="notice-title">"Your password is changed"</p>
                <p>"Wherever else you were signed in, you are not any more."</p>
            </div>
        </div>
    }
}

#[component]
fn Form(staff: Staff, refused: Option<Flash>) -> impl IntoView {
    let error = |field: &str| refused.as_ref().and_then(|flash| flash.error.field(field)).map(ToOwned::to_owned);
    view! {
        <section class="panel" aria-labelledby="change-password">
            <div class="panel-header"><h2 id="change-password">"Change your password"</h2></div>
            <form class="form" method="post" action=ChangePassword::PATH>
                <p class="hint">"You stay signed in here and are signed out everywhere else."</p>
                <Field
                    name="current"
                    label="Current password"
                    kind="password"
                    autocomplete="current-password"
                    value=None
                    error=error("current")
                />
                <NewPassword name="new" email=staff.email error=error("new")/>
                <div class="form-actions"><button class="button primary" type="submit">"Change password"</button></div>
            </form>
        </section>
    }
}
