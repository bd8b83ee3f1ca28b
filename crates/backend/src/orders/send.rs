//! Sends an intent, once.

use super::progress::{Held, News, move_on, take_up};
use crate::{Backend, Result};
use domain::IntentState;
use marketplace::models::OrderRequest;
use marketplace::{Error as MarketplaceError, ErrorKind, WriteOutcome};
use time::Duration;

/// Sends the intent and notes what came of it. Before the call it is marked as being sent: after a crash nobody can
/// know whether the call arrived, so nothing in that state is ever sent again.
pub(super) async fn send(backend: &Backend, mut intent: Held) -> Result<()> {
    let request: OrderRequest = serde_json::from_value(intent.body.clone())?;
    if !intent.consent.covers(&request)? {
        let problem = "The order was changed after it was approved. It was not sent. Place it again.";
        return move_on(
            backend,
            &intent,
            IntentState::Failed,
            News { problem: Some(problem.to_owned()), ..News::default() },
        )
        .await;
    }
    let lease = News { look_again_in: Some(LEASE), ..News::default() };
    move_on(backend, &intent, IntentState::Sending, lease).await?;
    intent.state = IntentState::Sending;
    match backend.marketplace()?.create_order(&request).await {
        Ok(answer) => {
            let order = answer.value;
            let news = News {
                correlation_id: answer.correlation_id,
                look_again_in: Some(Duration::seconds(2)),
                ..News::of_order(&order)
            };
            take_up(backend, &intent, &order, news).await
        }
        Err(error) => note_failure(backend, &intent, &error).await,
    }
}

/// Longer than any call may take: whoever finds the intent still being sent after this, finds it abandoned.
const LEASE: Duration = Duration::minutes(5);

async fn note_failure(backend: &Backend, intent: &Held, error: &MarketplaceError) -> Result<()> {
    let news = News { correlation_id: error.correlation_id().map(ToOwned::to_owned), ..News::default() };
    match error.outcome() {
        WriteOutcome::Unknown => {
            let problem = "The order was sent, but the marketplace's answer did not arrive. \
                           Seatboard is looking for the order and will not send it again.";
            let news = News { problem: Some(problem.to_owned()), look_again_in: Some(Duration::seconds(2)), ..news };
            move_on(backend, intent, IntentState::Unknown, news).await
        }
        WriteOutcome::NotCarriedOut if will_pass(error) => {
            let problem = format!("Waiting to be sent: {}.", error.message());
            let wait = error.retry_after().and_then(|wait| wait.try_into().ok()).unwrap_or(Duration::seconds(15));
            move_on(
                backend,
                intent,
                IntentState::Approved,
                News { problem: Some(problem), look_again_in: Some(wait), ..news },
            )
            .await
        }
        WriteOutcome::NotCarriedOut => {
            let problem = format!("The marketplace refused the order: {}.", error.message().trim_end_matches('.'));
            move_on(backend, intent, IntentState::Failed, News { problem: Some(problem), ..news }).await
        }
    }
}

/// Whether the same order can be sent as it is, a little later.
fn will_pass(error: &MarketplaceError) -> bool {
    matches!(error.kind(), ErrorKind::RateLimited | ErrorKind::QuotaExceeded | ErrorKind::Connect | ErrorKind::Refused)
}
