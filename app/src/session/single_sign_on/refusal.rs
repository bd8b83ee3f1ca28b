//! Why somebody is not signed in, in words that say what to do and nothing of how things are.

use crate::context::{self, answer, backend, request_id, surface};
use crate::error::{AppError, Kind};
use crate::paths;
use crate::refusals::length;
use crate::ui::Page;
use backend::staff::single_sign_on::{SignOnError, is_only};
use leptos::prelude::*;

/// What the person reads; the log has the rest under the reference.
pub(super) fn explain(error: SignOnError) -> AppError {
    let (kind, message) = match error {
        SignOnError::Failed(error) => return surface(error),
        SignOnError::TooSoon { wait } => {
            let wait = length(wait.unsigned_abs());
            (
                Kind::Busy,
                format!("Too many sign-ins from your network came to nothing. Wait {wait} before you try again."),
            )
        }
        ref other => (kind(other), remedy(other).to_owned()),
    };
    tracing::warn!(%error, "single sign-on came to nothing");
    answer(AppError { reference: request_id(), ..AppError::new(kind, message) })
}

fn kind(error: &SignOnError) -> Kind {
    match error {
        SignOnError::NotSetUp | SignOnError::LinkGone => Kind::NotFound,
        SignOnError::Lost => Kind::Invalid,
        SignOnError::Provider(oidc::Error::Unavailable(_) | oidc::Error::Metadata(_)) => Kind::Busy,
        SignOnError::Provider(_) | SignOnError::Taken | SignOnError::Bound | SignOnError::NotProof => Kind::Conflict,
        _ => Kind::Forbidden,
    }
}

/// Nobody is sent to a password that would not let them in.
fn remedy(error: &SignOnError) -> &'static str {
    match error {
        SignOnError::Unknown | SignOnError::NotBound if is_only(&backend()) => {
            "Nobody in Seatboard is bound to this account of yours. Ask an admin for a link that binds yours to it."
        }
        SignOnError::Provider(oidc::Error::Unavailable(_)) if is_only(&backend()) => {
            "The sign-in provider does not answer. Try again in a moment, or tell an admin."
        }
        other => words(other),
    }
}

fn words(error: &SignOnError) -> &'static str {
    match error {
        SignOnError::NotSetUp => "Single sign-on is not set up here. Sign in with your e-mail address and password.",
        SignOnError::Lost => {
            "This sign-in was begun in another browser, was finished already, or took longer than ten minutes. Begin again. If \
             it happens once more, allow cookies for this site."
        }
        SignOnError::Denied(_) => {
            "The sign-in provider did not sign you in: it was cancelled there, or you may not use Seatboard with that account. \
             Try again, or ask whoever looks after your accounts."
        }
        SignOnError::Provider(oidc::Error::Unavailable(_)) => {
            "The sign-in provider does not answer. Try again in a moment, or sign in with your password if you have one."
        }
        SignOnError::Provider(oidc::Error::Token(problem)) if problem.is_of_the_clock() => {
            "The clocks of Seatboard and of the sign-in provider differ too much. Try again; if it happens once more, tell an \
             admin the reference below."
        }
        SignOnError::Provider(oidc::Error::Token(oidc::TokenProblem::NotAnew)) => {
            "The sign-in provider did not ask you to sign in anew, so nothing is confirmed. Sign out there and try again."
        }
        SignOnError::Provider(oidc::Error::Refused(_)) => {
            "The sign-in provider did not confirm this sign-in. Begin again; if it happens once more, tell an admin the \
             reference below."
        }
        SignOnError::Provider(_) => {
            "What the sign-in provider said cannot be trusted, so nobody was signed in. Tell an admin the reference below."
        }
        SignOnError::Unknown => {
            "Nobody in Seatboard is bound to this account of yours. Ask an admin to invite you, or sign in with your password and \
             bind it in your profile."
        }
        SignOnError::NotBound => {
            "There is an account with your e-mail address, and it is not bound to single sign-on. Sign in with its password and \
             bind it in your profile, or ask an admin for a new invitation link."
        }
        SignOnError::NoAddress => {
            "The sign-in provider vouches for no e-mail address of yours, which a new account needs. Ask whoever looks after your \
             accounts."
        }
        SignOnError::NoRole => {
            "None of your groups at the sign-in provider may use Seatboard. Ask whoever looks after them."
        }
        SignOnError::Disabled => "Your account in Seatboard is disabled. Ask an admin.",
        SignOnError::Taken => {
            "This account at the sign-in provider is bound to somebody in Seatboard already. Ask an admin."
        }
        SignOnError::Bound => {
            "Your account in Seatboard is bound to another account at the sign-in provider. Stop using that one in your profile \
             first."
        }
        SignOnError::NotProof => {
            "That does not confirm that it is you: your account is not bound to the one that you signed in with there, or you have \
             a code or a password to confirm it by."
        }
        SignOnError::LinkGone => "This link was used, has expired or was replaced. Ask an admin for a new one.",
        SignOnError::TooSoon { .. } | SignOnError::Failed(_) => "Something went wrong in Seatboard. Try again.",
    }
}

/// The page in place of where somebody wanted to go.
#[component]
pub(super) fn NotSignedIn(error: AppError) -> impl IntoView {
    let is_signed_in = context::staff().is_some();
    let (title, back, label) = if is_signed_in {
        ("Nothing was done", paths::PROFILE, "Go to your profile")
    } else {
        ("You are not signed in", paths::SIGN_IN, "Go to the sign-in page")
    };
    view! {
        <Page title refused=true>
            <section class="error-panel" role="alert" data-kind=format!("{:?}", error.kind)>
                <p>{error.message}</p>
                <p><a class="button" href=back>{label}</a></p>
                {error.reference.map(|id| view! { <p class="sub">"Reference "<code class="id">{id}</code></p> })}
            </section>
        </Page>
    }
}
