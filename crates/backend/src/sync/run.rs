//! The loop: asks what to do next, does it, and records what went wrong.

use super::details::Details;
use super::lead::Lead;
use super::rhythm::{Failures, Next, Rhythm, Task};
use super::{Collection, progress, sql, sweep};
use crate::connection::Exchanges;
use crate::{Backend, Result, budget, health};
use sqlx::PgConnection;
use std::time::Duration;
use time::OffsetDateTime;
use tokio_util::sync::CancellationToken;

/// Keeps the copy until `shutdown`, whenever a connection is configured and no other process does.
pub async fn run(backend: Backend, rhythm: Rhythm, shutdown: CancellationToken) {
    let keep = async {
        loop {
            backend.link.connected().await;
            if let Err(error) = Keeper::keep(&backend, &rhythm).await {
                tracing::warn!(%error, "the copy is not being kept for a moment");
                tokio::time::sleep(DATABASE_PAUSE).await;
            }
        }
    };
    shutdown.run_until_cancelled(keep).await;
}

/// Reads everything that is due once, lists and details, and returns: for tests and the command line. Fails at the
/// first call that does.
pub async fn catch_up(backend: &Backend, rhythm: &Rhythm) -> Result<()> {
    let (mut lead, mut details) = (Lead::take(&backend.pool).await?, Details::default());
    loop {
        match next(backend, rhythm, &mut lead.db, &Failures::default(), backend.clock.now()).await? {
            Next::Page(collection) => sweep::next_page(backend, &mut lead.db, collection).await?,
            Next::Details { .. } if details.next_batch(backend, &mut lead.db).await? => {}
            Next::Details { .. } => return lead.give_back().await,
        }
    }
}

async fn next(
    backend: &Backend,
    rhythm: &Rhythm,
    db: &mut PgConnection,
    failures: &Failures,
    now: OffsetDateTime,
) -> Result<Next> {
    let rows = progress::read_all(db).await?;
    let per_day = budget::day_for_lists(db, backend.limits, now).await?;
    Ok(rhythm.next(&rows, failures, per_day, now))
}

/// How long to wait after losing the database before trying again.
const DATABASE_PAUSE: Duration = Duration::from_secs(5);

/// The longest sleep: a lost connection is noticed at the next turn.
const LONGEST_SLEEP: Duration = Duration::from_mins(1);

/// How long after a try of a marketplace that is away its outcome is looked at.
const AFTER_A_TRY: time::Duration = time::Duration::seconds(2);

struct Keeper<'a> {
    backend: &'a Backend,
    rhythm: &'a Rhythm,
    lead: Lead,
    details: Details,
    failures: Failures,
    exchanges: Exchanges,
    /// The marketplace was away a turn ago.
    was_away: bool,
}

impl<'a> Keeper<'a> {
    /// Ends when there is no connection any more; fails when the database does not answer.
    async fn keep(backend: &'a Backend, rhythm: &'a Rhythm) -> Result<()> {
        let lead = Lead::take(&backend.pool).await?;
        tracing::info!("this process keeps the copy");
        let exchanges = backend.link.exchanges();
        let (details, failures) = (Details::default(), Failures::default());
        let mut keeper = Self { backend, rhythm, lead, details, failures, exchanges, was_away: false };
        while backend.link.is_connected() {
            keeper.turn().await?;
        }
        keeper.lead.give_back().await
    }

    async fn turn(&mut self) -> Result<()> {
        if self.exchanges.happened() {
            // What failed with the connection before says nothing about this one.
            self.failures = Failures::default();
        }
        let now = self.backend.clock.now();
        if let Some(away) = health::standing(self.backend).await? {
            self.was_away = true;
            let next_try = away.next_try.unwrap_or(now);
            return self.sleep(next_try.max(now) + AFTER_A_TRY, now).await;
        }
        if std::mem::take(&mut self.was_away) {
            // What failed because the marketplace was away is read at once.
            self.failures = Failures::default();
        }
        match next(self.backend, self.rhythm, &mut self.lead.db, &self.failures, now).await? {
            Next::Page(collection) => {
                let outcome = sweep::next_page(self.backend, &mut self.lead.db, collection).await;
                self.settle(Task::Page(collection), outcome).await
            }
            Next::Details { until } => self.details(until, now).await,
        }
    }

    async fn details(&mut self, until: OffsetDateTime, now: OffsetDateTime) -> Result<()> {
        let mut not_before = self.failures.retry_at(Task::Details).filter(|retry_at| *retry_at > now);
        if let Some(window) = self.backend.limits.day_for_details() {
            not_before = not_before.max(budget::free_at(&mut self.lead.db, window, now).await?);
        }
        if let Some(not_before) = not_before {
            return self.sleep(until.min(not_before), now).await;
        }
        match self.details.next_batch(self.backend, &mut self.lead.db).await {
            Ok(false) => self.sleep(until, now).await,
            outcome => self.settle(Task::Details, outcome.map(drop)).await,
        }
    }

    /// Remembers and records a failure. Fails only when it cannot be recorded: then the database is gone.
    async fn settle(&mut self, task: Task, outcome: Result<()>) -> Result<()> {
        let Err(error) = outcome else {
            self.failures.forget(task);
            return Ok(());
        };
        tracing::warn!(%error, ?task, "could not be read from the marketplace, will be tried again");
        self.failures.add(task, self.backend.clock.now());
        let collections = match task {
            Task::Page(collection) => &[collection][..],
            Task::Details => &Collection::DETAILS,
        };
        sql::progress::fail(&mut self.lead.db, collections, &error.to_string()).await
    }

    async fn sleep(&mut self, until: OffsetDateTime, now: OffsetDateTime) -> Result<()> {
        let wait = (until - now).max(time::Duration::ZERO).unsigned_abs();
        tokio::select! {
            asked = self.lead.asked_within(wait.min(LONGEST_SLEEP)) => asked,
            () = self.exchanges.next() => Ok(()),
        }
    }
}
