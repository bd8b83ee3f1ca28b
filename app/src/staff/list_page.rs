use super::data::{self, Everybody};
use super::invite_form::InviteForm;
use super::policy_form::PolicyForm;
use crate::context::backend;
use crate::error::AppError;
use crate::paths;
use crate::settings::{Tab, Tabs, crumb};
use crate::ui::{Badge, ErrorSummary, Page, TimeText, Tone, load};
use backend::staff::{Member, State};
use leptos::prelude::*;

/// `/settings/staff`
#[component]
pub(crate) fn StaffPage() -> impl IntoView {
    load(data::list(), |Everybody { members, given, requirements, refused, refused_policy }| {
        let error = refused.as_ref().or(refused_policy.as_ref()).map(|flash| flash.error.clone());
        view! {
            <Page title="Staff" crumbs=vec![crumb()] refused=error.as_ref().is_some_and(AppError::is_refusal)>
                <Tabs current=Tab::Staff/>
                {error.map(|error| view! { <ErrorSummary error/> })}
                <Members members/>
                {view! { <InviteForm roles=given refused/> }.into_any()}
                {view! { <PolicyForm requirements refused=refused_policy/> }.into_any()}
            </Page>
        }
    })
}

#[component]
fn Members(members: Vec<Member>) -> impl IntoView {
    view! {
        <section class="panel" aria-labelledby="members">
            <div class="panel-header"><h2 id="members">"Everybody who was ever let in"</h2></div>
            <div class="table-wrap" tabindex="0" role="region" aria-label="Staff members">
                <table class="data">
                    <thead>
                        <tr>
                            <th scope="col">"Name"</th>
                            <th scope="col">"Email"</th>
                            <th scope="col">"Role"</th>
                            <th scope="col">"State"</th>
                            <th scope="col">"Last signed in"</th>
                        </tr>
                    </thead>
                    <tbody>{members.into_iter().map(|member| view! { <Row member/> }).collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
}

#[component]
fn Row(member: Member) -> impl IntoView {
    let expired = member.state == State::Invited && !has_open_link(&member);
    let Member { staff, state, last_signed_in_at, .. } = member;
    view! {
        <tr>
            <td data-label="Name">
                <a class="row-link" href=paths::staff_member(&staff.id.to_string())>{staff.name}</a>
            </td>
            <td data-label="Email">{staff.email}</td>
            <td data-label="Role">{staff.role.label().to_owned()}</td>
            <td data-label="State">
                <StateBadge state/>
                {expired.then(|| view! { <span class="sub">"The link has expired"</span> })}
            </td>
            <td data-label="Last signed in">
                {match last_signed_in_at {
                    Some(at) => view! { <TimeText at/> }.into_any(),
                    None => "never".into_any(),
                }}
            </td>
        </tr>
    }
}

/// Whether the person can still use the link that was made for them.
pub(super) fn has_open_link(member: &Member) -> bool {
    member.link.is_some_and(|(_, expires_at)| expires_at > backend().clock.now())
}

/// Whether somebody can sign in, in a word.
#[component]
pub(super) fn StateBadge(state: State) -> impl IntoView {
    let tone = match state {
        State::Invited => Tone::Info,
        State::Active => Tone::Good,
        State::Disabled => Tone::Quiet,
    };
    view! { <Badge text=state.as_str() tone=Some(tone)/> }
}
