//! What somebody reads who is not let in, or has not proved that it is them.

use crate::context::{answer, backend, surface};
use crate::error::{AppError, FieldMessage, Kind};
use crate::refusals::length;
use backend::staff::{SignInError, single_sign_on};
use time::Duration;

/// Says the same of a wrong password, an unknown e-mail address and a disabled account; where only admins have passwords, of
/// somebody else's right one too.
pub(super) fn sign_in(error: SignInError) -> AppError {
    let (what, instead) = if single_sign_on::is_only(&backend()) {
        ("let nobody in", " Only admins sign in with a password here; everybody else continues with single sign-on.")
    } else {
        ("do not match", "")
    };
    let message = match error {
        SignInError::Refused { wait: None } => format!("This e-mail address and password {what}.{instead}"),
        SignInError::Refused { wait: Some(wait) } => {
            format!("This e-mail address and password {what}. Wait {} before you try again.{instead}", words(wait))
        }
        SignInError::TooSoon { wait } => format!(
            "This e-mail address and password {what}, or were not looked at after too many tries. Wait {} before you try \
             again, or ask an admin for a link.{instead}",
            words(wait)
        ),
        SignInError::Failed(error) => return surface(error),
    };
    answer(AppError::new(Kind::SignInNeeded, message))
}

/// Says the same of a code or password that is wrong, of a code that was used before, and of one that was not looked at. It was
/// typed into `field`.
pub(super) fn proof(field: &str, error: SignInError) -> AppError {
    let wait = match error {
        SignInError::Refused { wait } => wait,
        SignInError::TooSoon { wait } => Some(wait),
        SignInError::Failed(error) => return surface(error),
    };
    let message = match wait {
        None => "This is not right; type it again. A code works once: type the next one that the app shows".to_owned(),
        Some(wait) => format!(
            "This is not right, or was not looked at after too many tries; wait {} before you type it again",
            words(wait)
        ),
    };
    let fields = vec![FieldMessage { field: field.to_owned(), message: message.clone() }];
    answer(AppError { fields, ..AppError::new(Kind::Invalid, message) })
}

fn words(wait: Duration) -> String {
    length(wait.unsigned_abs())
}
