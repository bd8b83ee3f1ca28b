use super::browser::in_words;
use super::cells::Cells;
use super::data;
use super::server_fns::{EndAnyonesSession, EndSessionsOf};
use crate::error::AppError;
use crate::settings::{Tab, Tabs, crumb};
use crate::ui::{ErrorSummary, Page, load};
use backend::session_store::OpenSession;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// `/settings/sessions`
#[component]
pub(crate) fn SessionsPage() -> impl IntoView {
    load(data::everybodys(), |(sessions, refused)| {
        let error = refused.map(|flash| flash.error);
        view! {
            <Page title="Sessions" crumbs=vec![crumb()] refused=error.as_ref().is_some_and(AppError::is_refusal)>
                <Tabs current=Tab::Sessions/>
                {error.map(|error| view! { <ErrorSummary error/> })}
                <section class="panel stack" aria-labelledby="sessions">
                    <div class="panel-header"><h2 id="sessions">"Who is signed in"</h2></div>
                    {view! { <Table sessions/> }.into_any()}
                </section>
            </Page>
        }
    })
}

#[component]
fn Table(sessions: Vec<OpenSession>) -> impl IntoView {
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label="Sessions">
            <table class="data">
                <thead>
                    <tr>
                        <th scope="col">"Who"</th>
                        <th scope="col">"Browser"</th>
                        <th scope="col">"Signed in"</th>
                        <th scope="col">"Last seen"</th>
                        <th scope="col"><span class="visually-hidden">"Sign out"</span></th>
                    </tr>
                </thead>
                <tbody>{sessions.into_iter().map(|session| view! { <Row session/> }).collect_view()}</tbody>
            </table>
        </div>
        <p class="sub">"Whoever is signed out finds what they had typed when they sign in again."</p>
    }
}

#[component]
fn Row(session: OpenSession) -> impl IntoView {
    let of = format!(": {}, {}", session.name, in_words(session.browser.as_deref()));
    view! {
        <tr>
            <td data-label="Who">{session.name.clone()}<span class="sub">{session.email.clone()}</span></td>
            <Cells session=session.clone()/>
            <td>
                {(!session.is_this).then(|| view! {
                    <div class="cluster">
                        <form method="post" action=EndAnyonesSession::PATH>
                            <input type="hidden" name="session" value=session.handle.to_string()/>
                            <button class="button" type="submit">"Sign out"<span class="visually-hidden">{of}</span></button>
                        </form>
                        <form method="post" action=EndSessionsOf::PATH>
                            <input type="hidden" name="staff" value=session.staff_id.to_string()/>
                            <button class="button" type="submit">
                                "Everywhere"<span class="visually-hidden">": sign out "{session.name}" everywhere"</span>
                            </button>
                        </form>
                    </div>
                })}
            </td>
        </tr>
    }
}
