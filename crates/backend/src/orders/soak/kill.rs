//! Dying in the middle: a future that is dropped leaves what a killed process leaves. What was sent was sent, what was not
//! committed is rolled back.

use std::pin::pin;
use std::task::Poll;

/// What comes of the future; `None` when it was killed after `polls` polls. Without `polls` it runs to its end.
pub(super) async fn killed_after<F: Future>(polls: Option<u32>, future: F) -> Option<F::Output> {
    let mut future = pin!(future);
    let mut left = polls;
    std::future::poll_fn(move |context| {
        if left == Some(0) {
            return Poll::Ready(None);
        }
        left = left.map(|left| left - 1);
        match future.as_mut().poll(context) {
            Poll::Ready(output) => Poll::Ready(Some(output)),
            Poll::Pending if left == Some(0) => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        }
    })
    .await
}
