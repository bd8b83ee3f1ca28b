use super::words::{TICK, words};
use crate::ui::Tone;
use backend::connection::{Forgotten, TestReport};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// What came of a post: a sentence, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Verdict {
    /// The value of `data-tone`.
    pub(super) tone: String,
    /// What came of it.
    pub(super) title: String,
    /// More about it, and what to do; each a paragraph.
    pub(super) advice: Vec<String>,
    /// The marketplace's name for the call.
    pub(super) correlation_id: Option<String>,
}

impl Verdict {
    /// Of a test.
    pub(super) fn of_test(report: &TestReport, patience: Duration, code: &str) -> Self {
        let (title, advice) = words(report, patience, code);
        let tone = if report.outcome.works() { Tone::Good } else { Tone::Bad };
        Self { tone: tone.as_str().to_owned(), title, advice, correlation_id: report.correlation_id.clone() }
    }

    /// Of saving what works, or what was wished for although it does not.
    pub(super) fn of_saving(report: &TestReport, patience: Duration, code: &str) -> Self {
        let verdict = Self::of_test(report, patience, code);
        if report.outcome.works() {
            return Self { title: "The connection works, is stored and in use.".to_owned(), ..verdict };
        }
        Self {
            tone: Tone::Warn.as_str().to_owned(),
            title: "The connection is stored and in use, although its test failed.".to_owned(),
            advice: std::iter::once(verdict.title).chain(verdict.advice).filter(|text| text != TICK).collect(),
            ..verdict
        }
    }

    /// Of not saving what does not work.
    pub(super) fn of_refusing(report: &TestReport, patience: Duration, code: &str) -> Self {
        let mut verdict = Self::of_test(report, patience, code);
        verdict.title = format!("Nothing was saved. {}", verdict.title);
        verdict
    }

    /// Of forgetting the stored connection, or only the copy.
    pub(super) fn of_forgetting(what: Forgotten, connected: bool) -> Self {
        let (title, advice) = match (what, connected) {
            (Forgotten::Copy, _) => (
                "The copy of the old marketplace is forgotten.",
                "The marketplace of the server's environment is being read from the beginning.",
            ),
            (Forgotten::Connection, true) => {
                ("The stored connection is forgotten.", "The connection of the server's environment is in use again.")
            }
            (Forgotten::Connection, false) => (
                "The stored connection is forgotten.",
                "No connection is in use. What was read before can still be looked at.",
            ),
        };
        Self {
            tone: Tone::Good.as_str().to_owned(),
            title: title.to_owned(),
            advice: vec![advice.to_owned()],
            correlation_id: None,
        }
    }

    /// Whether it tells of something that did not go well.
    pub(super) fn is_bad(&self) -> bool {
        self.tone == Tone::Bad.as_str()
    }

    /// Everything in one paragraph.
    pub(super) fn in_one(&self) -> String {
        std::iter::once(&self.title).chain(&self.advice).map(String::as_str).collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use backend::connection::Outcome;

    #[test]
    fn forgetting_only_the_copy_does_not_claim_that_a_connection_was_stored() {
        let told = Verdict::of_forgetting(Forgotten::Copy, true).in_one();
        assert!(told.starts_with("The copy of the old marketplace is forgotten."), "{told}");
        assert!(!told.contains("connection"), "{told}");
    }

    #[test]
    fn what_was_stored_although_it_failed_says_both() {
        let elapsed = Duration::from_secs(1);
        let report = TestReport { outcome: Outcome::KeyRefused, elapsed, status: Some(401), correlation_id: None };
        let stored = Verdict::of_saving(&report, elapsed, "us").in_one();
        assert!(stored.starts_with("The connection is stored and in use, although its test failed."), "{stored}");
        assert!(stored.contains("does not accept the subscription key"), "{stored}");
        assert!(!stored.contains("tick"), "that is done: {stored}");
        assert!(stored.ends_with("It answered with the HTTP status 401."), "{stored}");
        let refused = Verdict::of_refusing(&report, elapsed, "us");
        assert!(refused.in_one().contains("tick “Save although the test failed”"));
        assert!(refused.is_bad() && refused.title.starts_with("Nothing was saved."), "{}", refused.title);
    }
}
