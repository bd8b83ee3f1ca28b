use super::server_fns::{RemoveFactor, RenewRecoveryCodes};
use crate::flash::Flash;
use crate::ui::{Field, TimeText};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use time::OffsetDateTime;

/// What there is, and what can be done about it.
#[component]
pub(super) fn InUsePanel(since: OffsetDateTime, codes_left: i64, refused: Option<Flash>) -> impl IntoView {
    let error = refused.as_ref().and_then(|flash| flash.error.field("code")).map(ToOwned::to_owned);
    view! {
        <section class="panel stack" aria-labelledby="factor-in-use">
            <div class="panel-header"><h2 id="factor-in-use">"Authenticator app"</h2></div>
            <p>"After your password you are asked for a code of the app, or for a recovery code."</p>
            <dl class="facts">
                <div><dt>"In use since"</dt><dd><TimeText at=since/></dd></div>
                <div><dt>"Recovery codes left"</dt><dd>{codes_left}</dd></div>
            </dl>
            <form class="form" method="post" action=RenewRecoveryCodes::PATH>
                <Field
                    name="code"
                    label="Code"
                    hint="Of the app, or a recovery code: to make sure that it is you."
                    value=None
                    error=error
                    autocomplete="one-time-code"
                />
                <div class="form-actions">
                    <button class="button" type="submit">"Make new recovery codes"</button>
                    <button class="button danger" type="submit" formaction=RemoveFactor::PATH>"Remove second factor"</button>
                </div>
            </form>
            <p class="sub">"Do you have another phone? Remove the second factor and set it up anew."</p>
        </section>
    }
}
