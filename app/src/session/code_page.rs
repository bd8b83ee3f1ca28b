use super::half;
use super::{SecondStep, SignOut};
use crate::error::AppError;
use crate::flash::{self, Flash};
use crate::ui::{ErrorSummary, Field, load};
use crate::url::Query;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::Title;

/// What refused posts of this page are kept under.
pub(super) const FORM: &str = "second_step";

/// `/sign-in/code`: for those who have shown their password.
#[component]
pub(crate) fn CodePage() -> impl IntoView {
    let next = Query::of_page().get("next").map(ToOwned::to_owned);
    load(loaded(), |refused| view! { <Form refused next/> })
}

async fn loaded() -> Result<Option<Flash>, AppError> {
    half::staff_id().await?;
    Ok(flash::take(FORM).await)
}

#[component]
fn Form(refused: Option<Flash>, next: Option<String>) -> impl IntoView {
    let error = refused.as_ref().and_then(|flash| flash.error.field("code")).map(ToOwned::to_owned);
    let title = if refused.is_some() { "Error: Enter your code · Seatboard" } else { "Enter your code · Seatboard" };
    let hidden = move || next.clone().map(|next| view! { <input type="hidden" name="next" value=next/> });
    view! {
        <Title text=title/>
        <h1>"Enter your code"</h1>
        {refused.map(|flash| view! { <ErrorSummary error=flash.error/> })}
        <form class="form" method="post" action=SecondStep::PATH>
            <Field
                name="code"
                label="Code"
                hint="The six digits that your authenticator app shows for Seatboard."
                inputmode="numeric"
                autocomplete="one-time-code"
                value=None
                error
                autofocus=true
            />
            {hidden()}
            <div class="form-actions"><button class="button primary" type="submit">"Go on"</button></div>
        </form>
        <details class="fold">
            <summary>"I do not have my phone"</summary>
            <form class="form" method="post" action=SecondStep::PATH>
                <Field
                    name="code"
                    id="recovery"
                    label="Recovery code"
                    hint="One of those that you kept when you set it up. Each works once. Have you lost them? Ask an admin."
                    autocomplete="off"
                    value=None
                />
                {hidden()}
                <div class="form-actions"><button class="button" type="submit">"Use recovery code"</button></div>
            </form>
        </details>
        <form method="post" action=SignOut::PATH><button class="button quiet" type="submit">"Sign out"</button></form>
    }
}
