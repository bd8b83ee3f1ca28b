use super::data::Told;
use super::server_fns::{SaveConnection, TestConnection};
use crate::flash::Flash;
use crate::ui::Field;
use backend::connection::{CODES, Current, InUse, Source, URLS};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// What was typed before, and what was wrong with it.
pub(super) struct Entered {
    pub(super) refused: Option<Flash>,
    pub(super) told: Option<Told>,
}

impl Entered {
    fn value(&self, field: &str) -> Option<&str> {
        let told = self.told.as_ref().and_then(|told| told.value(field));
        told.or_else(|| self.refused.as_ref().and_then(|flash| flash.value(field)))
    }

    fn error(&self, field: &str) -> Option<String> {
        self.refused.as_ref()?.error.field(field).map(ToOwned::to_owned)
    }

    /// Something was typed, and the secrets of it are gone.
    fn is_anything(&self) -> bool {
        self.value("url").is_some()
    }
}

/// Where the marketplace is and who signs in there.
#[component]
pub(super) fn ConnectionForm(current: Current, entered: Entered) -> impl IntoView {
    let in_use = current.in_use.as_ref();
    let value = |field: &str, now: fn(&InUse) -> &str| entered.value(field).or(in_use.map(now)).map(ToOwned::to_owned);
    let secret_hint = secret_hint(in_use.is_some(), entered.is_anything());
    let key_end = in_use.map(|in_use| match &in_use.source {
        Source::Settings { key_hint, .. } if !key_hint.is_empty() => format!("In use: ends in {key_hint}"),
        _ => "In use, not shown".to_owned(),
    });
    view! {
        <section class="panel" aria-labelledby="set-up">
            <div class="panel-header"><h2 id="set-up">"Set up the connection"</h2></div>
            <form class="form" method="post" action=SaveConnection::PATH autocomplete="off">
                <p class="hint">
                    "All of this is on the page “Marketplace API” of the marketplace's control panel. API access is a \
                     product there, without a price, that has to be ordered first."
                </p>
                <Field
                    name="url"
                    label="Marketplace URL"
                    hint="With its path, which differs by region."
                    value=value("url", |in_use| &in_use.url)
                    error=entered.error("url")
                    inputmode="url"
                    list="urls"
                />
                <Suggestions id="urls" options=&URLS/>
                <Field
                    name="code"
                    label="Marketplace code"
                    hint="As in the address of the control panel, such as us in cp.us."
                    value=value("code", |in_use| &in_use.code)
                    error=entered.error("code")
                    list="codes"
                />
                <Suggestions id="codes" options=&CODES/>
                <Field
                    name="username"
                    label="User name"
                    hint="An API user of Seatboard's own, activated; its name usually ends in API."
                    value=value("username", |in_use| &in_use.username)
                    error=entered.error("username")
                    autocomplete="off"
                />
                <Field
                    name="password"
                    label="Password"
                    kind="password"
                    hint=secret_hint
                    value=None
                    error=entered.error("password")
                    placeholder=in_use.map(|_| "In use, not shown".to_owned())
                    autocomplete="new-password"
                />
                <Field
                    name="subscription_key"
                    label="Subscription key"
                    kind="password"
                    hint=secret_hint
                    value=None
                    error=entered.error("subscription_key")
                    placeholder=key_end
                    autocomplete="new-password"
                />
                <Tick
                    name="although_failed"
                    label="Save although the test failed"
                    hint="For a fresh set-up, which can take up to 24 hours to become active."
                    ticked=ticked(&entered, "although_failed")
                />
                {current.copied.then(|| view! {
                    <Tick
                        name="forget_copy"
                        label="Forget the copy of the old marketplace"
                        hint="Needed where this is another marketplace or account than the one in use: everything is read anew. \
                              Staff, orders placed here and activity stay."
                        ticked=ticked(&entered, "forget_copy")
                        error=entered.error("forget_copy")
                    />
                })}
                <div class="form-actions">
                    <button class="button" type="submit" formaction=TestConnection::PATH>"Test"</button>
                    <button class="button primary" type="submit">"Save connection"</button>
                </div>
            </form>
        </section>
    }
}

fn ticked(entered: &Entered, field: &str) -> bool {
    entered.value(field).is_some_and(|value| !value.is_empty())
}

fn secret_hint(in_use: bool, entered: bool) -> &'static str {
    match (in_use, entered) {
        (false, false) => "Stored encrypted, and never shown again.",
        (false, true) => "What was typed is not kept: type it again.",
        (true, false) => "Leave it empty to keep the one in use, as long as URL, code and user name stay as they are.",
        (true, true) => {
            "What was typed is not kept: type it again. Or leave it empty to keep the one in use, as long as URL, code and \
             user name stay as they are."
        }
    }
}

#[component]
fn Suggestions(id: &'static str, options: &'static [(&'static str, &'static str)]) -> impl IntoView {
    view! {
        <datalist id=id>
            {options.iter().map(|(value, label)| view! { <option value=*value>{*label}</option> }).collect_view()}
        </datalist>
    }
}

#[component]
fn Tick(
    name: &'static str,
    label: &'static str,
    hint: &'static str,
    ticked: bool,
    #[prop(optional_no_strip, into)] error: Option<String>,
) -> impl IntoView {
    let hint_id = format!("{name}-hint");
    let error_id = format!("{name}-error");
    let described_by = if error.is_some() { format!("{hint_id} {error_id}") } else { hint_id.clone() };
    view! {
        <div class="field">
            <label class="check" for=name>
                <input
                    type="checkbox"
                    id=name
                    name=name
                    checked=ticked
                    aria-describedby=described_by
                    aria-invalid=error.is_some().then_some("true")
                />
                <span>{label}</span>
            </label>
            <p class="hint" id=hint_id>{hint}</p>
            {error.map(|error| view! { <p class="field-error" id=error_id>{error}</p> })}
        </div>
    }
}
