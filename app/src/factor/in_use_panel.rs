use super::server_fns::{RemoveFactor, RenewRecoveryCodes};
use crate::ui::TimeText;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use time::OffsetDateTime;

/// What there is, and what can be done about it.
#[component]
pub(super) fn InUsePanel(since: OffsetDateTime, codes_left: i64) -> impl IntoView {
    view! {
        <section class="panel stack" aria-labelledby="factor-in-use">
            <div class="panel-header"><h2 id="factor-in-use">"Authenticator app"</h2></div>
            <p>"After your password you are asked for a code of the app, or for a recovery code."</p>
            <dl class="facts">
                <div><dt>"In use since"</dt><dd><TimeText at=since/></dd></div>
                <div><dt>"Recovery codes left"</dt><dd>{codes_left}</dd></div>
            </dl>
            <div class="cluster">
                <form method="post" action=RenewRecoveryCodes::PATH>
                    <button class="button" type="submit">"Make new recovery codes"</button>
                </form>
                <form method="post" action=RemoveFactor::PATH>
                    <button class="button danger" type="submit">"Remove second factor"</button>
                </form>
            </div>
            <p class="sub">"Do you have another phone? Remove the second factor and set it up anew."</p>
        </section>
    }
}
