use super::operations::Operations;
use super::server_fns::ConsoleCall;
use crate::context::not_permitted;
use crate::error::AppError;
use crate::ui::{Field, SelectField, textarea_content};
use backend::console::{LARGEST_BODY, Typed};
use domain::Permission;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// The form's name in the session.
pub(super) const FORM: &str = "console_call";

/// What to call; sending a question answers it, sending a change leads to its confirmation.
#[component]
pub(super) fn CallForm(typed: Typed, may_write: bool, refused: Option<AppError>) -> impl IntoView {
    let methods = ["GET", "POST", "PATCH"].map(|method| (method.to_owned(), method.to_owned())).to_vec();
    let error = |field: &str| refused.as_ref().and_then(|refused| refused.field(field)).map(ToOwned::to_owned);
    let changes = if may_write {
        "What may change something is shown once more before it is sent.".to_owned()
    } else {
        let questions = "You may GET anything, and POST to /orders/estimate and /validation/parameters.";
        format!("{questions} {}", not_permitted(Permission::WriteInConsole))
    };
    view! {
        <form class="form" method="post" action=ConsoleCall::PATH>
            <SelectField name="method" label="Method" options=methods value=typed.method error=error("method")/>
            <Field
                name="path"
                label="Path"
                hint="Without the marketplace's address. A query may follow, as in /customers?limit=10."
                value=typed.path
                error=error("path")
                autocomplete="off"
                list="operations"
            />
            <Operations id="operations"/>
            <BodyField body=typed.body error=error("body")/>
            <p class="hint">{changes}</p>
            <div class="form-actions"><button class="button primary" type="submit">"Send"</button></div>
        </form>
    }
}

#[component]
fn BodyField(body: String, error: Option<String>) -> impl IntoView {
    let described_by = if error.is_some() { "body-hint body-error" } else { "body-hint" };
    let not_kept = body
        .contains(marketplace::HIDDEN)
        .then(|| format!(" What reads {} was not kept; enter it again.", marketplace::HIDDEN));
    view! {
        <div class="field">
            <label for="body">"Body"</label>
            <p class="hint" id="body-hint">{format!("JSON, for POST and PATCH; at most {} KB.", LARGEST_BODY / 1024)}{not_kept}</p>
            <textarea
                id="body"
                name="body"
                class="code"
                rows="6"
                spellcheck="false"
                autocomplete="off"
                autocapitalize="off"
                aria-describedby=described_by
                aria-invalid=error.is_some().then_some("true")
            >
                {textarea_content(&body)}
            </textarea>
            {error.map(|error| view! { <p class="field-error" id="body-error">{error}</p> })}
        </div>
    }
}
