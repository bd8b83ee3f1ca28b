//! The budget as the client asks for it.

use super::{Admission, Budget};
use async_trait::async_trait;
use marketplace::{CallGate, CallInfo, CallKind, CallOutcome, Limit, Priority, Refusal};
use std::time::Duration;

#[async_trait]
impl CallGate for Budget {
    async fn admit(&self, call: &CallInfo) -> Result<(), Refusal> {
        // Everybody waits for a new token, whoever happens to ask for it.
        let priority = if call.kind == CallKind::Token { Priority::People } else { call.priority };
        // Whoever finds out whether the marketplace is back counts the time it takes to answer.
        let admission = if call.probe {
            self.try_admit(call.operation, priority).await
        } else {
            self.wait_for_place(call.operation, priority).await
        };
        match admission {
            Ok(Admission::Admitted) => Ok(()),
            Ok(Admission::NotBefore(at)) => {
                let wait = (at - self.clock.now()).max(time::Duration::ZERO).unsigned_abs();
                let reason = format!("the marketplace takes no more calls for {}", in_words(wait));
                Err(Refusal { reason, retry_after: Some(wait) })
            }
            Err(error) => {
                tracing::error!(%error, "a call could not be counted, so it is not made");
                Err(Refusal { reason: "the calls made so far cannot be counted".to_owned(), retry_after: None })
            }
        }
    }

    async fn observe(&self, call: &CallInfo, outcome: &CallOutcome) {
        let Some(limit) = outcome.limit else { return };
        let wait = outcome.retry_after.unwrap_or(match limit {
            Limit::Rate => Duration::from_mins(1),
            Limit::Quota => Duration::from_mins(15),
        });
        tracing::warn!(operation = call.operation, ?limit, ?wait, "the marketplace asks to be left alone");
        let wait = wait.try_into().unwrap_or(time::Duration::DAY);
        if let Err(error) = self.close_for(wait).await {
            tracing::error!(%error, "the other processes could not be told");
        }
    }
}

/// A wait in the unit people think in: `45 seconds`, `3 minutes`, `2 hours`.
pub fn in_words(wait: Duration) -> String {
    let (number, unit) = match wait.as_secs() + u64::from(wait.subsec_nanos() > 0) {
        seconds @ 0..120 => (seconds, "second"),
        seconds @ 120..7_200 => (seconds.div_ceil(60), "minute"),
        seconds => (seconds.div_ceil(3_600), "hour"),
    };
    format!("{number} {unit}{}", if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_are_told_in_the_unit_people_think_in() {
        let words = [1, 45, 119, 121, 7_200].map(|seconds| in_words(Duration::from_secs(seconds)));
        assert_eq!(words, ["1 second", "45 seconds", "119 seconds", "3 minutes", "2 hours"]);
    }
}
