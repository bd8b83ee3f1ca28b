//! Outcomes, times and sizes in words.

use crate::format;
use crate::ui::Tone;
use axum::http::StatusCode;
use backend::console::{Outcome, Summary};
use leptos::prelude::*;

/// What became of a call: the status as HTTP spells it, or that there is none.
#[component]
pub(super) fn OutcomeBadge(call: Summary) -> impl IntoView {
    view! { <span class="badge" data-tone=tone(&call).as_str()>{outcome(&call)}</span> }
}

/// `200 OK`, `being sent`, `unknown`
fn outcome(call: &Summary) -> String {
    match call.outcome {
        Outcome::Sending => "being sent".to_owned(),
        Outcome::NotSent => "not sent".to_owned(),
        Outcome::Unknown if call.is_write => "unknown".to_owned(),
        Outcome::Unknown => "no answer".to_owned(),
        Outcome::Answered => call.status.map(status).unwrap_or_default(),
    }
}

fn status(status: u16) -> String {
    StatusCode::from_u16(status).map_or_else(|_| status.to_string(), |status| status.to_string())
}

/// The tone of that.
pub(super) fn tone(call: &Summary) -> Tone {
    match (call.outcome, call.status) {
        (Outcome::Sending, _) => Tone::Info,
        (Outcome::NotSent | Outcome::Unknown, _) => Tone::Warn,
        (Outcome::Answered, Some(200..=299)) => Tone::Good,
        (Outcome::Answered, _) => Tone::Bad,
    }
}

/// What a person has to know of a call that was not simply answered: a title and what to do.
pub(super) fn notice(call: &Summary, problem: Option<&str>) -> Option<(&'static str, String)> {
    let status = call.status.map(|code| format!(" The answer was {}.", status(code))).unwrap_or_default();
    let problem = sentence(problem.unwrap_or("Seatboard was stopped while the call was under way"));
    match call.outcome {
        Outcome::Answered => None,
        Outcome::Sending => Some(("This call is under way", "Its answer appears here.".to_owned())),
        Outcome::NotSent => Some(("This call was not sent", format!("{problem} Nothing was changed."))),
        Outcome::Unknown if call.is_write => Some((
            "Nobody knows whether this was done",
            format!(
                "{problem}{status} Look at what it was about before you make the change again: Seatboard repeats nothing by \
                 itself."
            ),
        )),
        Outcome::Unknown => Some(("No answer came", format!("{problem} It was a question, so nothing was changed."))),
    }
}

/// `the connection broke` reads `The connection broke.`
fn sentence(words: &str) -> String {
    let mut letters = words.trim_end_matches('.').chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).chain(['.']).collect()
}

/// `1,234 ms`
pub(super) fn milliseconds(elapsed: i64) -> String {
    format!("{} ms", format::grouped(elapsed))
}

/// The method and the path with its query, as far as a table has room.
pub(super) fn short(call: &Summary) -> String {
    const LONGEST: usize = 60;
    let path: String = call.path.chars().take(LONGEST).collect();
    let more = if path.len() < call.path.len() { "…" } else { "" };
    format!("{} {path}{more}", call.method)
}

/// `1 byte`, `1,234 bytes`
pub(super) fn bytes(count: i64) -> String {
    if count == 1 { "1 byte".to_owned() } else { format!("{} bytes", format::grouped(count)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::OffsetDateTime;
    use uuid::Uuid;

    fn call(outcome: Outcome, status: Option<u16>, is_write: bool) -> Summary {
        Summary {
            id: Uuid::nil(),
            at: OffsetDateTime::UNIX_EPOCH,
            by: String::new(),
            method: "POST".to_owned(),
            path: "/orders".to_owned(),
            is_write,
            outcome,
            status,
            elapsed_ms: None,
        }
    }

    #[test]
    fn an_answer_is_named_by_its_status() {
        let missing = call(Outcome::Answered, Some(404), false);
        assert_eq!((outcome(&missing).as_str(), tone(&missing)), ("404 Not Found", Tone::Bad));
        assert_eq!(outcome(&call(Outcome::Answered, Some(200), true)), "200 OK");
        assert_eq!(notice(&missing, None), None);
    }

    #[test]
    fn a_lost_answer_to_a_change_sends_people_to_look() {
        let lost = call(Outcome::Unknown, Some(504), true);
        let (title, text) = notice(&lost, Some("the marketplace is not available at the moment")).unwrap();
        assert_eq!(title, "Nobody knows whether this was done");
        assert!(
            text.starts_with(
                "The marketplace is not available at the moment. The answer was 504 Gateway Timeout. Look"
            ),
            "{text}"
        );
        assert_eq!(outcome(&lost), "unknown");
        let crashed = notice(&call(Outcome::Unknown, None, true), None).unwrap().1;
        assert!(crashed.starts_with("Seatboard was stopped while"), "{crashed}");
    }

    #[test]
    fn a_lost_answer_to_a_question_changed_nothing() {
        let (title, text) = notice(&call(Outcome::Unknown, None, false), Some("no answer in time")).unwrap();
        assert_eq!(
            (title, text.as_str()),
            ("No answer came", "No answer in time. It was a question, so nothing was changed.")
        );
    }
}
