//! A word in a colour. The colour never says more than the word.

use backend::approvals::Unsent;
use leptos::prelude::*;

/// What a colour means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    /// As it should be.
    Good,
    /// Wants attention.
    Warn,
    /// Failed.
    Bad,
    /// Under way.
    Info,
    /// Over, or of no consequence.
    Quiet,
}

impl Tone {
    /// The value of the `data-tone` attribute.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Warn => "warn",
            Self::Bad => "bad",
            Self::Info => "info",
            Self::Quiet => "quiet",
        }
    }
}

/// A status, in the marketplace's own word.
#[component]
pub(crate) fn Badge(#[prop(into)] text: String, #[prop(optional_no_strip, into)] tone: Option<Tone>) -> impl IntoView {
    let tone = tone.unwrap_or_else(|| status_tone(&text)).as_str();
    view! { <span class="badge" data-tone=tone>{status_words(&text)}</span> }
}

/// The tone of a status of customers, subscriptions, orders, intents and reports.
pub(crate) fn status_tone(status: &str) -> Tone {
    match status {
        "active" | "completed" => Tone::Good,
        "pending" | "submitted" | "processing" | "approved" | "sending" => Tone::Info,
        "hold" | "creditHold" | "adminHold" | "unknown" | "drafted" | WAITING => Tone::Warn,
        "error" | "failed" | "absent" | NOT_SENT => Tone::Bad,
        _ => Tone::Quiet,
    }
}

/// How an intent reads that failed before it left.
const NOT_SENT: &str = Unsent::NotSent.as_str();

/// How a drafted intent reads.
const WAITING: &str = "waiting for approval";

/// `creditHold` reads `credit hold`.
pub(crate) fn status_words(status: &str) -> String {
    match status {
        "drafted" => WAITING.to_owned(),
        "absent" => "not found at the marketplace".to_owned(),
        status => backend::status_in_words(status),
    }
}

#[cfg(test)]
mod tests {
    use super::{Tone, status_tone, status_words};

    #[test]
    fn statuses_are_the_marketplaces_own_in_words() {
        assert_eq!(status_words("creditHold"), "credit hold");
        assert_eq!(status_words("active"), "active");
        assert_eq!(status_words("absent"), "not found at the marketplace");
    }

    #[test]
    fn a_draft_says_what_it_waits_for_and_keeps_its_tone_in_words() {
        assert_eq!(status_words("drafted"), "waiting for approval");
        assert_eq!((status_tone("drafted"), status_tone("waiting for approval")), (Tone::Warn, Tone::Warn));
    }
}
