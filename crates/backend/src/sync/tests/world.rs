//! A marketplace stand-in and a backend connected to it, both at the same moment.

use crate::sync::{Collection, CollectionProgress, Rhythm, catch_up, progress};
use crate::{Backend, ManualClock, test_support};
use marketplace::{CallGate, Client, OpenGate};
use marketplace_sim::{Config, Simulator};
use sqlx::PgPool;
use std::collections::BTreeMap;
use std::sync::Arc;
use time::Duration;

/// What the tests act on.
pub(super) struct World {
    pub(super) marketplace: Arc<Simulator>,
    pub(super) backend: Backend,
    pub(super) clock: Arc<ManualClock>,
}

impl World {
    pub(super) async fn new(pool: PgPool) -> Self {
        Self::with(pool, Config::for_tests()).await
    }

    pub(super) async fn with(pool: PgPool, config: Config) -> Self {
        let marketplace = Arc::new(Simulator::start(config).await.unwrap());
        let clock = Arc::new(ManualClock::at(marketplace.now()));
        let backend = Backend::new(pool, clock.clone());
        backend.link.replace(Some(client(&marketplace, Arc::new(OpenGate))));
        Self { marketplace, backend, clock }
    }

    /// Reads everything that is due.
    pub(super) async fn catch_up(&self) {
        catch_up(&self.backend, &Rhythm::default()).await.unwrap();
    }

    /// Lets every list become due.
    pub(super) fn advance_past_every_interval(&self) {
        self.clock.advance(Duration::hours(7));
    }

    /// The calls that `act` makes, by operation.
    pub(super) async fn calls_of(&self, act: impl Future<Output = ()>) -> BTreeMap<&'static str, u64> {
        let before = self.marketplace.stats().calls;
        act.await;
        let after = self.marketplace.stats().calls;
        let made = |operation| after[operation] - before.get(operation).copied().unwrap_or(0);
        after.keys().map(|operation| (*operation, made(*operation))).filter(|(_, calls)| *calls > 0).collect()
    }

    pub(super) async fn progress_of(&self, collection: Collection) -> CollectionProgress {
        let rows = progress(&self.backend).await.unwrap();
        rows.into_iter().find(|row| row.collection == collection).unwrap()
    }

    pub(super) async fn run(&self, sql: &str) {
        sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned())).execute(&self.backend.pool).await.unwrap();
    }

    pub(super) async fn count(&self, table: &str) -> i64 {
        let query = sqlx::AssertSqlSafe(format!("select count(*) from {table}"));
        sqlx::query_scalar(query).fetch_one(&self.backend.pool).await.unwrap()
    }
}

/// A client of the stand-in that asks once.
pub(super) fn client(marketplace: &Simulator, gate: Arc<dyn CallGate>) -> Client {
    test_support::client(marketplace).with_gate(gate)
}
