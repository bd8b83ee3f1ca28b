use super::qr::Qr;
use super::server_fns::{BeginFactor, ConfirmFactor};
use crate::flash::Flash;
use crate::paths::segment;
use crate::ui::{CopyButton, Field};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use secrecy::{ExposeSecret, SecretString};

/// The key, to scan or to type, and the code that shows that the app has it.
#[component]
pub(super) fn SetUpPanel(email: String, key_text: SecretString, refused: Option<Flash>) -> impl IntoView {
    let error = refused.as_ref().and_then(|flash| flash.error.field("code")).map(ToOwned::to_owned);
    let address = address(&email, &key_text);
    view! {
        <section class="panel stack" aria-labelledby="set-up-factor">
            <div class="panel-header"><h2 id="set-up-factor">"Set up your authenticator app"</h2></div>
            <p>"Scan this with the app, or type the key into it. It is shown for half an hour, until you confirm it."</p>
            <Qr text=address/>
            <p class="cluster">
                "Key: "<code class="id" id="factor-key">{grouped(&key_text)}</code><CopyButton from="factor-key"/>
            </p>
            <form class="form" method="post" action=ConfirmFactor::PATH>
                <Field
                    name="code"
                    label="Code"
                    hint="The six digits that the app shows for Seatboard now."
                    inputmode="numeric"
                    autocomplete="one-time-code"
                    value=None
                    error
                />
                <div class="form-actions"><button class="button primary" type="submit">"Confirm"</button></div>
            </form>
            <form method="post" action=BeginFactor::PATH>
                <button class="button" type="submit">"Begin again with another key"</button>
            </form>
        </section>
    }
}

/// What apps read from the QR code.
fn address(email: &str, key: &SecretString) -> SecretString {
    let (email, key) = (segment(email), key.expose_secret());
    let text =
        format!("otpauth://totp/Seatboard:{email}?secret={key}&issuer=Seatboard&algorithm=SHA1&digits=6&period=30");
    text.into()
}

/// In groups of four, which apps ignore.
fn grouped(key: &SecretString) -> String {
    let symbols: Vec<char> = key.expose_secret().chars().collect();
    symbols.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn apps_read_whose_key_it_is_and_nothing_in_an_address_adds_to_it() {
        let read = address("ana+a&secret=B@seatboard.example", &"JBSWY3DP".into());
        assert_eq!(
            read.expose_secret(),
            "otpauth://totp/Seatboard:ana%2Ba%26secret%3DB%40seatboard.example?secret=JBSWY3DP&issuer=Seatboard\
             &algorithm=SHA1&digits=6&period=30"
        );
    }

    #[test]
    fn a_key_is_shown_in_groups() {
        assert_eq!(grouped(&"GEZDGNBVGY3T".into()), "GEZD GNBV GY3T");
    }
}
