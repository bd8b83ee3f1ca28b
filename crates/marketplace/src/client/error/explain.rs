//! Reads a refusal: its kind from status and body, its message without anything that should not be shown.

use super::{Error, ErrorKind, Facts};
use crate::client::answer::RawAnswer;
use crate::client::call::Call;
use crate::client::gate::Limit;
use crate::models::ErrorBody;

/// What an answer that is no success means.
pub(in crate::client) fn refusal(call: &Call, answer: &RawAnswer) -> Error {
    let body = if answer.is_web_page() { None } else { serde_json::from_slice::<ErrorBody>(&answer.body).ok() };
    let said = body.as_ref().and_then(ErrorBody::text).map(shortened);
    let kind = kind(answer, said.as_deref());
    let message = said.unwrap_or_else(|| silent(answer));
    let correlation_id = answer.correlation_id.clone().or_else(|| body.and_then(|body| body.correlation_id));
    let retry_after = answer.retry_after.or_else(|| announced_wait(&kind, &message));
    Error::new(Facts {
        kind,
        call: call.kind,
        operation: call.operation,
        status: Some(answer.status.as_u16()),
        message,
        correlation_id,
        retry_after,
        unreachable: None,
        web_page: answer.is_web_page(),
    })
}

/// What was used up, if that is what the error says.
pub(in crate::client) fn limit(error: &Error) -> Option<Limit> {
    match error.kind() {
        ErrorKind::RateLimited => Some(Limit::Rate),
        ErrorKind::QuotaExceeded => Some(Limit::Quota),
        _ => None,
    }
}

fn kind(answer: &RawAnswer, said: Option<&str>) -> ErrorKind {
    let said = said.unwrap_or_default().to_ascii_lowercase();
    let order_number = order_in_the_way(&said);
    match answer.status.as_u16() {
        300..=399 => ErrorKind::Redirected { to: answer.redirected_to.clone() },
        401 if said.contains("subscription key") => ErrorKind::SubscriptionKey,
        401 => ErrorKind::Unauthorized,
        403 if said.contains("quota") || said.contains("call volume") => ErrorKind::QuotaExceeded,
        403 => ErrorKind::Forbidden,
        404 => ErrorKind::NotFound,
        400 if said.contains("no entity has been found") => ErrorKind::NotFound,
        409 => ErrorKind::Conflict { order_number },
        429 => ErrorKind::RateLimited,
        status if (400..=500).contains(&status) && is_in_the_way(&said) => ErrorKind::Conflict { order_number },
        408 | 502..=504 => ErrorKind::Unavailable,
        400..=499 => ErrorKind::Invalid,
        500.. if answer.is_web_page() => ErrorKind::Unavailable,
        _ => ErrorKind::Upstream,
    }
}

/// "there is already an Upgrade/Downgrade Order …", with or without its number.
fn is_in_the_way(said: &str) -> bool {
    let order = said.split_once("there is already an").map(|(_, rest)| rest);
    order.is_some_and(|rest| rest.split_whitespace().take(4).any(|word| word == "order"))
}

/// The marketplace says which order is in the way in words only: "there is already an … order #CH005810 …".
fn order_in_the_way(said: &str) -> Option<String> {
    let (_, said) = said.split_once("there is already an")?;
    let (_, said) = said.split_once("order #")?;
    let number: String = said.chars().take_while(char::is_ascii_alphanumeric).collect();
    (!number.is_empty()).then(|| number.to_ascii_uppercase())
}

/// The gateway tells the wait in words too, and not everybody passes its header on.
fn announced_wait(kind: &ErrorKind, message: &str) -> Option<std::time::Duration> {
    if *kind != ErrorKind::RateLimited {
        return None;
    }
    let (_, rest) = message.split_once("again in ")?;
    rest.split_whitespace().next()?.parse().ok().map(std::time::Duration::from_secs)
}

