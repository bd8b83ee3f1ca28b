use crate::ui::{CopyButton, Icon};
use leptos::prelude::*;
use secrecy::{ExposeSecret, SecretString};

/// The recovery codes that were just made, shown this once.
#[component]
pub(super) fn CodesNotice(codes: Vec<SecretString>) -> impl IntoView {
    let lines: Vec<&str> = codes.iter().map(ExposeSecret::expose_secret).collect();
    let lines = lines.join("\n");
    view! {
        <div class="notice" data-tone="good" role="status" tabindex="-1" autofocus>
            <Icon name="check"/>
            <div class="stack">
                <p class="notice-title">"Keep these recovery codes"</p>
                <p>
                    "Each signs you in once, in the place of a code of the app, when you do not have your phone. They are shown only \
                     now. Codes made before do not work any more."
                </p>
                <pre id="recovery-codes" tabindex="0" role="region" aria-label="Recovery codes">{lines}</pre>
                <p><CopyButton label="Copy the codes" from="recovery-codes"/></p>
            </div>
        </div>
    }
}
