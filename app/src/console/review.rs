use super::server_fns::ConsoleSend;
use crate::error::AppError;
use crate::paths;
use crate::ui::{Crumb, ErrorSummary, Page};
use backend::console::Typed;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use uuid::Uuid;

/// The form's name in the session.
pub(super) const FORM: &str = "console_send";

/// A change once more, before it is sent: what, to where, and what that means.
#[component]
pub(super) fn ReviewPage(
    draft: Uuid,
    typed: Typed,
    address: Option<String>,
    refused: Option<AppError>,
) -> impl IntoView {
    let crumbs = vec![Crumb::new("API console", paths::CONSOLE)];
    let is_refused = refused.as_ref().is_some_and(AppError::is_refusal);
    let sure = refused.as_ref().and_then(|refused| refused.field("sure")).map(ToOwned::to_owned);
    let edit = paths::console_edit(&draft.to_string());
    view! {
        <Page title="Send a change" crumbs refused=is_refused>
            {refused.map(|error| view! { <ErrorSummary error/> })}
            <dl class="review">
                <div>
                    <dt>"Call"</dt>
                    <dd><code class="id">{format!("{} {}", typed.method, typed.path)}</code></dd>
                    <dd><a href=edit>"Change"<span class="visually-hidden">" the call"</span></a></dd>
                </div>
                {address.map(|address| view! { <div><dt>"To"</dt><dd><code class="id">{address}</code></dd></div> })}
            </dl>
            <pre tabindex="0" role="region" aria-label="Body to be sent">{typed.body}</pre>
            <p>"This is carried out at once at the real marketplace, and recorded in the activity under your name."</p>
            <Confirm draft error=sure/>
        </Page>
    }
}

#[component]
fn Confirm(draft: Uuid, error: Option<String>) -> impl IntoView {
    let invalid = error.is_some().then_some("true");
    let described_by = error.is_some().then_some("sure-error");
    view! {
        <form class="form" method="post" action=ConsoleSend::PATH>
            <input type="hidden" name="draft" value=draft.to_string()/>
            <div class="field">
                <label class="check">
                    <input id="sure" type="checkbox" name="sure" value="yes" required
                        aria-invalid=invalid aria-describedby=described_by/>
                    <span>"I know that this changes something at the marketplace"</span>
                </label>
                {error.map(|error| view! { <p class="field-error" id="sure-error">{error}</p> })}
            </div>
            <div class="form-actions">
                <button class="button danger" type="submit">"Send the change"</button>
                <a class="button quiet" href=paths::CONSOLE>"Back"</a>
            </div>
        </form>
    }
}
