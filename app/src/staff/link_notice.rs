use crate::context::backend;
use crate::paths;
use crate::ui::{CopyButton, Icon};
use leptos::prelude::*;
use secrecy::{ExposeSecret, SecretString};

/// The link that was just made, shown this once.
#[component]
pub(super) fn LinkNotice(name: String, token: SecretString) -> impl IntoView {
    let address = format!("{}{}", backend().public_url.trim_end_matches('/'), paths::welcome(token.expose_secret()));
    view! {
        <div class="notice" data-tone="good" role="status" tabindex="-1" autofocus>
            <Icon name="check"/>
            <div class="stack">
                <p class="notice-title">"Hand this link over to "{name}" yourself"</p>
                <p>
                    "Seatboard sends no e-mail, and shows the link only now. Whoever has it sets the password, so give it to nobody \
                     else. A link made before does not work any more."
                </p>
                <p class="cluster"><code class="id" id="one-time-link">{address}</code><CopyButton from="one-time-link"/></p>
            </div>
        </div>
    }
}