fn silent(answer: &RawAnswer) -> String {
    let what = match answer.status.as_u16() {
        300..=399 => "redirected the call elsewhere",
        502..=504 => "is not available at the moment",
        _ if answer.is_web_page() => "answered with a web page instead of data",
        _ => "refused without an explanation",
    };
    format!("the marketplace {what}")
}

/// One line, of a length that a log or a page can bear.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 1_000;
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(LONGEST).collect();
    if text.chars().count() > LONGEST { format!("{line}…") } else { line }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::gate::CallKind;
    use reqwest::StatusCode;
    use std::time::Duration;

    fn explained(status: u16, body: &str) -> Error {
        let call = Call::new("create order", CallKind::Write, http::Method::POST, &["orders"]);
        let answer = RawAnswer::unexplained(StatusCode::from_u16(status).unwrap());
        refusal(&call, &RawAnswer { body: body.to_owned().into(), ..answer })
    }

    #[test]
    fn a_conflict_that_comes_as_a_500_is_recognised_with_its_order() {
        let error = explained(
            500,
            r#"{"status":500,"message":"Cannot change #1000201: there is already an Upgrade/Downgrade Order #CH005810 in status LO."}"#,
        );
        assert_eq!(error.kind(), &ErrorKind::Conflict { order_number: Some("CH005810".into()) });
        assert_eq!(explained(409, "").kind(), &ErrorKind::Conflict { order_number: None });
        let nameless = r#"{"message":"There is already an Upgrade/Downgrade order in status LO"}"#;
        for status in [400, 422, 500] {
            assert_eq!(explained(status, nameless).kind(), &ErrorKind::Conflict { order_number: None }, "{status}");
        }
        assert_eq!(explained(500, r#"{"message":"there is already an account"}"#).kind(), &ErrorKind::Upstream);
    }

    #[test]
    fn each_status_has_its_kind() {
        let gateway = r#"{"statusCode":401,"message":"Access denied due to invalid subscription key."}"#;
        let quota = r#"{"statusCode":403,"message":"Out of call volume quota."}"#;
        let missing = r#"{"status":400,"message":"No entity has been found by id 7"}"#;
        for (status, body, kind) in [
            (401, "", ErrorKind::Unauthorized),
            (401, gateway, ErrorKind::SubscriptionKey),
            (403, "", ErrorKind::Forbidden),
            (403, quota, ErrorKind::QuotaExceeded),
            (404, "", ErrorKind::NotFound),
            (400, missing, ErrorKind::NotFound),
            (400, r#"{"message":"Validation failed"}"#, ErrorKind::Invalid),
            (415, "", ErrorKind::Invalid),
            (408, "", ErrorKind::Unavailable),
            (429, "", ErrorKind::RateLimited),
            (500, "", ErrorKind::Upstream),
            (500, "<html>oops</html>", ErrorKind::Unavailable),
            (502, "", ErrorKind::Unavailable),
            (503, "", ErrorKind::Unavailable),
            (504, "<html></html>", ErrorKind::Unavailable),
            (302, "", ErrorKind::Redirected { to: None }),
        ] {
            assert_eq!(explained(status, body).kind(), &kind, "{status} {body}");
        }
    }

    #[test]
    fn a_web_page_is_never_shown() {
        let error = explained(504, "<html><body>nginx secret-host</body></html>");
        assert!(!error.to_string().contains("nginx"), "{error}");
    }

    #[test]
    fn a_long_message_is_cut_and_kept_on_one_line() {
        let error = explained(500, &format!(r#"{{"message":"one\ntwo {}"}}"#, "x".repeat(5_000)));
        assert!(error.message().starts_with("one two ") && error.message().chars().count() <= 1_001);
    }

    #[test]
    fn the_wait_is_taken_from_the_words_when_the_header_is_missing() {
        let body = r#"{"statusCode":429,"message":"Rate limit is exceeded. Try again in 42 seconds."}"#;
        assert_eq!(explained(429, body).retry_after(), Some(Duration::from_secs(42)));
    }
}
