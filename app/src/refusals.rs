//! What people read when the marketplace did not do something: why, and what to do. What was not done the page adds,
//! because only it knows.

use crate::context;
use crate::error::{AppError, Kind};
use backend::health::{self, Notice};
use marketplace::{Error, ErrorKind};
use std::time::Duration;

/// The marketplace's refusal in words for people.
pub(crate) fn explain(error: &Error) -> AppError {
    tracing::warn!(%error, "the marketplace did not do it");
    let (kind, message) = if banner_tells(error) {
        (Kind::Marketplace, NOT_ASKED.to_owned())
    } else {
        in_words(error.kind(), error.message(), error.retry_after())
    };
    AppError { correlation_id: error.correlation_id().map(ToOwned::to_owned), ..AppError::new(kind, message) }
}

/// Below the banner that says since when, why, and when it is tried again.
const NOT_ASKED: &str = "The marketplace could not be asked. Try again when it answers.";

fn banner_tells(error: &Error) -> bool {
    let held_back = |notice: Notice| health::is_held_back(error, &notice.away);
    context::is_page() && context::marketplace_away().is_some_and(held_back)
}

fn in_words(kind: &ErrorKind, told: &str, wait: Option<Duration>) -> (Kind, String) {
    let told = told.trim_end_matches('.');
    let again =
        wait.map_or_else(|| "Try again in a minute.".to_owned(), |wait| format!("Try again in {}.", length(wait)));
    match kind {
        ErrorKind::Unauthorized => (
            Kind::Marketplace,
            "The marketplace does not accept Seatboard's user name and password. Ask an admin to check the connection."
                .to_owned(),
        ),
        ErrorKind::SubscriptionKey => (
            Kind::Marketplace,
            "The marketplace does not accept Seatboard's subscription key. Ask an admin to check the connection."
                .to_owned(),
        ),
        ErrorKind::Redirected { .. } => (
            Kind::Marketplace,
            "The marketplace's address points elsewhere, and is not followed. Ask an admin to check the connection."
                .to_owned(),
        ),
        ErrorKind::Forbidden => (
            Kind::Marketplace,
            format!(
                "The marketplace does not allow this account to do that: {told}. Ask the marketplace's support, naming the correlation id."
            ),
        ),
        ErrorKind::NotFound => (
            Kind::Conflict,
            format!(
                "The marketplace does not know this, or knows it no longer: {told}. Reload the page to see what is there now."
            ),
        ),
        ErrorKind::Invalid => {
            (Kind::Conflict, format!("The marketplace says: {told}. Change what it names and try again."))
        }
        ErrorKind::Upstream => (
            Kind::Conflict,
            format!(
                "The marketplace says: {told}. If trying again does not help, ask its support, naming the correlation id."
            ),
        ),
        ErrorKind::Conflict { order_number } => {
            (Kind::Conflict, backend::orders::conflict_in_words(order_number.as_deref()))
        }
        ErrorKind::RateLimited => {
            (Kind::Marketplace, format!("The marketplace is being asked too much at the moment. {again}"))
        }
        ErrorKind::QuotaExceeded => (
            Kind::Marketplace,
            format!(
                "The calls that the marketplace allows in a day are used up. Everything can still be read. {again}"
            ),
        ),
        ErrorKind::Refused => (Kind::Marketplace, format!("{}. {again}", capitalised(told))),
        _ => (
            Kind::Marketplace,
            "The marketplace does not answer at the moment. What is shown comes from the copy; try again in a moment."
                .to_owned(),
        ),
    }
}

/// As the beginning of a sentence.
fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// `12 seconds`, `3 minutes`, `2 hours`; rounded up, so that waiting this long is enough.
pub(crate) fn length(wait: Duration) -> String {
    let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
    let (count, unit) = match seconds {
        ..=90 => (seconds, "second"),
        91..=5_400 => (seconds.div_ceil(60), "minute"),
        _ => (seconds.div_ceil(3_600), "hour"),
    };
    if count == 1 { format!("1 {unit}") } else { format!("{count} {unit}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_refusal_says_what_to_do() {
        let conflict = ErrorKind::Conflict { order_number: Some("CH005810".to_owned()) };
        for (kind, remedy) in [
            (ErrorKind::Unauthorized, "Ask an admin"),
            (ErrorKind::SubscriptionKey, "Ask an admin"),
            (ErrorKind::Forbidden, "support"),
            (ErrorKind::NotFound, "Reload"),
            (ErrorKind::Invalid, "try again"),
            (ErrorKind::Upstream, "support"),
            (conflict, "CH005810 of this subscription is still in progress. Wait"),
            (ErrorKind::RateLimited, "Try again in 42 seconds."),
            (ErrorKind::QuotaExceeded, "Try again in 42 seconds."),
            (ErrorKind::Refused, "Try again in 42 seconds."),
            (ErrorKind::Timeout, "try again"),
            (ErrorKind::Decode, "try again"),
        ] {
            let (_, message) = in_words(&kind, "Something.", Some(Duration::from_secs(42)));
            assert!(message.contains(remedy), "{kind:?}: {message}");
        }
    }

    #[test]
    fn what_holds_a_call_back_is_a_sentence_of_its_own() {
        let told = "the marketplace has not answered since 2 Mar 2026, 14:02 UTC";
        let (_, message) = in_words(&ErrorKind::Refused, told, Some(Duration::from_secs(20)));
        assert_eq!(message, "The marketplace has not answered since 2 Mar 2026, 14:02 UTC. Try again in 20 seconds.");
    }

    #[test]
    fn a_wait_is_told_in_its_own_unit() {
        let told = [1, 42, 91, 5_400, 5_401].map(|seconds| length(Duration::from_secs(seconds)));
        assert_eq!(told, ["1 second", "42 seconds", "2 minutes", "90 minutes", "2 hours"]);
        assert_eq!(length(Duration::from_millis(1_500)), "2 seconds");
    }
}
