//! What the panels of somebody's page say, which depends on what lets the person in.

use backend::staff::{Member, State};

/// Of a one-time link, and what its button is called.
pub(super) fn of_link(member: &Member) -> (&'static str, &'static str) {
    match (member.state, member.has_password, member.is_bound) {
        (State::Invited, ..) => ("A new invitation makes the one before worthless.", "Make a new invitation link"),
        (_, false, _) => (
            "They have no password. By the link they set one, which signs them out everywhere. They stay bound to single sign-on.",
            "Make a link to set a password",
        ),
        (_, true, true) => (
            "By the link they set a new password, which signs them out everywhere. Until then the old one works. They stay bound to \
             single sign-on.",
            "Make a reset link",
        ),
        (_, true, false) => (
            "By the link they set a new password, which signs them out everywhere. Until then the old one works.",
            "Make a reset link",
        ),
    }
}

/// Of their second factor.
pub(super) fn of_factor(member: &Member) -> &'static str {
    match (member.has_factor, member.has_password) {
        (true, true) => {
            "They are asked for a code at each sign-in. Remove it if they have lost their phone and their recovery codes: they are \
             signed out everywhere, and their password alone signs them in. Be sure that it is them who asks."
        }
        (true, false) => {
            "They are asked for a code at each sign-in. Remove it if they have lost their phone and their recovery codes: they are \
             signed out everywhere, and single sign-on alone lets them in. Be sure that it is them who asks."
        }
        (false, _) => "They have none. They set one up under Settings, Second factor.",
    }
}

/// Of single sign-on.
pub(super) fn of_identity(member: &Member) -> &'static str {
    match (member.is_bound, member.has_password) {
        (true, true) => {
            "They sign in by single sign-on as well as with their password. Release them if the account there is not theirs any \
             more: they are signed out everywhere, and their password alone lets them in."
        }
        (true, false) => {
            "They sign in by single sign-on alone. Release them if the account there is not theirs any more: they are signed out \
             everywhere, and come in again by a new one-time link."
        }
        (false, _) => "They do not use it. They bind their account themselves, in their profile.",
    }
}

/// Of letting them in again, and of letting them in no more.
pub(super) fn of_access(member: &Member) -> &'static str {
    match (member.state, member.has_password, member.is_bound) {
        (State::Disabled, true, _) => "They can sign in again, with the password they had.",
        (State::Disabled, false, true) => "They can sign in again, by single sign-on.",
        (State::Disabled, false, false) => "They can be given a new one-time link, and sign in once they have used it.",
        _ => {
            "They are signed out everywhere at once, cannot sign in, and a link made for them does not work any more. What they did \
             stays as it is."
        }
    }
}
