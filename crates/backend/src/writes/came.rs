use super::outcome::{self, Held};
use super::thing::Thing;
use super::words::nobody_knows;
use crate::{Backend, Error, Result, patience};
use marketplace::Answered;
use time::{Duration, OffsetDateTime};

/// What came of a call.
#[derive(Clone, Copy)]
pub(super) enum Came<'a> {
    Answer(&'a Answered<Thing>, OffsetDateTime),
    Refusal(&'a marketplace::Error),
    Nothing(&'a marketplace::Error),
}

impl Came<'_> {
    /// Records what came of the call. The database being away for a moment must not cost what is known; when it stays
    /// away, the row still says that it is being sent, and the worker looks once the lease is over.
    pub(super) async fn record(self, backend: &Backend, write: &Held) -> Result<()> {
        let recorded = patience::store("the outcome of a write", || self.record_now(backend, write)).await;
        recorded.map_err(|error| match error {
            Error::Database(error) => {
                tracing::error!(%error, "the outcome of a write could not be recorded");
                nobody_knows(write.kind)
            }
            error => error,
        })
    }

    async fn record_now(self, backend: &Backend, write: &Held) -> Result<()> {
        match self {
            Self::Answer(answer, as_of) => outcome::done(backend, write, answer, as_of, None).await.map(drop),
            Self::Refusal(error) => outcome::refused(backend, write, error).await,
            Self::Nothing(error) => {
                let message = error.message().trim_end_matches('.');
                let problem = format!("The marketplace's answer did not arrive: {message}.");
                outcome::unknown(backend, write, error.correlation_id(), &problem, FIRST_LOOK_IN).await
            }
        }
    }
}

/// How soon the worker looks at what the first look did not tell.
const FIRST_LOOK_IN: Duration = Duration::seconds(2);
