use super::data::{self, Loaded};
use super::link_notice::LinkNotice;
use super::list_page::{StateBadge, has_open_link};
use super::member_words;
use super::role_field::RoleField;
use super::server_fns::{ChangeRole, DisableStaff, EnableStaff, MakeLink, ReleaseIdentityOf, RemoveFactorOf};
use crate::context::backend;
use crate::flash::Flash;
use crate::paths;
use crate::roles::Abilities;
use crate::settings::crumb;
use crate::ui::{Crumb, Disabled, ErrorSummary, Hidden, Page, TimeText, load};
use backend::staff::{Member, State};
use domain::AssignedRole;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_params_map;

/// `/settings/staff/{id}`
#[component]
pub(crate) fn StaffMemberPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    load(data::member(id), |Loaded { member, roles, is_oneself, refused, token }| {
        let error = refused.as_ref().map(|flash| flash.error.clone());
        let name = member.staff.name.clone();
        let role = member.staff.role.clone();
        let shows_identity = member.is_bound || backend().single_sign_on.is_some();
        let crumbs = vec![crumb(), Crumb::new("Staff", paths::STAFF)];
        let badge = view! { <StateBadge state=member.state/> }.into_any();
        view! {
            <Page title=name.clone() crumbs badge refused=error.is_some()>
                {token.map(|token| view! { <LinkNotice name token/> })}
                {error.map(|error| view! { <ErrorSummary error/> })}
                {view! { <Facts member=member.clone()/> }.into_any()}
                {view! { <RolePanel member=member.clone() roles is_oneself refused/> }.into_any()}
                {view! { <Panel id="abilities" title="Exactly what they may do"><Abilities role/></Panel> }.into_any()}
                {view! { <LinkPanel member=member.clone() is_oneself/> }.into_any()}
                {view! { <FactorPanel member=member.clone() is_oneself/> }.into_any()}
                {shows_identity.then(|| view! { <IdentityPanel member=member.clone() is_oneself/> }.into_any())}
                {view! { <AccessPanel member is_oneself/> }.into_any()}
            </Page>
        }
    })
}

#[component]
fn Facts(member: Member) -> impl IntoView {
    let open = has_open_link(&member);
    let link = member.link.map(|(_, expires_at)| {
        let label = if open { "Link works until" } else { "Link expired" };
        view! { <div><dt>{label}</dt><dd><TimeText at=expires_at/></dd></div> }
    });
    view! {
        <dl class="facts">
            <div><dt>"Email"</dt><dd>{member.staff.email}</dd></div>
            <div>
                <dt>"Last signed in"</dt>
                <dd>
                    {match member.last_signed_in_at {
                        Some(at) => view! { <TimeText at/> }.into_any(),
                        None => "never".into_any(),
                    }}
                </dd>
            </div>
            {link}
        </dl>
    }
}

#[component]
fn RolePanel(member: Member, roles: Vec<AssignedRole>, is_oneself: bool, refused: Option<Flash>) -> impl IntoView {
    let role = member.staff.role.clone();
    let typed = refused.as_ref().and_then(|flash| flash.value("role")).unwrap_or(role.as_str()).to_owned();
    let error = refused.as_ref().and_then(|flash| flash.error.field("role")).map(ToOwned::to_owned);
    let body = if is_oneself {
        let text = format!("Your role is {}. Nobody changes their own role; another admin can.", role.label());
        view! { <p class="sub">{text}</p> }.into_any()
    } else {
        view! {
            <form class="form" method="post" action=ChangeRole::PATH>
                <Hidden fields=of(&member)/>
                <RoleField roles value=Some(typed) error/>
                <p class="hint">"It holds from their next click on."{by_groups()}</p>
                <div class="form-actions"><button class="button" type="submit">"Change role"</button></div>
            </form>
        }
        .into_any()
    };
    view! { <Panel id="role-panel" title="Their role">{body}</Panel> }
}

/// Where groups give roles too, which of the two counts.
fn by_groups() -> Option<&'static str> {
    let backend = backend();
    let roles = backend.single_sign_on.as_ref().is_some_and(|single_sign_on| single_sign_on.roles.is_some());
    roles.then_some(
        " With single sign-on, their groups there give them a built-in role again at each sign-in. A role that was made here stays.",
    )
}

#[component]
fn LinkPanel(member: Member, is_oneself: bool) -> impl IntoView {
    let (meaning, button) = member_words::of_link(&member);
    let refusal = if is_oneself {
        Some("Change your own password under Settings, Password.")
    } else {
        (member.state == State::Disabled).then_some("Enable them first.")
    };
    view! {
        <Panel id="link-panel" title="One-time link">
            <p class="sub">{meaning}</p>
            <Act action=MakeLink::PATH member button refusal/>
        </Panel>
    }
}

#[component]
fn FactorPanel(member: Member, is_oneself: bool) -> impl IntoView {
    let meaning = member_words::of_factor(&member);
    let refusal = if is_oneself {
        Some("Remove your own under Settings, Second factor.")
    } else {
        (!member.has_factor).then_some("There is none to remove.")
    };
    view! {
        <Panel id="factor-panel" title="Second factor">
            <p class="sub">{meaning}</p>
            <Act action=RemoveFactorOf::PATH member button="Remove second factor" refusal/>
        </Panel>
    }
}

#[component]
fn IdentityPanel(member: Member, is_oneself: bool) -> impl IntoView {
    let meaning = member_words::of_identity(&member);
    let refusal = if is_oneself {
        Some("Stop using it yourself under Settings, Profile.")
    } else {
        (!member.is_bound).then_some("There is nothing to release.")
    };
    view! {
        <Panel id="identity-panel" title="Single sign-on">
            <p class="sub">{meaning}</p>
            <Act action=ReleaseIdentityOf::PATH member button="Release from single sign-on" refusal/>
        </Panel>
    }
}

#[component]
fn AccessPanel(member: Member, is_oneself: bool) -> impl IntoView {
    let meaning = member_words::of_access(&member);
    let (action, button) = match member.state {
        State::Disabled => (EnableStaff::PATH, "Enable"),
        _ => (DisableStaff::PATH, "Disable"),
    };
    let refusal = is_oneself.then_some("Nobody disables themselves. Another admin can.");
    view! {
        <Panel id="access-panel" title="Access">
            <p class="sub">{meaning}</p>
            <Act action member button refusal/>
        </Panel>
    }
}

#[component]
fn Panel(id: &'static str, title: &'static str, children: Children) -> impl IntoView {
    view! {
        <section class="panel stack" aria-labelledby=id>
            <div class="panel-header"><h2 id=id>{title}</h2></div>
            {children()}
        </section>
    }
}

/// A button that does something about the person, or why it cannot be done.
#[component]
fn Act(action: &'static str, member: Member, button: &'static str, refusal: Option<&'static str>) -> impl IntoView {
    let class = if button == "Disable" { "button danger" } else { "button" };
    match refusal {
        Some(reason) => view! { <Disabled class label=button reason/> }.into_any(),
        None => view! {
            <form method="post" action=action>
                <Hidden fields=of(&member)/>
                <button class=class type="submit">{button}</button>
            </form>
        }
        .into_any(),
    }
}

fn of(member: &Member) -> Vec<(String, String)> {
    vec![("staff".to_owned(), member.staff.id.to_string())]
}
