//! Where one is signed in.

use super::browser::in_words;
use super::cells::Cells;
use super::server_fns::{EndOtherSessions, EndOwnSession};
use backend::session_store::OpenSession;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// One's own sessions, this one marked, each other one with a button that ends it.
#[component]
pub(super) fn OwnSessions(sessions: Vec<OpenSession>) -> impl IntoView {
    let others = sessions.iter().filter(|session| !session.is_this).count();
    view! {
        <section class="panel stack" aria-labelledby="own-sessions">
            <div class="panel-header"><h2 id="own-sessions">"Where you are signed in"</h2></div>
            <div class="table-wrap" tabindex="0" role="region" aria-label="Your sessions">
                <table class="data">
                    <thead>
                        <tr>
                            <th scope="col">"Browser"</th>
                            <th scope="col">"Signed in"</th>
                            <th scope="col">"Last seen"</th>
                            <th scope="col"><span class="visually-hidden">"Sign out"</span></th>
                        </tr>
                    </thead>
                    <tbody>{sessions.into_iter().map(|session| view! { <Row session/> }).collect_view()}</tbody>
                </table>
            </div>
            <p class="sub">
                "The browser is what it says of itself. Do you not know one of them? Sign it out and change your password."
            </p>
            {(others > 0).then(|| view! {
                <form method="post" action=EndOtherSessions::PATH>
                    <button class="button" type="submit">"Sign out everywhere else"</button>
                </form>
            })}
        </section>
    }
}

#[component]
fn Row(session: OpenSession) -> impl IntoView {
    let browser = in_words(session.browser.as_deref());
    view! {
        <tr>
            <Cells session=session.clone()/>
            <td>
                {(!session.is_this).then(|| view! {
                    <form method="post" action=EndOwnSession::PATH>
                        <input type="hidden" name="session" value=session.handle.to_string()/>
                        <button class="button" type="submit">
                            "Sign out"<span class="visually-hidden">": "{browser}</span>
                        </button>
                    </form>
                })}
            </td>
        </tr>
    }
}
