use super::server_fns::ForgetConnection;
use crate::flash::Flash;
use crate::paths;
use crate::ui::{ErrorSummary, Icon, TimeText};
use backend::connection::{Current, InUse, OpenIntent, Source};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// Which connection is in use, and the way back to the environment's.
#[component]
pub(super) fn InUsePanel(current: Current, refused: Option<Flash>) -> impl IntoView {
    let Current { in_use, environment, copied, copied_from_another, open_intents } = current;
    let stored = in_use.as_ref().is_some_and(|in_use| in_use.source != Source::Environment);
    let unreadable = in_use.as_ref().and_then(|in_use| in_use.unreadable);
    let may_forget = stored || copied_from_another.is_some();
    view! {
        <section class="panel stack" aria-labelledby="in-use">
            <div class="panel-header"><h2 id="in-use">"In use"</h2></div>
            {refused.map(|flash| view! { <ErrorSummary error=flash.error/> })}
            {unreadable.map(|reason| view! {
                <Warning
                    title="Nothing is asked of the marketplace"
                    text=format!("Password and subscription key cannot be read, because {reason}. Type both again below.")
                />
            })}
            {copied_from_another.map(|(url, code)| view! {
                <Warning
                    title="The copy is of another marketplace"
                    text=format!(
                        "It was read from {url} ({code}), and what is read now is mixed into it. Forget the copy, or \
                         connect that marketplace again."
                    )
                />
            })}
            {match in_use {
                Some(in_use) => view! { <Facts in_use/> }.into_any(),
                None => view! {
                    <p>"No connection is in use, so nothing is read from a marketplace. Set one up below."</p>
                }
                .into_any(),
            }}
            {(stored && environment).then(|| view! {
                <p class="sub">"The server's environment names a connection too. It is not used while one is stored here."</p>
            })}
            {(!open_intents.is_empty()).then(|| view! { <Open open_intents/> })}
            {may_forget.then(|| view! { <Forget stored environment copied/> })}
        </section>
    }
}

#[component]
fn Warning(title: &'static str, text: String) -> impl IntoView {
    view! {
        <div class="notice" data-tone="warn">
            <Icon name="warning"/>
            <div><p class="notice-title">{title}</p><p>{text}</p></div>
        </div>
    }
}

#[component]
fn Facts(in_use: InUse) -> impl IntoView {
    let InUse { source, url, code, username, unreadable: _ } = in_use;
    let (set_in, key_hint) = match source {
        Source::Environment => ("the environment of the server".into_any(), None),
        Source::Settings { since, by, key_hint } => {
            let set_in = view! { "these settings, by "{by}", "<TimeText at=since/> }.into_any();
            (set_in, Some(key_hint).filter(|hint| !hint.is_empty()))
        }
    };
    view! {
        <dl class="facts">
            <div><dt>"Set in"</dt><dd>{set_in}</dd></div>
            <div><dt>"Marketplace URL"</dt><dd>{url}</dd></div>
            <div><dt>"Marketplace code"</dt><dd>{code}</dd></div>
            <div><dt>"User name"</dt><dd>{username}</dd></div>
            {key_hint.map(|hint| view! { <div><dt>"Subscription key"</dt><dd>"ends in "<code>{hint}</code></dd></div> })}
        </dl>
    }
}

/// Orders that keep the copy from being forgotten.
#[component]
fn Open(open_intents: Vec<OpenIntent>) -> impl IntoView {
    view! {
        <details class="fold">
            <summary>
                {format!("Orders under way, which keep the copy from being forgotten: {}", open_intents.len())}
                <Icon name="chevron"/>
            </summary>
            <ul class="list">
                {open_intents
                    .into_iter()
                    .map(|intent| view! {
                        <li><a href=paths::order(&intent.id.to_string())>{intent.label()}</a></li>
                    })
                    .collect_view()}
            </ul>
        </details>
    }
}

#[component]
fn Forget(stored: bool, environment: bool, copied: bool) -> impl IntoView {
    let label = match (stored, environment) {
        (true, true) => "Use the environment's again",
        (true, false) => "Forget this connection",
        (false, _) => "Forget the copy",
    };
    view! {
        <form class="form" method="post" action=ForgetConnection::PATH>
            {(environment && copied).then(|| view! {
                <label class="check">
                    <input type="checkbox" name="forget_copy"/>
                    <span>"Forget the copy, if it is of another marketplace than the environment's"</span>
                </label>
            })}
            <div class="form-actions"><button class="button" type="submit">{label}</button></div>
        </form>
    }
}
