//! What became of a call, as it is kept.

use super::Outcome;
use super::history::Answer;
use marketplace::{Error, Json, Reply, WriteOutcome};
use std::time::Duration;

/// The most bytes of an answer that are kept.
const LARGEST_ANSWER: usize = 256 * 1024;

/// What became of a call.
#[derive(Debug)]
pub(super) struct Settled {
    pub(super) outcome: Outcome,
    /// The status, with its words.
    pub(super) status: Option<(u16, String)>,
    pub(super) elapsed: Option<Duration>,
    pub(super) correlation_id: Option<String>,
    pub(super) answer: Option<Answer>,
    pub(super) problem: Option<String>,
}

impl Settled {
    /// A question that was answered is settled, however it was answered. A change is not where the answer leaves open
    /// whether it was made.
    pub(super) fn of(reply: Result<Reply, Error>, is_write: bool) -> Self {
        match reply {
            Ok(Reply { answer, refusal }) => {
                let unknown = refusal.filter(|refusal| is_write && refusal.outcome() == WriteOutcome::Unknown);
                Self {
                    outcome: if unknown.is_some() { Outcome::Unknown } else { Outcome::Answered },
                    status: Some((answer.status.as_u16(), answer.status.to_string())),
                    elapsed: Some(answer.elapsed),
                    correlation_id: answer.correlation_id,
                    answer: Some(kept(&answer.body)),
                    problem: unknown.map(|refusal| refusal.message().to_owned()),
                }
            }
            Err(error) => Self {
                outcome: if error.is_before_sending() { Outcome::NotSent } else { Outcome::Unknown },
                status: None,
                elapsed: None,
                correlation_id: error.correlation_id().map(ToOwned::to_owned),
                answer: None,
                problem: Some(error.message().to_owned()),
            },
        }
    }

    pub(super) fn may_have_changed_something(&self) -> bool {
        let success = self.status.as_ref().is_some_and(|(status, _)| (200..300).contains(status));
        success || self.outcome == Outcome::Unknown
    }

    /// For the activity.
    pub(super) fn note(&self) -> String {
        let status = self.status.as_ref().map(|(_, words)| words.clone());
        let parts: Vec<String> = [status, self.problem.clone()].into_iter().flatten().collect();
        parts.join(": ")
    }
}

/// The beginning of the answer, easy to read where it is JSON.
fn kept(body: &[u8]) -> Answer {
    let text = String::from_utf8_lossy(body);
    // Postgres keeps no character 0.
    let mut text = Json::parse(&text).map_or_else(|_| text.replace('\0', "\u{fffd}"), |json| json.pretty());
    let is_cut = text.len() > LARGEST_ANSWER;
    text.truncate(text.floor_char_boundary(LARGEST_ANSWER));
    Answer { text, is_cut, bytes: i64::try_from(body.len()).unwrap_or(i64::MAX) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_answer_is_cut_between_two_characters() {
        let long = kept("é".repeat(LARGEST_ANSWER).as_bytes());
        assert!(long.is_cut && long.text.len() <= LARGEST_ANSWER && long.text.ends_with('é'));
        assert_eq!(long.bytes, 2 * i64::try_from(LARGEST_ANSWER).unwrap());
    }

    #[test]
    fn an_answer_is_kept_readable_whatever_it_is() {
        assert_eq!(kept(b"{\"b\":1.0,\"a\":2}").text, "{\n  \"b\": 1.0,\n  \"a\": 2\n}");
        assert_eq!(kept(b"<p>\0\xff</p>").text, "<p>\u{fffd}\u{fffd}</p>");
        assert_eq!(kept(b"").text, "");
    }
}
